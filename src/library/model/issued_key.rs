//! A citation key issued for a paper, with the data that identifies the paper.

use crate::cite::AssignedKey;
use crate::domain::IdentityKeys;

/// An issued citation key, with a copy of the paper that outlasts its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedKey {
    pub identity_keys: IdentityKeys,
    pub year: Option<i16>,
    pub paper_json: String,
    pub title_fingerprint: i64,
    pub key: String,
}

impl IssuedKey {
    /// Returns the key with the identity of its paper, without the copy of the paper.
    pub fn to_assigned_key(&self) -> AssignedKey {
        AssignedKey { identity: self.identity_keys.clone(), year: self.year, key: self.key.clone() }
    }
}
