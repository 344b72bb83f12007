//! The quality of a match in one number.

/// Kind of a match, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Contiguous, at the start of a word of title or authors.
    Start = 1,
    /// Contiguous elsewhere in title or authors, or the initials of the title.
    Inside,
    /// At the start of a word of the abstract; ranked after these, in the metadata: year, venue,
    /// category, citation key, keywords, notes, comments, tags; or an acronym of the title.
    Abstract,
    /// One edit away from a word of the paper.
    Typo,
    /// The letters in order in title or authors, with others between them.
    Subsequence,
    /// Every word but stop words, some of them in another form or spelling.
    Similar,
    /// Every word but one.
    Partial,
}

/// The field of a match, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchField {
    Title,
    Authors,
    Abstract,
    /// Year, venue, category, citation key, keywords, notes, comments, tags.
    Metadata,
}

/// The match of a word or of a whole query: tier, field and score. A smaller value is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Tier and field of the worst word.
    class: u8,
    /// `Lack::MAX - score`, so that a smaller value is better.
    lack: Lack,
}

type Lack = u16;

const FIELD_BITS: u32 = 2;

impl Match {
    /// The match of a condition that does not change the rank.
    pub const NEUTRAL: Self = Self { class: 0, lack: Lack::MAX };

    /// The match of a word in the metadata of the paper.
    pub const METADATA: Self = Self {
        class: (Tier::Abstract as u8) << FIELD_BITS | MatchField::Metadata as u8,
        lack: Lack::MAX,
    };

    pub fn new(tier: Tier, field: MatchField, score: u32) -> Self {
        Self { class: (tier as u8) << FIELD_BITS | field as u8, lack: lack(score) }
    }

    /// The match of both: the worse tier and field, and the sum of the scores.
    pub fn and(self, other: Self) -> Self {
        Self {
            class: self.class.max(other.class),
            lack: lack(u32::from(Lack::MAX - self.lack) + u32::from(Lack::MAX - other.lack)),
        }
    }

    /// Adds to the score.
    pub fn with_bonus(self, score: u32) -> Self {
        Self { lack: lack(u32::from(Lack::MAX - self.lack) + score), ..self }
    }

    pub fn tier(self) -> Option<Tier> {
        Some(match self.class >> FIELD_BITS {
            1 => Tier::Start,
            2 => Tier::Inside,
            3 => Tier::Abstract,
            4 => Tier::Typo,
            5 => Tier::Subsequence,
            6 => Tier::Similar,
            7 => Tier::Partial,
            _ => return None,
        })
    }

    pub fn is_in_abstract(self) -> bool {
        self.class & ((1 << FIELD_BITS) - 1) == MatchField::Abstract as u8
    }

    /// Returns true if the worst word matched in the metadata only.
    pub fn is_in_metadata(self) -> bool {
        self.class & ((1 << FIELD_BITS) - 1) == MatchField::Metadata as u8
    }

    /// The same field and score in another tier.
    pub fn with_tier(self, tier: Tier) -> Self {
        let field = self.class & ((1 << FIELD_BITS) - 1);
        Self { class: (tier as u8) << FIELD_BITS | field, ..self }
    }

    /// The match as a number of 21 bits, smaller for a better one.
    pub fn rank(self) -> u32 {
        u32::from(self.class) << Lack::BITS | u32::from(self.lack)
    }

    pub fn from_rank(rank: u32) -> Self {
        Self { class: (rank >> Lack::BITS) as u8, lack: rank as Lack }
    }
}

fn lack(score: u32) -> Lack {
    Lack::MAX - Lack::try_from(score).unwrap_or(Lack::MAX)
}
