//! The processes above this one, as `/proc` tells of them; elsewhere nothing is told.

/// The name of a process and the number of its parent.
pub(super) fn name_and_parent(process: u32) -> Option<(String, u32)> {
    read(&std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
}

/// Reads `pid (name) state parent …`; the name may hold blanks and parentheses of its own.
fn read(stat: &str) -> Option<(String, u32)> {
    let (before, after) = stat.rsplit_once(')')?;
    let (_, name) = before.split_once('(')?;
    Some((name.to_owned(), after.split_whitespace().nth(1)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_is_read_whole() {
        let read = |stat| read(stat).map(|(name, parent)| format!("{name} under {parent}"));
        assert_eq!(read("12 (mosh-server) S 1 12").as_deref(), Some("mosh-server under 1"));
        assert_eq!(read("7 (a) S (b c) R 5 1").as_deref(), Some("a) S (b c under 5"));
        assert_eq!(read(""), None);
        assert_eq!(read("7 (a"), None);
    }
}
