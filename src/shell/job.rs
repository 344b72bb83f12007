//! The job that the program is to the shell that started it.
#![cfg(unix)]

use std::fs::File;
use std::io;

use rustix::process::{Pid, Signal, getpgid, getpgrp, getppid, getsid, kill_current_process_group};

use super::ancestry::name_and_parent;

/// More processes than any job has between itself and its shell.
const MOST_ANCESTORS: usize = 64;

/// Stops every process of the job, as the shell that waits for it expects.
pub(super) fn stop() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Whether a shell is there that could have the job go on. A terminal that was opened for the program
/// alone, as `ssh -t` does, has none, and whoever stops there stays stopped.
pub(super) fn has_shell() -> bool {
    let Ok(session) = getsid(None) else { return false };
    let group = getpgrp();
    let mut above = getppid();
    for _ in 0..MOST_ANCESTORS {
        let Some(process) = above else { return false };
        if getsid(Some(process)) != Ok(session) {
            return false;
        }
        if getpgid(Some(process)) != Ok(group) {
            return true;
        }
        match parent(process) {
            Some(parent) => above = Pid::from_raw(parent),
            // A script of the same job, and no way to tell who waits for that.
            None => return true,
        }
    }
    true
}

fn parent(process: Pid) -> Option<i32> {
    let (_, parent) = name_and_parent(process.as_raw_nonzero().get().try_into().ok()?)?;
    parent.try_into().ok()
}

/// Whether the terminal belongs to another job.
pub(super) fn is_in_background() -> bool {
    let terminal = File::open("/dev/tty").ok();
    let owner = terminal.and_then(|it| rustix::termios::tcgetpgrp(it).ok());
    owner.is_some_and(|owner| owner != getpgrp())
}
