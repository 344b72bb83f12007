//! The thread that reads keys, pastes and resizes from the terminal, and ends when the terminal does.

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

/// How long a lone Esc is held for the rest of a sequence.
const ESCAPE_TIMEOUT: Duration = Duration::from_millis(30);
/// What is there is read at once. Crossterm reads nothing when given no time at all, and of so little
/// it is awake for every bit, on a processor that a search could have.
const POLL_TIMEOUT: Duration = Duration::from_micros(50);
/// So many times in a row nothing must be there. Where the system keeps crossterm from looking for
/// as long as it is given, it says so of keys that it holds, and these would wake nobody.
const MAX_EMPTY_POLLS: usize = 4;

/// What came from the terminal.
#[derive(Debug)]
pub enum TerminalEvent {
    Key(Key),
    /// Pasted text as it came: not sanitised.
    Paste(String),
    /// The terminal's new size in cells.
    Resize {
        width: u16,
        height: u16,
    },
    /// The reader has come back to the terminal's window.
    FocusGained,
    /// The terminal is gone; nothing more will come.
    Disconnected(io::Error),
}

/// The thread that reads the terminal.
#[derive(Debug)]
pub struct InputThread(Arc<Mutex<()>>);

impl InputThread {
    /// Starts to read what comes from the terminal and to post it.
    /// Ask for the terminal's size after this, and no change of it is missed.
    ///
    /// # Errors
    ///
    /// There is no terminal to read, or no thread to be had.
    pub fn start(mut post: impl FnMut(TerminalEvent) + Send + 'static) -> io::Result<Self> {
        // The library hears of a new size from its first use on. It must be told before we are,
        // or we would ask it too early and then sleep on the news.
        event::poll(POLL_TIMEOUT)?;
        let waiter = Waiter::new()?;
        let turn = Arc::new(Mutex::new(()));
        let keyboard = Self(Arc::clone(&turn));
        let read = move || {
            let mut rejoin = EscapeRejoiner::default();
            // What was typed before now may have been taken up already, and would wake nobody.
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

    /// Leaves the keys to someone else, as to an editor, for as long as the guard lives.
    pub fn pause(&self) -> MutexGuard<'_, ()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What has read the terminal, and holds what was not taken yet.
trait Events {
    /// Whether there is something to take, or comes in time.
    fn poll(&mut self, patience: Duration) -> io::Result<bool>;
    fn rejoin_event(&mut self) -> io::Result<Event>;
}

struct Crossterm;

impl Events for Crossterm {
    fn poll(&mut self, patience: Duration) -> io::Result<bool> {
        event::poll(patience)
    }

    fn rejoin_event(&mut self) -> io::Result<Event> {
        event::read()
    }
}

/// Reads and posts until nothing more is there and nothing is held.
fn read_available(
    events: &mut impl Events,
    rejoin: &mut EscapeRejoiner,
    post: &mut impl FnMut(TerminalEvent),
) -> io::Result<()> {
    let mut looks = 0;
    while looks < MAX_EMPTY_POLLS || rejoin.is_waiting() {
        let patience = if rejoin.is_waiting() { ESCAPE_TIMEOUT } else { POLL_TIMEOUT };
        let inputs = if events.poll(patience)? {
            looks = 0;
            take(rejoin, events.rejoin_event()?)
        } else {
            looks += 1;
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
