//! The terminal device: entered at the start, left at the end, on a panic and while stopped.

pub mod input;
mod job_control;
pub mod screen;
pub mod scroll_hint;
pub mod signals;

use std::fs::File;
use std::io::{self, IsTerminal as _, Stdout, Write};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, queue, style, terminal};
use ratatui::layout::Size;

use crate::sources::io_reason;

const DEVICE: &str = if cfg!(windows) { "CONOUT$" } else { "/dev/tty" };

/// Size assumed for a terminal that does not report one.
const DEFAULT_SIZE: Size = Size { width: 80, height: 24 };

#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error(
        "no terminal: neither standard output nor {DEVICE} is one \
         (`--help` lists commands that need none)"
    )]
    Missing,
    #[error("TERM=dumb: unsupported terminal (`--help` lists commands that need none)")]
    Dumb,
    #[error("terminal: {}", io_reason(.0))]
    Enter(#[source] io::Error),
    #[error("Not suspended: {}", io_reason(.0))]
    Stop(#[source] io::Error),
    #[error("Not suspended: no shell to return to")]
    NoShell,
}

/// The device to draw on: standard output if it is a terminal, else the controlling terminal.
#[derive(Debug)]
enum Device {
    Stdout(Stdout),
    ControllingTerminal(File),
}

impl Device {
    fn open() -> io::Result<Self> {
        let device = || File::options().read(true).write(true).open(DEVICE);
        if io::stdout().is_terminal() {
            if !io::stdin().is_terminal() {
                // Keys are read from the device, so it must be readable.
                device()?;
            }
            return Ok(Self::Stdout(io::stdout()));
        }
        Ok(Self::ControllingTerminal(device()?))
    }

    /// Writes all bytes and flushes.
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let send = |to: &mut dyn Write| to.write_all(bytes).and_then(|()| to.flush());
        match self {
            Self::Stdout(stdout) => send(&mut stdout.lock()),
            Self::ControllingTerminal(file) => send(&mut &*file),
        }
    }
}

#[derive(Debug)]
struct SharedTerminal {
    device: Device,
    /// True while the terminal shows the program's screen.
    entered: AtomicBool,
    /// True while another program uses the terminal.
    lent: AtomicBool,
}

impl SharedTerminal {
    fn leave(&self) {
        // Errors are ignored: the terminal may be gone.
        if self.entered.swap(false, Ordering::SeqCst) {
            let _ = self.device.write(&leave_sequence());
        }
        let _ = terminal::disable_raw_mode();
    }
}

/// Writer of frames. Output is dropped while the terminal is not entered.
#[derive(Debug, Clone)]
pub struct TerminalWriter(Arc<SharedTerminal>);

