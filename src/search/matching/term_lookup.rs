//! Lookups in an index for the terms of a needle.

use crate::domain::TermMatch;
use crate::search::query::WholeWord;
use crate::text::{index_terms, is_unspaced};

/// A term of a needle that an index is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermLookup<'a> {
    pub term: &'a str,
    pub term_match: TermMatch,
}

impl<'a> TermLookup<'a> {
    /// The lookups of all terms of a needle. The last word is a prefix unless the needle must be a
    /// whole word. So is a single character of a script without blanks: it is indexed with the
    /// character after it.
    pub fn all(needle: &'a str, whole_word: WholeWord) -> Vec<Self> {
        let mut lookups: Vec<Self> = Vec::new();
        let mut last_end = 0;
        for term in index_terms(needle) {
            let end = term.as_ptr() as usize - needle.as_ptr() as usize + term.len();
            // The last character of a run is in the pair before.
            if end == last_end {
                continue;
            }
            last_end = end;
            let is_prefix = if Self::is_unspaced_term(term) {
                term.chars().nth(1).is_none()
            } else {
                end == needle.len() && whole_word == WholeWord::NotRequired
            };
            let term_match = if is_prefix { TermMatch::Prefix } else { TermMatch::Exact };
            lookups.push(Self { term, term_match });
        }
        lookups
    }

    /// Returns true for a script without blanks, in which each occurrence is a whole word.
    pub fn is_unspaced(&self) -> bool {
        Self::is_unspaced_term(self.term)
    }

    fn is_unspaced_term(term: &str) -> bool {
        term.chars().next().is_some_and(is_unspaced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookups(needle: &str) -> Vec<(&str, TermMatch)> {
        let lookups = TermLookup::all(needle, WholeWord::NotRequired);
        lookups.into_iter().map(|it| (it.term, it.term_match)).collect()
    }

    #[test]
    fn only_the_last_word_is_a_prefix() {
        use TermMatch::{Exact, Prefix};
        assert_eq!(lookups("key-val"), [("key", Exact), ("val", Prefix)]);
        assert_eq!(lookups("val val."), [("val", Exact), ("val", Exact)]);
        assert_eq!(lookups("-."), []);
        let whole = TermLookup::all("tgf-b", WholeWord::Required);
        assert_eq!(whole.last(), Some(&TermLookup { term: "b", term_match: Exact }));
    }

    #[test]
    fn a_run_without_blanks_is_looked_up_by_its_pairs() {
        use TermMatch::{Exact, Prefix};
        assert_eq!(lookups("学習法"), [("学習", Exact), ("習法", Exact)]);
        assert_eq!(lookups("脳"), [("脳", Prefix)]);
        assert_eq!(lookups("gpt模 型"), [("gpt", Exact), ("模", Prefix), ("型", Prefix)]);
    }
}
