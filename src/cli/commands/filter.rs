//! Prints the papers that match `--filter`, `--query` or a saved search.

use std::process::ExitCode;

use super::find;
use super::print;
use super::read::read_for;
use crate::cite::Form;
use crate::cli::config::input_sources::Destination;
use crate::cli::config::options::{self, Options};
use crate::domain::PaperId;
use crate::library::Saved;

/// Prints the papers that match, or all without a search; the exit code says whether any did.
pub fn matches(options: &Options, search: Option<&Saved>) -> anyhow::Result<ExitCode> {
    let form = options::form(&options.args.printing, Form::Title)?;
    options.tell_complaints();
    let found = read_for(options, &options.sources(Destination::Print)?)?;
    let corpus = &found.corpus;
    let all = Saved::of("");
    let hits = find::find_in_corpus(options, corpus, search.unwrap_or(&all));
    let ids: Vec<PaperId> = hits.ids().take(options.args.amount.most()).collect();
    let if_none = print::none_matched(search.is_some());
    let code = print::papers(corpus, &ids, form, &options.style, if_none)?;
    Ok(found.verdict(options.args.input.reading.strict).unwrap_or(code))
}
