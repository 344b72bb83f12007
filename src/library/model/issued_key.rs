//! A citation key that is given out, with all that is known of its paper.

use crate::cite::KeptKey;
use crate::domain::Keys;

/// A key that is given out, and the paper with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenKey {
    pub paper: Keys,
    pub year: Option<i16>,
    pub record: String,
    pub sign: i64,
    pub key: String,
}

impl GivenKey {
    /// The key as it is looked up.
    pub fn to_kept(&self) -> KeptKey {
        KeptKey { paper: self.paper.clone(), year: self.year, key: self.key.clone() }
    }
}
