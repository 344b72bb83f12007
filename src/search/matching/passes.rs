//! The two passes of a query over a segment: contiguous matches, then all others.

use std::sync::Arc;

use super::abstracts::{InAbstracts, Place, Unknown};
use super::candidates::Driver;
use super::filter::Sieve;
use super::fuzzy::Scorer;
use super::row_set::{Rows, Tracks};
use super::segment::{Pass, Side};
use super::single_letter;
use super::subsequence::scatter;
use super::term::Depth;
use crate::search::query::ast::SHORTEST_INITIALS;
use crate::search::query::{Polarity, Term, Test, Word};
use crate::search::rank::hit::Hit;

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
    /// The hits whose words all stand contiguous in title or authors, in order of arrival; none
    /// where it is not known whether what is excluded stands in abstracts. Where they are known to
    /// be `among` others, only those are looked at; and where it is known which rows hold the word
    /// that is scanned for, only those.
    pub fn contiguous(
        &self,
        start: u32,
        place: Place<'_>,
        among: Option<&[Hit]>,
        trodden: Tracks,
        scorer: &mut Scorer,
    ) -> Vec<Hit> {
        if let (None, Some(letter)) = (among, self.letter()) {
            return single_letter::having(letter, place.segment, start);
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
        self.look(start, place.segment, &rows, &sides, Depth::Contiguous, scorer)
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
        found: &[Hit],
        trodden: Tracks,
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
        let hits = self.look(start, segment, &rows, &sides, Depth::Full, scorer);
        Ok(Rest { hits, known, tracks })
    }

    /// The letter or digit that is all that is asked for.
    fn letter(&self) -> Option<u8> {
        let word = self.driving_word().filter(|it| self.is_one_word() && it.others.is_empty())?;
        match word.needle.needle() {
            [letter] if letter.is_ascii_alphanumeric() => Some(*letter),
            _ => None,
        }
    }
}
