//! The search thread.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::engine::searcher::Searcher;
use super::request::{Request, Response};
use crate::domain::Corpus;

/// Handle of the search thread. Dropping it ends the thread.
#[derive(Debug)]
pub struct Worker {
    tasks: Sender<WorkerTask>,
    /// Serial number of the latest request, at which the search of an older one is cancelled.
    latest_request: Arc<AtomicU64>,
}

#[derive(Debug)]
enum WorkerTask {
    /// A request with its serial number.
    Search(u64, Request),
    Prepare(Corpus),
}

/// Events of the search thread.
#[derive(Debug)]
pub enum WorkerEvent {
    Response(Response),
    /// Number of papers, of the corpus to prepare, whose abstracts are indexed.
    IndexProgress(u32),
}

impl Worker {
    /// Requests a search; the previous request is cancelled.
    pub fn search(&self, request: Request) {
        let number = self.latest_request.fetch_add(1, Ordering::SeqCst) + 1;
        // Sending fails only if the thread has panicked, which `on_panic` has reported.
        let _ = self.tasks.send(WorkerTask::Search(number, request));
    }

    /// Indexes the corpus while no search is requested.
    pub fn prepare(&self, corpus: Corpus) {
        let _ = self.tasks.send(WorkerTask::Prepare(corpus));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.latest_request.fetch_add(1, Ordering::SeqCst);
    }
}

/// Starts the search thread. It executes the latest request only, so that a burst of keys costs one
/// search. A panic ends the thread, and its message is passed to `on_panic`.
pub fn spawn(
    post: impl Fn(WorkerEvent) + Send + 'static,
    on_panic: impl FnOnce(String) + Send + 'static,
) -> Worker {
    let (tasks, mailbox) = channel();
    let latest_request = Arc::new(AtomicU64::new(0));
    let worker = Worker { tasks, latest_request: Arc::clone(&latest_request) };
    std::thread::spawn(move || {
        let loop_body = AssertUnwindSafe(|| run_loop(&mailbox, &latest_request, &post));
        if let Err(payload) = std::panic::catch_unwind(loop_body) {
            on_panic(panic_message(payload.as_ref()));
        }
    });
    worker
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    let literal = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    literal
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

/// After this time without a task, the thread counts names and builds indexes.
const IDLE_DELAY: Duration = Duration::from_millis(150);

fn run_loop(
    mailbox: &Receiver<WorkerTask>,
    latest_request: &AtomicU64,
    post: &impl Fn(WorkerEvent),
) {
    let mut searcher = Searcher::default();
    let (mut last_request, mut corpus_to_index) = (None, None);
    let mut next = mailbox.recv().ok();
    while let Some(first) = next.take() {
        let mut newest = None;
        for task in std::iter::once(first).chain(mailbox.try_iter()) {
            match task {
                WorkerTask::Search(number, request) => newest = Some((number, request)),
                WorkerTask::Prepare(corpus) => corpus_to_index = Some(corpus),
            }
        }
        let number = newest.as_ref().or(last_request.as_ref()).map_or(0, |(number, _)| *number);
        let is_cancelled = || latest_request.load(Ordering::SeqCst) != number;
        let mut post_response = |response| post(WorkerEvent::Response(response));
        if let Some((number, request)) = newest {
            searcher.search(&request, &is_cancelled, &mut post_response);
            last_request = Some((number, request));
        }
        next = mailbox.recv_timeout(IDLE_DELAY).ok().or_else(|| {
            if let Some((_, request)) = &last_request {
                searcher.count_names(request, &is_cancelled, &mut post_response);
            }
            if let Some(corpus) = &corpus_to_index {
                searcher.index(corpus, &is_cancelled, &mut |papers| {
                    post(WorkerEvent::IndexProgress(papers));
                });
            }
            mailbox.recv().ok()
        });
    }
}
