//! The copy thread: renders and copies texts in order, so that a slow clipboard or the first use of
//! a citation style does not block the event loop.

use std::io;
use std::path::PathBuf;

use super::handle::{WorkerHandle, WorkerRequest};
use super::pending_work::ExitPolicy;
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
    handle: WorkerHandle<CopyRequest>,
}

impl CopyWorker {
    /// Starts the thread. `post` receives one result per request, in the order of the requests.
    pub fn start(
        mut clipboard: Clipboard,
        on_panic: impl FnOnce(String) + Send + 'static,
        post: impl Fn(CopyResult) + Send + 'static,
    ) -> Self {
        let (handle, receiver, completions) = WorkerHandle::<CopyRequest>::new();
        spawn_job("clipboard", on_panic, move || {
            for request in receiver {
                let exit_policy = request.exit_policy();
                post(match request {
                    CopyRequest::Cite(_, run) => CopyResult::Cite(run()),
                    CopyRequest::LastCopy => CopyResult::LastCopy(clipboard.last()),
                    CopyRequest::Copy(make) => match make() {
                        Ok(copy) => run_copy(&mut clipboard, &copy),
                        Err(reason) => CopyResult::Failed(reason),
                    },
                });
                completions.report(exit_policy);
            }
        });
        Self { handle }
    }

    /// Queues the reading of the user's bibliographies as the first request.
    #[must_use]
    pub fn with_bibliographies(self, paths: Vec<PathBuf>, style: &CiteOptions) -> Self {
        if !paths.is_empty() {
            let bibliography = style.bibliography.clone();
            self.run_cite_request(ExitPolicy::Abandon, move || {
                let (read, complaints) = read_bibliographies(&paths);
                bibliography.set(read);
                CiteResult::Bibliographies(complaints)
            });
        }
        self
    }

    /// Queues a copy of the text that `make` renders on the thread.
    pub fn copy(&self, make: impl FnOnce() -> Result<CopyText, String> + Send + 'static) {
        self.handle.send(CopyRequest::Copy(Box::new(make)));
    }

    /// Queues a cite request.
    pub fn run_cite_request(
        &self,
        exit_policy: ExitPolicy,
        run: impl FnOnce() -> CiteResult + Send + 'static,
    ) {
        self.handle.send(CopyRequest::Cite(exit_policy, Box::new(run)));
    }

    /// Queues a request for the last copy.
    pub fn request_last_copy(&self) {
        self.handle.send(CopyRequest::LastCopy);
    }

    /// Waits until every copy and export is done. Each clipboard route has its own timeout.
    /// Requests that only affect the screen are abandoned.
    pub fn finish(self) {
        self.handle.finish();
    }
}

impl WorkerRequest for CopyRequest {
    fn exit_policy(&self) -> ExitPolicy {
        match self {
            Self::Copy(_) => ExitPolicy::Finish,
            Self::LastCopy => ExitPolicy::Abandon,
            Self::Cite(exit_policy, _) => *exit_policy,
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
    use std::sync::mpsc::channel;

    use super::*;
    use crate::shell::clipboard::{ClipboardSetting, Environment};

    #[test]
    fn the_program_ends_while_a_bibliography_is_read_and_not_before_an_export_is_written() {
        let (sender, receiver) = channel();
        let clipboard = Clipboard::new(ClipboardSetting::default(), Environment::default());
        let copy_worker = CopyWorker::start(clipboard, drop, move |it| drop(sender.send(it)));
        let (go, waits) = channel::<()>();
        copy_worker.run_cite_request(ExitPolicy::Finish, || CiteResult::Done("written".to_owned()));
        copy_worker.run_cite_request(ExitPolicy::Abandon, move || {
            // Blocks until after `finish`.
            let _ = waits.recv();
            CiteResult::Bibliographies(Vec::new())
        });
        copy_worker.finish();
        assert!(matches!(receiver.try_recv(), Ok(CopyResult::Cite(CiteResult::Done(_)))));
        assert!(receiver.try_recv().is_err());
        drop(go);
    }
}
