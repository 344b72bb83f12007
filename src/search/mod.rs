//! A query, what it matches, and the thread that finds out.
//!
//! A [`Query`] is parsed from what was typed and cannot fail. A [`Searcher`] puts it to every
//! segment of a corpus: a scan of the folded text finds candidates, a close look gives each a
//! [`Hit`], one number that holds the whole rank. A [`Worker`] does so on a thread of its own.

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
mod request;
mod spelling;
mod worker;

#[cfg(test)]
mod tests;

pub use completion::{Completion, complete};
pub use engine::searcher::Searcher;
pub use facets::{Facets, NameFacets};
pub use highlight::Highlighter;
pub use highlight::snippet::Snippet;
pub use query::help::SYNTAX_EXAMPLES;
pub use query::{Occur, Query, QueryField, Span, Toggle, ValueState, toggle_value};
pub use rank::hit::{Hit, needs_abstract};
pub use rank::hits::Hits;
pub use rank::sort::{SortDirection, SortKey};
pub use rank::tier::Tier;
pub use request::{QueryId, Request, Response, Stage};
pub use worker::{Worker, WorkerEvent, spawn};
