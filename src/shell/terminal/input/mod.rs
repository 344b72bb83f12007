//! The input thread: reads keys, pastes and resizes until the terminal is gone.

mod escape_rejoin;
mod keys;
#[cfg(test)]
mod tests;
mod wait;

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event};

use crate::app::Key;

pub use escape_rejoin::EscapeRejoiner;
pub use keys::key_from_event;
use wait::Waiter;

/// A lone Esc waits this long for the rest of a sequence.
const ESCAPE_TIMEOUT: Duration = Duration::from_millis(30);
/// Timeout of a poll for input that is already there. With a timeout of zero crossterm reads
/// nothing, and with a longer one this thread would be awake for the whole time, on a processor
/// that the search could use.
const POLL_TIMEOUT: Duration = Duration::from_micros(50);
/// Input is exhausted after this many empty polls in a row. If the system delays crossterm past its
/// timeout, a poll reports no input although keys are buffered, and no later event would wake the
/// thread for them.
const MAX_EMPTY_POLLS: usize = 4;

/// Input from the terminal.
#[derive(Debug)]
pub enum TerminalEvent {
    Key(Key),
    /// Pasted text, not sanitised.
    Paste(String),
    /// The terminal's new size in cells.
    Resize {
        width: u16,
        height: u16,
    },
    /// The terminal's window got the focus.
    FocusGained,
    /// The terminal is gone; this is the last event.
    Disconnected(io::Error),
}

/// Handle of the thread that reads the terminal.
#[derive(Debug)]
pub struct InputThread(Arc<Mutex<()>>);

impl InputThread {
    /// Starts to read the terminal and to post its input. The terminal's size must be queried after
    /// this call, or a resize in between could be missed.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no terminal to read, or if the thread cannot be started.
    pub fn start(mut post: impl FnMut(TerminalEvent) + Send + 'static) -> io::Result<Self> {
        // Crossterm installs its resize handler on first use. It must run before ours, or the
        // thread would poll crossterm too early and then sleep on the resize.
        event::poll(POLL_TIMEOUT)?;
        let waiter = Waiter::new()?;
        let turn = Arc::new(Mutex::new(()));
        let keyboard = Self(Arc::clone(&turn));
        let read = move || {
            let mut rejoin = EscapeRejoiner::default();
            // Crossterm may have buffered earlier input already, which would not wake the thread.
            let mut ready = Ok(());
            let error = loop {
                let turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
                let read = |()| read_available(&mut Crossterm, &mut rejoin, &mut post);
                if let Err(error) = ready.and_then(read) {
                    break error;
                }
                drop(turn);
                ready = waiter.wait();
            };
            rejoin.flush().into_iter().for_each(&mut post);
            post(TerminalEvent::Disconnected(error));
        };
        thread::Builder::new().name("input".to_owned()).spawn(read)?;
        Ok(keyboard)
    }

    /// Stops reading input while the guard lives, so that an editor gets the keys.
    pub fn pause(&self) -> MutexGuard<'_, ()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Source of terminal events, mocked in tests.
trait Events {
    /// Returns true if an event is available or arrives within the timeout.
    fn poll(&mut self, timeout: Duration) -> io::Result<bool>;
    fn rejoin_event(&mut self) -> io::Result<Event>;
}

struct Crossterm;

impl Events for Crossterm {
    fn poll(&mut self, timeout: Duration) -> io::Result<bool> {
        event::poll(timeout)
    }

    fn rejoin_event(&mut self) -> io::Result<Event> {
        event::read()
    }
}

/// Reads and posts events until no input and no incomplete sequence is left.
fn read_available(
    events: &mut impl Events,
    rejoin: &mut EscapeRejoiner,
    post: &mut impl FnMut(TerminalEvent),
) -> io::Result<()> {
    let mut empty_polls = 0;
    while empty_polls < MAX_EMPTY_POLLS || rejoin.is_waiting() {
        let timeout = if rejoin.is_waiting() { ESCAPE_TIMEOUT } else { POLL_TIMEOUT };
        let inputs = if events.poll(timeout)? {
            empty_polls = 0;
            take(rejoin, events.rejoin_event()?)
        } else {
            empty_polls += 1;
            rejoin.on_timeout()
        };
        inputs.into_iter().for_each(&mut *post);
    }
    Ok(())
}

fn take(rejoin: &mut EscapeRejoiner, event: Event) -> Vec<TerminalEvent> {
    let other = match event {
        Event::Key(key) => return key_from_event(key).map_or_else(Vec::new, |key| rejoin.key(key)),
        Event::Paste(text) => TerminalEvent::Paste(text),
        Event::Resize(width, height) => TerminalEvent::Resize { width, height },
        Event::FocusGained => TerminalEvent::FocusGained,
        Event::FocusLost | Event::Mouse(_) => return Vec::new(),
    };
    let mut inputs = rejoin.flush();
    inputs.push(other);
    inputs
}
