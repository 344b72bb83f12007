//! What a bare word finds beside title, authors and abstract: the year, a venue, a category or
//! the citation key.

use memchr::memmem::Finder;

use super::context::FilterContext;
use crate::domain::{LetterMask, PaperId, RECORD_END, Segment, TextColumn};
use crate::search::occurrence::{Occurrence, WordBoundary, occurrences};
use crate::search::query::{FieldScope, QueryWord};

/// Which rows of a segment have a word as a fact.
#[derive(Debug)]
pub struct MetadataRows<'a> {
    year: Option<i16>,
    /// Which of the segment's distinct lists of categories have one that begins so.
    categories: Vec<bool>,
    /// Which of the segment's distinct venues have a word that begins so.
    venues: Vec<bool>,
    key: Option<KeyPrefix<'a>>,
}

/// The beginning of a citation key.
#[derive(Debug)]
struct KeyPrefix<'a> {
    text: &'a str,
    year: i16,
    /// What the name before the year needs.
    name_letters: LetterMask,
}

/// Words shorter than this, in letters, begin too many venues and categories.
const MIN_WORD_LEN: usize = 2;

impl<'a> MetadataRows<'a> {
    /// Nothing for a word that asks for a field, or is too short.
    pub fn new(word: &'a QueryWord, segment: &Segment) -> Option<Self> {
        if word.scope != FieldScope::Anywhere || word.letters.chars().count() < MIN_WORD_LEN {
            return None;
        }
        let typed = std::str::from_utf8(word.needle.needle()).ok()?;
        let (lists, venues) = (segment.categories().folded(), segment.venues().folded());
        let begins_category = |spot: &Occurrence| {
            let before = lists.text()[..spot.offset].chars().next_back();
            before.is_none_or(|it| it == ' ' || it == RECORD_END)
        };
        let begins_word = |spot: &Occurrence| spot.boundary != WordBoundary::InsideWord;
        let facts = Self {
            year: year(typed),
            categories: records_with(lists, std::iter::once(&word.needle), begins_category),
            venues: records_with(venues, word.spellings(), begins_word),
            key: KeyPrefix::parse(typed),
        };
        let has_any = [&facts.categories, &facts.venues].iter().any(|it| it.contains(&true));
        (has_any || facts.year.is_some() || facts.key.is_some()).then_some(facts)
    }

    pub fn contains(
        &self,
        around: FilterContext<'_>,
        segment: &Segment,
        start: u32,
        row: u32,
    ) -> bool {
        let is_year = |year| segment.year(row) == Some(year);
        self.categories[segment.category_index(row)]
            || self.venues[segment.venue_index(row)]
            || self.year.is_some_and(is_year)
            || self.key.as_ref().is_some_and(|key| {
                // Making a key is costly; few papers get there.
                is_year(key.year)
                    && segment.masks()[row as usize].contains(key.name_letters)
                    && around.corpus.citation_key_starts_with(PaperId(start + row), key.text)
            })
    }
}

impl<'a> KeyPrefix<'a> {
    /// Reads letters, the four digits of a year, and what may follow them.
    fn parse(typed: &'a str) -> Option<Self> {
        let (name, rest) = typed.split_at(typed.find(|it: char| !it.is_ascii_alphabetic())?);
        let year = year(rest.get(..4)?).filter(|_| !name.is_empty())?;
        Some(Self { text: typed, year, name_letters: LetterMask::for_subsequence(name) })
    }
}

/// Which records of a block hold one of the needles at such a spot.
fn records_with<'a>(
    block: &TextColumn,
    needles: impl Iterator<Item = &'a Finder<'static>>,
    counts: impl Fn(&Occurrence) -> bool,
) -> Vec<bool> {
    let mut having = vec![false; block.len() as usize];
    for needle in needles {
        for spot in occurrences(needle, block.text()).filter(&counts) {
            having[block.row_at(spot.offset) as usize] = true;
        }
    }
    having
}

/// Whether some paper of the segment has the word as a fact.
pub fn matches_metadata(
    word: &QueryWord,
    around: FilterContext<'_>,
    segment: &Segment,
    start: u32,
) -> bool {
    MetadataRows::new(word, segment).is_some_and(|facts| {
        (0..segment.len()).any(|row| facts.contains(around, segment, start, row))
    })
}

/// A year of four digits.
fn year(text: &str) -> Option<i16> {
    let is_year = text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit());
    is_year.then(|| text.parse().ok())?
}
