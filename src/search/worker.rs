//! The thread that searches.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::searcher::{Answer, Request, Searcher};

/// The end of the thread at which requests are put. Dropping it ends the thread.
#[derive(Debug)]
pub struct Worker {
    requests: Sender<(u64, Request)>,
    asked: Arc<AtomicU64>,
}

impl Worker {
    /// Asks for an answer; what was asked before is dropped.
    pub fn ask(&self, request: Request) {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        // A thread that has ended has nobody to answer to.
        let _ = self.requests.send((number, request));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.asked.fetch_add(1, Ordering::SeqCst);
    }
}

/// Starts the thread. It answers the newest request and drops those before it, so that a burst of
/// keys costs one search. A panic ends the thread with its message handed to `on_panic`.
pub fn spawn(
    post: impl Fn(Answer) + Send + 'static,
    on_panic: impl FnOnce(String) + Send + 'static,
) -> Worker {
    let (requests, mailbox) = channel();
    let asked = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&asked);
    std::thread::spawn(move || {
        let serving = AssertUnwindSafe(|| serve(&mailbox, &counter, &post));
        if let Err(payload) = std::panic::catch_unwind(serving) {
            on_panic(message(payload.as_ref()));
        }
    });
    Worker { requests, asked }
}

fn message(payload: &(dyn Any + Send)) -> String {
    let literal = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    literal
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

/// Nothing has been asked for so long: there is time for what takes long.
const PAUSE: Duration = Duration::from_millis(150);

fn serve(mailbox: &Receiver<(u64, Request)>, asked: &AtomicU64, post: &impl Fn(Answer)) {
    let mut searcher = Searcher::default();
    let mut next = mailbox.recv().ok();
    while let Some(first) = next.take() {
        let newest = mailbox.try_iter().chain([first]).max_by_key(|(number, _)| *number);
        let Some((number, request)) = newest else { return };
        let interrupted = || asked.load(Ordering::SeqCst) != number;
        searcher.answer(&request, &interrupted, &mut |answer| post(answer));
        next = mailbox.recv_timeout(PAUSE).ok().or_else(|| {
            searcher.finish(&request, &interrupted, &mut |answer| post(answer));
            if !request.query.is_empty() {
                searcher.prepare(&request.corpus, &interrupted, &mut |_| ());
            }
            mailbox.recv().ok()
        });
    }
}
