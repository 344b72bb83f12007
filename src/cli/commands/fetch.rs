//! `offprint fetch`: prints what sources on the network have.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{online_filter, print, read};
use crate::cite::{CiteOptions, Detail, OutputFormat};
use crate::cli::config::input_sources::sources_from_files;
use crate::cli::config::options::{self, Options};
use crate::cli::report::{EXIT_FAILED, EXIT_NOTHING_FOUND, report};
use crate::domain::PaperId;
use crate::sources::{Cache, Freshness, ReadOptions};

/// Prints the papers in the order of their sources. After a failure, what came before it is printed
/// first.
///
/// # Errors
///
/// Returns an error if an address is not understood, or if nothing can be written.
pub fn run(
    options: &Options,
    addresses: &[PathBuf],
    is_refreshed: bool,
) -> anyhow::Result<ExitCode> {
    let format = options::output_format(&options.args.printing, OutputFormat::Jsonl)?;
    options.report_complaints();
    let sources = sources_from_files(addresses)?;
    let freshness = if is_refreshed { Freshness::Revalidated } else { Freshness::FromCache };
    let read_options = ReadOptions { freshness, ..options.read_options.clone() };
    let cache = options.cache.as_ref().map(Cache::as_read_only);
    let max_papers = options.args.limit_args.max_papers();
    let outcome = read::read_at_most(max_papers, &sources, &read_options, cache.as_ref())?;
    let all = outcome.corpus.rows().map(|(id, ..)| id);
    let ids: Vec<PaperId> = online_filter::apply(options, &outcome, all).take(max_papers).collect();
    let style = CiteOptions { detail: Detail::Full, ..options.style.clone() };
    let code =
        print::print_papers(&outcome.corpus, &ids, format, &style, EXIT_NOTHING_FOUND.into())?;
    for failure in &outcome.failures {
        report(failure);
    }
    if !outcome.failures.is_empty() {
        return Ok(EXIT_FAILED.into());
    }
    Ok(outcome.strict_exit_code(options.args.input.read_args.strict).unwrap_or(code))
}
