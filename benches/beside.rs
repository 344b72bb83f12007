//! Benchmark of offprint and fzf in a pseudo-terminal of 120 by 40, over the same papers, key by
//! key.
//!
//! `cargo bench --bench beside -- PAPERS [FZF] [RUNS]` lets offprint read the file, and pipes title
//! and authors of each paper to fzf, one line per paper. For each key it prints the milliseconds to
//! the first byte, until the rows that match as typed are final, until their count is final (abstracts
//! included), until the papers that match only approximately stand behind them, and until the output
//! ends, and the bytes sent: medians over the runs. The ratios compare rows and count with the time
//! in which fzf settles.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod terminal;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use offprint::sources::{LoadControl, LoadEvent, ReadOptions, Source, load_all, open};
use portable_pty::CommandBuilder;

use terminal::{Chunk, Session, median, millis};

const COLS: u16 = 120;
const ROWS: u16 = 40;
/// Silence after which the output counts as complete.
const QUIET: Duration = Duration::from_secs(1);
/// The same while papers are being loaded.
const LOADED: Duration = Duration::from_secs(2);
/// Limit for loading and indexing to reach the cache.
const KEPT: Duration = Duration::from_mins(5);
const IDLE: Duration = Duration::from_secs(3);
const RUNS: usize = 5;

/// Name, prefix and rest of each query, typed into an empty filter: the prefix at once, the rest
/// letter by letter and measured.
const QUERIES: [(&str, &str, &str); 11] = [
    ("one letter", "", "t"),
    ("common prefix", "t", "ransf"),
    ("long word", "el", "ectrodynamics"),
    ("several words", "de", "ep graph net"),
    ("initials", "g", "nn"),
    ("author", "z", "hang wei"),
    ("typo", "tra", "snformer"),
    ("word of abstracts", "fu", "rthermore"),
    ("scattered", "tr", "fmr"),
    ("no match", "zz", "qxjk"),
    ("deleting back", "neural", "\x7f\x7f\x7f\x7f\x7f\x7f"),
];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Program {
    Offprint,
    Fzf,
}

/// The programs and their inputs.
struct Setting {
    papers: PathBuf,
    fzf: String,
    /// The input of fzf.
    lines: PathBuf,
    cache: PathBuf,
}

/// The cost of a key or of a start, in milliseconds.
#[derive(Clone, Copy, Default)]
struct Cost {
    first: f64,
    rows: f64,
    settled: f64,
    similar: f64,
    quiet: f64,
    bytes: f64,
}

/// Measurements of a program, one per run: keys by query and letter, the rest by name.
#[derive(Default)]
struct Measured {
    keys: BTreeMap<(usize, usize), Vec<Cost>>,
    others: BTreeMap<&'static str, Vec<f64>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    let Some(papers) = arguments.next() else {
        println!("cargo bench --bench beside -- PAPERS [FZF] [RUNS] compares with fzf");
        return Ok(());
    };
    let fzf = arguments.next().unwrap_or_else(|| "fzf".to_owned());
    let runs = arguments.next().map_or(Ok(RUNS), |it| it.parse())?;
    let folder = tempfile::tempdir()?;
    let setting = Setting {
        papers: papers.into(),
        fzf,
        lines: folder.path().join("lines"),
        cache: folder.path().join("cache"),
    };
    let count = write_lines(&setting.papers, &setting.lines)?;
    println!("{count} papers of {}, {runs} runs", setting.papers.display());
    let mut all = [Measured::default(), Measured::default()];
    for _ in 0..runs {
        for (program, measured) in [Program::Offprint, Program::Fzf].into_iter().zip(&mut all) {
            measure(program, &setting, measured)?;
        }
    }
    let [ours, theirs] = all;
    print_others(&ours, &theirs);
    print_keys(&ours, &theirs);
    Ok(())
}

/// Writes title and authors of each paper and returns the number of papers.
fn write_lines(papers: &Path, lines: &Path) -> Result<u32, Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(lines)?);
    let (mut count, mut failed) = (0, Ok(()));
    load_all(
        vec![open(Source::File(papers.to_owned()), &ReadOptions::default())?],
        None,
        &LoadControl::default(),
        &mut |it| {
            let LoadEvent::Segment(segment) = it else { return };
            count += segment.len();
            for paper in (0..segment.len()).map(|row| segment.paper(row)) {
                if failed.is_ok() {
                    failed = writeln!(file, "{}  {}", paper.title, paper.author_list);
                }
            }
        },
    );
    failed?;
    file.flush()?;
    Ok(count)
}

