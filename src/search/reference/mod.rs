//! References in pasted text: which papers they name, and what decides it.
//!
//! [`likelihood`] tests cheaply if a query looks pasted. [`split`] divides the text into
//! references, [`clues`] reads identifiers, addresses and citation keys from each, and [`resolve`]
//! looks these up in the corpus. For references without them, [`titles`] finds the titles of papers
//! in the [`word_sequence`] of the text, and [`evidence`] compares authors and year.

pub mod authors;
pub mod citations;
pub mod clues;
pub mod context;
pub mod evidence;
pub mod likelihood;
pub mod lookup;
pub mod resolve;
pub mod split;
pub mod summary;
pub mod titles;
pub mod word_sequence;

#[cfg(test)]
mod tests;
