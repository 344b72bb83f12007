//! Benchmark of a large library: 100,000 papers and a million entries of the log. Measures the
//! start of the built program to its first list compared with an empty library, a mark from its key
//! to its notice and the share of the disk, and the recognition of papers as they are loaded.
//!
//! `cargo bench --bench library -- [PAPERS]` marks papers of that file; by default made-up ones,
//! which are recognised by title and author only.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod terminal;

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use offprint::domain::{Corpus, Draft, IdentityKeys, KeyPattern, Paper, PaperId, SegmentBuilder};
use offprint::library::{
    Change, ChangeSet, Library, LibraryCommand, OnOff, PaperRef, Store, import,
};
use offprint::sources::{LoadEvent, Source, builtin_corpus, load_corpus};
use portable_pty::CommandBuilder;
use serde_json::json;

use terminal::{Session, median, millis};

const MARKED: usize = 100_000;
const ENTRIES_EACH: usize = 10;
const STARTS: usize = 21;
const MARKS: usize = 40;
const QUIET: Duration = Duration::from_millis(150);
const QUIT: &str = "\x1b:q\r";
/// A text of the first list.
const FIRST_LIST: &[u8] = b"Neural Story Planning";

/// Makes the process fill the file named after it, in place of the benchmark.
const FILL: &str = "--fill";

fn main() -> Result<(), Box<dyn Error>> {
    let mut named: Vec<_> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    if named.first().is_some_and(|it| it == FILL) {
        return fill(&papers(named.get(2))?, Path::new(&named[1]));
    }
    let named = named.pop();
    let folder = tempfile::tempdir()?;
    let (full, empty) = (folder.path().join("full.db"), folder.path().join("empty.db"));
    // A process that holds a million papers starts others slowly, so another process holds them.
    let mut filling = Command::new(std::env::current_exe()?);
    if !filling.arg(FILL).arg(&full).args(&named).status()?.success() {
        return Err("no library was filled".into());
    }
    let size = std::fs::metadata(&full)?.len();
    println!("{MARKED} papers, {} entries: {} MB", MARKED * ENTRIES_EACH, size / 1_000_000);
    starts(&[("an empty library", &empty), ("the full one", &full)])?;
    for (what, file) in [("an empty library", &empty), ("the full one", &full)] {
        marks(what, file)?;
    }
    println!("a page written and synchronised: {:.1} ms", synchronised(folder.path())?);
    let papers = papers(named.as_ref())?;
    for (what, file) in
        [("no library", None), ("an empty one", Some(empty)), ("the full one", Some(full))]
    {
        look_up(&papers, what, file)?;
    }
    Ok(())
}

/// The papers of a file, or made-up ones.
fn papers(named: Option<&String>) -> Result<Corpus, Box<dyn Error>> {
    Ok(match named {
        Some(path) => load_corpus(Source::File(path.into()))?.0,
        None => made_up(),
    })
}

fn made_up() -> Corpus {
    let mut papers = Corpus::default();
    let mut builder = SegmentBuilder::default();
    for number in 0..MARKED * 10 {
        if builder.len() == SegmentBuilder::CAPACITY {
            papers.push(std::mem::take(&mut builder).seal());
        }
        let draft = Draft {
            title: format!("On the {number}th of all made-up things"),
            authors: vec![format!("Ada Author{}", number % 5000)],
            year: Some(2010),
            ..Draft::default()
        };
        builder.push(&draft);
    }
    papers.push(builder.seal());
    papers
}

/// Creates a library in which papers from all parts of the corpus are marked, several times each.
fn fill(papers: &Corpus, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut text = tempfile::NamedTempFile::new()?;
    let mut output = BufWriter::new(text.as_file_mut());
    writeln!(output, "{}", json!({"is": "library", "form": 1}))?;
    let apart = (papers.len() as usize / MARKED).max(1);
    for (number, (_, paper)) in papers.papers().step_by(apart).take(MARKED).enumerate() {
        write_marked(&mut output, number, &paper)?;
    }
    output.flush()?;
    drop(output);
    let mut store = Store::open(file)?.store;
    import(&mut store, "what was made up", &mut BufReader::new(File::open(text.path())?))?;
    Ok(())
}

