//! `offprint convert`: reads papers of any input format and writes any output format.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::online_filter;
use super::output_file::{refuse_to_replace, write_file};
use super::print::report_changed_keys;
use super::read::read_with_options;
use super::tex_check::TexCheckWriter;
use crate::cite::{self, CiteOptions, Detail, OutputFormat};
use crate::cli::args::groups::PrintArgs;
use crate::cli::config::input_sources::OutputTarget;
use crate::cli::config::options::{self, Options};
use crate::cli::report::{EXIT_FAILED, STDOUT_CONTEXT, report};
use crate::domain::{Corpus, PaperId};

/// Reads all sources and writes the papers.
pub fn run(options: &Options, output: Option<&Path>, force: bool) -> anyhow::Result<ExitCode> {
    let format = requested_format(&options.args.printing)?;
    if let Some(path) = output {
        refuse_to_replace(path, force)?;
    }
    options.report_complaints();
    let outcome = read_with_options(options, &options.input_sources(OutputTarget::Print)?)?;
    // Without papers an empty file is written all the same: the cause was reported before.
    let all = outcome.corpus.rows().map(|(id, ..)| id);
    let ids: Vec<PaperId> = online_filter::apply(options, &outcome, all).collect();
    let is_empty = ids.is_empty();
    let papers_written = match output {
        Some(path) => {
            let papers_written = write_file(path, force, |file| {
                let papers_written =
                    write_all_papers(&outcome.corpus, &ids, format, &options.style, file)?;
                Ok((papers_written > 0 || is_empty).then_some(papers_written))
            })?;
            if let Some(papers_written) = papers_written {
                report(&format!(
                    "{} written to {}",
                    format.describe(papers_written),
                    path.display()
                ));
            }
            papers_written.unwrap_or_default()
        }
        None => write_all_papers(
            &outcome.corpus,
            &ids,
            format,
            &options.style,
            &mut io::stdout().lock(),
        )
        .context(STDOUT_CONTEXT)?,
    };
    let missing_count = ids.len() - papers_written;
    if missing_count > 0 {
        report(&format.describe_missing(missing_count));
    }
    if papers_written == 0 && !is_empty {
        return Ok(EXIT_FAILED.into());
    }
    Ok(outcome.strict_exit_code(options.args.input.read_args.strict).unwrap_or(ExitCode::SUCCESS))
}

/// The requested output format.
///
/// # Errors
///
/// Returns an error if none is given, or if the options conflict.
fn requested_format(printing: &PrintArgs) -> anyhow::Result<OutputFormat> {
    if printing.format.is_none() && printing.style.is_none() && printing.template.is_none() {
        bail!("no output format (add `--to FORMAT`, as in `--to bibtex`)");
    }
    options::output_format(printing, OutputFormat::Reference)
}

/// Writes all papers with all their fields. Returns the number of papers that the format can
/// represent.
fn write_all_papers(
    corpus: &Corpus,
    ids: &[PaperId],
    format: OutputFormat,
    style: &CiteOptions,
    output: &mut dyn Write,
) -> io::Result<usize> {
    let style = CiteOptions { detail: Detail::Full, ..style.clone() };
    let summary = if format == OutputFormat::Bibtex {
        let mut checked_output = TexCheckWriter::new(output);
        let summary = cite::export(corpus, ids, format, &style, &mut checked_output)?;
        checked_output.describe().iter().for_each(|it| report(it));
        summary
    } else {
        cite::export(corpus, ids, format, &style, output)?
    };
    report_changed_keys(&summary.keys);
    summary.losses.iter().for_each(|it| report(&it.to_string()));
    Ok(summary.papers)
}
