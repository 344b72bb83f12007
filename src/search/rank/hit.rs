//! A paper that matched, with its rank in one number.

use super::tier::{Match, Tier};
use crate::domain::{Corpus, PaperId};

/// A paper that matched, with all that its rank depends on in one number that sorts, the best
/// first: tier, field, score, year, order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit(u64);

const YEAR_BITS: u32 = 11;
const ID_BITS: u32 = 32;

impl Hit {
    pub fn new(found: Match, year: Option<i16>, id: PaperId) -> Self {
        const NEWEST: u64 = (1 << YEAR_BITS) - 1;
        let year = year.map_or(0, |year| u64::try_from(year).unwrap_or(0).min(NEWEST));
        let age = NEWEST - year;
        Self((u64::from(found.rank()) << YEAR_BITS | age) << ID_BITS | u64::from(id.0))
    }

    pub fn id(self) -> PaperId {
        PaperId(self.0 as u32)
    }

    /// The hit of the paper that a searched row speaks for, if it speaks for any.
    pub fn to_paper(self, corpus: &Corpus) -> Option<Self> {
        let id = corpus.listed_paper(self.id())?;
        Some(Self(self.0 >> ID_BITS << ID_BITS | u64::from(id.0)))
    }

    /// Less for a newer paper.
    pub fn age(self) -> u64 {
        self.0 >> ID_BITS & ((1 << YEAR_BITS) - 1)
    }

    /// The tier of the worst word, or none where no word was asked for.
    pub fn tier(self) -> Option<Tier> {
        Match::from_rank((self.0 >> (YEAR_BITS + ID_BITS)) as u32).tier()
    }
}

/// Whether it took the abstract to find the paper.
pub fn needs_abstract(hit: Hit) -> bool {
    Match::from_rank((hit.0 >> (YEAR_BITS + ID_BITS)) as u32).is_in_abstract()
}
