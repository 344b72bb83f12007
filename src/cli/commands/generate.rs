//! Generated text: manual page, completions, configuration, and the key table of the README.

use std::fmt::Write as _;
use std::io::{self, Write};

use clap_complete::Shell;

use crate::app::{ActionGroup, ActionInfo, KeyContext, action_groups, describe_contexts};
use crate::cli::args::command;
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
        GeneratedFile::Bash => Shell::Bash,
        GeneratedFile::Zsh => Shell::Zsh,
        GeneratedFile::Fish => Shell::Fish,
        GeneratedFile::Powershell => Shell::PowerShell,
        GeneratedFile::Elvish => Shell::Elvish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "offprint", &mut script);
    output.write_all(&script)
}

fn write_man_page(output: &mut dyn Write) -> io::Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command()).render(&mut page)?;
    page.extend_from_slice(b".SH KEYS\n");
    for ActionGroup { heading, actions } in action_groups() {
        page.extend_from_slice(format!(".SS \"{heading}\"\n").as_bytes());
        for entry in actions {
            let keys = keys_by_context(entry).map(|(keys, context)| keys.join(" ") + &context);
            let keys = keys.collect::<Vec<_>>().join(", ").replace('\\', "\\e").replace('-', "\\-");
            // A line that begins with a dot or a quote would be a roff request.
            page.extend_from_slice(format!(".TP\n\\&{keys}\n{}\n", entry.summary).as_bytes());
        }
    }
    output.write_all(&page)
}

/// The default keys of an action with their contexts unless they are valid everywhere, or its
/// command name if it has no keys.
fn keys_by_context(entry: &ActionInfo) -> impl Iterator<Item = (Vec<String>, String)> {
    let mut groups: Vec<(&[&str], Vec<KeyContext>)> = Vec::new();
    for (context, keys) in &entry.keys {
        match groups.iter_mut().find(|(same, _)| same == keys) {
            Some((_, contexts)) => contexts.push(*context),
            None => groups.push((keys, vec![*context])),
        }
    }
    let name = groups.is_empty().then(|| (vec![format!(":{}", entry.name)], String::new()));
    let bound = groups.into_iter().map(|(keys, contexts)| {
        (keys.iter().map(|it| (*it).to_owned()).collect(), describe_contexts(&contexts))
    });
    name.into_iter().chain(bound)
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
