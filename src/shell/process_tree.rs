//! A process and its ancestors, read from `/proc`. On systems without it the list is empty.

/// Limit of the ancestors read. A process table that changes meanwhile could form a loop.
const MAX_ANCESTORS: usize = 64;

/// Process identifiers as this process sees them: 0 is a process outside of the container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    pub name: String,
    pub parent: u32,
    /// Process group, which is a job of a shell.
    pub process_group: i32,
    pub session: i32,
    /// Foreground process group of its terminal; negative without a terminal.
    pub foreground_group: i32,
}

/// The process and its ancestors, as far as they can be read.
pub fn ancestors(process: u32) -> impl Iterator<Item = Process> {
    std::iter::successors(read_process(process), |it| read_process(it.parent)).take(MAX_ANCESTORS)
}

fn read_process(process: u32) -> Option<Process> {
    parse_stat(&std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
}

/// Parses `pid (name) state parent group session terminal foreground …`. The name may contain
/// blanks and parentheses.
fn parse_stat(stat: &str) -> Option<Process> {
    let (head, tail) = stat.rsplit_once(')')?;
    let (_, name) = head.split_once('(')?;
    let mut fields = tail.split_whitespace().skip(1);
    Some(Process {
        name: name.to_owned(),
        parent: fields.next()?.parse().ok()?,
        process_group: fields.next()?.parse().ok()?,
        session: fields.next()?.parse().ok()?,
        foreground_group: fields.nth(1)?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_is_read_whole() {
        let read = |stat| parse_stat(stat).map(|it| format!("{} under {}", it.name, it.parent));
        assert_eq!(read("12 (mosh-server) S 1 12 9 0 -1").as_deref(), Some("mosh-server under 1"));
        assert_eq!(read("7 (a) S (b c) R 5 1 1 0 1").as_deref(), Some("a) S (b c under 5"));
        assert_eq!(read(""), None);
        assert_eq!(read("7 (a"), None);
        assert_eq!(read("7 (a) S 1"), None);
    }

    #[test]
    fn job_session_and_foreground_are_told_apart() {
        let process = parse_stat("7 (a) S 5 6 4 34816 8 4194304").unwrap();
        assert_eq!((process.process_group, process.session, process.foreground_group), (6, 4, 8));
    }

    #[test]
    fn the_walk_ends_where_there_is_no_such_process() {
        assert_eq!(ancestors(u32::MAX).count(), 0);
    }
}
