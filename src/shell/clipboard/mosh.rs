//! Whether a mosh server stands above a process: mosh drops a longer text without a word.

use super::super::ancestry::name_and_parent;

/// More ancestors than any process has; a process list that changes underfoot must not become a loop.
const MOST_ANCESTORS: usize = 64;

/// Whether a `mosh-server` is among the ancestors of the process. Where processes cannot be looked
/// up, the answer is no.
pub(super) fn is_above(process: u32) -> bool {
    let mut process = process;
    for _ in 0..MOST_ANCESTORS {
        match name_and_parent(process) {
            Some((name, _)) if name == "mosh-server" => return true,
            Some((_, parent)) if parent > 0 => process = parent,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_ends_where_there_is_no_such_process() {
        assert!(!is_above(u32::MAX));
    }
}
