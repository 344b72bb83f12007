//! Measures how often a half-remembered paper is ranked first, and among the first ten, compared
//! with fzf.
//!
//! `cargo bench --bench remembered -- [PAPERS] [FZF]` draws papers of the file, the same for each
//! run, and derives a query from each, with one kind of mistake per row. Without PAPERS, or with
//! `builtin`, it draws from the built-in papers. The table has, for each row, how often the query
//! ranked its paper first and among the first ten; the same for the query as it stands in the
//! paper, without the mistake; and the same for fzf, which runs with `--filter` on title and
//! authors, one line per paper.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod acronyms;
mod dice;
mod engines;
mod forms;
mod hyphens;
mod names;
mod pasted;
mod pieces;
mod recalled;
mod rows;
mod scripts;
mod signs;
mod slips;
mod vocabulary;
mod wrong_words;

use std::error::Error;

use offprint::domain::{Corpus, KeyPattern};
use offprint::sources::{Source, builtin_corpus, load_corpus};

use engines::{Engines, Measured, Score};
use recalled::Setting;
use rows::Row;
use vocabulary::Vocabulary;

/// The argument that stands for the built-in papers.
const BUILTIN: &str = "builtin";
/// Number of queries of a row.
const QUERIES: usize = 60;
/// The same for the first kinds, over a file.
const QUERIES_OF_PIECES: usize = 200;
/// Size of a corpus in which two right words no longer tell a paper.
const LARGE: u32 = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    let papers = arguments.next().filter(|it| it != BUILTIN);
    let fzf = arguments.next();
    let pieces = if papers.is_some() { QUERIES_OF_PIECES } else { QUERIES };
    let corpus = match papers {
        Some(path) => load_corpus(Source::File(path.into()))?.0,
        None => builtin_corpus(&KeyPattern::default()),
    };
    print_head(&corpus);
    let other_words = if corpus.len() > LARGE { 3 } else { 2 };
    let setting = Setting { corpus: &corpus, vocabulary: Vocabulary::new(&corpus), other_words };
    let mut engines = Engines::new(&corpus, fzf.as_deref())?;
    for row in Row::all(pieces, QUERIES) {
        print(&row.name, &engines.measure(&row.questions(&setting))?);
    }
    let (corpus, rows) = scripts::corpus_and_rows();
    let mut engines = Engines::new(&corpus, fzf.as_deref())?;
    for row in rows {
        print(row.name, &engines.measure(&row.questions)?);
    }
    Ok(())
}

fn print_head(corpus: &Corpus) {
    println!("{} papers\n", corpus.len());
    println!("| Typed | n | first | in ten | as it stands: first | in ten | fzf: first | in ten |");
    println!("| --- | --: | --: | --: | --: | --: | --: | --: |");
}

fn print(name: &str, measured: &Measured) {
    let Measured { count, typed, correct, fzf } = measured;
    let [typed, correct, fzf] = [Some(*typed), *correct, *fzf].map(cells);
    println!("| {name} | {count} | {typed} | {correct} | {fzf} |");
}

fn cells(score: Option<Score>) -> String {
    score.map_or_else(|| "– | –".to_owned(), |it| format!("{} | {}", it.first, it.among))
}
