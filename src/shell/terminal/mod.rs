//! The terminal device: entered at the start, left at the end, on a panic and while stopped.

pub mod background;
pub mod display;
mod inline;
pub mod input;
mod job_control;
mod modes;
pub mod screen;
pub mod scroll_hint;
pub mod signals;

use std::fs::File;
use std::io::{self, IsTerminal as _, Stdout, Write};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::thread;

use crossterm::{style, terminal};
use ratatui::layout::Size;

use crate::app::MouseCapture;
use crate::sources::io_reason;
use display::Display;
use inline::InlineRewriter;
use modes::{
    enter_sequence, keyboard_pop_sequence, leave_sequence, make_room_sequence, mouse_sequence,
};

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
    #[error("TERM=dumb: unsupported terminal; `--plain` needs no screen")]
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
    display: Display,
    /// The row of the cursor below the first row of an inline display.
    row: AtomicU16,
    /// True if the terminal reports the mouse while it is entered.
    captures_mouse: AtomicBool,
    /// True while the terminal shows the program's screen.
    entered: AtomicBool,
    /// True while another program uses the terminal.
    lent: AtomicBool,
}

impl SharedTerminal {
    fn leave(&self) {
        // Errors are ignored: the terminal may be gone.
        if self.entered.swap(false, Ordering::SeqCst) {
            let _ = self.device.write(&self.leave_sequence());
        }
        let _ = terminal::disable_raw_mode();
    }

    fn leave_sequence(&self) -> Vec<u8> {
        leave_sequence(self.display, self.row.swap(0, Ordering::SeqCst), self.mouse_capture())
    }

    fn mouse_capture(&self) -> MouseCapture {
        if self.captures_mouse.load(Ordering::SeqCst) {
            MouseCapture::On
        } else {
            MouseCapture::Off
        }
    }

    fn write_frame(&self, frame: &[u8]) -> io::Result<()> {
        if self.display == Display::FullScreen {
            return self.device.write(frame);
        }
        let mut rewriter = InlineRewriter { row: self.row.load(Ordering::SeqCst) };
        let bytes = rewriter.rewrite(frame);
        self.row.store(rewriter.row, Ordering::SeqCst);
        self.device.write(&bytes)
    }
}

/// Writer of frames. Output is dropped while the terminal is not entered.
#[derive(Debug, Clone)]
pub struct TerminalWriter(Arc<SharedTerminal>);

impl Write for TerminalWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.entered.load(Ordering::SeqCst) {
            self.0.write_frame(bytes)?;
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
    /// Opens the terminal and enters it, with this part of it to draw on.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no terminal, if it cannot draw, or if it refuses raw mode.
    pub fn open(display: Display, mouse: MouseCapture) -> Result<Self, TerminalError> {
        let device = Device::open().map_err(|_| TerminalError::Missing)?;
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(TerminalError::Dumb);
        }
        // With `NO_COLOR`, crossterm would also reset reverse and bold; the theme handles that
        // variable.
        style::force_color_output(true);
        let terminal = Self(Arc::new(SharedTerminal {
            device,
            display,
            row: AtomicU16::new(0),
            captures_mouse: AtomicBool::new(mouse == MouseCapture::On),
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

    /// The size of the display in cells, at least 1 by 1.
    pub fn size(&self) -> Size {
        let terminal = match terminal::size() {
            Ok((width, height)) if width > 0 && height > 0 => Size { width, height },
            _ => DEFAULT_SIZE,
        };
        self.0.display.size_within(terminal)
    }

    /// Returns true if the display is below the prompt, so that rows must not be scrolled by their
    /// address.
    pub fn is_inline(&self) -> bool {
        self.0.display != Display::FullScreen
    }

    /// Erases an inline display and makes room for its present size. The caller must redraw
    /// everything.
    ///
    /// # Errors
    ///
    /// Returns an error if the terminal is gone.
    pub fn make_room(&self) -> io::Result<()> {
        if !self.is_inline() || !self.is_entered() {
            return Ok(());
        }
        let row = self.0.row.swap(0, Ordering::SeqCst);
        let mut bytes = InlineRewriter { row }.move_to(0, 0).into_bytes();
        bytes.extend_from_slice(b"\x1b[J");
        bytes.extend(make_room_sequence(self.size()));
        self.0.device.write(&bytes)
    }

    /// Starts or stops the reports of the mouse, now and whenever the terminal is entered again.
    ///
    /// # Errors
    ///
    /// Returns an error if the terminal is gone.
    pub fn capture_mouse(&self, capture: MouseCapture) -> io::Result<()> {
        self.0.captures_mouse.store(capture == MouseCapture::On, Ordering::SeqCst);
        if self.is_entered() { self.send(mouse_sequence(capture)) } else { Ok(()) }
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
        self.0.row.store(0, Ordering::SeqCst);
        let bytes = enter_sequence(self.0.display, self.size(), self.0.mouse_capture());
        self.0.device.write(&bytes).map_err(TerminalError::Enter)
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
        let mut bytes = self.0.leave_sequence();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_undoes_entering() {
        let mut terminal = vt100::Parser::default();
        terminal.process(b"before");
        let size = Size::new(80, 24);
        terminal.process(&enter_sequence(Display::FullScreen, size, MouseCapture::On));
        let modes =
            |it: &vt100::Screen| (it.alternate_screen(), it.bracketed_paste(), it.hide_cursor());
        assert_eq!(modes(terminal.screen()), (true, true, true));
        assert_ne!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        terminal.process(b"\x1b[2;3r\x1b[7mhalf a frame");
        terminal.process(&leave_sequence(Display::FullScreen, 0, MouseCapture::On));
        assert_eq!(modes(terminal.screen()), (false, false, false));
        assert_eq!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(terminal.screen().contents(), "before");
        assert!(!terminal.screen().inverse());
    }

    #[test]
    fn an_inline_display_begins_in_a_new_row_and_is_erased_at_the_end() {
        let display = Display::Inline("4".parse().unwrap());
        let size = Size::new(80, 4);
        for (before, after) in [("one\r\n", "one"), ("one\r\nprompt ", "one\nprompt ")] {
            let mut terminal = vt100::Parser::default();
            terminal.process(before.as_bytes());
            terminal.process(&enter_sequence(display, size, MouseCapture::Off));
            assert!(!terminal.screen().alternate_screen());
            let mut rewriter = InlineRewriter::default();
            terminal.process(&rewriter.rewrite(b"\x1b[2J\x1b[4Hfooter"));
            assert!(terminal.screen().contents().starts_with(after.trim_end()));
            assert!(terminal.screen().contents().ends_with("footer"));
            terminal.process(&leave_sequence(display, rewriter.row, MouseCapture::Off));
            assert_eq!(terminal.screen().contents().trim_end(), after.trim_end());
            assert_eq!(terminal.screen().cursor_position().1, 0);
        }
    }
}
