//! The thread that makes and copies texts: a slow clipboard or a first styled reference keeps nobody
//! waiting, and copies keep their order.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};

use super::pending_work::{Duties, Duty};
use super::spawn::spawn_job;
use crate::app::model::cite_request::Answer;
use crate::cite::CiteStyle;
use crate::shell::clipboard::{Clipboard, Copy, Delivery};
use crate::shell::jobs::export::bibliography;

/// What came of what was asked.
#[derive(Debug)]
pub enum Copied {
    Gone(Delivery),
    /// Why it was not copied.
    Failed(String),
    /// The last copy, which is to be shown.
    Last(io::Result<String>),
    /// What came of a task of citing.
    Cited(Answer),
}

/// Makes what is to be copied, or says why there is nothing.
type Make = Box<dyn FnOnce() -> Result<Copy, String> + Send>;

enum Asked {
    Copy(Make),
    Last,
    Task(Duty, Box<dyn FnOnce() -> Answer + Send>),
}

/// The end of the thread at which copies are put.
pub struct Copier {
    asked: Sender<Asked>,
    duties: Duties,
}

impl Copier {
    /// Starts the thread. `post` gets one answer for each thing asked, in the same order.
    pub fn start(
        mut clipboard: Clipboard,
        on_panic: impl FnOnce(String) + Send + 'static,
        post: impl Fn(Copied) + Send + 'static,
    ) -> Self {
        let (asked, waiting) = channel::<Asked>();
        let (duties, discharge) = Duties::new();
        spawn_job("clipboard", on_panic, move || {
            for asked in waiting {
                let duty = asked.duty();
                post(match asked {
                    Asked::Task(_, task) => Copied::Cited(task()),
                    Asked::Last => Copied::Last(clipboard.last()),
                    Asked::Copy(make) => match make() {
                        Ok(copy) => copied(&mut clipboard, &copy),
                        Err(why) => Copied::Failed(why),
                    },
                });
                discharge.done(duty);
            }
        });
        Self { asked, duties }
    }

    /// Has the reader's own bibliographies read first of all.
    #[must_use]
    pub fn having_read(self, paths: Vec<PathBuf>, style: &CiteStyle) -> Self {
        if !paths.is_empty() {
            let own = style.bibliography.clone();
            self.cite(Duty::Optional, move || {
                let (read, complaints) = bibliography(&paths);
                own.fill(read);
                Answer::Bibliographies(complaints)
            });
        }
        self
    }

    /// Copies what is made on the thread.
    pub fn copy(&self, make: impl FnOnce() -> Result<Copy, String> + Send + 'static) {
        self.ask(Asked::Copy(Box::new(make)));
    }

    /// Does a task of citing on the thread, in its turn.
    pub fn cite(&self, duty: Duty, task: impl FnOnce() -> Answer + Send + 'static) {
        self.ask(Asked::Task(duty, Box::new(task)));
    }

    /// Asks for the last copy once those before are done.
    pub fn last(&self) {
        self.ask(Asked::Last);
    }

    fn ask(&self, asked: Asked) {
        self.duties.add(asked.duty());
        // A thread that panicked has said so itself.
        let _ = self.asked.send(asked);
    }

    /// Waits until all that was asked for is copied or written. Each way to copy has a deadline of
    /// its own. What only the screen needs is left.
    pub fn finish(self) {
        let Self { asked, duties } = self;
        drop(asked);
        duties.wait();
    }
}

impl Asked {
    fn duty(&self) -> Duty {
        match self {
            Self::Copy(_) => Duty::Owed,
            Self::Last => Duty::Optional,
            Self::Task(duty, _) => *duty,
        }
    }
}

fn copied(clipboard: &mut Clipboard, copy: &Copy) -> Copied {
    match clipboard.copy(copy) {
        Ok(delivery) => Copied::Gone(delivery),
        Err(failure) => Copied::Failed(format!("{} not copied: {failure}", copy.what)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::clipboard::{Setting, Surroundings};

    #[test]
    fn the_program_ends_while_a_bibliography_is_read_and_not_before_an_export_is_written() {
        let (posted, posts) = channel();
        let clipboard = Clipboard::new(Setting::default(), Surroundings::default());
        let copier = Copier::start(clipboard, drop, move |it| drop(posted.send(it)));
        let (go, waits) = channel::<()>();
        copier.cite(Duty::Owed, || Answer::Done("written".to_owned()));
        copier.cite(Duty::Optional, move || {
            // Until it is told, and nobody tells it before the program has ended.
            let _ = waits.recv();
            Answer::Bibliographies(Vec::new())
        });
        copier.finish();
        assert!(matches!(posts.try_recv(), Ok(Copied::Cited(Answer::Done(_)))));
        assert!(posts.try_recv().is_err());
        drop(go);
    }
}
