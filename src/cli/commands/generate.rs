//! Generated text: manual page, completion scripts, configuration, and the key table of the README.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::complete::{CompletedShell, write_script};
use super::man_page::{keys_by_context, write_man_page};
use crate::app::{ActionGroup, action_groups};
use crate::cli::args::groups::GeneratedFile;
use crate::cli::config::default_config;

/// Writes the requested text.
///
/// # Errors
///
/// Returns an error if the output cannot be written.
pub fn generate(file: GeneratedFile, output: &mut dyn Write) -> io::Result<()> {
    let shell = match file {
        GeneratedFile::Man => return write_man_page(output),
        GeneratedFile::Timer => return output.write_all(TIMER.as_bytes()),
        GeneratedFile::Cron => return output.write_all(CRON.as_bytes()),
        GeneratedFile::Config => return output.write_all(default_config().as_bytes()),
        GeneratedFile::Bash => CompletedShell::Bash,
        GeneratedFile::Zsh => CompletedShell::Zsh,
        GeneratedFile::Fish => CompletedShell::Fish,
        GeneratedFile::Powershell => CompletedShell::Powershell,
        GeneratedFile::Elvish => CompletedShell::Elvish,
    };
    write_script(shell, output)
}

/// A service and a timer of systemd, as two files one behind the other.
const TIMER: &str = "\
# ~/.config/systemd/user/offprint-update.service
[Unit]
Description=New papers for the inbox of Offprint
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=offprint update --quiet
# 1: nothing is new.
SuccessExitStatus=1

# ~/.config/systemd/user/offprint-update.timer
# Then: systemctl --user enable --now offprint-update.timer
[Unit]
Description=Update the inbox of Offprint every day

[Timer]
OnCalendar=*-*-* 06:00
# A day on which the machine was off is caught up with.
Persistent=true
# Not all users ask the services in the same minute.
RandomizedDelaySec=1h

[Install]
WantedBy=timers.target

# For the digest by mail instead, which updates the inbox first:
# ExecStart=offprint digest --send
";

/// A line for `crontab -e`. Only errors are printed, which cron sends by mail.
const CRON: &str = "\
17 6 * * * offprint update --quiet
# For the digest by mail instead, which updates the inbox first:
# 17 6 * * * offprint digest --send
";

/// The key table of the README, in Markdown.
pub fn key_table() -> String {
    let mut table = String::from("| Keys | Action |\n| --- | --- |\n");
    for ActionGroup { heading, actions } in action_groups() {
        let _ = writeln!(table, "| **{heading}** | |");
        for entry in actions {
            let keys = keys_by_context(entry).map(|(keys, context)| {
                let keys = keys.iter().map(|key| format!("`{}`", key.replace('|', "\\|")));
                keys.collect::<Vec<_>>().join(" ") + &context
            });
            let keys = keys.collect::<Vec<_>>().join(", ");
            let _ = writeln!(table, "| {keys} | {} |", entry.summary);
        }
    }
    table
}
