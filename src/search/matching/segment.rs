//! Matcher of a query: selects the term to scan segments for, and matches the candidate rows in
//! full.

use memchr::memmem::Finder;

use super::abstracts::{AbstractMatches, LookupError, SegmentContext};
use super::candidates::CandidateTerm;
use super::context::{CorpusSegment, Corrections, FilterContext, WordFrequency};
use super::filter::SegmentFilter;
use super::fuzzy::FuzzyMatcher;
use super::haystack::Haystack;
use super::row_set::RowSet;
use super::term::{self, MatchDepth};
use crate::domain::Segment;
use crate::search::occurrence::are_adjacent;
use crate::search::query::{
    Clause, Condition, FieldScope, Occur, Predicate, Query, QueryWord, Term,
};
use crate::search::rank::hit::Hit;
use crate::search::rank::tier::Match;

/// A query prepared for matching with segments.
pub struct SegmentMatcher<'a> {
    pub context: FilterContext<'a>,
    pub corrections: &'a Corrections,
    frequency: &'a WordFrequency,
    /// In order of cost: cheap clauses first, since the first that fails rejects the row.
    pub clauses: Vec<&'a Clause>,
    /// The term that segments are scanned for: only rows that have it are matched in full.
    pub candidate_term: Option<(&'a Term, CandidateTerm<'a>)>,
    /// Pairs of adjacent words of the query, each word in all spellings.
    neighbours: Vec<[Vec<&'a Finder<'static>>; 2]>,
}

/// The data of a term that is looked up once per segment.
#[derive(Default)]
pub struct TermContext<'a> {
    pub filter: Option<SegmentFilter<'a>>,
    pub abstracts: AbstractMatches,
}

/// The [`TermContext`] of each term of each clause.
pub type TermContexts<'a> = Vec<Vec<TermContext<'a>>>;

impl<'a> SegmentMatcher<'a> {
    pub fn new(
        query: &'a Query,
        context: FilterContext<'a>,
        corrections: &'a Corrections,
        frequency: &'a WordFrequency,
    ) -> Self {
        let mut clauses: Vec<&Clause> = query.clauses().iter().collect();
        let candidates = clauses.iter().filter_map(|clause| CandidateTerm::from_clause(clause));
        let candidate_term = candidates.max_by_key(|(_, it)| it.selectivity());
        clauses.sort_by_key(|clause| cost(clause));
        let spellings = |clause| Some(CandidateTerm::from_clause(clause)?.1.spellings(corrections));
        let words: Vec<_> = query.clauses().iter().filter_map(spellings).collect();
        let neighbours = words.windows(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect();
        Self { context, corrections, frequency, clauses, candidate_term, neighbours }
    }

    /// The word that segments are scanned for, unless it is a phrase.
    pub fn candidate_word(&self) -> Option<&'a QueryWord> {
        match self.candidate_term {
            Some((_, CandidateTerm::Word(word))) => Some(word),
            _ => None,
        }
    }

    /// Returns true if the query is one word in any field, so that the contiguous hits are all
    /// papers that contain it.
    pub fn is_one_word(&self) -> bool {
        let is_plain = |word: &QueryWord| word.scope == FieldScope::Anywhere;
        self.clauses.len() == 1 && self.candidate_word().is_some_and(is_plain)
    }

    pub fn term_contexts(
        &self,
        mut term_context: impl FnMut(&'a Term) -> Result<TermContext<'a>, LookupError>,
    ) -> Result<TermContexts<'a>, LookupError> {
        let mut clause_contexts =
            |clause: &&'a Clause| clause.alternatives.iter().map(&mut term_context).collect();
        self.clauses.iter().map(&mut clause_contexts).collect()
    }

    pub fn abstract_matches(
        &self,
        term: &Term,
        rows: Option<&RowSet>,
        context: SegmentContext<'_>,
    ) -> Result<AbstractMatches, LookupError> {
        let corrections = self.corrections_of(&term.condition);
        if self.is_absent(&term.condition) && corrections.is_empty() {
            return Ok(AbstractMatches::default());
        }
        AbstractMatches::new(&term.condition, corrections, rows, context)
    }

