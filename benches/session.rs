//! What a user waits for and what a slow line carries: the built program in a pseudo-terminal at
//! 120 by 36 on the built-in corpus, from its start to the first list, and key by key until quiet.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::error::Error;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Nothing has come for so long: the screen has settled.
const QUIET: Duration = Duration::from_millis(200);
const STARTS: usize = 21;
/// A text of the first list.
const FIRST_LIST: &[u8] = b"Neural Story Planning";

/// The keys of a session, and what they stand for.
const KEYS: &[(&str, &str, usize)] = &[
    ("j", "cursor move", 12),
    ("j", "cursor move that scrolls", 12),
    ("G", "to the last row", 1),
    ("gg", "to the first row", 1),
    ("/", "into the filter", 1),
    ("b", "search key b", 1),
    ("r", "search key br", 1),
    ("a", "search key bra", 1),
    ("i", "search key brai", 1),
    ("n", "search key brain", 1),
    (" ", "search key, a blank", 1),
    ("m", "search key brain m", 1),
    ("\x7f", "a letter taken back", 1),
    ("\x15", "all taken back", 1),
    ("\r", "to the list", 1),
    ("\r", "into the reader", 1),
    ("J", "next paper in the reader", 1),
];

/// A program in a terminal; what it sends comes with the time at which it came.
struct Session {
    started: Instant,
    output: Receiver<(Instant, Vec<u8>)>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _terminal: Box<dyn MasterPty + Send>,
}

/// What a key cost.
struct Cost {
    bytes: usize,
    /// Until the first byte, and until the last.
    first: Duration,
    settled: Duration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let mut session = Session::start()?;
        starts.push(session.wait_for(FIRST_LIST)?);
        session.quit()?;
    }
    starts.sort();
    println!("start to first list, median of {STARTS}: {:.1} ms", millis(starts[STARTS / 2]));

    let mut session = Session::start()?;
    session.settle(Instant::now());
    println!("{:<28} {:>9} {:>11} {:>11}", "key", "bytes", "first, ms", "settled, ms");
    for (key, what, times) in KEYS {
        let mut costs: Vec<Cost> = Vec::new();
        for _ in 0..*times {
            costs.push(session.press(key)?);
        }
        costs.sort_by_key(|cost| cost.bytes);
        let most = &costs[costs.len() - 1];
        println!(
            "{what:<28} {:>9} {:>11.1} {:>11.1}",
            most.bytes,
            millis(most.first),
            millis(most.settled)
        );
    }
    let idle = session.settle_within(Instant::now(), Duration::from_secs(2));
    println!("{:<28} {:>9}", "idle for two seconds", idle.bytes);
    session.quit()
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

impl Session {
    fn start() -> Result<Self, Box<dyn Error>> {
        let size = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_offprint"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        let mut reader = pair.master.try_clone_reader()?;
        let (sender, output) = channel();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer()?;
        Ok(Self { started, output, keyboard, child, _terminal: pair.master })
    }

    /// How long after the start the text had come.
    fn wait_for(&self, text: &[u8]) -> Result<Duration, Box<dyn Error>> {
        let mut all = Vec::new();
        loop {
            let (at, bytes) = self.output.recv_timeout(Duration::from_secs(10))?;
            all.extend(bytes);
            if all.windows(text.len()).any(|it| it == text) {
                return Ok(at - self.started);
            }
        }
    }

    fn press(&mut self, key: &str) -> Result<Cost, Box<dyn Error>> {
        let pressed = Instant::now();
        self.keyboard.write_all(key.as_bytes())?;
        self.keyboard.flush()?;
        Ok(self.settle(pressed))
    }

    fn settle(&self, since: Instant) -> Cost {
        self.settle_within(since, QUIET)
    }

    /// What comes until nothing has come for that long.
    fn settle_within(&self, since: Instant, quiet: Duration) -> Cost {
        let mut cost = Cost { bytes: 0, first: Duration::ZERO, settled: Duration::ZERO };
        while let Ok((at, bytes)) = self.output.recv_timeout(quiet) {
            if cost.bytes == 0 {
                cost.first = at - since;
            }
            cost.settled = at - since;
            cost.bytes += bytes.len();
        }
        cost
    }

    fn quit(&mut self) -> Result<(), Box<dyn Error>> {
        self.keyboard.write_all(b"\x1b:q\r")?;
        self.keyboard.flush()?;
        self.child.wait()?;
        Ok(())
    }
}
