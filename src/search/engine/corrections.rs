//! The part of a search that forgives slips: which words may be some, and what they stand for.

use memchr::memmem::Finder;

use super::execution::Job;
use crate::search::cache::segment_hits::Found;
use crate::search::cancel::Interrupted;
use crate::search::matching::abstracts::{Place, Reach};
use crate::search::matching::context::{Corrections, Frequency};
use crate::search::matching::haystack::Record;
use crate::search::matching::segment::Pass;
use crate::search::query::{Query, Word};
use crate::search::rank::tier::Tier;
use crate::search::spelling::edit_distance;
use crate::search::spelling::suggest::Spelling;

/// Which words of a query may be slips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspects {
    Unknown,
    All,
}

/// The words that a slip of the fingers may have changed.
pub fn correctable(query: &Query) -> impl Iterator<Item = &Word> {
    query.plain_words().filter(|word| edit_distance::is_possible(word))
}

impl Job<'_> {
    /// The words of the query that may be slips: those that no paper has as they were typed, not
    /// even as a fact, or all of them.
    pub fn suspected<'q>(
        &mut self,
        query: &'q Query,
        suspects: Suspects,
    ) -> Result<Vec<&'q Word>, Interrupted> {
        let mut suspected = Vec::new();
        for word in correctable(query) {
            if suspects == Suspects::All || !self.standing(word, None)?.is_known {
                suspected.push(word);
            }
        }
        Ok(suspected)
    }

    /// How many papers have each word as it was typed.
    pub fn frequency(&mut self, query: &Query, pass: &Pass<'_>) -> Result<Frequency, Interrupted> {
        let contiguous = pass.is_one_word().then(|| self.contiguous_count());
        let mut frequency = Frequency::default();
        for word in query.plain_words() {
            let standing = self.standing(word, contiguous)?;
            if standing.is_common {
                frequency.common.push(word.number);
            }
            if standing.is_absent {
                frequency.absent.push(word.number);
            }
        }
        Ok(frequency)
    }

    /// What the words may have meant.
    pub fn corrections(
        &self,
        words: &[&Word],
        spelling: &mut Spelling,
    ) -> Result<Corrections, Interrupted> {
        let mut corrections = vec![Vec::new(); self.request.query.words()];
        if !words.is_empty() {
            let meant = spelling.meant(words, &self.request.corpus, self.interrupted)?;
            for (word, meant) in words.iter().zip(meant) {
                corrections[word.number] = meant;
            }
        }
        Ok(corrections)
    }

    /// The corrections that made a hit.
    pub fn used(&self, corrections: &Corrections) -> Vec<String> {
        /// Hits looked at in each segment: who was corrected wants few.
        const ENOUGH: usize = 100;
        let (reach, interrupted) = (Reach::Indexed, self.interrupted);
        let in_segment = |needle: &Finder<'static>, found: &Found, start: u32, segment| {
            let slips = found.beyond.iter().filter(|hit| hit.tier() == Some(Tier::Slip));
            let rows: Vec<u32> = slips.take(ENOUGH).map(|hit| hit.id().0 - start).collect();
            let in_fields = |&row: &u32| Record::of(segment, row).begins_word(needle);
            rows.iter().any(in_fields)
                || Place { segment, reach, interrupted }.is_mentioned(needle, &rows)
        };
        let is_used = |needle: &&Finder<'static>| {
            let mut segments = self.found.iter().zip(&self.segments);
            segments.any(|(found, (start, segment))| in_segment(needle, found, *start, segment))
        };
        let used = corrections.iter().flatten().filter(is_used);
        used.map(|it| String::from_utf8_lossy(it.needle()).into_owned()).collect()
    }
}
