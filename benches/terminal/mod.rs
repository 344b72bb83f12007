//! A program in a pseudo-terminal: what it sends comes with the time at which it came.

use std::error::Error;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub(crate) struct Session {
    pub(crate) started: Instant,
    output: Receiver<Chunk>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _terminal: Box<dyn MasterPty + Send>,
}

/// Bytes that were sent together, and when.
pub(crate) type Chunk = (Instant, Vec<u8>);

impl Session {
    pub(crate) fn start(
        command: CommandBuilder,
        cols: u16,
        rows: u16,
    ) -> Result<Self, Box<dyn Error>> {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
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

    /// The next bytes, if some come in time.
    pub(crate) fn next(&self, patience: Duration) -> Option<Chunk> {
        self.output.recv_timeout(patience).ok()
    }

    /// What comes until nothing has come for that long.
    pub(crate) fn until_quiet(&self, quiet: Duration) -> Vec<Chunk> {
        std::iter::from_fn(|| self.next(quiet)).collect()
    }

    /// Presses keys and returns when.
    pub(crate) fn press(&mut self, keys: &str) -> Result<Instant, Box<dyn Error>> {
        let pressed = Instant::now();
        self.keyboard.write_all(keys.as_bytes())?;
        self.keyboard.flush()?;
        Ok(pressed)
    }

    /// Presses the keys that end the program and waits until it has ended.
    pub(crate) fn quit(mut self, keys: &str) -> Result<(), Box<dyn Error>> {
        self.press(keys)?;
        self.until_quiet(Duration::from_secs(2));
        // Whoever is still there does not listen.
        let _ = self.child.kill();
        self.child.wait()?;
        Ok(())
    }

    /// The memory that no other process shares.
    pub(crate) fn private_megabytes(&self) -> Result<f64, Box<dyn Error>> {
        let rollup = self.told("smaps_rollup")?;
        let private = rollup.lines().filter(|line| line.starts_with("Private_"));
        let size = |line: &str| line.split_whitespace().nth(1)?.parse::<f64>().ok();
        Ok(private.filter_map(size).sum::<f64>() / 1000.0)
    }

    /// What processor time the program has taken; the system counts in hundredths of a second.
    pub(crate) fn cpu_millis(&self) -> Result<f64, Box<dyn Error>> {
        let stat = self.told("stat")?;
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let ticks = fields.skip(11).take(2).filter_map(|it| it.parse::<f64>().ok());
        Ok(ticks.sum::<f64>() * 10.0)
    }

    /// What Linux tells of the process.
    fn told(&self, what: &str) -> Result<String, Box<dyn Error>> {
        let process = self.child.process_id().ok_or("the program has ended")?;
        Ok(std::fs::read_to_string(format!("/proc/{process}/{what}"))?)
    }
}

pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The one in the middle, of some that need not be in order.
pub(crate) fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}
