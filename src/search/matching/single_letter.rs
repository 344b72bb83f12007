//! Fast path for a query of one letter. Nearly every paper has the letter, so that matching each in
//! full would take long.

use super::context::CorpusSegment;
use super::subsequence::for_each_word_start;
use super::term::{author_match, title_match};
use crate::domain::{FIELD_END, LetterMask, Segment, VARIANT_START};
use crate::search::occurrence::{Occurrence, WordBoundary, word_boundary};
use crate::search::rank::hit::Hit;
use crate::search::rank::tier::Match;
use crate::text::is_boundary;

/// The rows with an ASCII letter or digit in title or authors, in order of arrival. Ranks as
/// [`match_word`](super::term::match_word) does.
pub fn letter_hits(letter: u8, at: CorpusSegment<'_>) -> Vec<Hit> {
    let segment: &Segment = at.segment;
    let occurs = LetterMask::for_substring(char::from(letter).encode_utf8(&mut [0]));
    let starts = word_starts(letter, segment);
    let mut hits = Vec::with_capacity(segment.len() as usize);
    for (row, mask) in (0..).zip(segment.masks()) {
        if mask.contains(occurs)
            && let Some(best) = match_row(letter, starts[row as usize], segment, row)
        {
            hits.push(Hit::new(best, segment.year(row), at.id(row)));
        }
    }
    hits
}

/// For each row, the offset in its record of the first word that begins with the letter.
fn word_starts(letter: u8, segment: &Segment) -> Vec<Option<u32>> {
    let mut starts = vec![None; segment.len() as usize];
    let (column, mut row) = (segment.folded(), 0);
    for_each_word_start(column.text().as_bytes(), letter, |at| {
        while column.span(row).end < at {
            row += 1;
        }
        let first = &mut starts[row as usize];
        if first.is_none() && is_boundary(column.text(), at) {
            *first = Some((at - column.span(row).start) as u32);
        }
    });
    starts
}

/// The best match of the letter in a row. `start` is the offset of the first word that begins with
/// it, if there is one.
fn match_row(letter: u8, start: Option<u32>, segment: &Segment, row: u32) -> Option<Match> {
    let record = segment.folded().record(row);
    let bytes = record.as_bytes();
    // The length of the title without the variants behind it, then with them.
    let title_len = memchr::memchr2(FIELD_END as u8, VARIANT_START as u8, bytes)?;
    let title_end = title_len + memchr::memchr(FIELD_END as u8, &bytes[title_len..])?;
    let authors_start = title_end + FIELD_END.len_utf8();
    let (offset, boundary) = match start {
        Some(at) => (at as usize, word_boundary(record, at as usize, at as usize + 1)),
        None => (memchr::memchr(letter, bytes)?, WordBoundary::InsideWord),
    };
    Some(match offset.checked_sub(authors_start) {
        None => title_match(Occurrence { boundary, offset }, title_len, 1),
        Some(offset) => author_match(Occurrence { boundary, offset }, &record[authors_start..]),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Draft, PaperId, SegmentBuilder};
    use crate::search::matching::abstracts::AbstractMatch;
    use crate::search::matching::fuzzy::FuzzyMatcher;
    use crate::search::matching::haystack::Haystack;
    use crate::search::matching::term::{self, MatchDepth};
    use crate::search::query::{Condition, Query};

    const TEXT: &str = "([abü;1 —-]|ab | a|é){0,9}";

    proptest! {
        #[test]
        fn papers_are_found_as_by_a_closer_look(
            rows in prop::collection::vec((TEXT, TEXT), 1..9),
            letter in "[abe1]",
        ) {
            let mut builder = SegmentBuilder::default();
            for (title, author) in rows {
                builder.push(&Draft { title, authors: vec![author], ..Draft::default() });
            }
            let segment = builder.seal();
            let query = Query::parse(&letter);
            let Condition::Word(word) = &query.clauses()[0].alternatives[0].condition else { panic!() };
            let mut fuzzy = FuzzyMatcher::default();
            let in_full = (0..segment.len()).filter_map(|row| {
                let (haystack, none) = (Haystack::new(&segment, row), AbstractMatch::default());
                let depth = MatchDepth::Contiguous;
                let best = term::match_word(word, &[], &haystack, none, depth, &mut fuzzy)?;
                Some(Hit::new(best, None, PaperId(100 + row)))
            });
            let at = CorpusSegment { segment: &segment, start: 100 };
            prop_assert_eq!(letter_hits(letter.as_bytes()[0], at), in_full.collect::<Vec<_>>());
        }
    }
}
