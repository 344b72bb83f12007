//! Runs a program in a pseudo-terminal and emulates the terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
pub(crate) use portable_pty::CommandBuilder;
use portable_pty::{MasterPty, PtySize, SlavePty, native_pty_system};

/// Timeout of every wait.
const DEADLINE: Duration = Duration::from_secs(20);

/// The output of the program so far.
pub(crate) struct Seen {
    emulator: vt100::Parser<Copies>,
    bytes: Vec<u8>,
    exit_code: Option<u32>,
    output: Stream,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Open,
    /// The next bytes are the last to be read.
    Closing,
    Closed,
}

impl Seen {
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    /// The texts copied with OSC 52, in order.
    pub(crate) fn copies(&self) -> &[String] {
        &self.emulator.callbacks().0
    }

    /// Every byte sent.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn modes(&self) -> Modes {
        let screen = self.screen();
        Modes {
            alternate_screen: screen.alternate_screen(),
            bracketed_paste: screen.bracketed_paste(),
            cursor_visible: !screen.hide_cursor(),
        }
    }
}

/// The terminal modes that a program may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Modes {
    pub(crate) alternate_screen: bool,
    pub(crate) bracketed_paste: bool,
    pub(crate) cursor_visible: bool,
}

impl Modes {
    /// The modes that a shell expects.
    pub(crate) const COOKED: Self =
        Self { alternate_screen: false, bracketed_paste: false, cursor_visible: true };
}

/// The end of the program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exit {
    pub(crate) code: u32,
    pub(crate) modes: Modes,
    /// The settings of the terminal line, as printed by `stty -a`, without its size.
    pub(crate) line: String,
}

/// The copied texts.
#[derive(Default)]
struct Copies(Vec<String>);

impl vt100::Callbacks for Copies {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _selection: &[u8], data: &[u8]) {
        let text = STANDARD.decode(data).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        self.0.push(text.unwrap_or_else(|error| format!("not base64: {error}")));
    }
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// A program and its terminal. Dropping it kills the program.
pub(crate) struct Pty {
    shared: Shared,
    /// `None` after the terminal was closed.
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    /// Kept open so that the line keeps its settings when the program ends.
    slave: Option<Box<dyn SlavePty + Send>>,
    device: PathBuf,
    pid: u32,
    line_before: String,
}

/// A command in a minimal environment.
pub(crate) fn command(program: impl AsRef<Path>, arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(program.as_ref());
    command.args(arguments);
    command.env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command
}

fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

fn lines(width: u16, height: u16) -> (NonZeroU16, NonZeroU16) {
    (NonZeroU16::new(height).unwrap(), NonZeroU16::new(width).unwrap())
}

impl Pty {
    pub(crate) fn start(command: CommandBuilder, width: u16, height: u16) -> Self {
        let pair = native_pty_system().openpty(size(width, height)).unwrap();
        let device = pair.master.tty_name().unwrap();
        let line_before = line_settings(&device);
        let (rows, columns) = lines(width, height);
        let seen = Seen {
            emulator: vt100::Parser::new_with_callbacks(rows, columns, 0, Copies::default()),
            bytes: Vec::new(),
            exit_code: None,
            output: Stream::Open,
        };
        let shared: Shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let mut child = pair.slave.spawn_command(command).unwrap();
        let pid = child.process_id().unwrap();
        let (for_reader, for_waiter) = (Arc::clone(&shared), Arc::clone(&shared));
        thread::spawn(move || read_all(reader, &for_reader));
        thread::spawn(move || {
            let code = child.wait().map_or(u32::MAX, |status| status.exit_code());
            change(&for_waiter, |seen| seen.exit_code = Some(code));
        });
        Self {
            shared,
            master: Some(pair.master),
            writer: Some(writer),
            slave: Some(pair.slave),
            device,
            pid,
            line_before,
        }
    }

    /// Types bytes: `"\x1b[A"` is the up key and `"\r"` is Enter.
    pub(crate) fn send(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits until the output satisfies `reached`; at the timeout, fails with the screen.
    pub(crate) fn wait_for(&self, what: &str, reached: impl Fn(&Seen) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        let mut seen = self.seen();
        while !reached(&seen) {
            let left = deadline.saturating_duration_since(Instant::now());
            let over = left.is_zero() || seen.output == Stream::Closed;
            assert!(!over, "never came: {what}\n{}", describe(&seen));
            seen = self.shared.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    pub(crate) fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |seen| seen.screen().contents().contains(text));
    }

    /// The output so far. Holds a lock that blocks the reader.
    pub(crate) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.0.lock().unwrap()
    }

