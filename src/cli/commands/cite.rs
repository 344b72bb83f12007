//! `offprint cite`: prints references of papers named by citation key, identifier or title.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::{find, print};

use super::read::read_with_options;
use crate::cite::{CiteOptions, OutputFormat};
use crate::cli::config::input_sources::{self, OutputTarget};
use crate::cli::config::options::{self, Options};
use crate::cli::report::{EXIT_FAILED, EXIT_NOTHING_FOUND, report};
use crate::domain::{Corpus, Identifier, PaperId};
use crate::sources::Source;
use crate::text::{fold, sanitise, tex_to_unicode};

/// Maximum number of candidates listed for an ambiguous name.
const MAX_CANDIDATES: usize = 10;

/// Result of the lookup of a name.
enum PaperLookup {
    Paper(PaperId),
    /// Several exact matches, or the closest inexact ones.
    Candidates(Vec<PaperId>),
    Nothing,
}

/// Prints the papers in the order of their names. The exit code reports missing and ambiguous
/// names.
pub fn run(options: &Options, typed: Vec<String>, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let format = options::output_format(&options.args.printing, OutputFormat::Reference)?;
    let (files, names) =
        if files.is_empty() { split_files_and_names(typed)? } else { (files.to_vec(), typed) };
    options.report_complaints();
    let corpus = read_with_options(options, &corpus_sources(options, &files)?)?;
    let (exit_code, corpus) =
        (corpus.strict_exit_code(options.args.input.read_args.strict), corpus.corpus);
    let mut papers: Vec<PaperId> = Vec::new();
    let (mut is_missing, mut is_ambiguous) = (false, false);
    for name in &names {
        match look_up(&corpus, name, &options.style) {
            PaperLookup::Paper(id) if papers.contains(&id) => {}
            PaperLookup::Paper(id) => papers.push(id),
            PaperLookup::Candidates(candidates) => {
                is_ambiguous = true;
                report_candidates(&corpus, name, &candidates, &options.style);
            }
            PaperLookup::Nothing => {
                is_missing = true;
                report(&format!("{name:?}: no such citation key, identifier or title"));
            }
        }
    }
    let code = match papers.as_slice() {
        [] => ExitCode::SUCCESS,
        papers => print::print_papers(&corpus, papers, format, &options.style, ExitCode::SUCCESS)?,
    };
    Ok(match (is_ambiguous, is_missing) {
        (true, _) => EXIT_FAILED.into(),
        (false, true) => EXIT_NOTHING_FOUND.into(),
        (false, false) => exit_code.unwrap_or(code),
    })
}

/// Splits the arguments into input files and names of papers.
///
/// # Errors
///
/// Returns an error if no name is among them.
fn split_files_and_names(typed: Vec<String>) -> anyhow::Result<(Vec<PathBuf>, Vec<String>)> {
    let is_file = |it: &String| {
        let path = Path::new(it);
        it == "-" || path.is_file() || (it.ends_with(std::path::is_separator) && path.is_dir())
    };
    let (files, names): (Vec<String>, Vec<String>) = typed.into_iter().partition(is_file);
    if names.is_empty() {
        bail!(
            "no paper named besides {}: add a citation key, identifier or full title (use --in FILE \
             if a paper has the name of a file)",
            files.join(", ")
        );
    }
    Ok((files.into_iter().map(PathBuf::from).collect(), names))
}

/// The sources from `--in`, or else the user's bibliographies and the default sources.
fn corpus_sources(options: &Options, files: &[PathBuf]) -> anyhow::Result<Vec<Source>> {
    if !files.is_empty() {
        return input_sources::sources_from_files(files);
    }
    // A missing bibliography was reported before.
    let bibliographies = options.bibliography_files.iter().filter(|it| it.is_file());
    let mut all: Vec<Source> = bibliographies.cloned().map(Source::File).collect();
    all.extend(options.input_sources(OutputTarget::Print)?);
    Ok(all)
}

