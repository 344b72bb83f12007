//! Fetches what is followed, in a process of its own, which shares the inbox with `offprint update`.

use std::process::{Command, Stdio};
use std::{env, io};

use crate::app::InboxNews;
use crate::sources::{InboxSettings, io_reason};
use crate::text::{capitalise, sanitise};

/// Runs `offprint update --quiet` to its end.
///
/// # Errors
///
/// Returns the reason, in a sentence, if nothing could be fetched.
pub fn update_inbox(settings: &InboxSettings) -> Result<InboxNews, String> {
    let failed = |error: &io::Error| format!("Inbox: {}", io_reason(error));
    let mut command = Command::new(env::current_exe().map_err(|it| failed(&it))?);
    command.args(["update", "--quiet"]).stdin(Stdio::null()).stdout(Stdio::null());
    if let Some(config) = &settings.config {
        command.arg("--config").arg(config);
    }
    if let Some(library) = &settings.library {
        command.env("OFFPRINT_LIBRARY", library);
    }
    let output = command.output().map_err(|it| failed(&it))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    let sentence = |line: &str| capitalise(&sanitise(line.trim_start_matches("offprint: ")));
    let failures: Vec<String> = errors.lines().map(sentence).collect();
    match output.status.code() {
        Some(code @ (0 | 1)) => Ok(InboxNews { has_papers: code == 0, failures }),
        _ => Err(failures.into_iter().next().unwrap_or_else(|| "Inbox: not updated".to_owned())),
    }
}
