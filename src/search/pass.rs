//! One pass of a query over a segment: scan for candidates, then look at each of them closely.

use memchr::memmem::Finder;

use super::filter::{Sieve, Surroundings};
use super::hits::Hit;
use super::query::{Anchor, Clause, Filter, Phrase, Polarity, Query, Scope, Term, Test, Word};
use super::record::{Record, stand_together};
use super::rows::Rows;
use super::score::Scorer;
use super::term::{self, Depth, SHORTEST_INITIALS};
use super::tiers::{Match, Tier};
use crate::domain::{Mask, PaperId, Segment};

/// Words that may have been meant, by the number of the word that was typed.
pub(super) type Corrections = Vec<Vec<Finder<'static>>>;

/// A query made ready to be put to segments.
pub(super) struct Pass<'a> {
    around: Surroundings<'a>,
    corrections: &'a Corrections,
    /// Those that reject at least cost first.
    clauses: Vec<&'a Clause>,
    /// The term whose candidates are scanned for.
    driver: Option<Driver<'a>>,
    /// Words next to each other in the query, each in every spelling.
    neighbours: Vec<[Vec<&'a Finder<'static>>; 2]>,
}

#[derive(Clone, Copy)]
enum Driver<'a> {
    Word(&'a Word),
    Phrase(&'a Phrase),
}

/// What a clause has for each of its terms in one segment.
type Sieves<'a> = Vec<Vec<Option<Sieve<'a>>>>;

impl<'a> Pass<'a> {
    pub(super) fn new(
        query: &'a Query,
        around: Surroundings<'a>,
        corrections: &'a Corrections,
    ) -> Self {
        let mut clauses: Vec<&Clause> = query.clauses().iter().collect();
        let driver =
            clauses.iter().filter_map(|clause| Driver::of(clause)).max_by_key(Driver::length);
        clauses.sort_by_key(|clause| cost(clause));
        let alone = |clause| Some(Driver::of(clause)?.spellings(corrections));
        let words: Vec<_> = query.clauses().iter().filter_map(alone).collect();
        let neighbours = words.windows(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect();
        Self { around, corrections, clauses, driver, neighbours }
    }

    /// The hits whose words all stand contiguous in title or authors, in order of arrival.
    pub(super) fn contiguous(
        &self,
        start: u32,
        segment: &Segment,
        scorer: &mut Scorer,
    ) -> Vec<Hit> {
        let mut rows = Rows::none(segment);
        match self.driver {
            Some(driver) => driver.contiguous(segment, &mut rows),
            None => rows = Rows::all(segment),
        }
        let sieves = self.sieves(segment, Depth::Contiguous);
        self.look((start, segment), &rows, &sieves, Depth::Contiguous, scorer)
    }

    /// Whether there may be hits beyond the contiguous ones.
    pub(super) fn has_rest(&self) -> bool {
        let terms = self.clauses.iter().flat_map(|clause| &clause.alternatives);
        terms.into_iter().any(|term| matches!(term.test, Test::Word(_) | Test::Phrase(_)))
    }

    /// The hits of any tier, in order of arrival, but those found before.
    pub(super) fn rest(
        &self,
        start: u32,
        segment: &Segment,
        found: &[Hit],
        scorer: &mut Scorer,
    ) -> Vec<Hit> {
        let mut rows = Rows::none(segment);
        let sieves = self.sieves(segment, Depth::Full);
        match self.driver {
            Some(driver) => driver.all(segment, self.corrections, &mut rows),
            None => rows = Rows::all(segment),
        }
        if let Some(facts) = self.facts_of_driver(&sieves) {
            rows.add_where(segment, |row| facts.passes(self.around, segment, start, row));
        }
        for hit in found {
            rows.remove(hit.id().0 - start);
        }
        self.look((start, segment), &rows, &sieves, Depth::Full, scorer)
    }

    /// What facts there are is found out only where any tier will do.
    fn sieves(&self, segment: &Segment, depth: Depth) -> Sieves<'a> {
        let sieve = |term: &'a Term| match (&term.test, depth) {
            (Test::Word(_), Depth::Contiguous) => None,
            (test, _) => Sieve::of(test, segment),
        };
        let sieves = |clause: &&'a Clause| clause.alternatives.iter().map(sieve).collect();
        self.clauses.iter().map(sieves).collect()
    }

    /// What tells the papers that have as a fact what the driver scans for.
    fn facts_of_driver<'s>(&self, sieves: &'s Sieves<'a>) -> Option<&'s Sieve<'a>> {
        let Some(Driver::Word(driver)) = self.driver else { return None };
        let is_it = |term: &Term| match &term.test {
            Test::Word(word) => word.number == driver.number,
            _ => false,
        };
        let at = self.clauses.iter().position(|it| it.alternatives.iter().any(is_it))?;
        sieves[at].first()?.as_ref()
    }

    fn look(
        &self,
        (start, segment): (u32, &Segment),
        rows: &Rows,
        sieves: &Sieves<'_>,
        depth: Depth,
        scorer: &mut Scorer,
    ) -> Vec<Hit> {
        let mut hits = Vec::new();
        for row in rows.iter() {
            let record = Record::of(segment, row);
            let mut passes = |sieve: &Sieve<'_>| sieve.passes(self.around, segment, start, row);
            if let Some(found) = self.matches(&record, sieves, &mut passes, depth, scorer) {
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
        sieves: &Sieves<'_>,
        passes: &mut dyn FnMut(&Sieve<'_>) -> bool,
        depth: Depth,
        scorer: &mut Scorer,
    ) -> Option<Match> {
        let mut whole = Match::NEUTRAL;
        for (clause, sieves) in self.clauses.iter().zip(sieves) {
            let terms = clause.alternatives.iter().zip(sieves);
            let matched = terms
                .filter_map(|(term, sieve)| {
                    let mut passes = || sieve.as_ref().is_some_and(&mut *passes);
                    let found = if let Test::Filter(_) = term.test {
                        passes().then_some(Match::NEUTRAL)
                    } else {
                        let found = self.test(&term.test, term.polarity, record, depth, scorer);
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
        test: &Test,
        polarity: Polarity,
        record: &Record<'_>,
        depth: Depth,
        scorer: &mut Scorer,
    ) -> Option<Match> {
        // What is excluded is excluded wherever it stands.
        let depth = if polarity == Polarity::Exclude { Depth::Full } else { depth };
        match test {
            Test::Word(word) => {
                let corrections = self.corrections.get(word.number).map_or(&[][..], Vec::as_slice);
                term::word(word, corrections, record, depth, scorer)
            }
            Test::Phrase(phrase) => term::phrase(phrase, record, depth),
            Test::Regex(regex) => term::regex(regex, record),
            Test::Filter(_) => None,
        }
    }

    /// The match, better where words of the query that are neighbours are so in the paper.
    fn raised(&self, found: Match, record: &Record<'_>) -> Match {
        const NEIGHBOURS: u32 = 500;
        let fields = match found.tier() {
            Some(Tier::Start | Tier::Inside) => [record.title, record.authors, ""],
            Some(_) => [record.title, record.authors, record.abstract_text],
            None => return found,
        };
        let together = |[first, second]: &&[Vec<&Finder<'_>>; 2]| {
            fields.iter().any(|text| first.iter().any(|it| stand_together(it, second, text)))
        };
        let count = self.neighbours.iter().filter(together).count();
        found.raised(NEIGHBOURS * count as u32)
    }
}

/// Whether some paper of the segment has the word as it was typed: in one of the first three
/// tiers, or, where it is so short that it may well be an abbreviation, scattered.
pub(super) fn knows(word: &Word, segment: &Segment, scorer: &mut Scorer) -> bool {
    const SHORT: usize = 4;
    let mut rows = Rows::none(segment);
    let worst = if word.letters.chars().count() <= SHORT {
        Driver::Word(word).all(segment, &Corrections::new(), &mut rows);
        Tier::Scattered
    } else {
        Driver::Word(word).as_typed(segment, &mut rows);
        Tier::Abstract
    };
    rows.iter().any(|row| {
        let found = term::word(word, &[], &Record::of(segment, row), Depth::Full, scorer);
        found.and_then(Match::tier).is_some_and(|tier| tier <= worst)
    })
}

impl<'a> Driver<'a> {
    /// A term that every hit must match and that can be scanned for.
    fn of(clause: &'a Clause) -> Option<Self> {
        let [Term { polarity: Polarity::Include, test }] = clause.alternatives.as_slice() else {
            return None;
        };
        match test {
            Test::Word(word) => Some(Self::Word(word)),
            Test::Phrase(phrase) => Some(Self::Phrase(phrase)),
            Test::Regex(_) | Test::Filter(_) => None,
        }
    }

    /// All that the term may stand there as.
    fn spellings(self, corrections: &'a Corrections) -> Vec<&'a Finder<'static>> {
        match self {
            Self::Word(word) => {
                let corrections = corrections.get(word.number).into_iter().flatten();
                word.spellings().chain(corrections).collect()
            }
            Self::Phrase(phrase) => phrase.spellings.iter().collect(),
        }
    }

    /// Longer words are rarer, so that scanning for the longest leaves the fewest candidates.
    fn length(&self) -> usize {
        match self {
            Self::Word(word) => word.letters.len(),
            Self::Phrase(phrase) => phrase.len(),
        }
    }

    fn contiguous(self, segment: &Segment, rows: &mut Rows) {
        match self {
            Self::Word(Word { scope: Scope::Abstract, .. })
            | Self::Phrase(Phrase { scope: Scope::Abstract, .. }) => {}
            Self::Phrase(phrase) => {
                phrase.spellings.iter().for_each(|needle| rows.add(segment.folded(), needle));
            }
            Self::Word(word) => {
                word.spellings().for_each(|needle| rows.add(segment.folded(), needle));
                if word.letters.chars().count() >= SHORTEST_INITIALS {
                    rows.add(segment.initials(), &Finder::new(&word.letters));
                }
            }
        }
    }

    /// Adds what is in the first three tiers, and some rows that are in none.
    fn as_typed(self, segment: &Segment, rows: &mut Rows) {
        self.contiguous(segment, rows);
        let Some(abstracts) = segment.abstracts().folded_block() else { return };
        match self {
            Self::Phrase(phrase) => {
                if phrase.scope.sees_abstracts() && phrase.anchor == Anchor::None {
                    phrase.spellings.iter().for_each(|needle| rows.add(abstracts, needle));
                }
            }
            Self::Word(word) => {
                if word.scope.sees_abstracts() {
                    word.spellings().for_each(|needle| rows.add(abstracts, needle));
                }
            }
        }
    }

    /// Adds what is in any tier, and some rows that are in none.
    fn all(self, segment: &Segment, corrections: &Corrections, rows: &mut Rows) {
        self.as_typed(segment, rows);
        let Self::Word(word) = self else { return };
        for needle in corrections.get(word.number).into_iter().flatten() {
            rows.add(segment.folded(), needle);
            if let Some(abstracts) = segment.abstracts().folded_block()
                && word.scope.sees_abstracts()
            {
                rows.add(abstracts, needle);
            }
        }
        let is_scattered = word.is_plain() && word.letters.chars().nth(1).is_some();
        if is_scattered && word.scope != Scope::Abstract {
            let needed = Mask::needed_by(&word.letters);
            rows.add_where(segment, |row| {
                let is_masked = segment.masks()[row as usize].has(needed);
                is_masked && term::is_scattered(word, &Record::of(segment, row))
            });
        }
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
