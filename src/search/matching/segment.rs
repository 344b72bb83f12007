//! A query made ready for segments: which candidates it scans for, and a close look at each of
//! them.

use memchr::memmem::Finder;

use super::abstracts::{AbstractMatches, LookupError, SegmentContext};
use super::candidates::CandidateTerm;
use super::context::{Corrections, FilterContext, WordFrequency};
use super::filter::SegmentFilter;
use super::fuzzy::FuzzyMatcher;
use super::haystack::Haystack;
use super::row_set::RowSet;
use super::term::{self, MatchDepth};
use crate::domain::{PaperId, Segment};
use crate::search::occurrence::are_adjacent;
use crate::search::query::{
    Clause, Condition, FieldScope, Occur, Predicate, Query, QueryWord, Term,
};
use crate::search::rank::hit::Hit;
use crate::search::rank::tier::Match;

/// A query made ready to be put to segments.
pub struct SegmentMatcher<'a> {
    pub context: FilterContext<'a>,
    pub corrections: &'a Corrections,
    frequency: &'a WordFrequency,
    /// Those that reject at least cost first.
    pub clauses: Vec<&'a Clause>,
    /// The term whose candidates are scanned for.
    pub candidate_term: Option<(&'a Term, CandidateTerm<'a>)>,
    /// Words next to each other in the query, each in every spelling.
    neighbours: Vec<[Vec<&'a Finder<'static>>; 2]>,
}

/// What a term has in one segment beside what stands in title and authors.
#[derive(Default)]
pub struct TermContext<'a> {
    pub filter: Option<SegmentFilter<'a>>,
    pub abstracts: AbstractMatches,
}

/// What each clause has for each of its terms.
pub type TermContexts<'a> = Vec<Vec<TermContext<'a>>>;

impl<'a> SegmentMatcher<'a> {
    pub fn new(
        query: &'a Query,
        around: FilterContext<'a>,
        corrections: &'a Corrections,
        frequency: &'a WordFrequency,
    ) -> Self {
        let mut clauses: Vec<&Clause> = query.clauses().iter().collect();
        let driver = clauses.iter().filter_map(|clause| CandidateTerm::from_clause(clause));
        let driver = driver.max_by_key(|(_, driver)| driver.selectivity());
        clauses.sort_by_key(|clause| cost(clause));
        let alone = |clause| Some(CandidateTerm::from_clause(clause)?.1.spellings(corrections));
        let words: Vec<_> = query.clauses().iter().filter_map(alone).collect();
        let neighbours = words.windows(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect();
        Self {
            context: around,
            corrections,
            frequency,
            clauses,
            candidate_term: driver,
            neighbours,
        }
    }

    /// The word that is scanned for.
    pub fn candidate_word(&self) -> Option<&'a QueryWord> {
        match self.candidate_term {
            Some((_, CandidateTerm::Word(word))) => Some(word),
            _ => None,
        }
    }

    /// Whether the contiguous hits are all papers that have the word contiguous.
    pub fn is_one_word(&self) -> bool {
        let is_plain = |word: &QueryWord| word.scope == FieldScope::Anywhere;
        self.clauses.len() == 1 && self.candidate_word().is_some_and(is_plain)
    }

    pub fn term_contexts(
        &self,
        mut side: impl FnMut(&'a Term) -> Result<TermContext<'a>, LookupError>,
    ) -> Result<TermContexts<'a>, LookupError> {
        let mut sides = |clause: &&'a Clause| clause.alternatives.iter().map(&mut side).collect();
        self.clauses.iter().map(&mut sides).collect()
    }

    pub fn abstract_matches(
        &self,
        term: &Term,
        rows: Option<&RowSet>,
        place: SegmentContext<'_>,
    ) -> Result<AbstractMatches, LookupError> {
        let meant = self.corrections_of(&term.condition);
        if self.is_absent(&term.condition) && meant.is_empty() {
            return Ok(AbstractMatches::default());
        }
        AbstractMatches::new(&term.condition, meant, rows, place)
    }

