//! Text that is generated from the program itself: manual page, completions, configuration, and
//! the key table of the README.

use std::fmt::Write as _;
use std::io::{self, Write};

use clap_complete::Shell;

use super::args::{Generated, command};
use super::config::default_config;
use crate::app::{Keymap, TABLE};

/// Writes what was asked for.
///
/// # Errors
///
/// When the output cannot be written.
pub(super) fn generate(what: Generated, output: &mut dyn Write) -> io::Result<()> {
    let shell = match what {
        Generated::Man => return man(output),
        Generated::Config => return output.write_all(default_config().as_bytes()),
        Generated::Bash => Shell::Bash,
        Generated::Zsh => Shell::Zsh,
        Generated::Fish => Shell::Fish,
        Generated::Powershell => Shell::PowerShell,
        Generated::Elvish => Shell::Elvish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "offprint", &mut script);
    output.write_all(&script)
}

fn man(output: &mut dyn Write) -> io::Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command()).render(&mut page)?;
    page.extend_from_slice(b".SH KEYS\n");
    for (heading, entries) in TABLE {
        page.extend_from_slice(format!(".SS \"{heading}\"\n").as_bytes());
        for entry in *entries {
            let keys = keys_of(entry).replace('\\', "\\e").replace('-', "\\-");
            // A line that begins with a dot or a quote would be a request.
            page.extend_from_slice(format!(".TP\n\\&{keys}\n{}\n", entry.summary).as_bytes());
        }
    }
    output.write_all(&page)
}

fn keys_of(entry: &crate::app::Entry) -> String {
    let keys = Keymap::default().all_keys_of(entry.action);
    if keys.is_empty() { format!(":{}", entry.name) } else { keys.join(" ") }
}

/// The key table of the README, in Markdown.
pub fn key_table() -> String {
    let mut table = String::from("| Keys | Action |\n| --- | --- |\n");
    for (heading, entries) in TABLE {
        let _ = writeln!(table, "| **{heading}** | |");
        for entry in *entries {
            let keys = keys_of(entry);
            let keys: Vec<String> =
                keys.split(' ').map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
            let _ = writeln!(table, "| {} | {} |", keys.join(" "), entry.summary);
        }
    }
    table
}
