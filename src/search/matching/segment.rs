//! A query made ready for segments: which candidates it scans for, and a close look at each of
//! them.

use memchr::memmem::Finder;

use super::abstracts::{InAbstracts, Place, Unknown};
use super::candidates::Driver;
use super::context::{Corrections, Frequency, Surroundings};
use super::filter::Sieve;
use super::fuzzy::Scorer;
use super::haystack::Record;
use super::row_set::Rows;
use super::term::{self, Depth};
use crate::domain::{PaperId, Segment};
use crate::search::occurrence::stand_together;
use crate::search::query::{Clause, Filter, Polarity, Query, Scope, Term, Test, Word};
use crate::search::rank::hit::Hit;
use crate::search::rank::tier::Match;

/// A query made ready to be put to segments.
pub struct Pass<'a> {
    pub around: Surroundings<'a>,
    pub corrections: &'a Corrections,
    frequency: &'a Frequency,
    /// Those that reject at least cost first.
    pub clauses: Vec<&'a Clause>,
    /// The term whose candidates are scanned for.
    pub driver: Option<(&'a Term, Driver<'a>)>,
    /// Words next to each other in the query, each in every spelling.
    neighbours: Vec<[Vec<&'a Finder<'static>>; 2]>,
}

/// What a term has in one segment beside what stands in title and authors.
#[derive(Default)]
pub struct Side<'a> {
    pub sieve: Option<Sieve<'a>>,
    pub abstracts: InAbstracts,
}

/// What each clause has for each of its terms.
pub type Sides<'a> = Vec<Vec<Side<'a>>>;

impl<'a> Pass<'a> {
    pub fn new(
        query: &'a Query,
        around: Surroundings<'a>,
        corrections: &'a Corrections,
        frequency: &'a Frequency,
    ) -> Self {
        let mut clauses: Vec<&Clause> = query.clauses().iter().collect();
        let driver = clauses.iter().filter_map(|clause| Driver::of(clause));
        let driver = driver.max_by_key(|(_, driver)| driver.selectivity());
        clauses.sort_by_key(|clause| cost(clause));
        let alone = |clause| Some(Driver::of(clause)?.1.spellings(corrections));
        let words: Vec<_> = query.clauses().iter().filter_map(alone).collect();
        let neighbours = words.windows(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect();
        Self { around, corrections, frequency, clauses, driver, neighbours }
    }

    /// The word that is scanned for.
    pub fn driving_word(&self) -> Option<&'a Word> {
        match self.driver {
            Some((_, Driver::Word(word))) => Some(word),
            _ => None,
        }
    }

    /// Whether the contiguous hits are all papers that have the word contiguous.
    pub fn is_one_word(&self) -> bool {
        let is_plain = |word: &Word| word.scope == Scope::Anywhere;
        self.clauses.len() == 1 && self.driving_word().is_some_and(is_plain)
    }

    pub fn sides(
        &self,
        mut side: impl FnMut(&'a Term) -> Result<Side<'a>, Unknown>,
    ) -> Result<Sides<'a>, Unknown> {
        let mut sides = |clause: &&'a Clause| clause.alternatives.iter().map(&mut side).collect();
        self.clauses.iter().map(&mut sides).collect()
    }

    pub fn in_abstracts(
        &self,
        term: &Term,
        rows: Option<&Rows>,
        place: Place<'_>,
    ) -> Result<InAbstracts, Unknown> {
        let meant = self.meant_by(&term.test);
        if self.is_absent(&term.test) && meant.is_empty() {
            return Ok(InAbstracts::default());
        }
        InAbstracts::of(&term.test, meant, rows, place)
    }

