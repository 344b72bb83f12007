//! Benchmark of response time and bytes sent: the built program in a pseudo-terminal of 120 by 36
//! on the built-in corpus, from its start to the first list, and for each key until the output
//! ends.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod terminal;

use std::error::Error;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use terminal::{Session, median, millis};

/// Silence after which the output counts as complete.
const QUIET: Duration = Duration::from_millis(200);
const STARTS: usize = 21;
const QUIT: &str = "\x1b:q\r";
/// A text of the first list.
const FIRST_LIST: &[u8] = b"Neural Story Planning";

/// The keys of a session, their description, and the number of repetitions.
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

/// The cost of a key.
struct Cost {
    bytes: usize,
    /// Time to the first byte, and to the last.
    first: Duration,
    settled: Duration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let session = start()?;
        starts.push(millis(first_list(&session)?));
        session.quit(QUIT)?;
    }
    let start_to_list = median(starts).unwrap_or_default();
    println!("start to first list, median of {STARTS}: {start_to_list:.1} ms");

    let mut session = start()?;
    session.until_quiet(QUIET);
    println!("{:<28} {:>9} {:>11} {:>11}", "key", "bytes", "first, ms", "settled, ms");
    for (key, what, times) in KEYS {
        let mut costs: Vec<Cost> = Vec::new();
        for _ in 0..*times {
            let pressed = session.press(key)?;
            costs.push(cost(&session, pressed, QUIET));
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
    let before = session.cpu_millis()?;
    let idle = cost(&session, Instant::now(), Duration::from_secs(2));
    let taken = session.cpu_millis()? - before;
    println!("{:<28} {:>9} {taken:>11.1} of processor", "idle for two seconds", idle.bytes);
    println!("memory held: {:.1} MB", session.private_megabytes()?);
    session.quit(QUIT)
}

fn start() -> Result<Session, Box<dyn Error>> {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_offprint"));
    command.env_clear();
    command.env("TERM", "xterm-256color");
    Session::start(command, 120, 36)
}

/// Time from the start to the first list.
fn first_list(session: &Session) -> Result<Duration, Box<dyn Error>> {
    let mut all = Vec::new();
    while let Some((at, bytes)) = session.next(Duration::from_secs(10)) {
        all.extend(bytes);
        if all.windows(FIRST_LIST.len()).any(|it| it == FIRST_LIST) {
            return Ok(at - session.started);
        }
    }
    Err("the first list has not come".into())
}

/// The cost of the output up to a silence of this length.
fn cost(session: &Session, since: Instant, quiet: Duration) -> Cost {
    let chunks = session.until_quiet(quiet);
    let after = |chunk: Option<&terminal::Chunk>| chunk.map_or(Duration::ZERO, |it| it.0 - since);
    Cost {
        bytes: chunks.iter().map(|(_, bytes)| bytes.len()).sum(),
        first: after(chunks.first()),
        settled: after(chunks.last()),
    }
}