impl Write for TerminalWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.entered.load(Ordering::SeqCst) {
            self.0.device.write(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The entered terminal. Dropping it leaves the terminal.
#[derive(Debug)]
pub struct Terminal(Arc<SharedTerminal>);

impl Terminal {
    /// Opens the terminal and enters it.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no terminal, if it cannot draw, or if it refuses raw mode.
    pub fn open() -> Result<Self, TerminalError> {
        let device = Device::open().map_err(|_| TerminalError::Missing)?;
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(TerminalError::Dumb);
        }
        // With `NO_COLOR`, crossterm would also reset reverse and bold; the theme handles that
        // variable.
        style::force_color_output(true);
        let terminal = Self(Arc::new(SharedTerminal {
            device,
            entered: AtomicBool::new(false),
            lent: AtomicBool::new(false),
        }));
        terminal.enter()?;
        Ok(terminal)
    }

    /// Writer of frames. Output is dropped while the terminal is not entered.
    pub fn output(&self) -> TerminalWriter {
        TerminalWriter(Arc::clone(&self.0))
    }

    /// The terminal's size in cells, at least 1 by 1.
    pub fn size() -> Size {
        match terminal::size() {
            Ok((width, height)) if width > 0 && height > 0 => Size { width, height },
            _ => DEFAULT_SIZE,
        }
    }

    /// Enters the terminal unless it is entered already. Its content is unknown afterwards.
    ///
    /// # Errors
    ///
    /// Returns an error if the terminal refuses raw mode or is gone.
    pub fn enter(&self) -> Result<(), TerminalError> {
        if self.0.entered.load(Ordering::SeqCst) {
            return Ok(());
        }
        // Raw mode first: a key pressed meanwhile must not be echoed.
        terminal::enable_raw_mode().map_err(TerminalError::Enter)?;
        self.0.entered.store(true, Ordering::SeqCst);
        self.0.device.write(&enter_sequence()).map_err(TerminalError::Enter)
    }

    /// Leaves the terminal and restores its modes. May be called at any time and repeatedly.
    pub fn leave(&self) {
        self.0.leave();
    }

    /// Leaves the terminal and stops the job, as `Ctrl-Z` stops other programs. When it resumes,
    /// [`Signal::Continue`](crate::shell::terminal::signals::Signal::Continue) arrives, and the
    /// caller must call [`Terminal::resume`].
    ///
    /// # Errors
    ///
    /// Returns an error if the system refuses, or if there is no shell.
    #[cfg(unix)]
    pub fn suspend(&self) -> Result<(), TerminalError> {
        if !job_control::has_shell() {
            return Err(TerminalError::NoShell);
        }
        self.leave();
        job_control::stop_process_group().map_err(TerminalError::Stop)
    }

    /// Does nothing: this system has no jobs.
    ///
    /// # Errors
    ///
    /// Never returns an error.
    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "elsewhere it may fail")]
    pub fn suspend(&self) -> Result<(), TerminalError> {
        Ok(())
    }

    /// Enters the terminal again after the job was resumed; its modes are unknown. A job resumed in
    /// the background stops again. The caller must redraw everything.
    ///
    /// # Errors
    ///
    /// Returns an error if the terminal refuses raw mode or is gone.
    pub fn resume(&self) -> Result<(), TerminalError> {
        #[cfg(unix)]
        if job_control::is_in_background() {
            // Setting modes from the background would stop this thread for good, and the program
            // could no longer react to a termination signal.
            return job_control::stop_process_group().map_err(TerminalError::Stop);
        }
        let _ = terminal::disable_raw_mode();
        if self.0.entered.swap(false, Ordering::SeqCst) {
            let _ = self.0.device.write(&keyboard_pop_sequence());
        }
        self.enter()
    }

    /// Leaves the terminal for another program, such as an editor, until [`Terminal::reclaim`].
    pub fn lend(&self) {
        self.0.lent.store(true, Ordering::SeqCst);
        self.leave();
    }

    /// Ends the loan after the other program has exited. The caller must resume.
    pub fn reclaim(&self) {
        self.0.lent.store(false, Ordering::SeqCst);
    }

    pub fn is_lent(&self) -> bool {
        self.0.lent.load(Ordering::SeqCst)
    }

    /// Returns true if the program may draw on the screen.
    pub fn is_entered(&self) -> bool {
        self.0.entered.load(Ordering::SeqCst)
    }

    /// Leaves the alternate screen and prints `text`, already sanitised, to be selected with the
    /// mouse. Raw mode remains; [`Terminal::enter`] returns to the program's screen.
    ///
    /// # Errors
    ///
    /// Returns an error if the terminal is gone.
    pub fn show_on_main_screen(&self, text: &str) -> io::Result<()> {
        self.0.entered.store(false, Ordering::SeqCst);
        let mut bytes = leave_sequence();
        for line in text.lines().chain(["", "[Enter] back"]) {
            // In raw mode a line feed does not return to the first column.
            bytes.extend_from_slice(line.as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        self.0.device.write(&bytes)
    }

    /// Writes to the terminal at once, entered or not. The bytes must not draw or move the cursor.
    ///
    /// # Errors
    ///
    /// Returns an error if the terminal is gone.
    pub fn send(&self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() { Ok(()) } else { self.0.device.write(bytes) }
    }

    /// Installs a hook that leaves the terminal before a panic on this thread is reported. A panic
    /// on another thread prints nothing: `spawn_job` reports it.
    pub fn install_panic_hook(&self) {
        let shared = Arc::clone(&self.0);
        let this_thread = thread::current().id();
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == this_thread {
                shared.leave();
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

/// Requests the keyboard protocol that distinguishes Esc from the start of a sequence. No reply is
/// awaited.
#[cfg(not(windows))]
fn keyboard_push_sequence() -> Vec<u8> {
    use crossterm::event::{KeyboardEnhancementFlags, PushKeyboardEnhancementFlags};
    let mut bytes = Vec::new();
    let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
    let _ = queue!(bytes, PushKeyboardEnhancementFlags(flags));
    bytes
}

#[cfg(not(windows))]
fn keyboard_pop_sequence() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(bytes, crossterm::event::PopKeyboardEnhancementFlags);
    bytes
}

#[cfg(windows)]
fn keyboard_push_sequence() -> Vec<u8> {
    Vec::new()
}

#[cfg(windows)]
fn keyboard_pop_sequence() -> Vec<u8> {
    Vec::new()
}

fn enter_sequence() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ =
        queue!(bytes, EnterAlternateScreen, cursor::Hide, EnableBracketedPaste, EnableFocusChange);
    bytes.extend(keyboard_push_sequence());
    bytes
}

/// Resets modes that an interrupted frame may have set, then reverts [`enter_sequence`].
fn leave_sequence() -> Vec<u8> {
    let mut bytes = b"\x1b[r\x1b[m\x1b[?2026l".to_vec();
    bytes.extend(keyboard_pop_sequence());
    let _ = queue!(
        bytes,
        DisableFocusChange,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_undoes_entering() {
        let mut terminal = vt100::Parser::default();
        terminal.process(b"before");
        terminal.process(&enter_sequence());
        let modes =
            |it: &vt100::Screen| (it.alternate_screen(), it.bracketed_paste(), it.hide_cursor());
        assert_eq!(modes(terminal.screen()), (true, true, true));
        terminal.process(b"\x1b[2;3r\x1b[7mhalf a frame");
        terminal.process(&leave_sequence());
        assert_eq!(modes(terminal.screen()), (false, false, false));
        assert_eq!(terminal.screen().contents(), "before");
        assert!(!terminal.screen().inverse());
    }
}