    /// The text of the screen.
    pub(crate) fn text(&self) -> String {
        self.seen().screen().contents()
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        let (rows, columns) = lines(width, height);
        change(&self.shared, |seen| seen.emulator.set_size(rows, columns));
        self.master.as_ref().unwrap().resize(size(width, height)).unwrap();
    }

    /// Sends a signal by its short name, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        signal(name, &self.pid.to_string());
    }

    /// Waits until the program has read all input.
    pub(crate) fn wait_until_read(&self) {
        let line = File::open(&self.device).unwrap();
        let deadline = Instant::now() + DEADLINE;
        while rustix::io::ioctl_fionread(&line).unwrap() > 0 {
            assert!(Instant::now() < deadline, "never read\n{}", describe(&self.seen()));
            thread::yield_now();
        }
    }

    /// Waits until the program is stopped, for example by `Ctrl-Z`.
    pub(crate) fn wait_until_stopped(&self) {
        let deadline = Instant::now() + DEADLINE;
        while !shell(&format!("ps -o state= -p {}", self.pid)).starts_with('T') {
            assert!(Instant::now() < deadline, "never stopped\n{}", describe(&self.seen()));
        }
    }

    /// The settings of the terminal line now and before the program started.
    pub(crate) fn line_settings(&self) -> (String, String) {
        (line_settings(&self.device), self.line_before.clone())
    }

    /// Waits for the exit of the program and the end of its output.
    pub(crate) fn wait_for_exit(&mut self) -> Exit {
        self.wait_for("the program's end", |seen| seen.exit_code.is_some());
        let line = line_settings(&self.device);
        self.slave = None;
        self.wait_for("the end of its output", |seen| seen.output == Stream::Closed);
        let seen = self.seen();
        Exit { code: seen.exit_code.unwrap(), modes: seen.modes(), line }
    }

    /// Closes the terminal while the program redraws after a resize; returns its exit code.
    pub(crate) fn hang_up(&mut self) -> u32 {
        change(&self.shared, |seen| seen.output = Stream::Closing);
        let resized = self.master.as_ref().unwrap().get_size().unwrap();
        self.resize(resized.cols - 1, resized.rows);
        self.wait_for("a redraw", |seen| seen.output == Stream::Closed);
        (self.slave, self.writer, self.master) = (None, None, None);
        let deadline = Instant::now() + DEADLINE;
        let mut seen = self.seen();
        loop {
            if let Some(code) = seen.exit_code {
                return code;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "outlived its terminal\n{}", describe(&seen));
            seen = self.shared.1.wait_timeout(seen, left).unwrap().0;
        }
    }
}

/// Sends a signal by its short name to any process.
pub(crate) fn signal(name: &str, pid: &str) {
    shell(&format!("kill -s {name} {pid}"));
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A failed test may have poisoned the lock.
        let seen = self.shared.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if seen.exit_code.is_none() {
            shell(&format!("kill -s KILL {}", self.pid));
        }
    }
}

fn read_all(mut reader: Box<dyn Read + Send>, shared: &Shared) {
    let mut buffer = [0; 4096];
    // On Linux, reading fails once the other side is closed.
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        let mut stream = Stream::Open;
        change(shared, |seen| {
            seen.bytes.extend_from_slice(&buffer[..count]);
            seen.emulator.process(&buffer[..count]);
            stream = seen.output;
        });
        if stream == Stream::Closing {
            break;
        }
    }
    drop(reader);
    change(shared, |seen| seen.output = Stream::Closed);
}

fn change(shared: &Shared, change: impl FnOnce(&mut Seen)) {
    change(&mut shared.0.lock().unwrap());
    shared.1.notify_all();
}

fn describe(seen: &Seen) -> String {
    let (rows, columns) = seen.screen().size();
    let rule = "─".repeat(columns.get().into());
    format!(
        "{columns}×{rows}, {:?}, exit {:?}, copied {:?}\n{rule}\n{}\n{rule}",
        seen.modes(),
        seen.exit_code,
        seen.copies(),
        seen.screen().contents(),
    )
}

/// Excludes the size, which the program does not set.
fn line_settings(device: &Path) -> String {
    let all = shell(&format!("stty -a < '{}'", device.display()));
    let is_size = |setting: &&str| setting.contains("rows") || setting.contains("columns");
    all.split(';').filter(|setting| !is_size(setting)).collect()
}

fn shell(script: &str) -> String {
    let output = Command::new("sh").args(["-c", script]).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The last row of the screen.
pub(crate) fn footer(seen: &Seen) -> String {
    let (rows, columns) = seen.screen().size();
    let last = rows.get() - 1;
    seen.screen().contents_between(last, 0, last, columns.get())
}
