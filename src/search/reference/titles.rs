//! Finds the titles of papers in the words of references, in one pass over the corpus.

use std::ops::Range;

use rayon::prelude::*;

use super::word_sequence::WordSequence;
use crate::domain::{FIELD_END, PaperId, VARIANT_START};
use crate::search::cancel::{CancelToken, Cancelled};
use crate::search::matching::context::CorpusSegment;
use crate::text::words;

/// A title in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleRun {
    /// The row of the searched segments, which may be a record of the paper.
    pub row: PaperId,
    /// Positions of its words in the sequence.
    pub range: Range<usize>,
    pub extent: TitleExtent,
}

/// The part of a title that is in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TitleExtent {
    Whole,
    /// The part before a colon or a dash.
    BeforeSubtitle,
}

/// Words of a title without its subtitle that are enough to recognise it.
const MIN_MAIN_TITLE_WORDS: usize = 4;

/// Words of titles that count only between punctuation.
const MAX_SHORT_TITLE_WORDS: usize = 2;

/// Words of another title or spelling of a row; shorter ones are spellings of one word.
const MIN_VARIANT_WORDS: usize = 3;

/// Rows between two polls of the cancellation.
const CANCEL_INTERVAL: u32 = 1 << 12;

/// Finds all titles whose words are in the text in a row, in order of the segments.
///
/// # Errors
///
/// [`Cancelled`] once a newer request has arrived.
pub fn find_titles(
    sequence: &WordSequence,
    segments: &[CorpusSegment<'_>],
    cancel: CancelToken<'_>,
) -> Result<Vec<TitleRun>, Cancelled> {
    let in_segment = |at: &CorpusSegment<'_>| {
        let mut finder = TitleFinder { sequence, numbers: Vec::new(), main_ends: Vec::new() };
        let (column, mut runs) = (at.segment.folded(), Vec::new());
        for row in 0..at.segment.len() {
            cancel.check_every(CANCEL_INTERVAL, row)?;
            let record = column.record(row);
            let end = memchr::memchr(FIELD_END as u8, record.as_bytes()).unwrap_or(record.len());
            for (variant, title) in record[..end].split(VARIANT_START).enumerate() {
                if variant == 0 || words(title).nth(MIN_VARIANT_WORDS - 1).is_some() {
                    finder.find(title, at.id(row), &mut runs);
                }
            }
        }
        Ok(runs)
    };
    let runs = segments.par_iter().map(in_segment).collect::<Result<Vec<_>, Cancelled>>()?;
    Ok(runs.into_iter().flatten().collect())
}

/// Compares titles with a sequence. Buffers are reused for each title.
struct TitleFinder<'a> {
    sequence: &'a WordSequence,
    /// The numbers of the title's words, as far as the sequence has them.
    numbers: Vec<u32>,
    /// The numbers of words after which a subtitle begins.
    main_ends: Vec<usize>,
}

impl TitleFinder<'_> {
    fn find(&mut self, title: &str, row: PaperId, runs: &mut Vec<TitleRun>) {
        let mut title_words = words(title);
        let Some(first) = title_words.next() else { return };
        // Most titles begin with a word that the text does not have.
        let Some(first_number) = self.sequence.number(first) else { return };
        let second = title_words.next();
        let second_number = second.and_then(|it| self.sequence.number(it));
        if second.is_some() && second_number.is_none() {
            return;
        }
        let starts = self.sequence.starts(first_number, second_number);
        if starts.is_empty() {
            return;
        }
        let is_known = self.read(title);
        let main_ends = self.main_ends.iter().rev().copied();
        for start in starts.iter().map(|it| *it as usize) {
            let common = self.sequence.common_len(start, &self.numbers);
            if is_known && common == self.numbers.len() {
                let range = start..start + common;
                // Short titles are frequent in phrases, of which they are no part.
                if common > MAX_SHORT_TITLE_WORDS || self.sequence.is_delimited(&range) {
                    runs.push(TitleRun { row, range, extent: TitleExtent::Whole });
                }
                continue;
            }
            let main_title = main_ends
                .clone()
                .map(|len| start..start + len)
                .find(|it| it.len() <= common && self.sequence.is_delimited(it));
            let extent = TitleExtent::BeforeSubtitle;
            runs.extend(main_title.map(|range| TitleRun { row, range, extent }));
        }
    }

    /// Reads the words of a title. Returns true if the sequence has all of them.
    fn read(&mut self, title: &str) -> bool {
        self.numbers.clear();
        self.main_ends.clear();
        let mut end = 0;
        for word in words(title) {
            let start = word.as_ptr() as usize - title.as_ptr() as usize;
            if self.numbers.len() >= MIN_MAIN_TITLE_WORDS && begins_subtitle(&title[end..start]) {
                self.main_ends.push(self.numbers.len());
            }
            end = start + word.len();
            let Some(number) = self.sequence.number(word) else { return false };
            self.numbers.push(number);
        }
        true
    }
}

/// Returns true if the text between two words separates a title from its subtitle.
fn begins_subtitle(between: &str) -> bool {
    between.contains([':', '?', '!']) || between.contains(". ") || between.contains(" - ")
}
