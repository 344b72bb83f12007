//! The thread that copies: a slow clipboard keeps nobody waiting, and copies keep their order.

use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use super::clipboard::{Clipboard, Copy, Delivery};
use super::terminal::spawn_job;

/// What came of a copy: how it went, or why it did not.
pub(super) type Copied = Result<Delivery, String>;

/// The end of the thread at which copies are put.
#[derive(Debug)]
pub struct Copier {
    copies: Option<Sender<Copy>>,
    thread: Option<JoinHandle<()>>,
}

impl Copier {
    /// Starts the thread. `post` gets one outcome a copy.
    pub fn start(
        mut clipboard: Clipboard,
        on_panic: impl FnOnce(String) + Send + 'static,
        post: impl Fn(Copied) + Send + 'static,
    ) -> Self {
        let (copies, waiting) = channel::<Copy>();
        let thread = spawn_job("clipboard", on_panic, move || {
            for copy in waiting {
                let outcome = clipboard.copy(&copy);
                post(outcome.map_err(|failure| format!("{} not copied: {failure}", copy.what)));
            }
        });
        Self { copies: Some(copies), thread: Some(thread) }
    }

    pub fn copy(&self, copy: Copy) {
        if let Some(copies) = &self.copies {
            // A thread that panicked has said so itself.
            let _ = copies.send(copy);
        }
    }

    /// Waits until all that was asked for is copied. Each way has a deadline of its own.
    pub fn finish(mut self) {
        self.copies = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
