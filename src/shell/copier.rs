//! The thread that makes and copies texts: a slow clipboard or a first styled reference keeps nobody
//! waiting, and copies keep their order.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use super::clipboard::{Clipboard, Copy, Delivery};
use super::export::bibliography;
use super::terminal::spawn_job;
use crate::app::citing::Answer;
use crate::cite::CiteStyle;

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
    Task(Box<dyn FnOnce() -> Answer + Send>),
}

/// The end of the thread at which copies are put.
pub struct Copier {
    asked: Option<Sender<Asked>>,
    thread: Option<JoinHandle<()>>,
}

impl Copier {
    /// Starts the thread. `post` gets one answer for each thing asked, in the same order.
    pub fn start(
        mut clipboard: Clipboard,
        on_panic: impl FnOnce(String) + Send + 'static,
        post: impl Fn(Copied) + Send + 'static,
    ) -> Self {
        let (asked, waiting) = channel();
        let thread = spawn_job("clipboard", on_panic, move || {
            for asked in waiting {
                post(match asked {
                    Asked::Task(task) => Copied::Cited(task()),
                    Asked::Last => Copied::Last(clipboard.last()),
                    Asked::Copy(make) => match make() {
                        Ok(copy) => copied(&mut clipboard, &copy),
                        Err(why) => Copied::Failed(why),
                    },
                });
            }
        });
        Self { asked: Some(asked), thread: Some(thread) }
    }

    /// Has the reader's own bibliographies read first of all.
    #[must_use]
    pub fn having_read(self, paths: Vec<PathBuf>, style: &CiteStyle) -> Self {
        if !paths.is_empty() {
            let own = style.bibliography.clone();
            self.cite(move || {
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
    pub fn cite(&self, task: impl FnOnce() -> Answer + Send + 'static) {
        self.ask(Asked::Task(Box::new(task)));
    }

    /// Asks for the last copy once those before are done.
    pub fn last(&self) {
        self.ask(Asked::Last);
    }

    fn ask(&self, asked: Asked) {
        if let Some(to) = &self.asked {
            // A thread that panicked has said so itself.
            let _ = to.send(asked);
        }
    }

    /// Waits until all that was asked for is copied. Each way has a deadline of its own.
    pub fn finish(mut self) {
        self.asked = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn copied(clipboard: &mut Clipboard, copy: &Copy) -> Copied {
    match clipboard.copy(copy) {
        Ok(delivery) => Copied::Gone(delivery),
        Err(failure) => Copied::Failed(format!("{} not copied: {failure}", copy.what)),
    }
}
