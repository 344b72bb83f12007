//! Whether a mosh server stands above a process: mosh drops a longer text without a word.

use super::super::ancestry;

/// Whether a `mosh-server` is among the ancestors of the process. Where processes cannot be looked
/// up, the answer is no.
pub fn is_above(process: u32) -> bool {
    ancestry::from(process).any(|it| it.name == "mosh-server")
}
