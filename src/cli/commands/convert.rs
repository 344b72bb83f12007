//! `offprint convert`: reads papers of any input format and writes any output format.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

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
    let form = requested_format(&options.args.printing)?;
    if let Some(path) = output {
        refuse_to_replace(path, force)?;
    }
    options.report_complaints();
    let found = read_with_options(options, &options.input_sources(OutputTarget::Print)?)?;
    // Without papers an empty file is written all the same: the cause was reported before.
    let is_empty = found.corpus.is_empty();
    let written = match output {
        Some(path) => {
            let written = write_file(path, force, |file| {
                let written = write_all_papers(&found.corpus, form, &options.style, file)?;
                Ok((written > 0 || is_empty).then_some(written))
            })?;
            if let Some(written) = written {
                report(&format!("{} written to {}", form.describe(written), path.display()));
            }
            written.unwrap_or_default()
        }
        None => write_all_papers(&found.corpus, form, &options.style, &mut io::stdout().lock())
            .context(STDOUT_CONTEXT)?,
    };
    let lacking = found.corpus.paper_count() as usize - written;
    if lacking > 0 {
        report(&form.describe_missing(lacking));
    }
    if written == 0 && !is_empty {
        return Ok(EXIT_FAILED.into());
    }
    Ok(found.strict_exit_code(options.args.input.reading.strict).unwrap_or(ExitCode::SUCCESS))
}

/// The requested output format.
///
/// # Errors
///
/// Returns an error if none is given, or if the options conflict.
fn requested_format(printing: &PrintArgs) -> anyhow::Result<OutputFormat> {
    if printing.form.is_none() && printing.style.is_none() && printing.template.is_none() {
        bail!("no output format (add `--to FORMAT`, as in `--to bibtex`)");
    }
    options::output_format(printing, OutputFormat::Reference)
}

/// Writes all papers with all their fields. Returns the number of papers that the format can
/// represent.
fn write_all_papers(
    corpus: &Corpus,
    form: OutputFormat,
    style: &CiteOptions,
    output: &mut dyn Write,
) -> io::Result<usize> {
    let ids: Vec<PaperId> = corpus.rows().map(|(id, ..)| id).collect();
    let style = CiteOptions { detail: Detail::Full, ..style.clone() };
    let written = if form == OutputFormat::Bibtex {
        let mut watched = TexCheckWriter::new(output);
        let written = cite::export(corpus, &ids, form, &style, &mut watched)?;
        watched.describe().iter().for_each(|it| report(it));
        written
    } else {
        cite::export(corpus, &ids, form, &style, output)?
    };
    report_changed_keys(&written.keys);
    written.losses.iter().for_each(|it| report(&it.to_string()));
    Ok(written.papers)
}