/// Runs a program once through all queries.
fn measure(
    program: Program,
    setting: &Setting,
    measured: &mut Measured,
) -> Result<(), Box<dyn Error>> {
    let mut note = |what, value| measured.others.entry(what).or_default().push(value);
    if setting.cache.exists() && program == Program::Offprint {
        fs::remove_dir_all(&setting.cache)?;
    }
    let start = || Session::start(program.command(setting), COLS, ROWS);
    let (session, mut screen) = (start()?, Screen::new(program));
    let (list, loaded) = screen.watch_start(&session);
    note("start to first list, ms", list);
    note("start to all loaded, ms", loaded);
    if program == Program::Offprint {
        until_kept(&setting.cache, &session);
    }
    session.quit(program.leaving())?;
    let (mut session, mut screen) = (start()?, Screen::new(program));
    let pressed = session.press(program.into_filter())?;
    session.press("deep")?;
    let typed = screen.cost(&session.until_quiet(LOADED), pressed);
    note("second start, a word typed at once settled, ms", typed.settled);
    session.quit(program.leaving())?;

    let (mut session, mut screen) = (start()?, Screen::new(program));
    let (list, loaded) = screen.watch_start(&session);
    note("second start to first list, ms", list);
    note("second start to all loaded, ms", loaded);
    note("memory once loaded, MB", session.private_megabytes()?);
    press_keys(&mut screen, &mut session, measured)?;
    let mut note = |what, value| measured.others.entry(what).or_default().push(value);
    note("memory after the keys, MB", session.private_megabytes()?);
    let before = session.cpu_millis()?;
    let idle = session.until_quiet(IDLE).iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    note("idle, bytes", idle as f64);
    note("idle, ms of processor", session.cpu_millis()? - before);
    session.quit(program.leaving())
}

/// Waits until the cache has everything for the second start, or [`KEPT`] is over.
fn until_kept(cache: &Path, session: &Session) {
    let ends_in =
        |it: &fs::DirEntry, ending: &str| it.path().extension().is_some_and(|it| it == ending);
    let has =
        |ending| fs::read_dir(cache).is_ok_and(|all| all.flatten().any(|it| ends_in(&it, ending)));
    let began = Instant::now();
    while !has("words") && began.elapsed() < KEPT {
        session.next(QUIET);
    }
}

fn press_keys(
    screen: &mut Screen,
    session: &mut Session,
    measured: &mut Measured,
) -> Result<(), Box<dyn Error>> {
    session.press(screen.program.into_filter())?;
    screen.cost(&session.until_quiet(LOADED), Instant::now());
    for (query, (_, ahead, keys)) in QUERIES.iter().enumerate() {
        session.press("\x15")?;
        session.press(ahead)?;
        screen.cost(&session.until_quiet(QUIET), Instant::now());
        for (at, key) in keys.char_indices() {
            let pressed = session.press(key.encode_utf8(&mut [0; 4]))?;
            let cost = screen.cost(&session.until_quiet(QUIET), pressed);
            measured.keys.entry((query, at)).or_default().push(cost);
        }
    }
    Ok(())
}

impl Program {
    fn command(self, setting: &Setting) -> CommandBuilder {
        let mut command = match self {
            Self::Offprint => {
                let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_offprint"));
                command.arg(&setting.papers);
                command.env_clear();
                command.env("OFFPRINT_CACHE", &setting.cache);
                command
            }
            Self::Fzf => {
                let mut command = CommandBuilder::new("sh");
                command.args(["-c", r#"exec "$0" <"$1""#, &setting.fzf]);
                command.arg(&setting.lines);
                command.env_remove("FZF_DEFAULT_OPTS");
                command
            }
        };
        command.env("TERM", "xterm-256color");
        command
    }

    fn into_filter(self) -> &'static str {
        match self {
            Self::Offprint => "/",
            Self::Fzf => "",
        }
    }

    fn leaving(self) -> &'static str {
        match self {
            Self::Offprint => "\x1b:q\r",
            Self::Fzf => "\x1b",
        }
    }
}

/// The emulated screen.
struct Screen {
    program: Program,
    terminal: vt100::Parser,
}

impl Screen {
    fn new(program: Program) -> Self {
        let size = |cells| NonZero::new(cells).unwrap_or(NonZero::<u16>::MIN);
        Self { program, terminal: vt100::Parser::new(size(ROWS), size(COLS), 0) }
    }

    /// The hit count: of papers that match as typed.
    fn count(&self) -> String {
        let mut rows = self.terminal.screen().rows(0, COLS);
        if self.program == Program::Fzf {
            return rows.nth(usize::from(ROWS) - 2).unwrap_or_default();
        }
        let header = rows.next().unwrap_or_default();
        header.split(" · ").next().unwrap_or_default().to_owned()
    }

    /// The number of papers that match as typed.
    fn exact_hits(&self) -> usize {
        let count = self.count();
        let hits = count.rsplit_once(" of ").map_or("", |(hits, _)| hits);
        let hits = hits.rsplit("  ").next().unwrap_or_default();
        let digits: String = hits.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(usize::MAX)
    }

