//! A query, what it matches, and the thread that finds out.
//!
//! A [`Query`] is parsed from what was typed and cannot fail. A [`Searcher`] puts it to every
//! segment of a corpus: a scan of the folded text finds candidates, a close look gives each a
//! [`Hit`], one number that holds the whole rank. A [`Worker`] does so on a thread of its own.

mod abstracts;
mod answered;
mod cancel;
mod complete;
mod context;
mod correct;
mod driver;
mod earlier;
mod facets;
mod fact;
mod filter;
mod frequent;
mod highlight;
mod hit;
mod hits;
mod job;
mod letter;
mod newest;
mod occurrence;
mod pass;
mod passes;
mod phases;
mod query;
mod ranking;
mod record;
mod request;
mod rows;
mod scatter;
mod score;
mod searcher;
mod segment_hits;
mod sentence;
mod shares;
mod slip;
mod sort;
mod spelling;
mod standing;
mod syntax;
mod term;
mod tiers;
mod trail;
mod word_stats;
mod worker;

#[cfg(test)]
mod tests;

pub use complete::{Completion, complete};
pub use facets::{Facets, Names};
pub use highlight::Highlighter;
pub use hit::{Hit, made_by_abstract};
pub use hits::Hits;
pub use query::{Field, Polarity, Query, Span, State, Toggle, toggled};
pub use request::{Answer, Request, Stage, Ticket};
pub use searcher::Searcher;
pub use sentence::Sentence;
pub use sort::{Direction, Order};
pub use syntax::SYNTAX;
pub use tiers::Tier;
pub use worker::{Said, Worker, spawn};
