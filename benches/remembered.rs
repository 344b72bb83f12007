//! Measures how often a half-remembered paper is ranked first, and among the first ten, compared
//! with fzf.
//!
//! `cargo bench --bench remembered -- PAPERS [FZF]` picks 200 papers of the file, the same for each
//! run, and derives a query from each in five ways. fzf runs with `--filter` on title and authors,
//! one line per paper.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use offprint::domain::{Corpus, Marks, Paper, PaperId, family_names};
use offprint::search::{Query, QueryId, Request, Searcher, SortDirection, SortKey};
use offprint::sources::{Source, load_corpus};
use offprint::text::{fold, tex_to_unicode, words};

const PAPERS: usize = 200;
const FIRST: usize = 10;

type Make = fn(&[String], &str, &mut Dice) -> Option<String>;

/// Derives a query from the words of a title and the name of the first author.
const KINDS: [(&str, Make); 5] = [
    ("two words and a name", with_name),
    ("three words, a letter dropped", dropped),
    ("three words, two letters swapped", swapped),
    ("three words in the wrong order", turned),
    ("the beginnings of four words", beginnings),
];

/// Number of queries that ranked the paper first, and among the first ten.
#[derive(Default)]
struct Score {
    first: usize,
    among: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    let Some(path) = arguments.next() else {
        println!("cargo bench --bench remembered -- PAPERS [FZF] compares with fzf");
        return Ok(());
    };
    let fzf = arguments.next();
    let (papers, _) = load_corpus(Source::File(path.into()))?;
    let folder = tempfile::tempdir()?;
    let lines = folder.path().join("lines");
    write_lines(&papers, &lines)?;
    let mut searcher = Searcher::default();
    println!("{} papers, {PAPERS} queries of each kind", papers.len());
    println!("{:<34} {:>9} {:>9} {:>9} {:>9}", "", "first", "in ten", "fzf first", "in ten");
    for (kind, make) in KINDS {
        let mut dice = Dice(1);
        let (mut ours, mut theirs, mut made) = (Score::default(), Score::default(), 0);
        while made < PAPERS {
            let id = PaperId(dice.below(papers.len() as usize) as u32);
            let Some((query, paper)) = query(&papers, id, make, &mut dice) else { continue };
            made += 1;
            let meant = line(&paper);
            ours.add(place(&mut searcher, &papers, &query, &meant));
            if let Some(fzf) = &fzf {
                theirs.add(place_in_fzf(fzf, &lines, &query, &meant)?);
            }
        }
        println!(
            "{kind:<34} {:>9} {:>9} {:>9} {:>9}",
            ours.first, ours.among, theirs.first, theirs.among
        );
    }
    Ok(())
}

/// A query for the paper, unless its title is too short.
fn query<'a>(
    papers: &'a Corpus,
    id: PaperId,
    make: Make,
    dice: &mut Dice,
) -> Option<(String, Paper<'a>)> {
    const SHORTEST: usize = 4;
    let paper = papers.get(id)?;
    let title = fold(&tex_to_unicode(paper.title));
    let long = words(&title).filter(|it| it.is_ascii() && it.len() >= SHORTEST);
    let long: Vec<String> = long.map(str::to_owned).collect();
    let name = fold(family_names(&paper).first()?);
    Some((make(&long, &name, dice)?, paper))
}

/// Picks `count` of the words, in their order.
fn some(words: &[String], count: usize, dice: &mut Dice) -> Option<Vec<String>> {
    let mut places: Vec<usize> = (0..words.len()).collect();
    while places.len() > count {
        places.remove(dice.below(places.len()));
    }
    (places.len() == count).then(|| places.iter().map(|at| words[*at].clone()).collect())
}

fn with_name(words: &[String], name: &str, dice: &mut Dice) -> Option<String> {
    Some(format!("{} {name}", some(words, 2, dice)?.join(" ")))
}

fn dropped(words: &[String], _: &str, dice: &mut Dice) -> Option<String> {
    slipped(words, dice, |word, at| {
        word.remove(at);
    })
}

fn swapped(words: &[String], _: &str, dice: &mut Dice) -> Option<String> {
    slipped(words, dice, |word, at| {
        let letter = word.remove(at);
        word.insert(at + 1, letter);
    })
}

/// Three words with a typo inside the longest, not at its ends.
fn slipped(words: &[String], dice: &mut Dice, slip: fn(&mut String, usize)) -> Option<String> {
    let mut words = some(words, 3, dice)?;
    let longest = words.iter_mut().max_by_key(|it| it.len())?;
    let at = 1 + dice.below(longest.len() - 3);
    slip(longest, at);
    Some(words.join(" "))
}

fn turned(words: &[String], _: &str, dice: &mut Dice) -> Option<String> {
    let mut words = some(words, 3, dice)?;
    words.rotate_left(1);
    words.swap(0, 1);
    Some(words.join(" "))
}

fn beginnings(words: &[String], _: &str, dice: &mut Dice) -> Option<String> {
    let words = some(words, 4, dice)?;
    let begun: Vec<&str> = words.iter().map(|it| &it[..4.min(it.len())]).collect();
    Some(begun.join(" "))
}

/// The line of a paper for fzf.
fn line(paper: &Paper<'_>) -> String {
    format!("{}  {}", paper.title, paper.author_list)
}

fn write_lines(papers: &Corpus, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);
    for (_, paper) in papers.papers() {
        writeln!(file, "{}", line(&paper))?;
    }
    file.flush()?;
    Ok(())
}

/// The rank of the paper with this text, from 1.
fn place(searcher: &mut Searcher, papers: &Corpus, query: &str, meant: &str) -> Option<usize> {
    let request = Request {
        bibliographies: offprint::cite::SharedBibliography::default(),
        query_id: QueryId(0),
        query: Arc::new(Query::parse(query)),
        corpus: papers.clone(),
        marks: Arc::new(Marks::default()),
        sort_key: SortKey::Relevance,
        direction: SortDirection::Forward,
    };
    let mut hits = None;
    searcher.search(&request, &|| false, &mut |answer| hits = Some(answer.hits));
    let is_meant = |id| papers.get(id).is_some_and(|it| line(&it) == meant);
    Some(hits?.ids().take(FIRST).position(is_meant)? + 1)
}

fn place_in_fzf(
    fzf: &str,
    lines: &Path,
    query: &str,
    meant: &str,
) -> Result<Option<usize>, Box<dyn Error>> {
    let mut command = Command::new(fzf);
    command.args(["--filter", query]).env_remove("FZF_DEFAULT_OPTS");
    let mut child = command.stdin(fs::File::open(lines)?).stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().ok_or("fzf has no output")?;
    let mut place = None;
    for (at, line) in BufReader::new(output).lines().take(FIRST).enumerate() {
        if line? == meant {
            place = place.or(Some(at + 1));
        }
    }
    child.wait()?;
    Ok(place)
}

impl Score {
    fn add(&mut self, place: Option<usize>) {
        self.first += usize::from(place == Some(1));
        self.among += usize::from(place.is_some());
    }
}

/// Deterministic pseudo-random numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % end
    }
}
