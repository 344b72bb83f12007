//! The two passes of a query over a segment: contiguous matches, then all others.

use std::sync::Arc;

use super::abstracts::{AbstractMatches, LookupError, SegmentContext};
use super::candidates::CandidateTerm;
use super::filter::SegmentFilter;
use super::fuzzy::FuzzyMatcher;
use super::row_set::{KnownRows, RowSet};
use super::segment::{SegmentMatcher, TermContext};
use super::single_letter;
use super::subsequence::scan_subsequences;
use super::term::MatchDepth;
use crate::search::query::ast::MIN_INITIALS_LEN;
use crate::search::query::{Condition, Occur, QueryWord, Term};
use crate::search::rank::hit::Hit;

/// What a segment holds beyond the contiguous hits.
pub struct DeepMatches {
    /// In order of arrival.
    pub hits: Vec<Hit>,
    pub completeness: Completeness,
    /// Where the word that is scanned for was found, in case it is asked for again.
    pub known_rows: KnownRows,
}

/// How much is known of the papers of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Completeness {
    #[default]
    Complete,
    /// Some abstracts would have to be read.
    WithoutAbstracts,
}

impl DeepMatches {
    /// That of a segment whose abstracts would have to be read.
    pub fn not_indexed() -> Self {
        Self {
            hits: Vec::new(),
            completeness: Completeness::WithoutAbstracts,
            known_rows: KnownRows::default(),
        }
    }
}

impl<'a> SegmentMatcher<'a> {
    /// The hits whose words all stand contiguous in title or authors, in order of arrival; none
    /// where it is not known whether what is excluded stands in abstracts. Where they are known to
    /// be `among` others, only those are looked at; and where it is known which rows hold the word
    /// that is scanned for, only those.
    pub fn contiguous_hits(
        &self,
        start: u32,
        place: SegmentContext<'_>,
        among: Option<&[Hit]>,
        trodden: KnownRows,
        scorer: &mut FuzzyMatcher,
    ) -> Vec<Hit> {
        if let (None, Some(letter)) = (among, self.single_letter()) {
            return single_letter::letter_hits(letter, place.segment, start);
        }
        let mut rows = RowSet::from_hits(among.unwrap_or_default(), place.segment, start);
        match (among, self.candidate_term) {
            (Some(_), driver) => {
                let is_first = |word: &QueryWord| word.letters.len() == MIN_INITIALS_LEN;
                if let Some((_, driver)) = driver
                    && self.candidate_word().is_some_and(is_first)
                {
                    driver.add_initials(place.segment, &mut rows);
                }
            }
            (None, Some((_, driver))) => match trodden.contiguous {
                Some(known) => rows.add_all(&known),
                None => driver.add_contiguous(place.segment, &mut rows),
            },
            (None, None) => rows = RowSet::all(place.segment),
        }
        let side = |term: &'a Term| {
            let sieve = match term.condition {
                // What facts there are is found out only where any tier will do.
                Condition::Word(_) => None,
                _ => SegmentFilter::from_condition(&term.condition, place.segment),
            };
            let abstracts = match term.polarity {
                Occur::Exclude => self.abstract_matches(term, Some(&rows), place)?,
                Occur::Include => AbstractMatches::default(),
            };
            Ok(TermContext { filter: sieve, abstracts })
        };
        let Ok(sides) = self.term_contexts(side) else { return Vec::new() };
        self.match_rows(start, place.segment, &rows, &sides, MatchDepth::Contiguous, scorer)
    }

    /// Whether there may be hits beyond the contiguous ones.
    pub fn has_deep_matches(&self) -> bool {
        let mut terms = self.clauses.iter().flat_map(|clause| &clause.alternatives);
        terms.any(|term| match &term.condition {
            Condition::Word(word) => word.may_match_abstracts() || word.letters.len() > 1,
            Condition::Phrase(_) => true,
            Condition::Regex(_) | Condition::Predicate(_) => false,
        })
    }

    /// The hits of any tier but those found before. It may be known where the word that is scanned for
    /// was found.
    pub fn deep_matches(
        &self,
        start: u32,
        place: SegmentContext<'_>,
        found: &[Hit],
        trodden: KnownRows,
        scorer: &mut FuzzyMatcher,
    ) -> Result<DeepMatches, LookupError> {
        let segment = place.segment;
        let mut known = Completeness::Complete;
        let mut in_abstracts = |term: &'a Term, rows: Option<&RowSet>| match self
            .abstract_matches(term, rows, place)
        {
            Err(LookupError::NotIndexed) if term.polarity == Occur::Include => {
                known = Completeness::WithoutAbstracts;
                Ok(AbstractMatches::default())
            }
            other => other,
        };
        let (mut rows, mut tracks) = (RowSet::empty(segment), KnownRows::default());
        let mut of_driver = AbstractMatches::default();
        if let Some((term, driver)) = self.candidate_term {
            of_driver = in_abstracts(term, None)?;
            of_driver.add_to(&mut rows);
            let contiguous = trodden.contiguous.unwrap_or_else(|| {
                let mut contiguous = RowSet::from_hits(found, segment, start);
                if !self.is_one_word() {
                    driver.add_contiguous(segment, &mut contiguous);
                }
                Arc::new(contiguous)
            });
            rows.add_all(&contiguous);
            tracks.contiguous = Some(contiguous);
            driver.add_corrected(segment, self.corrections, &mut rows);
            if let CandidateTerm::Word(word) = driver
                && self.depth_of(&term.condition) == MatchDepth::Full
            {
                let among = trodden.subsequence.as_deref();
                tracks.subsequence =
                    scan_subsequences(word, segment, among, &mut rows).map(Arc::new);
            }
            if let Some(facts) = self.segment_filter(&term.condition, segment) {
                rows.add_where(segment, |row| facts.row_passes(self.context, segment, start, row));
            }
        } else {
            rows = RowSet::all(segment);
        }
        rows.remove_all(&RowSet::from_hits(found, segment, start));
        let sides = self.term_contexts(|term| {
            let is_driver =
                self.candidate_term.is_some_and(|(driver, _)| std::ptr::eq(driver, term));
            let abstracts = if is_driver {
                std::mem::take(&mut of_driver)
            } else {
                in_abstracts(term, Some(&rows))?
            };
            Ok(TermContext { filter: self.segment_filter(&term.condition, segment), abstracts })
        })?;
        let hits = self.match_rows(start, segment, &rows, &sides, MatchDepth::Full, scorer);
        Ok(DeepMatches { hits, completeness: known, known_rows: tracks })
    }

    /// The letter or digit that is all that is asked for.
    fn single_letter(&self) -> Option<u8> {
        let word =
            self.candidate_word().filter(|it| self.is_one_word() && it.variants.is_empty())?;
        match word.needle.needle() {
            [letter] if letter.is_ascii_alphanumeric() => Some(*letter),
            _ => None,
        }
    }
}
