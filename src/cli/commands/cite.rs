//! Printing references of papers that are named: by key, by identifier or by title.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::read::read_for;
use super::{find, print};
use crate::cite::{CiteStyle, Form};
use crate::cli::config::input_sources::{self, Destination};
use crate::cli::config::options::{self, Options};
use crate::cli::report::{FAILED, NOTHING, say};
use crate::domain::{Corpus, Ident, PaperId};
use crate::sources::Source;
use crate::text::{fold, readable, sanitise};

/// So many papers that may be meant are listed.
const MOST_CANDIDATES: usize = 10;

/// A paper that is looked for by what was typed.
enum Found {
    Paper(PaperId),
    /// Several papers, or none that is named exactly: those that come closest.
    Candidates(Vec<PaperId>),
    Nothing,
}

/// Prints the papers in the order in which they are named; the exit code says whether all of them
/// were found.
pub fn run(options: &Options, typed: Vec<String>, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let form = options::form(&options.args.printing, Form::Reference)?;
    let (files, names) = if files.is_empty() { divide(typed)? } else { (files.to_vec(), typed) };
    options.tell_complaints();
    let corpus = read_for(options, &corpus_sources(options, &files)?)?;
    let (verdict, corpus) = (corpus.verdict(options.args.input.reading.strict), corpus.corpus);
    let mut papers: Vec<PaperId> = Vec::new();
    let (mut is_missing, mut is_unclear) = (false, false);
    for name in &names {
        match find(&corpus, name, &options.style) {
            Found::Paper(id) if papers.contains(&id) => {}
            Found::Paper(id) => papers.push(id),
            Found::Candidates(candidates) => {
                is_unclear = true;
                tell_candidates(&corpus, name, &candidates, &options.style);
            }
            Found::Nothing => {
                is_missing = true;
                say(&format!("no paper has the key, the identifier or the title {name:?}"));
            }
        }
    }
    let code = match papers.as_slice() {
        [] => ExitCode::SUCCESS,
        papers => print::papers(&corpus, papers, form, &options.style, ExitCode::SUCCESS)?,
    };
    Ok(match (is_unclear, is_missing) {
        (true, _) => FAILED.into(),
        (false, true) => NOTHING.into(),
        (false, false) => verdict.unwrap_or(code),
    })
}

/// Divides what was typed into files to look in and names of papers.
///
/// # Errors
///
/// When no paper is among it.
fn divide(typed: Vec<String>) -> anyhow::Result<(Vec<PathBuf>, Vec<String>)> {
    let is_file = |it: &String| {
        let path = Path::new(it);
        it == "-" || path.is_file() || (it.ends_with(std::path::is_separator) && path.is_dir())
    };
    let (files, names): (Vec<String>, Vec<String>) = typed.into_iter().partition(is_file);
    if names.is_empty() {
        bail!(
            "no paper is named beside {}: type its citation key, its identifier or its full title; \
             with --in FILE a name of a file may be one",
            files.join(", ")
        );
    }
    Ok((files.into_iter().map(PathBuf::from).collect(), names))
}

/// The files that are named, or else the reader's own bibliographies beside what there is without a
/// file.
fn corpus_sources(options: &Options, files: &[PathBuf]) -> anyhow::Result<Vec<Source>> {
    if !files.is_empty() {
        return Ok(input_sources::named(files));
    }
    // One that is missing was complained of.
    let own = options.bibliography.iter().filter(|it| it.is_file());
    let mut all: Vec<Source> = own.cloned().map(Source::File).collect();
    all.extend(options.sources(Destination::Print)?);
    Ok(all)
}

/// Whether a paper is named exactly by what was typed.
type Test = fn(&Corpus, PaperId, &str, &CiteStyle) -> bool;

/// Looks for the one paper that is named exactly: by its key, its identifier or its full title.
fn find(corpus: &Corpus, name: &str, style: &CiteStyle) -> Found {
    let matching = |query: &str| find::matching(corpus, query, &style.bibliography);
    let tests: [(String, Test); 3] = [
        (quoted("key", name), has_key),
        (quoted("id", name), has_identifier),
        (title_words(name), has_title),
    ];
    for (query, is_it) in tests {
        let hits = matching(&query);
        let exact: Vec<PaperId> = hits.ids().filter(|&id| is_it(corpus, id, name, style)).collect();
        match exact.as_slice() {
            [] => {}
            [id] => return Found::Paper(*id),
            _ => return Found::Candidates(exact),
        }
    }
    let mut closest: Vec<PaperId> = Vec::new();
    for hits in [matching(&quoted("key", name)), matching(&words(name).join(" "))] {
        for id in hits.ids() {
            if !closest.contains(&id) && closest.len() <= MOST_CANDIDATES {
                closest.push(id);
            }
        }
    }
    if closest.is_empty() { Found::Nothing } else { Found::Candidates(closest) }
}

fn has_key(corpus: &Corpus, id: PaperId, name: &str, style: &CiteStyle) -> bool {
    corpus.has_citation_key(id, name) || style.keys(corpus, &[id]) == [name]
}

fn has_identifier(corpus: &Corpus, id: PaperId, name: &str, _: &CiteStyle) -> bool {
    corpus.get(id).is_some_and(|paper| match Ident::recognise(name) {
        Some(Ident::Arxiv(id)) => paper.arxiv.eq_ignore_ascii_case(&id),
        Some(Ident::Doi(id)) => paper.doi.eq_ignore_ascii_case(&id),
        None => false,
    })
}

fn has_title(corpus: &Corpus, id: PaperId, name: &str, _: &CiteStyle) -> bool {
    let title = words(name);
    corpus.get(id).is_some_and(|paper| words(&readable(paper.title)) == title)
}

/// The words of a text, folded and without punctuation.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_owned).collect()
}

/// A query for papers whose titles have all the words of a text.
fn title_words(text: &str) -> String {
    let words: Vec<String> = words(text).iter().map(|word| format!("title:'{word}")).collect();
    words.join(" ")
}

/// A query for a value that may hold blanks.
fn quoted(field: &str, value: &str) -> String {
    format!("{field}:\"{}\"", value.replace('"', "'"))
}

/// Lists the papers that may be meant, on standard error: key, title, year.
fn tell_candidates(corpus: &Corpus, name: &str, papers: &[PaperId], style: &CiteStyle) {
    let fits = if papers.len() == 1 { "is inexact" } else { "is ambiguous" };
    say(&format!("{name:?} {fits}; name one paper by its key, identifier or full title:"));
    let keys = style.keys(corpus, papers);
    for (id, key) in papers.iter().zip(&keys).take(MOST_CANDIDATES) {
        let Some(paper) = corpus.get(*id) else { continue };
        let year = paper.year.map(|it| format!(" ({it})")).unwrap_or_default();
        let line = format!("{key}  {}{year}", readable(paper.title));
        // Where even that cannot be written, nobody is left to be told.
        let _ = writeln!(io::stderr(), "  {}", sanitise(&line));
    }
    if papers.len() > MOST_CANDIDATES {
        let _ = writeln!(io::stderr(), "  and more");
    }
}
