//! Prints the papers that match `--filter`, `--query` or a saved search.

use std::process::ExitCode;

use super::{find, online_filter, print};

use super::read::read_with_options;
use crate::cite::OutputFormat;
use crate::cli::config::inbox::inbox_search;
use crate::cli::config::input_sources::OutputTarget;
use crate::cli::config::options::{self, Options};
use crate::domain::PaperId;
use crate::library::SavedSearch;

/// Prints the matching papers, or all without a search. The exit code is 1 if a search matched
/// none.
pub fn run(options: &Options, search: Option<&SavedSearch>) -> anyhow::Result<ExitCode> {
    let format = options::output_format(&options.args.printing, OutputFormat::Title)?;
    options.report_complaints();
    let sources = options.input_sources(OutputTarget::Print)?;
    let outcome = read_with_options(options, &sources)?;
    let corpus = &outcome.corpus;
    let all = inbox_search(&sources).unwrap_or_else(|| SavedSearch::from_query(""));
    let hits = find::find_in_corpus(options, corpus, search.unwrap_or(&all));
    let passing = online_filter::apply(options, &outcome, hits.ids());
    let ids: Vec<PaperId> = passing.take(options.args.limit_args.max_papers()).collect();
    let if_none = print::exit_code_if_none(search.is_some());
    let code = print::print_papers(corpus, &ids, format, &options.style, if_none)?;
    Ok(outcome.strict_exit_code(options.args.input.read_args.strict).unwrap_or(code))
}
