//! Whether a mosh server stands above a process: mosh drops a longer text without a word.

/// More ancestors than any process has; a process list that changes underfoot must not become a loop.
const MOST_ANCESTORS: usize = 64;

/// Whether a `mosh-server` is among the ancestors of the process. Read from `/proc`; where there is
/// none, the answer is no.
pub(super) fn is_above(process: u32) -> bool {
    let mut process = process;
    for _ in 0..MOST_ANCESTORS {
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else {
            return false;
        };
        match name_and_parent(&stat) {
            Some(("mosh-server", _)) => return true,
            Some((_, parent)) if parent > 0 => process = parent,
            _ => return false,
        }
    }
    false
}

/// Reads `pid (name) state parent …`; the name may hold blanks and parentheses of its own.
fn name_and_parent(stat: &str) -> Option<(&str, u32)> {
    let (before, after) = stat.rsplit_once(')')?;
    let (_, name) = before.split_once('(')?;
    Some((name, after.split_whitespace().nth(1)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_is_read_whole() {
        assert_eq!(name_and_parent("12 (mosh-server) S 1 12"), Some(("mosh-server", 1)));
        assert_eq!(name_and_parent("7 (a) S (b c) R 5 1"), Some(("a) S (b c", 5)));
        assert_eq!(name_and_parent(""), None);
        assert_eq!(name_and_parent("7 (a"), None);
    }

    #[test]
    fn the_walk_ends_where_there_is_no_such_process() {
        assert!(!is_above(u32::MAX));
    }
}
