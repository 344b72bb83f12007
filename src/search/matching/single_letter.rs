//! One letter alone: nearly every paper has it, so each is looked at no closer than it takes.

use super::subsequence::for_each_word_start;
use super::term::{author_match, title_match};
use crate::domain::{FIELD_END, LetterMask, PaperId, Segment, VARIANT_START};
use crate::search::occurrence::{Occurrence, WordBoundary, word_boundary};
use crate::search::rank::hit::Hit;
use crate::search::rank::tier::Match;
use crate::text::is_boundary;

/// The papers that have a letter or digit of ASCII in title or authors, in order of arrival.
pub fn letter_hits(letter: u8, segment: &Segment, start: u32) -> Vec<Hit> {
    let occurs = LetterMask::for_substring(char::from(letter).encode_utf8(&mut [0]));
    let starts = word_starts(letter, segment);
    let mut hits = Vec::with_capacity(segment.len() as usize);
    for (row, mask) in (0..).zip(segment.masks()) {
        if mask.contains(occurs)
            && let Some(found) = match_row(letter, starts[row as usize], segment, row)
        {
            hits.push(Hit::new(found, segment.year(row), PaperId(start + row)));
        }
    }
    hits
}

/// Where in its record each row has the first word that begins with the letter.
fn word_starts(letter: u8, segment: &Segment) -> Vec<Option<u32>> {
    let mut starts = vec![None; segment.len() as usize];
    let (block, mut row) = (segment.folded(), 0);
    for_each_word_start(block.text().as_bytes(), letter, |at| {
        while block.span(row).end < at {
            row += 1;
        }
        let first = &mut starts[row as usize];
        if first.is_none() && is_boundary(block.text(), at) {
            *first = Some((at - block.span(row).start) as u32);
        }
    });
    starts
}

/// What a closer look at the word would find, of which a record may have a first start.
fn match_row(letter: u8, start: Option<u32>, segment: &Segment, row: u32) -> Option<Match> {
    let record = segment.folded().record(row);
    let bytes = record.as_bytes();
    let written = memchr::memchr2(FIELD_END as u8, VARIANT_START as u8, bytes)?;
    let title = written + memchr::memchr(FIELD_END as u8, &bytes[written..])?;
    let (at, fit) = match start {
        Some(at) => (at as usize, word_boundary(record, at as usize, at as usize + 1)),
        None => (memchr::memchr(letter, bytes)?, WordBoundary::InsideWord),
    };
    Some(match at.checked_sub(title + FIELD_END.len_utf8()) {
        None => title_match(Occurrence { boundary: fit, offset: at }, written, 1),
        Some(at) => author_match(
            Occurrence { boundary: fit, offset: at },
            &record[title + FIELD_END.len_utf8()..],
        ),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Draft, SegmentBuilder};
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
            let mut scorer = FuzzyMatcher::default();
            let close = (0..segment.len()).filter_map(|row| {
                let (record, none) = (Haystack::new(&segment, row), AbstractMatch::default());
                let depth = MatchDepth::Contiguous;
                let found = term::match_word(word, &[], &record, none, depth, &mut scorer)?;
                Some(Hit::new(found, None, PaperId(100 + row)))
            });
            prop_assert_eq!(letter_hits(letter.as_bytes()[0], &segment, 100), close.collect::<Vec<_>>());
        }
    }
}
