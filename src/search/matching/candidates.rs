//! What a segment is scanned for, to find the papers that are looked at closely.

use memchr::memmem::Finder;

use super::context::Corrections;
use super::row_set::Rows;
use crate::domain::Segment;
use crate::search::query::ast::SHORTEST_INITIALS;
use crate::search::query::{Clause, Phrase, Polarity, Scope, Term, Test, Word};

#[derive(Clone, Copy)]
pub enum Driver<'a> {
    Word(&'a Word),
    Phrase(&'a Phrase),
}

impl<'a> Driver<'a> {
    /// A term that every hit must match and that can be scanned for.
    pub fn of(clause: &'a Clause) -> Option<(&'a Term, Self)> {
        let [term @ Term { polarity: Polarity::Include, .. }] = clause.alternatives.as_slice()
        else {
            return None;
        };
        match &term.test {
            Test::Word(word) => Some((term, Self::Word(word))),
            Test::Phrase(phrase) => Some((term, Self::Phrase(phrase))),
            Test::Regex(_) | Test::Filter(_) => None,
        }
    }

    /// All that the term may stand there as.
    pub fn spellings(self, corrections: &'a Corrections) -> Vec<&'a Finder<'static>> {
        match self {
            Self::Word(word) => {
                let corrections = corrections.get(word.number).into_iter().flatten();
                word.spellings().chain(corrections).collect()
            }
            Self::Phrase(phrase) => phrase.spellings.iter().collect(),
        }
    }

    /// Longer words are rarer, so that scanning for the longest leaves the fewest candidates. To
    /// find what is no plain word takes reading abstracts: of fewer, where another leads.
    pub fn selectivity(&self) -> (bool, usize) {
        match self {
            Self::Word(word) => (word.is_plain(), word.letters.len()),
            Self::Phrase(phrase) => (false, phrase.len()),
        }
    }

    pub fn contiguous(self, segment: &Segment, rows: &mut Rows) {
        match self {
            Self::Word(Word { scope: Scope::Abstract, .. })
            | Self::Phrase(Phrase { scope: Scope::Abstract, .. }) => {}
            Self::Phrase(phrase) => {
                phrase.spellings.iter().for_each(|needle| rows.add(segment.folded(), needle));
            }
            Self::Word(word) => {
                word.spellings().for_each(|needle| rows.add(segment.folded(), needle));
                self.initials(segment, rows);
            }
        }
    }

    /// Adds the rows that hold the word as initials.
    pub fn initials(self, segment: &Segment, rows: &mut Rows) {
        let Self::Word(word) = self else { return };
        if word.letters.chars().count() >= SHORTEST_INITIALS {
            rows.add(segment.initials(), &Finder::new(&word.letters));
        }
    }

    /// Adds the rows that hold one of the corrections in title or authors.
    pub fn meant(self, segment: &Segment, corrections: &Corrections, rows: &mut Rows) {
        let Self::Word(word) = self else { return };
        for needle in corrections.get(word.number).into_iter().flatten() {
            rows.add(segment.folded(), needle);
        }
    }
}
