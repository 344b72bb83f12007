//! The two passes of a query over a segment: contiguous matches, then all others.

use std::sync::Arc;

use super::abstracts::{AbstractMatches, LookupError, SegmentContext};
use super::candidates::CandidateTerm;
use super::context::CorpusSegment;
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
use crate::search::rank::tier::Match;

/// The hits of a segment beyond the contiguous ones.
pub struct DeepMatches {
    /// In order of arrival.
    pub hits: Vec<Hit>,
    pub completeness: Completeness,
    /// Candidate rows of the candidate word, to be cached for the next query.
    pub known_rows: KnownRows,
}

/// Completeness of the deep hits of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Completeness {
    #[default]
    Complete,
    /// Matches in abstracts that are not indexed yet may be missing.
    WithoutAbstracts,
}

impl DeepMatches {
    /// The result for a segment that cannot be matched before its abstracts are read.
    pub fn not_indexed() -> Self {
        Self {
            hits: Vec::new(),
            completeness: Completeness::WithoutAbstracts,
            known_rows: KnownRows::default(),
        }
    }
}

/// A hit in the metadata for each of the rows.
fn metadata_hits(at: CorpusSegment<'_>, rows: &RowSet) -> impl Iterator<Item = Hit> {
    let best = Match::NEUTRAL.and(Match::METADATA);
    rows.iter().map(move |row| Hit::new(best, at.segment.year(row), at.id(row)))
}

