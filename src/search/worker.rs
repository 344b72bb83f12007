//! The thread that searches.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::engine::searcher::Searcher;
use super::request::{Request, Response};
use crate::domain::Corpus;

/// The end of the thread at which requests are put. Dropping it ends the thread.
#[derive(Debug)]
pub struct Worker {
    tasks: Sender<WorkerTask>,
    latest_request: Arc<AtomicU64>,
}

#[derive(Debug)]
enum WorkerTask {
    /// With its number among the requests.
    Search(u64, Request),
    Prepare(Corpus),
}

/// What the thread has to say.
#[derive(Debug)]
pub enum WorkerEvent {
    Response(Response),
    /// So many papers of the corpus to be prepared have the words of their abstracts indexed.
    IndexProgress(u32),
}

impl Worker {
    /// Asks for an answer; what was asked before is dropped.
    pub fn search(&self, request: Request) {
        let number = self.latest_request.fetch_add(1, Ordering::SeqCst) + 1;
        // A thread that has ended has nobody to answer to.
        let _ = self.tasks.send(WorkerTask::Search(number, request));
    }

    /// Has the corpus prepared for searching while nothing is asked.
    pub fn prepare(&self, corpus: Corpus) {
        let _ = self.tasks.send(WorkerTask::Prepare(corpus));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.latest_request.fetch_add(1, Ordering::SeqCst);
    }
}

/// Starts the thread. It answers the newest request and drops those before it, so that a burst of
/// keys costs one search. A panic ends the thread with its message handed to `on_panic`.
pub fn spawn(
    post: impl Fn(WorkerEvent) + Send + 'static,
    on_panic: impl FnOnce(String) + Send + 'static,
) -> Worker {
    let (tasks, mailbox) = channel();
    let asked = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&asked);
    std::thread::spawn(move || {
        let serving = AssertUnwindSafe(|| serve(&mailbox, &counter, &post));
        if let Err(payload) = std::panic::catch_unwind(serving) {
            on_panic(panic_message(payload.as_ref()));
        }
    });
    Worker { tasks, latest_request: asked }
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    let literal = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    literal
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

/// Nothing has been asked for so long: there is time for what takes long.
const IDLE_DELAY: Duration = Duration::from_millis(150);

fn serve(mailbox: &Receiver<WorkerTask>, asked: &AtomicU64, post: &impl Fn(WorkerEvent)) {
    let mut searcher = Searcher::default();
    let (mut answered, mut prepared) = (None, None);
    let mut next = mailbox.recv().ok();
    while let Some(first) = next.take() {
        let mut newest = None;
        for task in std::iter::once(first).chain(mailbox.try_iter()) {
            match task {
                WorkerTask::Search(number, request) => newest = Some((number, request)),
                WorkerTask::Prepare(corpus) => prepared = Some(corpus),
            }
        }
        let number = newest.as_ref().or(answered.as_ref()).map_or(0, |(number, _)| *number);
        let interrupted = || asked.load(Ordering::SeqCst) != number;
        let mut answer = |answer| post(WorkerEvent::Response(answer));
        if let Some((number, request)) = newest {
            searcher.search(&request, &interrupted, &mut answer);
            answered = Some((number, request));
        }
        next = mailbox.recv_timeout(IDLE_DELAY).ok().or_else(|| {
            if let Some((_, request)) = &answered {
                searcher.count_names(request, &interrupted, &mut answer);
            }
            if let Some(corpus) = &prepared {
                searcher.index(corpus, &interrupted, &mut |papers| {
                    post(WorkerEvent::IndexProgress(papers));
                });
            }
            mailbox.recv().ok()
        });
    }
}
