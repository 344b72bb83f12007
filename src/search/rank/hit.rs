//! A matching paper with its rank in one number.

use super::tier::{Match, Tier};
use crate::domain::{Corpus, PaperId};

/// A matching paper and its rank in one number: from the highest bits down the tier, field, score,
/// year and id. A smaller number is a better hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit(u64);

const YEAR_BITS: u32 = 11;
const ID_BITS: u32 = 32;

impl Hit {
    pub fn new(best: Match, year: Option<i16>, id: PaperId) -> Self {
        const NEWEST: u64 = (1 << YEAR_BITS) - 1;
        let year = year.map_or(0, |year| u64::try_from(year).unwrap_or(0).min(NEWEST));
        let age = NEWEST - year;
        Self((u64::from(best.rank()) << YEAR_BITS | age) << ID_BITS | u64::from(id.0))
    }

    pub fn id(self) -> PaperId {
        PaperId(self.0 as u32)
    }

    /// Turns the hit of a searched row into that of its paper. Returns `None` for a record that has
    /// been merged into another row.
    pub fn to_paper(self, corpus: &Corpus) -> Option<Self> {
        let id = corpus.listed_paper(self.id())?;
        Some(Self(self.0 >> ID_BITS << ID_BITS | u64::from(id.0)))
    }

    /// Smaller for a newer paper; the greatest without a year.
    pub fn age(self) -> u64 {
        self.0 >> ID_BITS & ((1 << YEAR_BITS) - 1)
    }

    /// The same hit with a greater score.
    #[must_use]
    pub fn with_bonus(self, score: u32) -> Self {
        let below = YEAR_BITS + ID_BITS;
        let best = Match::from_rank((self.0 >> below) as u32).with_bonus(score);
        Self(u64::from(best.rank()) << below | self.0 & ((1 << below) - 1))
    }

    /// The tier of the worst word, or `None` for a query without words.
    pub fn tier(self) -> Option<Tier> {
        Match::from_rank((self.0 >> (YEAR_BITS + ID_BITS)) as u32).tier()
    }
}

/// Returns true if a word of the query matched in the metadata only.
pub fn needs_metadata(hit: Hit) -> bool {
    Match::from_rank((hit.0 >> (YEAR_BITS + ID_BITS)) as u32).is_in_metadata()
}

/// Returns true if a word of the query matched in the abstract only.
pub fn needs_abstract(hit: Hit) -> bool {
    Match::from_rank((hit.0 >> (YEAR_BITS + ID_BITS)) as u32).is_in_abstract()
}
