//! Starts named threads whose panics are reported with their message.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::thread::{self, JoinHandle};

/// Runs a job on a thread of its own. The message of a panic in it is passed to `on_panic`.
///
/// # Panics
///
/// Panics if the system cannot start another thread.
pub fn spawn_job(
    name: &'static str,
    on_panic: impl FnOnce(String) + Send + 'static,
    job: impl FnOnce() + Send + 'static,
) -> JoinHandle<()> {
    let guarded = move || {
        // Unwind safe: the unfinished state of the job is dropped with it.
        if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(job)) {
            on_panic(panic_message(payload.as_ref()));
        }
    };
    thread::Builder::new().name(name.to_owned()).spawn(guarded).expect("a thread starts")
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    let literal = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    literal
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_panic_in_a_job_is_handed_on_with_its_message() {
        let (sender, receiver) = mpsc::channel();
        let job = || panic!("no {} to read", "paper");
        let done = spawn_job("reader", move |text| sender.send(text).unwrap(), job);
        assert!(done.join().is_ok());
        assert_eq!(receiver.recv().unwrap(), "no paper to read");
    }
}