/// Returns true if the name denotes the paper exactly.
type ExactMatchTest = fn(&Corpus, PaperId, &str, &CiteOptions) -> bool;

/// Looks up a name: an exact citation key, identifier or title, in this order, else the closest
/// papers.
fn look_up(corpus: &Corpus, name: &str, style: &CiteOptions) -> PaperLookup {
    let matching = |query: &str| find::find(corpus, query, &style.bibliography);
    let tests: [(String, ExactMatchTest); 3] = [
        (quoted_query("key", name), has_key),
        (quoted_query("id", name), has_identifier),
        (title_query(name), has_title),
    ];
    for (query, is_match) in tests {
        let hits = matching(&query);
        let exact: Vec<PaperId> =
            hits.ids().filter(|&id| is_match(corpus, id, name, style)).collect();
        match exact.as_slice() {
            [] => {}
            [id] => return PaperLookup::Paper(*id),
            _ => return PaperLookup::Candidates(exact),
        }
    }
    let mut closest: Vec<PaperId> = Vec::new();
    for hits in [matching(&quoted_query("key", name)), matching(&folded_words(name).join(" "))] {
        for id in hits.ids() {
            if !closest.contains(&id) && closest.len() <= MAX_CANDIDATES {
                closest.push(id);
            }
        }
    }
    if closest.is_empty() { PaperLookup::Nothing } else { PaperLookup::Candidates(closest) }
}

fn has_key(corpus: &Corpus, id: PaperId, name: &str, style: &CiteOptions) -> bool {
    corpus.has_citation_key(id, name) || style.keys(corpus, &[id]) == [name]
}

fn has_identifier(corpus: &Corpus, id: PaperId, name: &str, _: &CiteOptions) -> bool {
    corpus.get(id).is_some_and(|paper| match Identifier::recognise(name) {
        Some(Identifier::Arxiv(id)) => paper.arxiv.eq_ignore_ascii_case(&id),
        Some(Identifier::Doi(id)) => paper.doi.eq_ignore_ascii_case(&id),
        Some(Identifier::Pmid(_) | Identifier::Pmcid(_)) | None => false,
    })
}

fn has_title(corpus: &Corpus, id: PaperId, name: &str, _: &CiteOptions) -> bool {
    let title = folded_words(name);
    corpus.get(id).is_some_and(|paper| folded_words(&tex_to_unicode(paper.title)) == title)
}

/// The words of a text, folded and without punctuation.
fn folded_words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_owned).collect()
}

/// A query for papers whose titles contain all words of a text.
fn title_query(text: &str) -> String {
    let words: Vec<String> =
        folded_words(text).iter().map(|word| format!("title:'{word}")).collect();
    words.join(" ")
}

/// A query for a value that may contain blanks.
fn quoted_query(field: &str, value: &str) -> String {
    format!("{field}:\"{}\"", value.replace('"', "'"))
}

/// Lists the candidates on standard error: key, title, year.
fn report_candidates(corpus: &Corpus, name: &str, papers: &[PaperId], style: &CiteOptions) {
    let fits =
        if papers.len() == 1 { "matches no paper exactly" } else { "matches several papers" };
    report(&format!("{name:?} {fits} (name one by key, id or full title):"));
    let keys = style.keys(corpus, papers);
    for (id, key) in papers.iter().zip(&keys).take(MAX_CANDIDATES) {
        let Some(paper) = corpus.get(*id) else { continue };
        let year = paper.year.map(|it| format!(" ({it})")).unwrap_or_default();
        let line = format!("{key}  {}{year}", tex_to_unicode(paper.title));
        // A failed write to standard error cannot be reported.
        let _ = writeln!(io::stderr(), "  {}", sanitise(&line));
    }
    if papers.len() > MAX_CANDIDATES {
        let _ = writeln!(io::stderr(), "  and more");
    }
}
