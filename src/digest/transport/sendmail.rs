//! Hands a mail to a program such as `sendmail -t -i`, without a shell.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use super::DeliveryError;
use crate::digest::mail::MailMessage;
use crate::sources::io_reason;

/// Returns the reason why a command has no program.
pub fn program_problem(command: &[String]) -> Option<String> {
    let program = command.first().map_or("", String::as_str);
    let is_there = if program.contains('/') {
        Path::new(program).exists()
    } else {
        // Without the variable, the system has a path of its own.
        let path = std::env::var_os("PATH");
        let has = |path| std::env::split_paths(path).any(|it| it.join(program).exists());
        !program.is_empty() && path.as_ref().is_none_or(has)
    };
    // On Windows the name has its extension left out.
    let is_checked = cfg!(unix);
    (is_checked && !is_there).then(|| format!("`mail.sendmail`: {program}: no such program"))
}

/// # Errors
///
/// Returns an error if the program does not run or fails.
pub fn deliver(message: &MailMessage, command: &[String]) -> Result<String, DeliveryError> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(DeliveryError::NotSent("`mail.sendmail` must name a program".to_owned()));
    };
    let not_sent = |reason: &str| DeliveryError::NotSent(format!("{program}: {reason}"));
    let failed = |error: io::Error| not_sent(&io_reason(&error));
    let mut process = Command::new(program);
    process.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = process.spawn().map_err(failed)?;
    // Programs on this machine read lines that end with a line feed alone.
    let text = message.text.replace("\r\n", "\n");
    let written = match child.stdin.take() {
        Some(mut input) => input.write_all(text.as_bytes()),
        None => Ok(()),
    };
    let status = child.wait().map_err(failed)?;
    match (written, status.success()) {
        (Ok(()), true) => Ok(format!("taken by {program}")),
        (Err(error), true) => Err(failed(error)),
        (_, false) => Err(not_sent(&match status.code() {
            Some(code) => format!("failed with exit code {code}"),
            None => "ended by a signal".to_owned(),
        })),
    }
}
