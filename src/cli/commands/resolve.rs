//! `offprint resolve`: prints the paper of each reference in a list.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::print;
use super::read::read_with_options;
use crate::cite::OutputFormat;
use crate::cli::config::input_sources::{self, OutputTarget};
use crate::cli::config::options::{self, Options};
use crate::cli::report::{EXIT_NOTHING_FOUND, report};
use crate::domain::PaperId;
use crate::search::{MatchBasis, ResolvedReference, resolve_references};
use crate::sources::Source;
use crate::text::{counted, distinct};

/// Size limit of a list of references, in bytes.
const MAX_LIST_BYTES: u64 = 16 << 20;

/// Prints the papers in the order of their references, each once. Missing references are reported.
///
/// # Errors
///
/// Returns an error if the references or the papers cannot be read.
pub fn run(
    options: &Options,
    files: &[PathBuf],
    references: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let format = options::output_format(&options.args.printing, OutputFormat::Title)?;
    let reads_stdin = files.iter().any(|it| it.as_os_str() == OsStr::new("-"));
    if reads_stdin && references.is_none() {
        bail!("standard input has the references, so `-` has no papers: use --references FILE");
    }
    options.report_complaints();
    let text = read_references(references)?;
    let outcome = read_with_options(options, &corpus_sources(options, files, references)?)?;
    let references = resolve_references(&outcome.corpus, &options.style.bibliography, &text);
    if references.is_empty() {
        bail!("no references: expected one a line, or a bibliography");
    }
    let missing = references.iter().filter(|it| it.papers.is_empty());
    missing.clone().for_each(|it| report(&format!("not found: {}", it.text)));
    let papers = distinct(references.iter().flat_map(papers_to_print));
    let code = print::print_papers(
        &outcome.corpus,
        &papers,
        format,
        &options.style,
        EXIT_NOTHING_FOUND.into(),
    )?;
    if missing.count() > 0 {
        return Ok(EXIT_NOTHING_FOUND.into());
    }
    Ok(outcome.strict_exit_code(options.args.input.read_args.strict).unwrap_or(code))
}

/// The papers that a reference names. Of papers with equally good titles only the first is printed,
/// and the others are reported.
fn papers_to_print(reference: &ResolvedReference) -> Vec<PaperId> {
    let ResolvedReference { text, papers, basis } = reference;
    match basis {
        Some(MatchBasis::Title | MatchBasis::AuthorsAndYear) if papers.len() > 1 => {
            let count = counted(papers.len(), "paper");
            report(&format!("{count} match, the first is printed: {text}"));
            papers[..1].to_vec()
        }
        _ => papers.clone(),
    }
}

/// Reads the list of references from a file, or from standard input.
///
/// # Errors
///
/// Returns an error if it cannot be read, or exceeds [`MAX_LIST_BYTES`].
fn read_references(file: Option<&Path>) -> anyhow::Result<String> {
    let name = file.map_or_else(|| "standard input".to_owned(), |it| it.display().to_string());
    if file.is_none() && io::stdin().is_terminal() {
        report("reading references from standard input; --references FILE avoids this");
    }
    let input: Box<dyn Read> = match file {
        Some(path) => Box::new(File::open(path).with_context(|| name.clone())?),
        None => Box::new(io::stdin().lock()),
    };
    let mut bytes = Vec::new();
    input.take(MAX_LIST_BYTES + 1).read_to_end(&mut bytes).with_context(|| name.clone())?;
    if bytes.len() as u64 > MAX_LIST_BYTES {
        bail!("{name}: list of references too long (limit: {} MB)", MAX_LIST_BYTES >> 20);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The given files, or the user's bibliographies and the built-in papers. Piped papers are read if
/// the references are in a file.
fn corpus_sources(
    options: &Options,
    files: &[PathBuf],
    references: Option<&Path>,
) -> anyhow::Result<Vec<Source>> {
    if !files.is_empty() {
        return input_sources::sources_from_files(files);
    }
    // A missing bibliography was reported before.
    let bibliographies = options.bibliography_files.iter().filter(|it| it.is_file());
    let mut sources: Vec<Source> = bibliographies.cloned().map(Source::File).collect();
    match references {
        Some(_) => sources.extend(options.input_sources(OutputTarget::Print)?),
        None => sources.push(Source::Builtin),
    }
    Ok(sources)
}
