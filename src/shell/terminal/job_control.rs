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
    let mut ancestors = process_tree::ancestors(process::id());
    match ancestors.next() {
        Some(this_process) => has_parent_job(&this_process, ancestors),
        None => getppid().is_some_and(|parent| getsid(Some(parent)) == getsid(None)),
    }
}

/// Returns true if the nearest process of another job is in the same session. In a container the
/// ancestors may be invisible; then no shell of this session exists.
fn has_parent_job(this_process: &Process, mut ancestors: impl Iterator<Item = Process>) -> bool {
    ancestors
        .find(|process| {
            process.session != this_process.session
                || process.process_group != this_process.process_group
        })
        .is_some_and(|it| it.session == this_process.session)
}

/// Returns true if another job is in the foreground of the terminal.
pub fn is_in_background() -> bool {
    if let Some(this_process) = process_tree::ancestors(process::id()).next() {
        return this_process.foreground_group >= 0
            && this_process.foreground_group != this_process.process_group;
    }
    let terminal = File::open("/dev/tty").ok();
    let foreground = terminal.and_then(|it| rustix::termios::tcgetpgrp(it).ok());
    foreground.is_some_and(|foreground| foreground != getpgrp())
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
        let this_process = process(7, 5);
        let script = process(7, 5);
        let shell = process(5, 5);
        let unrelated = process(1, 1);
        assert!(has_parent_job(&this_process, [script.clone(), shell].into_iter()));
        assert!(!has_parent_job(&this_process, [script, unrelated].into_iter()));
        assert!(!has_parent_job(&this_process, std::iter::empty()));
    }

    #[test]
    fn a_session_that_was_begun_outside_of_the_container_is_no_shell() {
        assert!(!has_parent_job(&process(7, 7), [process(0, 0)].into_iter()));
    }
}
