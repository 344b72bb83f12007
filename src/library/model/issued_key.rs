//! A citation key that is given out, with all that is known of its paper.

use crate::cite::AssignedKey;
use crate::domain::IdentityKeys;

/// A key that is given out, and the paper with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedKey {
    pub identity_keys: IdentityKeys,
    pub year: Option<i16>,
    pub paper_json: String,
    pub title_fingerprint: i64,
    pub key: String,
}

impl IssuedKey {
    /// The key as it is looked up.
    pub fn to_kept_key(&self) -> AssignedKey {
        AssignedKey { identity: self.identity_keys.clone(), year: self.year, key: self.key.clone() }
    }
}
