//! Occurrences of a term in the texts of a segment, by row, and their rank.

use super::row_set::RowSet;
use crate::domain::{MAX_TERM_FREQUENCY, Posting, TermMatch};
use crate::search::rank::tier::{Match, MatchField, Tier};

/// One byte per row, or no bytes if no row matches: the number of occurrences, at most
/// [`MAX_TERM_FREQUENCY`], and [`WHOLE_WORD_BIT`] if one of them is a whole word.
#[derive(Debug, Default)]
pub struct TermCounts(Vec<u8>);

const WHOLE_WORD_BIT: u8 = 0x80;
impl TermCounts {
    pub fn add(&mut self, rows: u32, posting: Posting) {
        if self.0.is_empty() {
            self.0.resize(rows as usize, 0);
        }
        let byte = &mut self.0[posting.row as usize];
        let count = (*byte & !WHOLE_WORD_BIT) + posting.term_frequency as u8;
        let whole = if posting.term_match == TermMatch::Exact {
            WHOLE_WORD_BIT
        } else {
            *byte & WHOLE_WORD_BIT
        };
        *byte = whole | count.min(MAX_TERM_FREQUENCY as u8);
    }

    /// The maximum of both in each row.
    pub fn max(self, other: Self) -> Self {
        match (self.0.is_empty(), other.0.is_empty()) {
            (true, _) => other,
            (_, true) => self,
            _ => Self(self.0.iter().zip(&other.0).map(|(a, b)| *a.max(b)).collect()),
        }
    }

    /// Scores by whole word, then by number of occurrences: a word that occurs often is what the
    /// paper is about.
    pub fn match_in_row(&self, row: u32, field: MatchField) -> Option<Match> {
        const WHOLE_WORD_SCORE: u32 = 300;
        const SCORE_PER_OCCURRENCE: u32 = 20;
        let count = self.0.get(row as usize).copied().filter(|&it| it > 0)?;
        let whole = if count & WHOLE_WORD_BIT == 0 { 0 } else { WHOLE_WORD_SCORE };
        Some(Match::new(
            Tier::Abstract,
            field,
            whole + u32::from(count & !WHOLE_WORD_BIT) * SCORE_PER_OCCURRENCE,
        ))
    }

    /// Adds the rows with an occurrence.
    pub fn add_to(&self, rows: &mut RowSet) {
        let has = |(row, &count): (u32, &u8)| (count > 0).then_some(row);
        (0..).zip(&self.0).filter_map(has).for_each(|row| rows.insert(row));
    }
}
