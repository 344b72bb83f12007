//! The thread that makes and copies texts: a slow clipboard or a first styled reference keeps nobody
//! waiting, and copies keep their order.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};

use super::pending_work::{ExitPolicy, PendingWork};
use super::spawn::spawn_job;
use crate::app::model::cite_request::CiteResult;
use crate::cite::CiteOptions;
use crate::shell::clipboard::{Clipboard, CopyText, Delivery};
use crate::shell::jobs::export::read_bibliographies;

/// What came of what was asked.
#[derive(Debug)]
pub enum CopyResult {
    Delivered(Delivery),
    /// Why it was not copied.
    Failed(String),
    /// The last copy, which is to be shown.
    LastCopy(io::Result<String>),
    /// What came of a task of citing.
    Cite(CiteResult),
}

/// Makes what is to be copied, or says why there is nothing.
type MakeCopy = Box<dyn FnOnce() -> Result<CopyText, String> + Send>;

enum CopyRequest {
    Copy(MakeCopy),
    LastCopy,
    Cite(ExitPolicy, Box<dyn FnOnce() -> CiteResult + Send>),
}

/// The end of the thread at which copies are put.
pub struct CopyWorker {
    requests: Sender<CopyRequest>,
    pending: PendingWork,
}

impl CopyWorker {
    /// Starts the thread. `post` gets one answer for each thing asked, in the same order.
    pub fn start(
        mut clipboard: Clipboard,
        on_panic: impl FnOnce(String) + Send + 'static,
        post: impl Fn(CopyResult) + Send + 'static,
    ) -> Self {
        let (asked, waiting) = channel::<CopyRequest>();
        let (duties, discharge) = PendingWork::new();
        spawn_job("clipboard", on_panic, move || {
            for asked in waiting {
                let duty = asked.exit_policy();
                post(match asked {
                    CopyRequest::Cite(_, task) => CopyResult::Cite(task()),
                    CopyRequest::LastCopy => CopyResult::LastCopy(clipboard.last()),
                    CopyRequest::Copy(make) => match make() {
                        Ok(copy) => run_copy(&mut clipboard, &copy),
                        Err(why) => CopyResult::Failed(why),
                    },
                });
                discharge.report(duty);
            }
        });
        Self { requests: asked, pending: duties }
    }

    /// Has the reader's own bibliographies read first of all.
    #[must_use]
    pub fn with_bibliographies(self, paths: Vec<PathBuf>, style: &CiteOptions) -> Self {
        if !paths.is_empty() {
            let own = style.bibliography.clone();
            self.run_cite_request(ExitPolicy::Abandon, move || {
                let (read, complaints) = read_bibliographies(&paths);
                own.set(read);
                CiteResult::Bibliographies(complaints)
            });
        }
        self
    }

    /// Copies what is made on the thread.
    pub fn copy(&self, make: impl FnOnce() -> Result<CopyText, String> + Send + 'static) {
        self.send(CopyRequest::Copy(Box::new(make)));
    }

    /// Does a task of citing on the thread, in its turn.
    pub fn run_cite_request(
        &self,
        duty: ExitPolicy,
        task: impl FnOnce() -> CiteResult + Send + 'static,
    ) {
        self.send(CopyRequest::Cite(duty, Box::new(task)));
    }

    /// Asks for the last copy once those before are done.
    pub fn request_last_copy(&self) {
        self.send(CopyRequest::LastCopy);
    }

    fn send(&self, asked: CopyRequest) {
        self.pending.add(asked.exit_policy());
        // A thread that panicked has said so itself.
        let _ = self.requests.send(asked);
    }

    /// Waits until all that was asked for is copied or written. Each way to copy has a deadline of
    /// its own. What only the screen needs is left.
    pub fn finish(self) {
        let Self { requests: asked, pending: duties } = self;
        drop(asked);
        duties.wait();
    }
}

impl CopyRequest {
    fn exit_policy(&self) -> ExitPolicy {
        match self {
            Self::Copy(_) => ExitPolicy::Finish,
            Self::LastCopy => ExitPolicy::Abandon,
            Self::Cite(duty, _) => *duty,
        }
    }
}

fn run_copy(clipboard: &mut Clipboard, copy: &CopyText) -> CopyResult {
    match clipboard.copy(copy) {
        Ok(delivery) => CopyResult::Delivered(delivery),
        Err(failure) => CopyResult::Failed(format!("{} not copied: {failure}", copy.description)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::clipboard::{ClipboardSetting, Environment};

    #[test]
    fn the_program_ends_while_a_bibliography_is_read_and_not_before_an_export_is_written() {
        let (posted, posts) = channel();
        let clipboard = Clipboard::new(ClipboardSetting::default(), Environment::default());
        let copier = CopyWorker::start(clipboard, drop, move |it| drop(posted.send(it)));
        let (go, waits) = channel::<()>();
        copier.run_cite_request(ExitPolicy::Finish, || CiteResult::Done("written".to_owned()));
        copier.run_cite_request(ExitPolicy::Abandon, move || {
            // Until it is told, and nobody tells it before the program has ended.
            let _ = waits.recv();
            CiteResult::Bibliographies(Vec::new())
        });
        copier.finish();
        assert!(matches!(posts.try_recv(), Ok(CopyResult::Cite(CiteResult::Done(_)))));
        assert!(posts.try_recv().is_err());
        drop(go);
    }
}
