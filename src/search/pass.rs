//! One pass of a query over a segment: scan for candidates, then look at each of them closely.

use std::sync::Arc;

use memchr::memmem::Finder;

use super::abstracts::{InAbstracts, Place, Unknown};
use super::driver::Driver;
use super::filter::{Sieve, Surroundings};
use super::hits::Hit;
use super::letter;
use super::query::{Clause, Filter, Polarity, Query, Scope, Term, Test, Word};
use super::record::{Record, stand_together};
use super::rows::Rows;
use super::scatter::scatter;
use super::score::Scorer;
use super::standing::Frequency;
use super::term::{self, Depth, SHORTEST_INITIALS};
use super::tiers::Match;
use super::trail::Tracks;
use crate::domain::{PaperId, Segment};

/// Words that may have been meant, by the number of the word that was typed.
pub type Corrections = Vec<Vec<Finder<'static>>>;

/// A query made ready to be put to segments.
pub struct Pass<'a> {
    around: Surroundings<'a>,
    corrections: &'a Corrections,
    frequency: &'a Frequency,
    /// Those that reject at least cost first.
    clauses: Vec<&'a Clause>,
    /// The term whose candidates are scanned for.
    driver: Option<(&'a Term, Driver<'a>)>,
    /// Words next to each other in the query, each in every spelling.
    neighbours: Vec<[Vec<&'a Finder<'static>>; 2]>,
}

/// What a term has in one segment beside what stands in title and authors.
#[derive(Default)]
struct Side<'a> {
    sieve: Option<Sieve<'a>>,
    abstracts: InAbstracts,
}

/// What each clause has for each of its terms.
type Sides<'a> = Vec<Vec<Side<'a>>>;

/// What a segment holds beyond the contiguous hits.
pub struct Rest {
    /// In order of arrival.
    pub hits: Vec<Hit>,
    pub known: Known,
    /// Where the word that is scanned for was found, in case it is asked for again.
    pub tracks: Tracks,
}

/// How much is known of the papers of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Known {
    #[default]
    All,
    /// Some abstracts would have to be read.
    ButAbstracts,
}

