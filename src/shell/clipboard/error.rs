//! Errors of copying: the operation, the cause, and a remedy.

use std::{io, process::ExitStatus, time::Duration};

use crate::sources::io_reason;

/// A failed copy, one variant per operation. An error that a later route made good appears as a
/// reason in the receipt.
#[derive(Debug, thiserror::Error)]
pub enum ClipboardError {
    #[error("`{command}`: {error}")]
    Command { command: String, error: ProcessError },
    #[error("tmux: {0}")]
    Tmux(ProcessError),
    #[error("not inside tmux")]
    NoTmux,
    #[error("{clipboard} {reason}")]
    Desktop { clipboard: &'static str, reason: String },
    #[error("too large for {0}")]
    TooLarge(&'static str),
    #[error("{path}: {}", io_reason(.source))]
    File { path: String, source: io::Error },
    #[error("no home directory (set OFFPRINT_STATE to a directory)")]
    NoStateDirectory,
    #[error("{failure}; saved to {path}")]
    SavedToFile { failure: Box<Self>, path: String },
    #[error("{attempts}; yv shows the text")]
    AllRoutesFailed { attempts: String },
}

/// Failure of a child process.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    #[error("{}", describe_start_error(.0))]
    NotStarted(io::Error),
    #[error("did not finish within {} s and is left running", .0.as_secs_f32())]
    TimedOut(Duration),
    #[error("failed ({status}){}{complaint}", if complaint.is_empty() { "" } else { ": " })]
    Failed { status: ExitStatus, complaint: String },
}

fn describe_start_error(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "command not found".to_owned(),
        _ => io_reason(error),
    }
}