impl<'a> SegmentMatcher<'a> {
    /// The hits with every word contiguous in title or authors, in order of arrival. None if an
    /// excluded term would have to be looked up in abstracts that are not indexed.
    ///
    /// `previous_hits` are those of a query that this one narrows: only they are matched again.
    /// Otherwise rows are scanned for the candidate term, unless `known_rows` has the result.
    pub fn contiguous_hits(
        &self,
        context: SegmentContext<'_>,
        previous_hits: Option<&[Hit]>,
        known_rows: &KnownRows,
        fuzzy: &mut FuzzyMatcher,
    ) -> Vec<Hit> {
        if let (None, Some(letter)) = (previous_hits, self.single_letter()) {
            return single_letter::letter_hits(letter, context.segment);
        }
        let rows = self.contiguous_candidates(context.segment, previous_hits, known_rows);
        let term_context = |term: &'a Term| {
            let filter = match term.condition {
                // Metadata matches rank below contiguous ones and belong to the second pass.
                Condition::Word(_) => None,
                _ => SegmentFilter::from_condition(&term.condition, context.segment.segment),
            };
            let abstracts = match term.occur {
                Occur::Exclude => self.abstract_matches(term, Some(&rows), context)?,
                Occur::Include => AbstractMatches::default(),
            };
            Ok(TermContext { filter, abstracts, ..TermContext::default() })
        };
        let Ok(term_contexts) = self.term_contexts(term_context) else { return Vec::new() };
        self.match_rows(context.segment, &rows, &term_contexts, MatchDepth::Contiguous, fuzzy)
    }

    fn contiguous_candidates(
        &self,
        at: CorpusSegment<'_>,
        previous_hits: Option<&[Hit]>,
        known_rows: &KnownRows,
    ) -> RowSet {
        let mut rows = RowSet::from_hits(previous_hits.unwrap_or_default(), at);
        match (previous_hits, self.candidate_term) {
            (Some(_), candidate_term) => {
                // Shorter words are not matched as initials, so a previous query may lack them.
                let is_first = |word: &QueryWord| word.letters.len() == MIN_INITIALS_LEN;
                if let Some((_, candidate_term)) = candidate_term
                    && self.candidate_word().is_some_and(is_first)
                {
                    candidate_term.add_initials(at.segment, &mut rows);
                }
            }
            (None, Some((_, candidate_term))) => match &known_rows.contiguous {
                Some(known) => rows.add_all(known),
                None => candidate_term.add_contiguous(at.segment, &mut rows),
            },
            (None, None) => rows = RowSet::all(at.segment),
        }
        rows
    }

    /// Returns true if there can be hits beyond the contiguous ones.
    pub fn has_deep_matches(&self) -> bool {
        self.leaf_terms().any(|term| match &term.condition {
            Condition::Word(word) => word.may_match_abstracts() || word.letters.len() > 1,
            Condition::Phrase(_) => true,
            Condition::Regex(_)
            | Condition::Name(_)
            | Condition::Predicate(_)
            | Condition::Group(_) => false,
        })
    }

    /// The hits of any tier except `contiguous_hits`, which the first pass has found. Rows in
    /// `known_rows` are not scanned for again.
    ///
    /// # Errors
    ///
    /// When an excluded term needs abstracts that are not indexed, or the search is cancelled.
    pub fn deep_matches(
        &self,
        context: SegmentContext<'_>,
        contiguous_hits: &[Hit],
        known_rows: KnownRows,
        fuzzy: &mut FuzzyMatcher,
    ) -> Result<DeepMatches, LookupError> {
        let (at, segment) = (context.segment, context.segment.segment);
        let mut completeness = Completeness::Complete;
        let mut abstract_matches = |term: &'a Term, rows: Option<&RowSet>| match self
            .abstract_matches(term, rows, context)
        {
            Err(LookupError::NotIndexed) if term.occur == Occur::Include => {
                completeness = Completeness::WithoutAbstracts;
                Ok(AbstractMatches::default())
            }
            other => other,
        };
        let (mut rows, mut scanned_rows) = (RowSet::empty(segment), KnownRows::default());
        let (mut candidate_abstracts, mut candidate_filter) = (AbstractMatches::default(), None);
        let mut metadata_rows = RowSet::empty(segment);
        if let Some((term, candidate_term)) = self.candidate_term {
            candidate_abstracts = abstract_matches(term, None)?;
            candidate_abstracts.add_to(&mut rows);
            let contiguous = known_rows.contiguous.unwrap_or_else(|| {
                let mut contiguous = RowSet::from_hits(contiguous_hits, at);
                // All rows with the word are hits if it is all that the query asks for.
                if !self.is_one_word() {
                    candidate_term.add_contiguous(segment, &mut contiguous);
                }
                Arc::new(contiguous)
            });
            rows.add_all(&contiguous);
            scanned_rows.contiguous = Some(contiguous);
            candidate_term.add_corrected(segment, self.corrections, &mut rows);
            if let CandidateTerm::Word(word) = candidate_term
                && self.depth_of(&term.condition) == MatchDepth::Full
            {
                candidate_term.add_acronyms(segment, &mut rows);
                let among = known_rows.subsequence.as_deref();
                scanned_rows.subsequence =
                    scan_subsequences(word, segment, among, &mut rows).map(Arc::new);
            }
            candidate_filter = self.segment_filter(&term.condition, segment);
            if let Some(filter) = &candidate_filter {
                metadata_rows.add_where(segment, |row| filter.row_passes(self.context, at, row));
                metadata_rows.remove_all(&rows);
            }
            // A paper that has the only word in its metadata alone need not be matched.
            if !self.is_one_word() {
                rows.add_all(&std::mem::replace(&mut metadata_rows, RowSet::empty(segment)));
            }
        } else {
            rows = RowSet::all(segment);
        }
        let contiguous_rows = RowSet::from_hits(contiguous_hits, at);
        rows.remove_all(&contiguous_rows);
        metadata_rows.remove_all(&contiguous_rows);
        let term_contexts = self.term_contexts(|term| {
            let is_candidate = self.candidate_term.is_some_and(|(it, _)| std::ptr::eq(it, term));
            let (abstracts, filter) = if is_candidate {
                (std::mem::take(&mut candidate_abstracts), candidate_filter.take())
            } else {
                let filter = self.segment_filter(&term.condition, segment);
                (abstract_matches(term, Some(&rows))?, filter)
            };
            Ok(TermContext { filter, abstracts, ..TermContext::default() })
        })?;
        let mut hits = self.match_rows(at, &rows, &term_contexts, MatchDepth::Full, fuzzy);
        hits.extend(metadata_hits(at, &metadata_rows));
        hits.sort_by_key(|hit| hit.id());
        Ok(DeepMatches { hits, completeness, known_rows: scanned_rows })
    }

    /// The letter or digit that is the whole query.
    fn single_letter(&self) -> Option<u8> {
        let word =
            self.candidate_word().filter(|it| self.is_one_word() && it.variants.is_empty())?;
        match word.needle.needle() {
            [letter] if letter.is_ascii_alphanumeric() => Some(*letter),
            _ => None,
        }
    }
}
