//! The copy thread: renders and copies texts in order, so that a slow clipboard or the first use of
//! a citation style does not block the event loop.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};

use super::pending_work::{ExitPolicy, PendingWork};
use super::spawn::spawn_job;
use crate::app::model::cite_request::CiteResult;
use crate::cite::CiteOptions;
use crate::shell::clipboard::{Clipboard, CopyText, Delivery};
use crate::shell::jobs::export::read_bibliographies;

/// Result of one request.
#[derive(Debug)]
pub enum CopyResult {
    Delivered(Delivery),
    /// Reason why nothing was copied.
    Failed(String),
    /// The last copy, to be shown.
    LastCopy(io::Result<String>),
    /// Result of a cite request.
    Cite(CiteResult),
}

/// Renders the text to copy, or returns the reason why there is none.
type MakeCopy = Box<dyn FnOnce() -> Result<CopyText, String> + Send>;

enum CopyRequest {
    Copy(MakeCopy),
    LastCopy,
    Cite(ExitPolicy, Box<dyn FnOnce() -> CiteResult + Send>),
}

/// Handle of the copy thread.
pub struct CopyWorker {
    requests: Sender<CopyRequest>,
    pending: PendingWork,
}

impl CopyWorker {
    /// Starts the thread. `post` receives one result per request, in the order of the requests.
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

    /// Queues the reading of the user's bibliographies as the first request.
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

    /// Queues a copy of the text that `make` renders on the thread.
    pub fn copy(&self, make: impl FnOnce() -> Result<CopyText, String> + Send + 'static) {
        self.send(CopyRequest::Copy(Box::new(make)));
    }

    /// Queues a cite request.
    pub fn run_cite_request(
        &self,
        duty: ExitPolicy,
        task: impl FnOnce() -> CiteResult + Send + 'static,
    ) {
        self.send(CopyRequest::Cite(duty, Box::new(task)));
    }

    /// Queues a request for the last copy.
    pub fn request_last_copy(&self) {
        self.send(CopyRequest::LastCopy);
    }

    fn send(&self, asked: CopyRequest) {
        self.pending.add(asked.exit_policy());
        // The thread ends early only after a panic, which it has reported.
        let _ = self.requests.send(asked);
    }

    /// Waits until every copy and export is done. Each clipboard route has its own timeout.
    /// Requests that only affect the screen are abandoned.
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
            // Blocks until after `finish`.
            let _ = waits.recv();
            CiteResult::Bibliographies(Vec::new())
        });
        copier.finish();
        assert!(matches!(posts.try_recv(), Ok(CopyResult::Cite(CiteResult::Done(_)))));
        assert!(posts.try_recv().is_err());
        drop(go);
    }
}
