//! A program in a pseudo-terminal, with the arrival time of its output.

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

/// Bytes that arrived together, with their time.
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

    /// The next bytes, if some arrive in time.
    pub(crate) fn next(&self, patience: Duration) -> Option<Chunk> {
        self.output.recv_timeout(patience).ok()
    }

    /// The output up to a silence of this length.
    pub(crate) fn until_quiet(&self, quiet: Duration) -> Vec<Chunk> {
        std::iter::from_fn(|| self.next(quiet)).collect()
    }

    /// Presses keys and returns the time.
    pub(crate) fn press(&mut self, keys: &str) -> Result<Instant, Box<dyn Error>> {
        let pressed = Instant::now();
        self.keyboard.write_all(keys.as_bytes())?;
        self.keyboard.flush()?;
        Ok(pressed)
    }

    /// Presses the keys that quit the program and waits for its exit.
    pub(crate) fn quit(mut self, keys: &str) -> Result<(), Box<dyn Error>> {
        self.press(keys)?;
        self.until_quiet(Duration::from_secs(2));
        // A program that is still running ignored the keys.
        let _ = self.child.kill();
        self.child.wait()?;
        Ok(())
    }

    /// Memory not shared with other processes.
    pub(crate) fn private_megabytes(&self) -> Result<f64, Box<dyn Error>> {
        let rollup = self.told("smaps_rollup")?;
        let private = rollup.lines().filter(|line| line.starts_with("Private_"));
        let size = |line: &str| line.split_whitespace().nth(1)?.parse::<f64>().ok();
        Ok(private.filter_map(size).sum::<f64>() / 1000.0)
    }

    /// Processor time of the program; Linux counts in hundredths of a second.
    pub(crate) fn cpu_millis(&self) -> Result<f64, Box<dyn Error>> {
        let stat = self.told("stat")?;
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let ticks = fields.skip(11).take(2).filter_map(|it| it.parse::<f64>().ok());
        Ok(ticks.sum::<f64>() * 10.0)
    }

    /// Reads a file of the process in `/proc`.
    fn told(&self, what: &str) -> Result<String, Box<dyn Error>> {
        let process = self.child.process_id().ok_or("the program has ended")?;
        Ok(std::fs::read_to_string(format!("/proc/{process}/{what}"))?)
    }
}

pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The median of unsorted numbers.
pub(crate) fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}