impl Rest {
    /// That of a segment whose abstracts would have to be read.
    pub fn out_of_reach() -> Self {
        Self { hits: Vec::new(), known: Known::ButAbstracts, tracks: Tracks::default() }
    }
}

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

    /// The hits whose words all stand contiguous in title or authors, in order of arrival; none
    /// where it is not known whether what is excluded stands in abstracts. Where they are known to
    /// be `among` others, only those are looked at; and where it is known which rows hold the word
    /// that is scanned for, only those.
    pub fn contiguous(
        &self,
        start: u32,
        place: Place<'_>,
        (among, trodden): (Option<&[Hit]>, Tracks),
        scorer: &mut Scorer,
    ) -> Vec<Hit> {
        if let (None, Some(letter)) = (among, self.letter()) {
            return letter::having(letter, place.segment, start);
        }
        let mut rows = Rows::of(among.unwrap_or_default(), place.segment, start);
        match (among, self.driver) {
            (Some(_), driver) => {
                let is_first = |word: &Word| word.letters.len() == SHORTEST_INITIALS;
                if let Some((_, driver)) = driver
                    && self.driving_word().is_some_and(is_first)
                {
                    driver.initials(place.segment, &mut rows);
                }
            }
            (None, Some((_, driver))) => match trodden.contiguous {
                Some(known) => rows.add_all(&known),
                None => driver.contiguous(place.segment, &mut rows),
            },
            (None, None) => rows = Rows::all(place.segment),
        }
        let side = |term: &'a Term| {
            let sieve = match term.test {
                // What facts there are is found out only where any tier will do.
                Test::Word(_) => None,
                _ => Sieve::of(&term.test, place.segment),
            };
            let abstracts = match term.polarity {
                Polarity::Exclude => self.in_abstracts(term, Some(&rows), place)?,
                Polarity::Include => InAbstracts::default(),
            };
            Ok(Side { sieve, abstracts })
        };
        let Ok(sides) = self.sides(side) else { return Vec::new() };
        self.look((start, place.segment), &rows, &sides, Depth::Contiguous, scorer)
    }

    /// Whether there may be hits beyond the contiguous ones.
    pub fn has_rest(&self) -> bool {
        let mut terms = self.clauses.iter().flat_map(|clause| &clause.alternatives);
        terms.any(|term| match &term.test {
            Test::Word(word) => word.is_in_abstracts() || word.letters.len() > 1,
            Test::Phrase(_) => true,
            Test::Regex(_) | Test::Filter(_) => false,
        })
    }

    /// The hits of any tier but those found before. It may be known where the word that is scanned for
    /// was found.
    pub fn rest(
        &self,
        start: u32,
        place: Place<'_>,
        (found, trodden): (&[Hit], Tracks),
        scorer: &mut Scorer,
    ) -> Result<Rest, Unknown> {
        let segment = place.segment;
        let mut known = Known::All;
        let mut in_abstracts =
            |term: &'a Term, rows: Option<&Rows>| match self.in_abstracts(term, rows, place) {
                Err(Unknown::OutOfReach) if term.polarity == Polarity::Include => {
                    known = Known::ButAbstracts;
                    Ok(InAbstracts::default())
                }
                other => other,
            };
        let (mut rows, mut tracks) = (Rows::none(segment), Tracks::default());
        let mut of_driver = InAbstracts::default();
        if let Some((term, driver)) = self.driver {
            of_driver = in_abstracts(term, None)?;
            of_driver.add_to(&mut rows);
            let contiguous = trodden.contiguous.unwrap_or_else(|| {
                let mut contiguous = Rows::of(found, segment, start);
                if !self.is_one_word() {
                    driver.contiguous(segment, &mut contiguous);
                }
                Arc::new(contiguous)
            });
            rows.add_all(&contiguous);
            tracks.contiguous = Some(contiguous);
            driver.meant(segment, self.corrections, &mut rows);
            if let Driver::Word(word) = driver
                && self.depth_of(&term.test) == Depth::Full
            {
                let among = trodden.scattered.as_deref();
                tracks.scattered = scatter(word, segment, among, &mut rows).map(Arc::new);
            }
            if let Some(facts) = self.sieve(&term.test, segment) {
                rows.add_where(segment, |row| facts.passes(self.around, segment, start, row));
            }
        } else {
            rows = Rows::all(segment);
        }
        rows.remove_all(&Rows::of(found, segment, start));
        let sides = self.sides(|term| {
            let is_driver = self.driver.is_some_and(|(driver, _)| std::ptr::eq(driver, term));
            let abstracts = if is_driver {
                std::mem::take(&mut of_driver)
            } else {
                in_abstracts(term, Some(&rows))?
            };
            Ok(Side { sieve: self.sieve(&term.test, segment), abstracts })
        })?;
        let hits = self.look((start, segment), &rows, &sides, Depth::Full, scorer);
        Ok(Rest { hits, known, tracks })
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

    /// The letter or digit that is all that is asked for.
    fn letter(&self) -> Option<u8> {
        let word = self.driving_word().filter(|it| self.is_one_word() && it.others.is_empty())?;
        match word.needle.needle() {
            [letter] if letter.is_ascii_alphanumeric() => Some(*letter),
            _ => None,
        }
    }

    fn sides(
        &self,
        mut side: impl FnMut(&'a Term) -> Result<Side<'a>, Unknown>,
    ) -> Result<Sides<'a>, Unknown> {
        let mut sides = |clause: &&'a Clause| clause.alternatives.iter().map(&mut side).collect();
        self.clauses.iter().map(&mut sides).collect()
    }

    fn in_abstracts(
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

    fn sieve(&self, test: &'a Test, segment: &Segment) -> Option<Sieve<'a>> {
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

    fn look(
        &self,
        (start, segment): (u32, &Segment),
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

    fn depth_of(&self, test: &Test) -> Depth {
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
