//! What a bare word finds beside title, authors and abstract: the year, a venue, a category or
//! the citation key.

use memchr::memmem::Finder;

use super::context::Surroundings;
use crate::domain::{Block, Mask, PaperId, RECORD_END, Segment};
use crate::search::occurrence::{Fit, Spot, spots};
use crate::search::query::{Scope, Word};

/// Which rows of a segment have a word as a fact.
#[derive(Debug)]
pub struct Facts<'a> {
    year: Option<i16>,
    /// Which of the segment's distinct lists of categories have one that begins so.
    categories: Vec<bool>,
    /// Which of the segment's distinct venues have a word that begins so.
    venues: Vec<bool>,
    key: Option<Key<'a>>,
}

/// The beginning of a citation key.
#[derive(Debug)]
struct Key<'a> {
    text: &'a str,
    year: i16,
    /// What the name before the year needs.
    name: Mask,
}

/// Words shorter than this, in letters, begin too many venues and categories.
const SHORTEST: usize = 2;

impl<'a> Facts<'a> {
    /// Nothing for a word that asks for a field, or is too short.
    pub fn of(word: &'a Word, segment: &Segment) -> Option<Self> {
        if word.scope != Scope::Anywhere || word.letters.chars().count() < SHORTEST {
            return None;
        }
        let typed = std::str::from_utf8(word.needle.needle()).ok()?;
        let (lists, venues) = (segment.categories().folded(), segment.venues().folded());
        let begins_category = |spot: &Spot| {
            let before = lists.text()[..spot.at].chars().next_back();
            before.is_none_or(|it| it == ' ' || it == RECORD_END)
        };
        let begins_word = |spot: &Spot| spot.fit != Fit::Inside;
        let facts = Self {
            year: year(typed),
            categories: having(lists, std::iter::once(&word.needle), begins_category),
            venues: having(venues, word.spellings(), begins_word),
            key: Key::read(typed),
        };
        let has_any = [&facts.categories, &facts.venues].iter().any(|it| it.contains(&true));
        (has_any || facts.year.is_some() || facts.key.is_some()).then_some(facts)
    }

    pub fn has(&self, around: Surroundings<'_>, segment: &Segment, start: u32, row: u32) -> bool {
        let is_year = |year| segment.year(row) == Some(year);
        self.categories[segment.category_index(row)]
            || self.venues[segment.venue_index(row)]
            || self.year.is_some_and(is_year)
            || self.key.as_ref().is_some_and(|key| {
                // Making a key is costly; few papers get there.
                is_year(key.year)
                    && segment.masks()[row as usize].has(key.name)
                    && around.corpus.citation_key_begins(PaperId(start + row), key.text)
            })
    }
}

impl<'a> Key<'a> {
    /// Reads letters, the four digits of a year, and what may follow them.
    fn read(typed: &'a str) -> Option<Self> {
        let (name, rest) = typed.split_at(typed.find(|it: char| !it.is_ascii_alphabetic())?);
        let year = year(rest.get(..4)?).filter(|_| !name.is_empty())?;
        Some(Self { text: typed, year, name: Mask::needed_by(name) })
    }
}

/// Which records of a block hold one of the needles at such a spot.
fn having<'a>(
    block: &Block,
    needles: impl Iterator<Item = &'a Finder<'static>>,
    counts: impl Fn(&Spot) -> bool,
) -> Vec<bool> {
    let mut having = vec![false; block.len() as usize];
    for needle in needles {
        for spot in spots(needle, block.text()).filter(&counts) {
            having[block.row_at(spot.at) as usize] = true;
        }
    }
    having
}

/// Whether some paper of the segment has the word as a fact.
pub fn is_fact(word: &Word, around: Surroundings<'_>, segment: &Segment, start: u32) -> bool {
    Facts::of(word, segment)
        .is_some_and(|facts| (0..segment.len()).any(|row| facts.has(around, segment, start, row)))
}

/// A year of four digits.
fn year(text: &str) -> Option<i16> {
    let is_year = text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit());
    is_year.then(|| text.parse().ok())?
}
