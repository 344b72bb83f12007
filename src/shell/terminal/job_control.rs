//! The job that the program is to the shell that started it.
#![cfg(unix)]

use std::fs::File;
use std::io;
use std::process;

use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};

use crate::shell::process_tree::{self, Process};

/// Stops every process of the job, as the shell that waits for it expects.
pub fn stop() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Whether a shell is there that could have the job go on. A terminal that was opened for the program
/// alone, as `ssh -t` does, has none, and whoever stops there stays stopped.
pub fn has_shell() -> bool {
    let mut above = process_tree::from(process::id());
    match above.next() {
        Some(own) => is_waited_for(&own, above),
        None => getppid().is_some_and(|parent| getsid(Some(parent)) == getsid(None)),
    }
}

/// Whether the nearest process of another job is of the same session. The processes above may be
/// out of sight in a container; then no shell of this session is there.
fn is_waited_for(own: &Process, mut above: impl Iterator<Item = Process>) -> bool {
    above
        .find(|it| it.session != own.session || it.group != own.group)
        .is_some_and(|it| it.session == own.session)
}

/// Whether the terminal belongs to another job.
pub fn is_in_background() -> bool {
    if let Some(own) = process_tree::from(process::id()).next() {
        return own.foreground >= 0 && own.foreground != own.group;
    }
    let terminal = File::open("/dev/tty").ok();
    let owner = terminal.and_then(|it| rustix::termios::tcgetpgrp(it).ok());
    owner.is_some_and(|owner| owner != getpgrp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(group: i32, session: i32) -> Process {
        Process { name: String::new(), parent: 1, group, session, foreground: group }
    }

    #[test]
    fn a_shell_is_the_nearest_process_of_another_job_in_the_session() {
        let own = process(7, 5);
        let script = process(7, 5);
        let shell = process(5, 5);
        let stranger = process(1, 1);
        assert!(is_waited_for(&own, [script.clone(), shell].into_iter()));
        assert!(!is_waited_for(&own, [script, stranger].into_iter()));
        assert!(!is_waited_for(&own, std::iter::empty()));
    }

    #[test]
    fn a_session_that_was_begun_outside_of_the_container_is_no_shell() {
        assert!(!is_waited_for(&process(7, 7), [process(0, 0)].into_iter()));
    }
}