    pub fn segment_filter(
        &self,
        test: &'a Condition,
        segment: &Segment,
    ) -> Option<SegmentFilter<'a>> {
        if self.is_absent(test) { None } else { SegmentFilter::from_condition(test, segment) }
    }

    /// Whether it is a word that no paper has as it was typed.
    fn is_absent(&self, test: &Condition) -> bool {
        matches!(test, Condition::Word(word) if self.frequency.absent_words.contains(&word.index))
    }

    /// The corrections of a word.
    fn corrections_of(&self, test: &Condition) -> &'a [Finder<'static>] {
        match test {
            Condition::Word(word) => self.corrections.get(word.index).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    pub fn match_rows(
        &self,
        start: u32,
        segment: &Segment,
        rows: &RowSet,
        sides: &TermContexts<'_>,
        depth: MatchDepth,
        scorer: &mut FuzzyMatcher,
    ) -> Vec<Hit> {
        let mut hits = Vec::new();
        for row in segment.folded().prefetch(rows.iter()) {
            let record = Haystack::new(segment, row);
            let mut passes =
                |sieve: &SegmentFilter<'_>| sieve.row_passes(self.context, segment, start, row);
            if let Some(found) = self.match_query(&record, sides, &mut passes, depth, scorer) {
                let found = self.with_neighbour_bonus(found, &record);
                hits.push(Hit::new(found, segment.year(row), PaperId(start + row)));
            }
        }
        hits
    }

    /// The match of the whole query.
    fn match_query(
        &self,
        record: &Haystack<'_>,
        sides: &TermContexts<'_>,
        passes: &mut dyn FnMut(&SegmentFilter<'_>) -> bool,
        depth: MatchDepth,
        scorer: &mut FuzzyMatcher,
    ) -> Option<Match> {
        let mut whole = Match::NEUTRAL;
        for (clause, sides) in self.clauses.iter().zip(sides) {
            let terms = clause.alternatives.iter().zip(sides);
            let matched = terms
                .filter_map(|(term, side)| {
                    let mut passes = || side.filter.as_ref().is_some_and(&mut *passes);
                    let found = if let Condition::Predicate(_) = term.condition {
                        passes().then_some(Match::NEUTRAL)
                    } else {
                        let found = self.match_term(term, record, &side.abstracts, depth, scorer);
                        let fact = || passes().then_some(Match::METADATA);
                        found.filter(|it| *it < Match::METADATA).or_else(fact).or(found)
                    };
                    match (term.polarity, found) {
                        (Occur::Include, found) => found,
                        (Occur::Exclude, Some(_)) => None,
                        (Occur::Exclude, None) => Some(Match::NEUTRAL),
                    }
                })
                .min()?;
            whole = whole.and(matched);
        }
        Some(whole)
    }

    fn match_term(
        &self,
        term: &Term,
        record: &Haystack<'_>,
        abstracts: &AbstractMatches,
        depth: MatchDepth,
        scorer: &mut FuzzyMatcher,
    ) -> Option<Match> {
        let depth = match (term.polarity, depth) {
            (Occur::Include, MatchDepth::Contiguous) => depth,
            // What is excluded is excluded wherever it stands.
            _ => self.depth_of(&term.condition),
        };
        let in_abstract = abstracts.in_row(record.row);
        match &term.condition {
            Condition::Word(word) => {
                let meant = self.corrections_of(&term.condition);
                term::match_word(word, meant, record, in_abstract, depth, scorer)
            }
            Condition::Phrase(phrase) => term::match_phrase(phrase, record, in_abstract, depth),
            Condition::Regex(regex) => term::match_regex(regex, record),
            Condition::Predicate(_) => None,
        }
    }

    pub fn depth_of(&self, test: &Condition) -> MatchDepth {
        match test {
            // So many papers have it that none is wanted with its letters scattered.
            Condition::Word(word) if self.frequency.common_words.contains(&word.index) => {
                MatchDepth::WithoutSubsequence
            }
            _ => MatchDepth::Full,
        }
    }

    /// The match, better where words of the query that are neighbours are so in the paper.
    fn with_neighbour_bonus(&self, found: Match, record: &Haystack<'_>) -> Match {
        const NEIGHBOUR_SCORE: u32 = 500;
        if found.tier().is_none() {
            return found;
        }
        let fields = [record.title, record.authors];
        let together = |[first, second]: &&[Vec<&Finder<'_>>; 2]| {
            fields.iter().any(|text| first.iter().any(|it| are_adjacent(it, second, text)))
        };
        let count = self.neighbours.iter().filter(together).count();
        found.with_bonus(NEIGHBOUR_SCORE * count as u32)
    }
}

/// What a clause costs to test, in no unit.
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