    pub fn sieve(&self, test: &'a Test, segment: &Segment) -> Option<Sieve<'a>> {
        if self.is_absent(test) { None } else { Sieve::of(test, segment) }
    }

    /// Whether it is a word that no paper has as it was typed.
    fn is_absent(&self, test: &Test) -> bool {
        matches!(test, Test::Word(word) if self.frequency.absent.contains(&word.number))
    }

    /// The corrections of a word.
    fn meant_by(&self, test: &Test) -> &'a [Finder<'static>] {
        match test {
            Test::Word(word) => self.corrections.get(word.number).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    pub fn look(
        &self,
        start: u32,
        segment: &Segment,
        rows: &Rows,
        sides: &Sides<'_>,
        depth: Depth,
        scorer: &mut Scorer,
    ) -> Vec<Hit> {
        let mut hits = Vec::new();
        for row in segment.folded().ahead(rows.iter()) {
            let record = Record::of(segment, row);
            let mut passes = |sieve: &Sieve<'_>| sieve.passes(self.around, segment, start, row);
            if let Some(found) = self.matches(&record, sides, &mut passes, depth, scorer) {
                let found = self.raised(found, &record);
                hits.push(Hit::new(found, segment.year(row), PaperId(start + row)));
            }
        }
        hits
    }

    /// The match of the whole query.
    fn matches(
        &self,
        record: &Record<'_>,
        sides: &Sides<'_>,
        passes: &mut dyn FnMut(&Sieve<'_>) -> bool,
        depth: Depth,
        scorer: &mut Scorer,
    ) -> Option<Match> {
        let mut whole = Match::NEUTRAL;
        for (clause, sides) in self.clauses.iter().zip(sides) {
            let terms = clause.alternatives.iter().zip(sides);
            let matched = terms
                .filter_map(|(term, side)| {
                    let mut passes = || side.sieve.as_ref().is_some_and(&mut *passes);
                    let found = if let Test::Filter(_) = term.test {
                        passes().then_some(Match::NEUTRAL)
                    } else {
                        let found = self.test(term, record, &side.abstracts, depth, scorer);
                        let fact = || passes().then_some(Match::FACT);
                        found.filter(|it| *it < Match::FACT).or_else(fact).or(found)
                    };
                    match (term.polarity, found) {
                        (Polarity::Include, found) => found,
                        (Polarity::Exclude, Some(_)) => None,
                        (Polarity::Exclude, None) => Some(Match::NEUTRAL),
                    }
                })
                .min()?;
            whole = whole.and(matched);
        }
        Some(whole)
    }

    fn test(
        &self,
        term: &Term,
        record: &Record<'_>,
        abstracts: &InAbstracts,
        depth: Depth,
        scorer: &mut Scorer,
    ) -> Option<Match> {
        let depth = match (term.polarity, depth) {
            (Polarity::Include, Depth::Contiguous) => depth,
            // What is excluded is excluded wherever it stands.
            _ => self.depth_of(&term.test),
        };
        let in_abstract = abstracts.in_row(record.row);
        match &term.test {
            Test::Word(word) => {
                let meant = self.meant_by(&term.test);
                term::word(word, meant, record, in_abstract, depth, scorer)
            }
            Test::Phrase(phrase) => term::phrase(phrase, record, in_abstract, depth),
            Test::Regex(regex) => term::regex(regex, record),
            Test::Filter(_) => None,
        }
    }

    pub fn depth_of(&self, test: &Test) -> Depth {
        match test {
            // So many papers have it that none is wanted with its letters scattered.
            Test::Word(word) if self.frequency.common.contains(&word.number) => Depth::Joined,
            _ => Depth::Full,
        }
    }

    /// The match, better where words of the query that are neighbours are so in the paper.
    fn raised(&self, found: Match, record: &Record<'_>) -> Match {
        const NEIGHBOURS: u32 = 500;
        if found.tier().is_none() {
            return found;
        }
        let fields = [record.title, record.authors];
        let together = |[first, second]: &&[Vec<&Finder<'_>>; 2]| {
            fields.iter().any(|text| first.iter().any(|it| stand_together(it, second, text)))
        };
        let count = self.neighbours.iter().filter(together).count();
        found.raised(NEIGHBOURS * count as u32)
    }
}

/// What a clause costs to test, in no unit.
fn cost(clause: &Clause) -> u32 {
    let cost = |term: &Term| match &term.test {
        Test::Filter(Filter::Key(_)) => 1000,
        Test::Filter(Filter::Has(_)) => 10,
        Test::Filter(_) => 1,
        Test::Phrase(_) => 20,
        // Longer words are rarer and reject more.
        Test::Word(word) => 100 - word.letters.len().min(50) as u32,
        Test::Regex(_) => 200,
    };
    clause.alternatives.iter().map(cost).sum()
}
