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
        GeneratedFile::Config => return output.write_all(default_config().as_bytes()),
        GeneratedFile::Bash => CompletedShell::Bash,
        GeneratedFile::Zsh => CompletedShell::Zsh,
        GeneratedFile::Fish => CompletedShell::Fish,
        GeneratedFile::Powershell => CompletedShell::Powershell,
        GeneratedFile::Elvish => CompletedShell::Elvish,
    };
    write_script(shell, output)
}

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
