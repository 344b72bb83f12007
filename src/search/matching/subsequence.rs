//! The rows of a segment in which the letters of a word may be scattered.

use super::fuzzy::{Proximity, proximity, proximity_at_start};
use super::row_set::RowSet;
use crate::domain::{LetterMask, Segment};
use crate::search::query::{FieldScope, QueryWord};

/// To look at one row in so many takes as long as to look at all at once.
const ROW_SCAN_RATIO: usize = 8;

/// Looks for a word's letters in a segment.
struct SubsequenceScan<'a> {
    letters: &'a str,
    needed: LetterMask,
    segment: &'a Segment,
    /// Rows to be looked at closely.
    rows: &'a mut RowSet,
    /// Rows in which the letters are scattered, however wide.
    all: RowSet,
}

/// Adds the rows in which the word's letters are scattered near enough, and some that turn out not
/// to be hits. Returns those that may have the letters of a word that begins with it: all of them
/// are `among` those of the beginning of this one.
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
    let mut look = SubsequenceScan { letters, needed, segment, rows, all };
    match (among, letters.as_bytes()[0]) {
        (Some(among), _) => look.scan_rows(among.iter()),
        (None, first) if first.is_ascii() && !is_rare => look.scan_word_starts(first),
        (None, _) => look.scan_rows(0..segment.len()),
    }
    Some(look.all)
}

impl SubsequenceScan<'_> {
    fn scan_rows(&mut self, rows: impl Iterator<Item = u32>) {
        let candidates: Vec<u32> = rows.filter(|row| self.needs_scan(*row)).collect();
        let block = self.segment.folded();
        for row in block.prefetch(candidates.into_iter()) {
            self.add(row, proximity(self.letters, block.record(row)));
        }
    }

    /// Looks wherever a word may begin with that letter, which is quicker than row by row.
    fn scan_word_starts(&mut self, letter: u8) {
        let block = self.segment.folded();
        let mut row = 0;
        for_each_word_start(block.text().as_bytes(), letter, |at| {
            while block.span(row).end < at {
                row += 1;
            }
            if self.needs_scan(row) {
                let rest = &block.text()[at..block.span(row).end];
                self.add(row, proximity_at_start(self.letters, rest));
            }
        });
    }

    /// Whether it takes a look to know.
    fn needs_scan(&mut self, row: u32) -> bool {
        let is_masked = self.segment.masks()[row as usize].contains(self.needed);
        let is_in = is_masked && self.rows.contains(row);
        if is_in {
            self.all.insert(row);
        }
        is_masked && !is_in
    }

    fn add(&mut self, row: u32, spread: Option<Proximity>) {
        if spread.is_some() {
            self.all.insert(row);
        }
        if spread == Some(Proximity::Near) {
            self.rows.insert(row);
        }
    }
}

/// Calls with each place of a letter of ASCII that stands behind what is neither letter nor digit
/// of ASCII: in folded text all word starts, and perhaps some places within words of other letters.
pub fn for_each_word_start(text: &[u8], letter: u8, mut each: impl FnMut(usize)) {
    const CHUNK: usize = 1 << 12;
    let is_word = |byte: u8| byte.is_ascii_lowercase() | byte.is_ascii_digit();
    // Marked by a loop without branches, which the processor does many bytes at a time.
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
