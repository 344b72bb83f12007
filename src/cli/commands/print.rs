//! Prints papers in rank order, without a screen.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::Context as _;

use super::tex_check::check_text;
use crate::cite::{CiteOptions, KeyReport, OutputFormat, export, render};
use crate::cli::report::{EXIT_FAILED, EXIT_NOTHING_FOUND, STDOUT_CONTEXT, report};
use crate::domain::{Corpus, PaperId};

/// Exit code if there is no paper to print: 1 for a search, as of grep, and success if all papers
/// were requested.
pub fn exit_code_if_none(is_search: bool) -> ExitCode {
    if is_search { EXIT_NOTHING_FOUND.into() } else { ExitCode::SUCCESS }
}

/// Prints papers in an output format; `if_none` is the exit code without papers.
pub fn print_papers(
    corpus: &Corpus,
    papers: &[PaperId],
    format: OutputFormat,
    style: &CiteOptions,
    if_none: ExitCode,
) -> anyhow::Result<ExitCode> {
    // Export writes a valid empty file, and citation keys on one line.
    if papers.is_empty() || format == OutputFormat::Key {
        let summary = export(corpus, papers, format, style, &mut io::stdout().lock());
        report_changed_keys(&summary.context(STDOUT_CONTEXT)?.keys);
        return Ok(if papers.is_empty() { if_none } else { ExitCode::SUCCESS });
    }
    let rendered = render(corpus, papers, format, style);
    if rendered.omitted > 0 {
        report(&format.describe_missing(rendered.omitted));
    }
    if rendered.papers == 0 {
        return Ok(EXIT_FAILED.into());
    }
    report_changed_keys(&rendered.keys);
    if format == OutputFormat::Bibtex
        && let Some(complaint) = &check_text(&rendered.text)
    {
        report(complaint);
    }
    print_lines(&[rendered.text])?;
    Ok(ExitCode::SUCCESS)
}

/// Reports papers whose citation key was changed to be unique in the output.
pub fn report_changed_keys(keys: &KeyReport) {
    keys.message().iter().for_each(|it| report(it));
}

/// Prints each text, followed by a line break.
pub fn print_lines<T: AsRef<str>>(texts: &[T]) -> anyhow::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    let mut print = |text: &str| {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        output.write_all(text.as_bytes()).and_then(|()| output.write_all(end.as_bytes()))
    };
    let printed = texts.iter().try_for_each(|text| print(text.as_ref()));
    printed.and_then(|()| output.flush()).context(STDOUT_CONTEXT)
}
