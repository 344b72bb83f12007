//! Search: query syntax, matching, ranking, facets, and the search thread.
//!
//! A [`Query`] is parsed from any text and cannot fail. A [`Searcher`] matches it with every
//! segment of a corpus: a scan of the folded text finds candidate rows, each is matched in full,
//! and its rank becomes one number, the [`Hit`]. A pasted text is first resolved to the papers that
//! its references name ([`resolve_references`]). A [`Worker`] runs a searcher on a thread of its own.

mod cache;
mod cancel;
mod completion;
mod engine;
mod facets;
mod highlight;
mod matching;
mod occurrence;
mod query;
mod rank;
mod reference;
mod request;
mod service_query;
mod similar;
mod spelling;
mod worker;

#[cfg(test)]
mod tests;

pub use completion::{Completion, complete};
pub use engine::searcher::Searcher;
pub use facets::{Facets, NameFacets, count_values};
pub use highlight::Highlighter;
pub use highlight::snippet::{FieldSnippet, Snippet};
pub use query::date::CalendarDay;
pub use query::help::SYNTAX_EXAMPLES;
pub use query::{
    Occur, Query, QueryField, QueryWarning, Span, Toggle, ValueState, WarningEffect, format_term,
    toggle_value,
};
pub use rank::hit::{Hit, needs_abstract, needs_metadata};
pub use rank::hits::Hits;
pub use rank::sort::{SortDirection, SortKey};
pub use rank::tier::Tier;
pub use reference::likelihood::{PasteLikelihood, paste_likelihood};
pub use reference::resolve::resolve_references;
pub use reference::split::join_pasted_lines;
pub use reference::summary::{MatchBasis, ReferenceSummary, ResolvedReference};
pub use request::{QueryId, Request, Response, SimilarPapers, Stage};
pub use service_query::online_source;
pub use worker::{Worker, WorkerEvent, spawn};
