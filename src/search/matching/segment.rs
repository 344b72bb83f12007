//! Matcher of a query: selects the term to scan segments for, and matches the candidate rows in
//! full.

use memchr::memmem::Finder;

use super::abstracts::{AbstractMatches, LookupError, SegmentContext};
use super::candidates::CandidateTerm;
use super::context::{CorpusSegment, Corrections, FilterContext, WordFrequency};
use super::filter::SegmentFilter;
use super::fuzzy::FuzzyMatcher;
use super::haystack::Haystack;
use super::marked_papers::MarkedPapers;
use super::row_set::RowSet;
use super::term::{self, MatchDepth};
use crate::domain::Segment;
use crate::search::occurrence::are_adjacent;
use crate::search::query::ast::leaf_terms;
use crate::search::query::{Clause, Condition, FieldScope, Occur, Predicate, QueryWord, Term};
use crate::search::rank::hit::Hit;
use crate::search::rank::tier::Match;

/// The clauses of a query, prepared for matching with segments.
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
    marked_papers: MarkedPapers<'a>,
}

/// The data of a term that is looked up once per segment.
#[derive(Default)]
pub struct TermContext<'a> {
    pub filter: Option<SegmentFilter<'a>>,
    pub abstracts: AbstractMatches,
    /// Of the terms of a group.
    pub group: TermContexts<'a>,
}

/// The [`TermContext`] of each term of each clause.
pub type TermContexts<'a> = Vec<Vec<TermContext<'a>>>;

impl<'a> SegmentMatcher<'a> {
    pub fn new(
        clauses: &'a [Clause],
        context: FilterContext<'a>,
        corrections: &'a Corrections,
        frequency: &'a WordFrequency,
    ) -> Self {
        let words: Vec<_> = clauses
            .iter()
            .filter_map(|it| Some(CandidateTerm::text_from_clause(it)?.spellings(corrections)))
            .collect();
        let neighbours = words.windows(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect();
        let marked_papers = MarkedPapers::new(&leaf_terms(clauses));
        let mut clauses: Vec<&Clause> = clauses.iter().collect();
        let candidates = clauses.iter().filter_map(|clause| CandidateTerm::from_clause(clause));
        let candidate_term = candidates.max_by_key(|(_, it)| it.selectivity());
        clauses.sort_by_key(|clause| cost_of_clause(clause));
        Self { context, corrections, frequency, clauses, candidate_term, neighbours, marked_papers }
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
        term_contexts(&mut self.clauses.iter().copied(), &mut term_context)
    }

    /// The terms of the query, with those of groups in place of the groups.
    pub fn leaf_terms(&self) -> impl Iterator<Item = &'a Term> {
        self.clauses.iter().flat_map(|clause| leaf_terms(std::slice::from_ref(*clause)))
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
        let filter = SegmentFilter::from_condition(condition, segment);
        match self.marked_papers.papers_with(condition, self.context.marks) {
            Some(papers) => Some(SegmentFilter::Marked { papers, metadata: filter.map(Box::new) }),
            None => filter,
        }
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
            let mut row_matcher =
                RowMatcher { matcher: self, at, haystack, depth, fuzzy: &mut *fuzzy };
            let clauses = self.clauses.iter().copied();
            if let Some(best) = row_matcher.match_clauses(clauses, term_contexts) {
                let best = self.with_neighbour_bonus(best, &haystack);
                hits.push(Hit::new(best, segment.year(row), at.id(row)));
            }
        }
        hits
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
        let is_adjacent = |[first, second]: &&[Vec<&Finder<'_>>; 2]| {
            first.iter().any(|it| are_adjacent(it, second, haystack.fields))
        };
        let count = self.neighbours.iter().filter(is_adjacent).count();
        base.with_bonus(NEIGHBOUR_SCORE * count as u32)
    }
}

