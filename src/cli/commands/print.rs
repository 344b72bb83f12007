//! Printing what matches, in rank order, without a screen.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::Context as _;

use super::tex_check::check_text;
use crate::cite::{CiteOptions, KeyReport, OutputFormat, export, render};
use crate::cli::report::{EXIT_FAILED, EXIT_NOTHING_FOUND, STDOUT_CONTEXT, report};
use crate::domain::{Corpus, PaperId};

/// The exit code where there is no paper to print: that of grep if something was looked for, and
/// success if all papers were asked for and there are none.
pub fn exit_code_if_none(is_search: bool) -> ExitCode {
    if is_search { EXIT_NOTHING_FOUND.into() } else { ExitCode::SUCCESS }
}

/// Prints papers in the form asked for; `if_none` is the exit code where there are none.
pub fn print_papers(
    corpus: &Corpus,
    papers: &[PaperId],
    form: OutputFormat,
    style: &CiteOptions,
    if_none: ExitCode,
) -> anyhow::Result<ExitCode> {
    // A file of no papers is one too, and keys that are pasted stand in one line.
    if papers.is_empty() || form == OutputFormat::Key {
        let written = export(corpus, papers, form, style, &mut io::stdout().lock());
        report_changed_keys(&written.context(STDOUT_CONTEXT)?.keys);
        return Ok(if papers.is_empty() { if_none } else { ExitCode::SUCCESS });
    }
    let rendered = render(corpus, papers, form, style);
    if rendered.omitted > 0 {
        report(&form.describe_missing(rendered.omitted));
    }
    if rendered.papers == 0 {
        return Ok(EXIT_FAILED.into());
    }
    report_changed_keys(&rendered.keys);
    if form == OutputFormat::Bibtex
        && let Some(complaint) = &check_text(&rendered.text)
    {
        report(complaint);
    }
    print_lines(&[rendered.text])?;
    Ok(ExitCode::SUCCESS)
}

/// Says which papers have another key than their own, since it is another's in this output.
pub fn report_changed_keys(keys: &KeyReport) {
    keys.message().iter().for_each(|it| report(it));
}

/// Prints each text on lines of its own.
pub fn print_lines<T: AsRef<str>>(texts: &[T]) -> anyhow::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    let mut print = |text: &str| {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        output.write_all(text.as_bytes()).and_then(|()| output.write_all(end.as_bytes()))
    };
    let printed = texts.iter().try_for_each(|text| print(text.as_ref()));
    printed.and_then(|()| output.flush()).context(STDOUT_CONTEXT)
}
