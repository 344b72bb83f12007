//! The part of a search on the network that its service cannot express, applied to the papers that
//! came.

use std::collections::HashSet;

use super::find;
use super::read::{ReadOutcome, UnfilteredRows};
use crate::cli::config::input_sources::sources_from_files;
use crate::cli::config::options::Options;
use crate::cli::report::report;
use crate::domain::PaperId;
use crate::library::SavedSearch;
use crate::sources::Source;

/// The papers without those that a filter of their source rejects. Each filter is reported.
pub fn apply(
    options: &Options,
    outcome: &ReadOutcome,
    papers: impl Iterator<Item = PaperId>,
) -> impl Iterator<Item = PaperId> {
    let filters: Vec<(UnfilteredRows, HashSet<PaperId>)> = outcome
        .unfiltered
        .iter()
        .map(|rows| {
            let UnfilteredRows { source, filter, .. } = rows;
            report(&format!("{source}: the service cannot apply `{filter}`; filtered here"));
            (rows.clone(), find::exact_papers(options, &outcome.corpus, filter))
        })
        .collect();
    papers.filter(move |id| {
        let rejects = |(rows, passing): &(UnfilteredRows, HashSet<PaperId>)| {
            rows.rows.contains(&id.0) && !passing.contains(id)
        };
        !filters.iter().any(rejects)
    })
}

/// The filter with which a list opens: what the service of its only source cannot apply.
pub fn initial_search(options: &Options) -> Option<SavedSearch> {
    let sources = sources_from_files(&options.args.input.files).ok()?;
    match sources.as_slice() {
        [Source::Online(online)] if !online.filter.is_empty() => {
            Some(SavedSearch::from_query(&online.filter))
        }
        _ => None,
    }
}
