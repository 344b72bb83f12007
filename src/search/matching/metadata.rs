//! Matches of a bare word in metadata: year, venue, category or citation key.

use memchr::memmem::Finder;

use super::context::{CorpusSegment, FilterContext};
use crate::domain::{LetterMask, RECORD_END, Segment, TextColumn};
use crate::search::occurrence::{Occurrence, WordBoundary, occurrences};
use crate::search::query::{FieldScope, QueryWord};

/// The rows of a segment with a word in their metadata.
#[derive(Debug)]
pub struct MetadataRows<'a> {
    year: Option<i16>,
    /// For each distinct category list of the segment: true if a category begins with the word.
    categories: Vec<bool>,
    /// For each distinct venue of the segment: true if one of its words begins with the word.
    venues: Vec<bool>,
    key: Option<KeyPrefix<'a>>,
}

/// The beginning of a citation key, such as `gershman2025`.
#[derive(Debug)]
struct KeyPrefix<'a> {
    text: &'a str,
    year: i16,
    /// The letters of the name before the year, to reject most rows quickly.
    name_letters: LetterMask,
}

/// Shorter words, in letters, are a prefix of too many venues and categories.
pub const MIN_METADATA_WORD_LEN: usize = 2;

impl<'a> MetadataRows<'a> {
    /// Returns `None` for a word that is limited to a field, is too short, or matches no row.
    pub fn new(word: &'a QueryWord, segment: &Segment) -> Option<Self> {
        if word.scope != FieldScope::Anywhere
            || word.letters.chars().count() < MIN_METADATA_WORD_LEN
        {
            return None;
        }
        let typed = std::str::from_utf8(word.needle.needle()).ok()?;
        let (lists, venues) = (segment.categories().folded(), segment.venues().folded());
        let begins_category = |it: &Occurrence| {
            let before = lists.text()[..it.offset].chars().next_back();
            before.is_none_or(|it| it == ' ' || it == RECORD_END)
        };
        let begins_word = |it: &Occurrence| it.boundary != WordBoundary::InsideWord;
        let rows = Self {
            year: year(typed),
            categories: records_with(lists, std::iter::once(&word.needle), begins_category),
            venues: records_with(venues, word.spellings(), begins_word),
            key: KeyPrefix::parse(typed),
        };
        let has_any = [&rows.categories, &rows.venues].iter().any(|it| it.contains(&true));
        (has_any || rows.year.is_some() || rows.key.is_some()).then_some(rows)
    }

    pub fn contains(&self, context: FilterContext<'_>, at: CorpusSegment<'_>, row: u32) -> bool {
        let segment: &Segment = at.segment;
        let is_year = |year| segment.year(row) == Some(year);
        self.categories[segment.category_index(row)]
            || self.venues[segment.venue_index(row)]
            || self.year.is_some_and(is_year)
            || self.key.as_ref().is_some_and(|key| {
                // Last, since a citation key is costly to generate.
                is_year(key.year)
                    && segment.masks()[row as usize].contains(key.name_letters)
                    && context.corpus.citation_key_starts_with(at.id(row), key.text)
            })
    }
}

impl<'a> KeyPrefix<'a> {
    /// Parses letters, a year of four digits, and an optional suffix.
    fn parse(typed: &'a str) -> Option<Self> {
        let (name, rest) = typed.split_at(typed.find(|it: char| !it.is_ascii_alphabetic())?);
        let year = year(rest.get(..4)?).filter(|_| !name.is_empty())?;
        Some(Self { text: typed, year, name_letters: LetterMask::for_subsequence(name) })
    }
}

/// For each record of the column: true if one of the needles has an accepted occurrence there.
fn records_with<'a>(
    column: &TextColumn,
    needles: impl Iterator<Item = &'a Finder<'static>>,
    is_accepted: impl Fn(&Occurrence) -> bool,
) -> Vec<bool> {
    let mut records = vec![false; column.len() as usize];
    for needle in needles {
        for occurrence in occurrences(needle, column.text()).filter(&is_accepted) {
            records[column.row_at(occurrence.offset) as usize] = true;
        }
    }
    records
}

/// Returns true if some row of the segment has the word in its metadata.
pub fn matches_metadata(
    word: &QueryWord,
    context: FilterContext<'_>,
    at: CorpusSegment<'_>,
) -> bool {
    MetadataRows::new(word, at.segment)
        .is_some_and(|rows| (0..at.segment.len()).any(|row| rows.contains(context, at, row)))
}

/// Parses a year of four digits.
fn year(text: &str) -> Option<i16> {
    let is_year = text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit());
    is_year.then(|| text.parse().ok())?
}
