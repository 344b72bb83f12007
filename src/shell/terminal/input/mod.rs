//! The input thread: reads keys, pastes and resizes until the terminal is gone.

mod escape_rejoin;
mod key_burst;
mod keys;
mod mouse;
mod reply;
#[cfg(test)]
mod tests;
mod wait;

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event};

use crate::app::{Background, Key, MouseInput};

pub use escape_rejoin::EscapeRejoiner;
pub use key_burst::{BurstCollector, is_paste_in_prompt, text_of_burst};
pub use keys::key_from_event;
pub use mouse::DoublePress;
use mouse::mouse_input;
use wait::Waiter;

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
    /// Text keys that arrived in one go and are a paste, unless a prompt has the focus. Not empty.
    Burst(Vec<Key>),
    /// Pasted text, not sanitised.
    Paste(String),
    /// A report of the mouse; a double press arrives as two presses.
    Mouse(MouseInput),
    /// The terminal has told its background.
    Background(Background),
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
    /// Starts to read the terminal and to post its input. A lone Esc waits for `escape_timeout` for
    /// the rest of a sequence. The terminal's size must be queried after this call, or a resize in
    /// between could be missed.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no terminal to read, or if the thread cannot be started.
    pub fn start(
        escape_timeout: Duration,
        mut post: impl FnMut(TerminalEvent) + Send + 'static,
    ) -> io::Result<Self> {
        // Crossterm installs its resize handler on first use. It must run before ours, or the
        // thread would poll crossterm too early and then sleep on the resize.
        event::poll(POLL_TIMEOUT)?;
        let waiter = Waiter::new()?;
        let turn = Arc::new(Mutex::new(()));
        let keyboard = Self(Arc::clone(&turn));
        let read = move || {
            let mut decoder = InputDecoder::new(escape_timeout);
            // Crossterm may have buffered earlier input already, which would not wake the thread.
            let mut ready = Ok(());
            let error = loop {
                let turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
                let read = |()| read_available(&mut Crossterm, &mut decoder, &mut post);
                if let Err(error) = ready.and_then(read) {
                    break error;
                }
                drop(turn);
                ready = waiter.wait();
            };
            decoder.flush().into_iter().for_each(&mut post);
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

/// Turns crossterm's events into the program's: rejoins split sequences, then joins pastes.
struct InputDecoder {
    escape_timeout: Duration,
    rejoin: EscapeRejoiner,
    burst: BurstCollector,
}

impl InputDecoder {
    fn new(escape_timeout: Duration) -> Self {
        // With a timeout of zero crossterm reads nothing.
        let escape_timeout = escape_timeout.max(POLL_TIMEOUT);
        Self { escape_timeout, rejoin: EscapeRejoiner::default(), burst: BurstCollector::default() }
    }

    /// The pause that completes buffered input, if there is any.
    fn timeout(&self) -> Option<Duration> {
        if self.rejoin.is_waiting() { Some(self.escape_timeout) } else { self.burst.timeout() }
    }

    fn take(&mut self, event: Event) -> Vec<TerminalEvent> {
        let inputs = match event {
            Event::Key(key) => {
                key_from_event(key).map_or_else(Vec::new, |key| self.rejoin.key(key))
            }
            Event::Paste(text) => self.after_rejoined(TerminalEvent::Paste(text)),
            Event::Resize(width, height) => {
                self.after_rejoined(TerminalEvent::Resize { width, height })
            }
            Event::FocusGained => self.after_rejoined(TerminalEvent::FocusGained),
            Event::Mouse(event) => match mouse_input(event) {
                Some(input) => self.after_rejoined(TerminalEvent::Mouse(input)),
                None => return Vec::new(),
            },
            Event::FocusLost => return Vec::new(),
        };
        self.collect(inputs)
    }

    /// Handles a pause of the length of [`Self::timeout`].
    fn on_timeout(&mut self) -> Vec<TerminalEvent> {
        if !self.rejoin.is_waiting() {
            return self.burst.on_timeout();
        }
        let inputs = self.rejoin.on_timeout();
        self.collect(inputs)
    }

    /// Returns all buffered input.
    fn flush(&mut self) -> Vec<TerminalEvent> {
        let inputs = self.rejoin.flush();
        let mut events = self.collect(inputs);
        events.extend(self.burst.flush());
        events
    }

    fn after_rejoined(&mut self, input: TerminalEvent) -> Vec<TerminalEvent> {
        let mut inputs = self.rejoin.flush();
        inputs.push(input);
        inputs
    }

    fn collect(&mut self, inputs: Vec<TerminalEvent>) -> Vec<TerminalEvent> {
        let mut events: Vec<_> = inputs.into_iter().flat_map(|it| self.burst.take(it)).collect();
        if self.rejoin.is_waiting() {
            // An Esc ends the burst before it; its keys need not wait for the rest of a sequence.
            events.extend(self.burst.flush());
        }
        events
    }
}

/// Reads and posts events until no input and no incomplete sequence is left.
fn read_available(
    events: &mut impl Events,
    decoder: &mut InputDecoder,
    post: &mut impl FnMut(TerminalEvent),
) -> io::Result<()> {
    let mut empty_polls = 0;
    loop {
        let timeout = decoder.timeout();
        if timeout.is_none() && empty_polls >= MAX_EMPTY_POLLS {
            return Ok(());
        }
        let inputs = if events.poll(timeout.unwrap_or(POLL_TIMEOUT))? {
            empty_polls = 0;
            decoder.take(events.rejoin_event()?)
        } else {
            empty_polls += 1;
            decoder.on_timeout()
        };
        inputs.into_iter().for_each(&mut *post);
    }
}