/// The [`TermContext`] of each term of each clause.
fn term_contexts<'a>(
    clauses: &mut dyn Iterator<Item = &'a Clause>,
    term_context: &mut dyn FnMut(&'a Term) -> Result<TermContext<'a>, LookupError>,
) -> Result<TermContexts<'a>, LookupError> {
    let mut context = |term: &'a Term| match &term.condition {
        Condition::Group(group) => {
            let group = term_contexts(&mut group.iter(), term_context)?;
            Ok(TermContext { group, ..TermContext::default() })
        }
        _ => term_context(term),
    };
    clauses.map(|clause| clause.alternatives.iter().map(&mut context).collect()).collect()
}

/// The match of one row.
struct RowMatcher<'m, 'a> {
    matcher: &'m SegmentMatcher<'a>,
    at: CorpusSegment<'m>,
    haystack: Haystack<'m>,
    depth: MatchDepth,
    fuzzy: &'m mut FuzzyMatcher,
}

impl RowMatcher<'_, '_> {
    /// The match of all clauses: of each the best alternative.
    fn match_clauses<'c>(
        &mut self,
        clauses: impl Iterator<Item = &'c Clause>,
        contexts: &TermContexts<'_>,
    ) -> Option<Match> {
        let mut whole = Match::NEUTRAL;
        for (clause, contexts) in clauses.zip(contexts) {
            let terms = clause.alternatives.iter().zip(contexts);
            let best = terms
                .filter_map(|(term, context)| {
                    match (term.occur, self.match_alternative(term, context)) {
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

    fn match_alternative(&mut self, term: &Term, context: &TermContext<'_>) -> Option<Match> {
        let (context_of_filters, at, row) = (self.matcher.context, self.at, self.haystack.row);
        let passes =
            || context.filter.as_ref().is_some_and(|it| it.row_passes(context_of_filters, at, row));
        match &term.condition {
            Condition::Predicate(_) => passes().then_some(Match::NEUTRAL),
            Condition::Group(group) => self.match_clauses(group.iter(), &context.group),
            _ => {
                let in_text = self.match_term(term, &context.abstracts);
                let in_metadata = || passes().then_some(Match::METADATA);
                in_text.filter(|it| *it < Match::METADATA).or_else(in_metadata).or(in_text)
            }
        }
    }

    fn match_term(&mut self, term: &Term, abstracts: &AbstractMatches) -> Option<Match> {
        let depth = match (term.occur, self.depth) {
            (Occur::Include, MatchDepth::Contiguous) => self.depth,
            // An excluded term rejects a paper at any depth, abstracts included.
            _ => self.matcher.depth_of(&term.condition),
        };
        let (haystack, in_abstract) = (&self.haystack, abstracts.in_row(self.haystack.row));
        match &term.condition {
            Condition::Word(word) => {
                let corrections = self.matcher.corrections_of(&term.condition);
                term::match_word(word, corrections, haystack, in_abstract, depth, self.fuzzy)
            }
            Condition::Phrase(phrase) => term::match_phrase(phrase, haystack, in_abstract, depth),
            Condition::Regex(regex) => term::match_regex(regex, haystack),
            Condition::Name(name) => term::match_name(name, haystack),
            Condition::Predicate(_) | Condition::Group(_) => None,
        }
    }
}

/// Relative cost of testing a clause. Only the order matters.
fn cost_of_clause(clause: &Clause) -> u32 {
    let cost = |term: &Term| match &term.condition {
        Condition::Predicate(Predicate::Key(_)) => 1000,
        Condition::Predicate(Predicate::Has(_)) => 10,
        Condition::Predicate(_) => 1,
        Condition::Phrase(_) => 20,
        Condition::Name(_) => 60,
        // Longer words are rarer and reject more.
        Condition::Word(word) => 100 - word.letters.len().min(50) as u32,
        Condition::Regex(_) => 200,
        Condition::Group(group) => group.iter().map(cost_of_clause).sum(),
    };
    clause.alternatives.iter().map(cost).sum()
}