    pub fn segment_filter(
        &self,
        condition: &'a Condition,
        segment: &Segment,
    ) -> Option<SegmentFilter<'a>> {
        if self.is_absent(condition) {
            return None;
        }
        SegmentFilter::from_condition(condition, segment)
    }

    /// Returns true for a word that no paper has as typed.
    fn is_absent(&self, condition: &Condition) -> bool {
        let absent_words = &self.frequency.absent_words;
        matches!(condition, Condition::Word(word) if absent_words.contains(&word.index))
    }

    fn corrections_of(&self, condition: &Condition) -> &'a [Finder<'static>] {
        match condition {
            Condition::Word(word) => self.corrections.get(word.index).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    /// Matches the rows in full. The hits are in order of rows.
    pub fn match_rows(
        &self,
        at: CorpusSegment<'_>,
        rows: &RowSet,
        term_contexts: &TermContexts<'_>,
        depth: MatchDepth,
        fuzzy: &mut FuzzyMatcher,
    ) -> Vec<Hit> {
        let segment: &Segment = at.segment;
        let mut hits = Vec::new();
        for row in segment.folded().prefetch(rows.iter()) {
            let haystack = Haystack::new(segment, row);
            let mut passes = |filter: &SegmentFilter<'_>| filter.row_passes(self.context, at, row);
            let best = self.match_query(&haystack, term_contexts, &mut passes, depth, fuzzy);
            if let Some(best) = best {
                let best = self.with_neighbour_bonus(best, &haystack);
                hits.push(Hit::new(best, segment.year(row), at.id(row)));
            }
        }
        hits
    }

    /// The match of the whole query: of each clause the best alternative.
    fn match_query(
        &self,
        haystack: &Haystack<'_>,
        term_contexts: &TermContexts<'_>,
        passes: &mut dyn FnMut(&SegmentFilter<'_>) -> bool,
        depth: MatchDepth,
        fuzzy: &mut FuzzyMatcher,
    ) -> Option<Match> {
        let mut whole = Match::NEUTRAL;
        for (clause, term_contexts) in self.clauses.iter().zip(term_contexts) {
            let terms = clause.alternatives.iter().zip(term_contexts);
            let best = terms
                .filter_map(|(term, TermContext { filter, abstracts })| {
                    let mut passes = || filter.as_ref().is_some_and(&mut *passes);
                    let term_match = if let Condition::Predicate(_) = term.condition {
                        passes().then_some(Match::NEUTRAL)
                    } else {
                        let in_text = self.match_term(term, haystack, abstracts, depth, fuzzy);
                        let in_metadata = || passes().then_some(Match::METADATA);
                        in_text.filter(|it| *it < Match::METADATA).or_else(in_metadata).or(in_text)
                    };
                    match (term.occur, term_match) {
                        (Occur::Include, term_match) => term_match,
                        (Occur::Exclude, Some(_)) => None,
                        (Occur::Exclude, None) => Some(Match::NEUTRAL),
                    }
                })
                .min()?;
            whole = whole.and(best);
        }
        Some(whole)
    }

    fn match_term(
        &self,
        term: &Term,
        haystack: &Haystack<'_>,
        abstracts: &AbstractMatches,
        depth: MatchDepth,
        fuzzy: &mut FuzzyMatcher,
    ) -> Option<Match> {
        let depth = match (term.occur, depth) {
            (Occur::Include, MatchDepth::Contiguous) => depth,
            // An excluded term rejects a paper at any depth, abstracts included.
            _ => self.depth_of(&term.condition),
        };
        let in_abstract = abstracts.in_row(haystack.row);
        match &term.condition {
            Condition::Word(word) => {
                let corrections = self.corrections_of(&term.condition);
                term::match_word(word, corrections, haystack, in_abstract, depth, fuzzy)
            }
            Condition::Phrase(phrase) => term::match_phrase(phrase, haystack, in_abstract, depth),
            Condition::Regex(regex) => term::match_regex(regex, haystack),
            Condition::Predicate(_) => None,
        }
    }

    pub fn depth_of(&self, condition: &Condition) -> MatchDepth {
        match condition {
            // Subsequences of a common word are accidents.
            Condition::Word(word) if self.frequency.common_words.contains(&word.index) => {
                MatchDepth::WithoutSubsequence
            }
            _ => MatchDepth::Full,
        }
    }

    /// Adds a bonus for each pair of adjacent words of the query that is adjacent in a field.
    fn with_neighbour_bonus(&self, base: Match, haystack: &Haystack<'_>) -> Match {
        const NEIGHBOUR_SCORE: u32 = 500;
        if base.tier().is_none() {
            return base;
        }
        let fields = [haystack.title, haystack.authors];
        let is_adjacent = |[first, second]: &&[Vec<&Finder<'_>>; 2]| {
            fields.iter().any(|text| first.iter().any(|it| are_adjacent(it, second, text)))
        };
        let count = self.neighbours.iter().filter(is_adjacent).count();
        base.with_bonus(NEIGHBOUR_SCORE * count as u32)
    }
}

/// Relative cost of testing a clause. Only the order matters.
fn cost(clause: &Clause) -> u32 {
    let cost = |term: &Term| match &term.condition {
        Condition::Predicate(Predicate::Key(_)) => 1000,
        Condition::Predicate(Predicate::Has(_)) => 10,
        Condition::Predicate(_) => 1,
        Condition::Phrase(_) => 20,
        // Longer words are rarer and reject more.
        Condition::Word(word) => 100 - word.letters.len().min(50) as u32,
        Condition::Regex(_) => 200,
    };
    clause.alternatives.iter().map(cost).sum()
}
