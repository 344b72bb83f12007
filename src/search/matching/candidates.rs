//! The query term whose occurrences produce the candidate rows of a segment.

use memchr::memmem::Finder;

use super::acronym::Acronym;
use super::context::Corrections;
use super::row_set::RowSet;
use crate::domain::Segment;
use crate::search::query::ast::MIN_INITIALS_LEN;
use crate::search::query::author_name::AuthorName;
use crate::search::query::{Clause, Condition, FieldScope, Occur, Phrase, QueryWord, Term};

#[derive(Clone, Copy)]
pub enum CandidateTerm<'a> {
    Word(&'a QueryWord),
    Phrase(&'a Phrase),
    Name(&'a AuthorName),
}

impl<'a> CandidateTerm<'a> {
    /// The clause's term, if every hit must match it and a column can be scanned for it.
    pub fn from_clause(clause: &'a Clause) -> Option<(&'a Term, Self)> {
        let [term @ Term { occur: Occur::Include, .. }] = clause.alternatives.as_slice() else {
            return None;
        };
        match &term.condition {
            Condition::Word(word) => Some((term, Self::Word(word))),
            Condition::Phrase(phrase) => Some((term, Self::Phrase(phrase))),
            Condition::Name(name) if !name.needles.is_empty() => Some((term, Self::Name(name))),
            Condition::Name(_)
            | Condition::Regex(_)
            | Condition::Predicate(_)
            | Condition::Group(_) => None,
        }
    }

    /// The word or phrase that a clause asks for, if its other alternatives are only readings of it
    /// as a part of names.
    pub fn text_from_clause(clause: &'a Clause) -> Option<Self> {
        let (first, others) = clause.alternatives.split_first()?;
        let is_name = |term: &Term| matches!(term.condition, Condition::Name(_));
        match &first.condition {
            _ if first.occur == Occur::Exclude || !others.iter().all(is_name) => None,
            Condition::Word(word) => Some(Self::Word(word)),
            Condition::Phrase(phrase) => Some(Self::Phrase(phrase)),
            Condition::Regex(_)
            | Condition::Name(_)
            | Condition::Predicate(_)
            | Condition::Group(_) => None,
        }
    }

    /// The needles of the term: its spellings and, for a word, its corrections.
    pub fn spellings(self, corrections: &'a Corrections) -> Vec<&'a Finder<'static>> {
        match self {
            Self::Word(word) => {
                let corrections = corrections.get(word.index).into_iter().flatten();
                word.all_spellings().chain(corrections).collect()
            }
            Self::Phrase(phrase) => phrase.spellings.iter().collect(),
            Self::Name(name) => name.needles.iter().collect(),
        }
    }

    /// Sort key: greater for a term with fewer candidates. Longer words are rarer. Phrases and
    /// words with punctuation come last: to match them, abstracts must be read, and fewer are if
    /// another term selects the candidates.
    pub fn selectivity(&self) -> (bool, usize) {
        match self {
            Self::Word(word) => (word.is_plain(), word.letters.len()),
            Self::Phrase(phrase) => (false, phrase.len()),
            Self::Name(name) => {
                let lengths = name.needles.iter().map(|needle| needle.needle().len());
                (name.needles.len() == 1, lengths.min().unwrap_or_default())
            }
        }
    }

    /// Adds the rows with the term contiguous in title or authors, or as initials.
    pub fn add_contiguous(self, segment: &Segment, rows: &mut RowSet) {
        match self {
            Self::Word(QueryWord { scope: FieldScope::Abstract, .. })
            | Self::Phrase(Phrase { scope: FieldScope::Abstract, .. }) => {}
            Self::Phrase(phrase) => {
                phrase
                    .spellings
                    .iter()
                    .for_each(|needle| rows.add_containing(segment.folded(), needle));
            }
            Self::Name(name) => {
                name.needles
                    .iter()
                    .for_each(|needle| rows.add_containing(segment.folded(), needle));
            }
            Self::Word(word) => {
                let spellings = word.all_spellings();
                spellings.for_each(|needle| rows.add_containing(segment.folded(), needle));
                self.add_initials(segment, rows);
            }
        }
    }

    /// Adds the rows whose title has the word as initials.
    pub fn add_initials(self, segment: &Segment, rows: &mut RowSet) {
        let Self::Word(word) = self else { return };
        if word.letters.chars().count() >= MIN_INITIALS_LEN {
            rows.add_containing(segment.initials(), &Finder::new(&word.letters));
        }
    }

    /// Adds the rows whose title has the word as an acronym, and some more.
    pub fn add_acronyms(self, segment: &Segment, rows: &mut RowSet) {
        let Self::Word(word) = self else { return };
        match Acronym::new(&word.letters) {
            Some(Acronym::Whole(letters)) => rows.add_with_whole_part(segment.initials(), letters),
            Some(acronym) => {
                rows.add_containing(segment.initials(), &Finder::new(acronym.shortest_form()));
            }
            None => {}
        }
    }

    /// Adds the rows with a correction of the word in title or authors.
    pub fn add_corrected(self, segment: &Segment, corrections: &Corrections, rows: &mut RowSet) {
        let Self::Word(word) = self else { return };
        for needle in corrections.get(word.index).into_iter().flatten() {
            rows.add_containing(segment.folded(), needle);
        }
    }
}
