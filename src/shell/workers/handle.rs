//! Handle of a worker thread: sends requests and, at exit, waits for those that must be completed.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::pending_work::{CompletionSender, ExitPolicy, PendingCount, PendingWork};

/// A request that says whether the program waits for it at exit.
pub trait WorkerRequest {
    fn exit_policy(&self) -> ExitPolicy;
}

#[derive(Debug)]
pub struct WorkerHandle<R> {
    sender: RequestSender<R>,
    pending: PendingWork,
}

/// Sends requests to a worker from another thread too.
#[derive(Debug)]
pub struct RequestSender<R> {
    requests: Sender<R>,
    pending: PendingCount,
}

impl<R: WorkerRequest> WorkerHandle<R> {
    /// Returns the handle, and what the thread receives requests and reports completions with.
    pub fn new() -> (Self, Receiver<R>, CompletionSender) {
        let (requests, receiver) = channel();
        let (pending, completions) = PendingWork::new();
        let sender = RequestSender { requests, pending: pending.counter() };
        (Self { sender, pending }, receiver, completions)
    }

    pub fn send(&self, request: R) {
        self.sender.send(request);
    }

    pub fn sender(&self) -> RequestSender<R> {
        let RequestSender { requests, pending } = &self.sender;
        RequestSender { requests: requests.clone(), pending: pending.clone() }
    }

    /// Waits until every request that must be completed is.
    pub fn finish(self) {
        let Self { sender, pending } = self;
        drop(sender);
        pending.wait();
    }
}

impl<R: WorkerRequest> RequestSender<R> {
    pub fn send(&self, request: R) {
        self.pending.add(request.exit_policy());
        // The thread ends early only after a panic, which it has reported.
        let _ = self.requests.send(request);
    }
}