fn write_marked(
    output: &mut dyn Write,
    number: usize,
    paper: &Paper<'_>,
) -> Result<(), Box<dyn Error>> {
    const PROCESS: &str = "00000000000000aa";
    let keys = IdentityKeys::from(paper);
    let first = 1 + number * (ENTRIES_EACH + 1);
    let id = |number: usize| format!("{PROCESS}-{number}");
    let record = json!({"title": paper.title, "authors": paper.authors().collect::<Vec<_>>(),
        "year": paper.year, "arxiv": paper.arxiv, "venue": paper.venue});
    let ties = if keys.strong.is_empty() { vec![keys.weak.clone()] } else { keys.strong };
    writeln!(
        output,
        "{}",
        json!({"is": "paper", "id": id(first), "keys": ties, "weak": keys.weak, "record": record})
    )?;
    let aspects = ["read", "star", "later", "tag:todo", "tag:thesis"];
    for at in 1..=ENTRIES_EACH {
        // Half of the marks are cleared again, except `read`.
        let value = if at > aspects.len() && at % 2 == 0 { "" } else { "1" };
        let aspect = aspects[at % aspects.len()];
        let (number, time) = (first + at, 1_700_000_000_000_u64 + (first + at) as u64);
        writeln!(
            output,
            "{}",
            json!({"is": "entry", "id": id(number), "act": number, "at": time, "paper": id(first),
                "aspect": aspect, "value": value})
        )?;
    }
    Ok(())
}

fn start(library: &Path) -> Result<Session, Box<dyn Error>> {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_offprint"));
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("OFFPRINT_LIBRARY", library);
    Session::start(command, 120, 36)
}

/// Starts the libraries alternately, so that other load on the machine affects both.
fn starts(libraries: &[(&str, &PathBuf)]) -> Result<(), Box<dyn Error>> {
    let mut taken = vec![Vec::new(); libraries.len()];
    for _ in 0..STARTS {
        for ((_, library), taken) in libraries.iter().zip(&mut taken) {
            let session = start(library)?;
            let mut all = Vec::new();
            let at = loop {
                let (at, bytes) = session.next(Duration::from_secs(10)).ok_or("no list came")?;
                all.extend(bytes);
                if all.windows(FIRST_LIST.len()).any(|it| it == FIRST_LIST) {
                    break at;
                }
            };
            taken.push(millis(at - session.started));
            session.quit(QUIT)?;
        }
    }
    for ((what, _), taken) in libraries.iter().zip(taken) {
        let middle = median(taken).unwrap_or_default();
        println!("start to first list with {what}, median of {STARTS}: {middle:.1} ms");
    }
    Ok(())
}

/// Marks paper after paper, with and without a screen.
fn marks(what: &str, library: &Path) -> Result<(), Box<dyn Error>> {
    let mut session = start(library)?;
    session.until_quiet(QUIET);
    let mut shown = Vec::new();
    for _ in 0..MARKS {
        let pressed = session.press("r")?;
        let answer = session.until_quiet(QUIET);
        shown.extend(answer.last().map(|(at, _)| millis(*at - pressed)));
        session.press("j")?;
        session.until_quiet(QUIET);
    }
    let (held, taken) = (session.private_megabytes()?, session.cpu_millis()?);
    println!("a run with {what}: {held:.1} MB held, {taken:.0} ms of processor");
    session.quit(QUIT)?;
    let (mut desk, _) = Library::open_store(Some(library.to_owned()), None, KeyPattern::default())?;
    for (_, segment) in builtin_corpus(&KeyPattern::default()).segments() {
        desk.add_and_recognise(&LoadEvent::Segment(segment.clone()));
    }
    let mut recorded = Vec::new();
    for id in 0..MARKS {
        let deeds = vec![Change::Later(OnOff::On)];
        let act = ChangeSet { changes: deeds, papers: vec![PaperRef::Corpus(PaperId(id as u32))] };
        let began = Instant::now();
        desk.execute(&LibraryCommand::Record(act));
        recorded.push(millis(began.elapsed()));
    }
    println!(
        "a mark with {what}, median of {MARKS}: {:.1} ms from key to notice, {:.1} ms in the library",
        median(shown).unwrap_or_default(),
        median(recorded).unwrap_or_default()
    );
    Ok(())
}

/// Time to write and synchronise one page.
fn synchronised(folder: &Path) -> Result<f64, Box<dyn Error>> {
    let mut file = File::create(folder.join("page"))?;
    let mut taken = Vec::new();
    for _ in 0..MARKS {
        let began = Instant::now();
        file.write_all(&[1; 4096])?;
        file.sync_data()?;
        taken.push(millis(began.elapsed()));
    }
    Ok(median(taken).unwrap_or_default())
}

/// Recognises every paper of the corpus, as during loading.
fn look_up(papers: &Corpus, what: &str, file: Option<PathBuf>) -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    let (mut desk, _) = Library::open_store(file, None, KeyPattern::default())?;
    let opened = began.elapsed();
    let began = Instant::now();
    for (_, segment) in papers.segments() {
        desk.add_and_recognise(&LoadEvent::Segment(segment.clone()));
    }
    println!(
        "{what}: opened in {:.1} ms, {} papers looked up in {:.0} ms",
        millis(opened),
        papers.len(),
        millis(began.elapsed())
    );
    Ok(())
}
