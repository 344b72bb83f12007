//! Errors of copying: the operation, the cause, and a remedy.

use std::{io, process::ExitStatus, time::Duration};

/// A failed copy, one variant per operation. An error that a later route made good appears as a
/// reason in the receipt.
#[derive(Debug, thiserror::Error)]
pub enum ClipboardError {
    #[error("`{command}` {trouble}")]
    Command { command: String, trouble: ProcessError },
    #[error("tmux {0}")]
    Tmux(ProcessError),
    #[error("this is not inside tmux")]
    NoTmux,
    #[error("{clipboard} {reason}")]
    Desktop { clipboard: &'static str, reason: String },
    #[error("too large for {0}")]
    TooLarge(&'static str),
    #[error("{path} could not be written: {source}")]
    File { path: String, source: io::Error },
    #[error("there is no home directory to keep a file in: set OFFPRINT_STATE to a directory")]
    NoStateDirectory,
    #[error("{failure}; see {path}")]
    SavedToFile { failure: Box<Self>, path: String },
    #[error("{attempts}; yv shows the text")]
    AllRoutesFailed { attempts: String },
}

/// Failure of a child process.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    #[error("{}", describe_start_error(.0))]
    NotStarted(io::Error),
    #[error("did not finish within {} s and is left to itself", .0.as_secs_f32())]
    TimedOut(Duration),
    #[error("failed ({status}){}{complaint}", if complaint.is_empty() { "" } else { ": " })]
    Failed { status: ExitStatus, complaint: String },
}

fn describe_start_error(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "was not found".to_owned(),
        _ => format!("could not be started: {error}"),
    }
}
