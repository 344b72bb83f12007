//! The job that the program is to the shell that started it.
#![cfg(unix)]

use std::fs::File;
use std::io;
use std::process;

use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};

use crate::shell::process_tree::{self, Process};

/// Stops every process of the job, as the shell that waits for it expects.
pub fn stop_process_group() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Whether a shell is there that could have the job go on. A terminal that was opened for the program
/// alone, as `ssh -t` does, has none, and whoever stops there stays stopped.
pub fn has_shell() -> bool {
    let mut above = process_tree::ancestors(process::id());
    match above.next() {
        Some(own) => has_parent_job(&own, above),
        None => getppid().is_some_and(|parent| getsid(Some(parent)) == getsid(None)),
    }
}

/// Whether the nearest process of another job is of the same session. The processes above may be
/// out of sight in a container; then no shell of this session is there.
fn has_parent_job(own: &Process, mut above: impl Iterator<Item = Process>) -> bool {
    above
        .find(|it| it.session != own.session || it.process_group != own.process_group)
        .is_some_and(|it| it.session == own.session)
}

/// Whether the terminal belongs to another job.
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
