//! The thread that searches.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::engine::searcher::Searcher;
use super::request::{Answer, Request};
use crate::domain::Corpus;

/// The end of the thread at which requests are put. Dropping it ends the thread.
#[derive(Debug)]
pub struct Worker {
    tasks: Sender<Task>,
    asked: Arc<AtomicU64>,
}

#[derive(Debug)]
enum Task {
    /// With its number among the requests.
    Answer(u64, Request),
    Prepare(Corpus),
}

/// What the thread has to say.
#[derive(Debug)]
pub enum Said {
    Answered(Answer),
    /// So many papers of the corpus to be prepared have the words of their abstracts indexed.
    Indexed(u32),
}

impl Worker {
    /// Asks for an answer; what was asked before is dropped.
    pub fn ask(&self, request: Request) {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        // A thread that has ended has nobody to answer to.
        let _ = self.tasks.send(Task::Answer(number, request));
    }

    /// Has the corpus prepared for searching while nothing is asked.
    pub fn prepare(&self, corpus: Corpus) {
        let _ = self.tasks.send(Task::Prepare(corpus));
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
    post: impl Fn(Said) + Send + 'static,
    on_panic: impl FnOnce(String) + Send + 'static,
) -> Worker {
    let (tasks, mailbox) = channel();
    let asked = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&asked);
    std::thread::spawn(move || {
        let serving = AssertUnwindSafe(|| serve(&mailbox, &counter, &post));
        if let Err(payload) = std::panic::catch_unwind(serving) {
            on_panic(message(payload.as_ref()));
        }
    });
    Worker { tasks, asked }
}

fn message(payload: &(dyn Any + Send)) -> String {
    let literal = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    literal
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

/// Nothing has been asked for so long: there is time for what takes long.
const PAUSE: Duration = Duration::from_millis(150);

fn serve(mailbox: &Receiver<Task>, asked: &AtomicU64, post: &impl Fn(Said)) {
    let mut searcher = Searcher::default();
    let (mut answered, mut prepared) = (None, None);
    let mut next = mailbox.recv().ok();
    while let Some(first) = next.take() {
        let mut newest = None;
        for task in std::iter::once(first).chain(mailbox.try_iter()) {
            match task {
                Task::Answer(number, request) => newest = Some((number, request)),
                Task::Prepare(corpus) => prepared = Some(corpus),
            }
        }
        let number = newest.as_ref().or(answered.as_ref()).map_or(0, |(number, _)| *number);
        let interrupted = || asked.load(Ordering::SeqCst) != number;
        let mut answer = |answer| post(Said::Answered(answer));
        if let Some((number, request)) = newest {
            searcher.answer(&request, &interrupted, &mut answer);
            answered = Some((number, request));
        }
        next = mailbox.recv_timeout(PAUSE).ok().or_else(|| {
            if let Some((_, request)) = &answered {
                searcher.finish(request, &interrupted, &mut answer);
            }
            if let Some(corpus) = &prepared {
                searcher.prepare(corpus, &interrupted, &mut |papers| post(Said::Indexed(papers)));
            }
            mailbox.recv().ok()
        });
    }
}
