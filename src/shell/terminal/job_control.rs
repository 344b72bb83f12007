//! Job control: the program as a job of the shell that started it.
#![cfg(unix)]

use std::fs::File;
use std::io;
use std::process;

use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};

use crate::shell::process_tree::{self, Process};

/// Stops every process of the job, as its shell expects.
pub fn stop_process_group() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Returns true if a shell exists that can resume the job. A terminal opened for the program alone,
/// as by `ssh -t`, has no shell, and a stopped job would remain stopped.
pub fn has_shell() -> bool {
    let mut above = process_tree::ancestors(process::id());
    match above.next() {
        Some(own) => has_parent_job(&own, above),
        None => getppid().is_some_and(|parent| getsid(Some(parent)) == getsid(None)),
    }
}

/// Returns true if the nearest process of another job is in the same session. In a container the
/// ancestors may be invisible; then no shell of this session exists.
fn has_parent_job(own: &Process, mut above: impl Iterator<Item = Process>) -> bool {
    above
        .find(|it| it.session != own.session || it.process_group != own.process_group)
        .is_some_and(|it| it.session == own.session)
}

/// Returns true if another job is in the foreground of the terminal.
pub fn is_in_background() -> bool {
    if let Some(own) = process_tree::ancestors(process::id()).next() {
        return own.foreground_group >= 0 && own.foreground_group != own.process_group;
    }
    let terminal = File::open("/dev/tty").ok();
    let owner = terminal.and_then(|it| rustix::termios::tcgetpgrp(it).ok());
    owner.is_some_and(|owner| owner != getpgrp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(group: i32, session: i32) -> Process {
        Process {
            name: String::new(),
            parent: 1,
            process_group: group,
            session,
            foreground_group: group,
        }
    }

    #[test]
    fn a_shell_is_the_nearest_process_of_another_job_in_the_session() {
        let own = process(7, 5);
        let script = process(7, 5);
        let shell = process(5, 5);
        let stranger = process(1, 1);
        assert!(has_parent_job(&own, [script.clone(), shell].into_iter()));
        assert!(!has_parent_job(&own, [script, stranger].into_iter()));
        assert!(!has_parent_job(&own, std::iter::empty()));
    }

    #[test]
    fn a_session_that_was_begun_outside_of_the_container_is_no_shell() {
        assert!(!has_parent_job(&process(7, 7), [process(0, 0)].into_iter()));
    }
}
