//! Scan of a segment for the letters of a word as a subsequence.

use super::fuzzy::{Proximity, proximity, proximity_at_start};
use super::row_set::RowSet;
use crate::domain::{LetterMask, Segment};
use crate::search::query::{FieldScope, QueryWord};

/// If less than one row in this many can match, testing these rows one by one is faster than
/// scanning the whole column.
const ROW_SCAN_RATIO: usize = 8;

/// State of one scan.
struct SubsequenceScan<'a> {
    letters: &'a str,
    needed: LetterMask,
    segment: &'a Segment,
    /// Candidate rows of the query, to which rows with a near subsequence are added.
    rows: &'a mut RowSet,
    /// Rows with the subsequence, near or wide.
    all: RowSet,
}

/// Adds the rows with the word's letters as a near subsequence, and some more that will not match.
///
/// Returns all rows with the subsequence, near or wide. Longer words that begin with this one can
/// match no other rows, so that the result serves as `among` of their scan. Returns `None` for
/// words that are not matched as subsequences.
pub fn scan_subsequences(
    word: &QueryWord,
    segment: &Segment,
    among: Option<&RowSet>,
    rows: &mut RowSet,
) -> Option<RowSet> {
    let letters = word.letters.as_str();
    let count = letters.chars().count();
    if !word.is_plain() || word.scope == FieldScope::Abstract || count < 2 {
        return None;
    }
    let (needed, all) = (LetterMask::for_subsequence(letters), RowSet::empty(segment));
    let candidates = segment.masks().iter().filter(|it| it.contains(needed)).count();
    let is_rare = candidates < segment.len() as usize / ROW_SCAN_RATIO;
    let mut scan = SubsequenceScan { letters, needed, segment, rows, all };
    match (among, letters.as_bytes()[0]) {
        (Some(among), _) => scan.scan_rows(among.iter()),
        (None, first) if first.is_ascii() && !is_rare => scan.scan_word_starts(first),
        (None, _) => scan.scan_rows(0..segment.len()),
    }
    Some(scan.all)
}

impl SubsequenceScan<'_> {
    fn scan_rows(&mut self, rows: impl Iterator<Item = u32>) {
        let candidates: Vec<u32> = rows.filter(|row| self.needs_scan(*row)).collect();
        let column = self.segment.folded();
        for row in column.prefetch(candidates.into_iter()) {
            self.add(row, proximity(self.letters, column.record(row)));
        }
    }

    /// Scans the whole column for words that begin with the letter.
    fn scan_word_starts(&mut self, letter: u8) {
        let column = self.segment.folded();
        let mut row = 0;
        for_each_word_start(column.text().as_bytes(), letter, |at| {
            while column.span(row).end < at {
                row += 1;
            }
            if self.needs_scan(row) {
                let rest = &column.text()[at..column.span(row).end];
                self.add(row, proximity_at_start(self.letters, rest));
            }
        });
    }

    /// Returns false for rows that lack a letter, and for candidates, which are matched in full
    /// anyway.
    fn needs_scan(&mut self, row: u32) -> bool {
        let has_letters = self.segment.masks()[row as usize].contains(self.needed);
        let is_candidate = has_letters && self.rows.contains(row);
        if is_candidate {
            self.all.insert(row);
        }
        has_letters && !is_candidate
    }

    fn add(&mut self, row: u32, proximity: Option<Proximity>) {
        if proximity.is_some() {
            self.all.insert(row);
        }
        if proximity == Some(Proximity::Near) {
            self.rows.insert(row);
        }
    }
}

/// Calls `each` with the offset of every occurrence of an ASCII letter that does not follow an
/// ASCII letter or digit. In folded text these are all word starts, and some offsets inside words
/// with other letters.
pub fn for_each_word_start(text: &[u8], letter: u8, mut each: impl FnMut(usize)) {
    const CHUNK: usize = 1 << 12;
    let is_word = |byte: u8| byte.is_ascii_lowercase() | byte.is_ascii_digit();
    // The marking loops are branch-free, so that they are vectorised.
    let mut marks = [0; CHUNK];
    let mut before = 0;
    for (from, chunk) in (0..).step_by(CHUNK).zip(text.chunks(CHUNK)) {
        marks[0] = u8::from((chunk[0] == letter) & !is_word(before));
        for ((mark, before), byte) in marks[1..].iter_mut().zip(chunk).zip(&chunk[1..]) {
            *mark = u8::from((*byte == letter) & !is_word(*before));
        }
        before = chunk[chunk.len() - 1];
        marks[chunk.len()..].fill(0);
        for (from, marks) in (from..).step_by(16).zip(marks.as_chunks().0) {
            let mut bits = u128::from_le_bytes(*marks);
            while bits != 0 {
                each(from + bits.trailing_zeros() as usize / 8);
                bits &= bits - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::words;

    proptest! {
        #[test]
        fn every_word_start_is_found(text in "[ab1é -]{0,12}", long in 0..9000_usize) {
            let text = format!("{:long$}{text}", "");
            let mut found = Vec::new();
            for_each_word_start(text.as_bytes(), b'a', |at| found.push(at));
            for word in words(&text).filter(|it| it.starts_with('a')) {
                let at = word.as_ptr() as usize - text.as_ptr() as usize;
                prop_assert!(found.contains(&at), "{word} at {at} of {found:?}");
            }
            prop_assert!(found.iter().all(|at| text.as_bytes()[*at] == b'a'));
        }
    }
}