    /// The rows of the list, without the panes beside it.
    fn list(&self) -> Vec<String> {
        let screen = self.terminal.screen();
        if self.program == Program::Fzf {
            return screen.rows(0, COLS).take(usize::from(ROWS) - 2).collect();
        }
        let rule = screen.rows(0, COLS).nth(2).unwrap_or_default();
        let mut columns = rule.chars().enumerate().filter(|(_, c)| *c == '┬').map(|(at, _)| at);
        let from = columns.next().unwrap_or_default() as u16;
        let to = columns.next().map_or(COLS, |it| it as u16);
        screen.rows(from, to - from).skip(3).take(usize::from(ROWS) - 5).collect()
    }

    /// The cost of the key that was followed by this output.
    fn cost(&mut self, chunks: &[Chunk], pressed: Instant) -> Cost {
        let after = |at: &Instant| millis(at.saturating_duration_since(pressed));
        let mut cost = Cost::default();
        let (mut shown, mut counted) = (self.list(), self.count());
        let is_ours = self.program == Program::Offprint;
        for (at, bytes) in chunks {
            self.terminal.process(bytes);
            if cost.bytes == 0.0 {
                cost.first = after(at);
                (cost.rows, cost.settled, cost.similar) = (cost.first, cost.first, cost.first);
            }
            let now = self.list();
            if now != shown {
                let exact = if is_ours { self.exact_hits() } else { usize::MAX };
                if now.iter().take(exact).ne(shown.iter().take(exact)) {
                    (cost.rows, cost.settled) = (after(at), after(at));
                }
                (cost.similar, shown) = (after(at), now);
            }
            let count = self.count();
            if count != counted {
                (cost.settled, counted) = (after(at), count);
            }
            cost.quiet = after(at);
            cost.bytes += bytes.len() as f64;
        }
        cost
    }

    /// Time from the start to the first rows and to the last ones, in milliseconds.
    fn watch_start(&mut self, session: &Session) -> (f64, f64) {
        let (mut list, mut end) = (None, 0.0);
        while let Some((at, bytes)) = session.next(LOADED) {
            self.terminal.process(&bytes);
            end = millis(at - session.started);
            let screen = self.terminal.screen();
            if list.is_none() && screen.contents().contains('▌') {
                list = Some(end);
            }
        }
        (list.unwrap_or(f64::NAN), end)
    }
}

fn print_others(ours: &Measured, theirs: &Measured) {
    println!("{:<48} {:>10} {:>10} {:>7}", "", "offprint", "fzf", "ratio");
    for (what, values) in &ours.others {
        let ours = median(values.clone()).unwrap_or_default();
        let theirs = theirs.others.get(what).cloned().and_then(median).unwrap_or_default();
        println!("{what:<48} {ours:>10.1} {theirs:>10.1} {:>7.3}", ours / theirs);
    }
}

fn print_keys(ours: &Measured, theirs: &Measured) {
    println!(
        "{:<17} {:<16}  first    rows   count similar   quiet  bytes |  first settled  bytes |   rows  count",
        "query", "typed"
    );
    for (&(query, at), costs) in &ours.keys {
        let (what, ahead, keys) = QUERIES[query];
        let ours = middle(costs);
        let theirs = theirs.keys.get(&(query, at)).map(|it| middle(it)).unwrap_or_default();
        println!(
            "{:<17} {:<16} {:>6.1} {:>7.1} {:>7.1} {:>7.1} {:>7.1} {:>6} | {:>6.1} {:>7.1} {:>6} | {:>6.3} {:>6.3}",
            what,
            typed(&format!("{ahead}{}", &keys[..=at])),
            ours.first,
            ours.rows,
            ours.settled,
            ours.similar,
            ours.quiet,
            ours.bytes,
            theirs.first,
            theirs.settled,
            theirs.bytes,
            ours.rows / theirs.settled,
            ours.settled / theirs.settled
        );
    }
}

/// The text of the filter after the keys, marked with ⌫ if they delete letters.
fn typed(keys: &str) -> String {
    let (letters, deleted) = keys.split_at(keys.find('\x7f').unwrap_or(keys.len()));
    let left = &letters[..letters.len() - deleted.len()];
    if deleted.is_empty() { left.to_owned() } else { format!("{left}⌫") }
}

/// The medians of several costs.
fn middle(costs: &[Cost]) -> Cost {
    let of = |part: fn(&Cost) -> f64| median(costs.iter().map(part).collect()).unwrap_or_default();
    Cost {
        first: of(|it| it.first),
        rows: of(|it| it.rows),
        settled: of(|it| it.settled),
        similar: of(|it| it.similar),
        quiet: of(|it| it.quiet),
        bytes: of(|it| it.bytes),
    }
}
