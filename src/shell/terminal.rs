//! The terminal itself: taken over on entry, given back on leaving, on a panic and while stopped.

use std::any::Any;
use std::fs::File;
use std::io::{self, IsTerminal as _, Stdout, Write};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, queue, style, terminal};
use ratatui::layout::Size;

const DEVICE: &str = if cfg!(windows) { "CONOUT$" } else { "/dev/tty" };

/// What a terminal that does not tell its size is taken for.
const DEFAULT_SIZE: Size = Size { width: 80, height: 24 };

#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error(
        "there is no terminal to draw on: neither standard output nor {DEVICE} is one; \
         try --help for what works without"
    )]
    Missing(#[source] io::Error),
    #[error("this terminal (TERM=dumb) cannot be drawn on; try --help for what works without")]
    Dumb,
    #[error("could not take over the terminal: {0}")]
    Enter(#[source] io::Error),
    #[error("could not stop the program: {0}")]
    Stop(#[source] io::Error),
}

/// Where the screen is drawn: standard output if that is a terminal, else the controlling terminal.
#[derive(Debug, Clone)]
pub struct Output(Arc<Device>);

#[derive(Debug)]
enum Device {
    Standard(Stdout),
    Controlling(File),
}

impl Output {
    fn open() -> io::Result<Self> {
        let device = || File::options().read(true).write(true).open(DEVICE);
        if io::stdout().is_terminal() {
            if !io::stdin().is_terminal() {
                // Keys will be read from the device.
                device()?;
            }
            return Ok(Self(Arc::new(Device::Standard(io::stdout()))));
        }
        Ok(Self(Arc::new(Device::Controlling(device()?))))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &*self.0 {
            Device::Standard(stdout) => stdout.lock().write(bytes),
            Device::Controlling(file) => (&*file).write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &*self.0 {
            Device::Standard(stdout) => stdout.lock().flush(),
            Device::Controlling(file) => (&*file).flush(),
        }
    }
}

/// The terminal while the program has it. Dropping it gives it back.
#[derive(Debug)]
pub struct Terminal {
    output: Output,
    entered: Arc<AtomicBool>,
}

impl Terminal {
    /// Finds the terminal and takes it over.
    ///
    /// # Errors
    ///
    /// There is none, it cannot be drawn on, or it refused.
    pub fn open() -> Result<Self, TerminalError> {
        let output = Output::open().map_err(TerminalError::Missing)?;
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(TerminalError::Dumb);
        }
        // Told that colour is unwanted, crossterm resets reverse and bold too; the theme knows better.
        style::force_color_output(true);
        let terminal = Self { output, entered: Arc::new(AtomicBool::new(false)) };
        terminal.enter()?;
        Ok(terminal)
    }

    /// What to write frames to.
    pub fn output(&self) -> Output {
        self.output.clone()
    }

    /// The terminal's size in cells, at least 1 by 1.
    pub fn size() -> Size {
        match terminal::size() {
            Ok((width, height)) if width > 0 && height > 0 => Size { width, height },
            _ => DEFAULT_SIZE,
        }
    }

    /// Takes the terminal over, unless that is done already. Nothing on it is what it was.
    ///
    /// # Errors
    ///
    /// The terminal refused raw mode or is gone.
    pub fn enter(&self) -> Result<(), TerminalError> {
        if self.entered.load(Ordering::SeqCst) {
            return Ok(());
        }
        // Raw mode first: a key pressed meanwhile must not be echoed.
        terminal::enable_raw_mode().map_err(TerminalError::Enter)?;
        self.entered.store(true, Ordering::SeqCst);
        write(&mut self.output(), &entering()).map_err(TerminalError::Enter)
    }

    /// Gives the terminal back as it was. May be called at any time, any number of times.
    pub fn leave(&self) {
        leave(&self.output, &self.entered);
    }

    /// Takes the terminal over again after something else may have changed its modes,
    /// as when the program was stopped from outside and continues.
    ///
    /// # Errors
    ///
    /// The terminal refused raw mode or is gone.
    pub fn resume(&self) -> Result<(), TerminalError> {
        let _ = terminal::disable_raw_mode();
        if self.entered.swap(false, Ordering::SeqCst) {
            let _ = write(&mut self.output(), &popping_keyboard());
        }
        self.enter()
    }

    /// Gives the terminal back, stops the job as `Ctrl-Z` stops others, and takes the terminal
    /// over again when it continues. The caller then draws everything anew.
    ///
    /// # Errors
    ///
    /// The job cannot be stopped, or the terminal is gone when it continues.
    pub fn suspend(&self) -> Result<(), TerminalError> {
        self.leave();
        let stopped = stop_job();
        self.enter()?;
        stopped.map_err(TerminalError::Stop)
    }

    /// Leaves the alternate screen and prints `text`, already sanitised, to be picked with the mouse.
    /// Keys are still read one by one; `enter` goes back.
    ///
    /// # Errors
    ///
    /// The terminal is gone.
    pub fn show_bare(&self, text: &str) -> io::Result<()> {
        self.entered.store(false, Ordering::SeqCst);
        let mut bytes = leaving();
        for line in text.lines().chain(["", "[Enter] back"]) {
            // In raw mode a line feed goes down and not back.
            bytes.extend_from_slice(line.as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        write(&mut self.output(), &bytes)
    }

    /// Has a panic on this thread give the terminal back before it is reported.
    /// A panic on another thread shows nothing: [`spawn_job`] hands it on.
    pub fn install_panic_hook(&self) {
        let (output, entered) = (self.output(), Arc::clone(&self.entered));
        let this_thread = thread::current().id();
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == this_thread {
                leave(&output, &entered);
                report(panic);
            }
        }));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

fn leave(output: &Output, entered: &AtomicBool) {
    // There is nobody to tell: the terminal may be gone.
    if entered.swap(false, Ordering::SeqCst) {
        let _ = write(&mut output.clone(), &leaving());
    }
    let _ = terminal::disable_raw_mode();
}

fn write(output: &mut Output, bytes: &[u8]) -> io::Result<()> {
    output.write_all(bytes)?;
    output.flush()
}

/// The keyboard protocol that tells Esc from the start of a sequence is asked for and not waited for.
#[cfg(not(windows))]
fn pushing_keyboard() -> Vec<u8> {
    use crossterm::event::{KeyboardEnhancementFlags, PushKeyboardEnhancementFlags};
    let mut bytes = Vec::new();
    let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
    let _ = queue!(bytes, PushKeyboardEnhancementFlags(flags));
    bytes
}

#[cfg(not(windows))]
fn popping_keyboard() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(bytes, crossterm::event::PopKeyboardEnhancementFlags);
    bytes
}

#[cfg(windows)]
fn pushing_keyboard() -> Vec<u8> {
    Vec::new()
}

#[cfg(windows)]
fn popping_keyboard() -> Vec<u8> {
    Vec::new()
}

fn entering() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(bytes, EnterAlternateScreen, cursor::Hide, EnableBracketedPaste);
    bytes.extend(pushing_keyboard());
    bytes
}

/// Ends whatever a frame cut short may have left open, then undoes [`entering`].
fn leaving() -> Vec<u8> {
    let mut bytes = b"\x1b[r\x1b[m\x1b[?2026l".to_vec();
    bytes.extend(popping_keyboard());
    let _ = queue!(bytes, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    bytes
}

/// Stops every process of the job, as the shell that waits for it expects.
#[cfg(unix)]
fn stop_job() -> io::Result<()> {
    use rustix::process::{Signal, kill_current_process_group};
    Ok(kill_current_process_group(Signal::STOP)?)
}

#[cfg(not(unix))]
fn stop_job() -> io::Result<()> {
    Ok(())
}

/// Runs a job on a thread of its own; a panic in it becomes a message and goes to `on_panic`.
///
/// # Panics
///
/// The system cannot start another thread.
pub fn spawn_job(
    name: &'static str,
    on_panic: impl FnOnce(String) + Send + 'static,
    job: impl FnOnce() + Send + 'static,
) -> JoinHandle<()> {
    let guarded = move || {
        // What the job left half done is dropped with it.
        if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(job)) {
            on_panic(message(payload.as_ref()));
        }
    };
    thread::Builder::new().name(name.to_owned()).spawn(guarded).expect("a thread starts")
}

fn message(payload: &(dyn Any + Send)) -> String {
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

    #[test]
    fn leaving_undoes_entering() {
        let mut terminal = vt100::Parser::default();
        terminal.process(b"before");
        terminal.process(&entering());
        let modes =
            |it: &vt100::Screen| (it.alternate_screen(), it.bracketed_paste(), it.hide_cursor());
        assert_eq!(modes(terminal.screen()), (true, true, true));
        terminal.process(b"\x1b[2;3r\x1b[7mhalf a frame");
        terminal.process(&leaving());
        assert_eq!(modes(terminal.screen()), (false, false, false));
        assert_eq!(terminal.screen().contents(), "before");
        assert!(!terminal.screen().inverse());
    }
}
