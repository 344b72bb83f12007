//! The manual page, in the macros of `man`.

use std::fmt::Write as _;
use std::io::{self, Write};

use clap::Command;
use clap_mangen::Man;

use crate::app::{ActionGroup, ActionInfo, KeyContext, action_groups, describe_contexts};
use crate::cli::args::{self, command, examples};

/// Variables of the environment, with their effects.
const ENVIRONMENT: [(&str, &str); 10] = [
    ("OFFPRINT_LIBRARY", "Library file to use, as with --library."),
    ("OFFPRINT_STATE", "Directory of the library, the last copy and other state."),
    ("OFFPRINT_CACHE", "Directory of the cache of large files."),
    (
        "XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME",
        "Base directories of the configuration, the state and the cache.",
    ),
    ("VISUAL, EDITOR", "Editor of notes, with its arguments."),
    (
        "BROWSER",
        "Programs that open links, separated by colons; %s stands for the link. They are tried \
         before the programs of the desktop, also over SSH.",
    ),
    ("NO_COLOR", "If it is not empty, no colours are used."),
    ("TERM", "Type of the terminal."),
    (
        "TMUX, STY, ZELLIJ, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY",
        "Decide on the route of a copy; see --clipboard-check.",
    ),
    ("OFFPRINT_COMPLETE", "Set by the scripts of shell completion."),
];

/// Files, with their contents. Paths are those without the variables above.
const FILES: [(&str, &str); 6] = [
    (
        "~/.config/offprint/config.toml",
        "The configuration. --generate config prints a commented one, and --check-config checks it.",
    ),
    ("~/.local/state/offprint/library.db", "The library: marks, tags, notes, basket, searches."),
    ("~/.local/state/offprint/last-copy", "The text that offprint paste prints."),
    ("~/.local/state/offprint/copied.txt", "A copy that no clipboard took."),
    ("~/.local/state/offprint/notes/", "Notes that an editor left unsaved."),
    ("~/.cache/offprint/", "The cache of large files."),
];

/// Exit codes, with their meanings.
const EXIT_STATUS: [(&str, &str); 5] = [
    ("0", "Success."),
    ("1", "Nothing matched or was picked, or a reference was not found."),
    ("2", "Failure, or an error in the command line or the configuration."),
    ("3", "With --strict, a record was unreadable."),
    ("128+N", "The signal N ended the program."),
];

/// Writes the page.
///
/// # Errors
///
/// Returns an error if the output cannot be written.
pub fn write_man_page(output: &mut dyn Write) -> io::Result<()> {
    let mut root = command();
    root.build();
    let man = Man::new(root.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut text = String::from(".SH SUBCOMMANDS\n");
    for subcommand in root.get_subcommands().filter(|it| it.get_name() != "help") {
        add_subcommand(&mut text, subcommand);
    }
    add_keys(&mut text);
    add_examples(&mut text);
    add_list(&mut text, "ENVIRONMENT", &ENVIRONMENT);
    add_list(&mut text, "FILES", &FILES);
    add_list(&mut text, "EXIT STATUS", &EXIT_STATUS);
    let _ = write!(text, ".SH NOTES\n{}\n", paragraphs(&args::notes()));
    page.extend_from_slice(text.as_bytes());
    man.render_version_section(&mut page)?;
    output.write_all(&page)
}

/// A subcommand with its options, and those below it.
fn add_subcommand(text: &mut String, subcommand: &Command) {
    let name = subcommand.get_bin_name().unwrap_or_else(|| subcommand.get_name());
    let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
    let _ = write!(text, ".SS \"{}\"\n{}\n", escape(name), escape(&about));
    let shown = subcommand.get_arguments().filter(|it| !it.is_hide_set());
    for argument in shown.filter(|it| it.get_id() != "help" && !it.is_global_set()) {
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = write!(text, ".TP\n{}\n{}\n", escape(&argument.to_string()), escape(&help));
    }
    for inner in subcommand.get_subcommands().filter(|it| it.get_name() != "help") {
        add_subcommand(text, inner);
    }
}

fn add_keys(text: &mut String) {
    text.push_str(".SH KEYS\n");
    for ActionGroup { heading, actions } in action_groups() {
        let _ = writeln!(text, ".SS \"{heading}\"");
        for entry in actions {
            let keys = keys_by_context(entry).map(|(keys, context)| keys.join(" ") + &context);
            let keys = keys.collect::<Vec<_>>().join(", ");
            let _ = write!(text, ".TP\n{}\n{}\n", escape(&keys), escape(entry.summary));
        }
    }
}

/// The default keys of an action with their contexts unless they are valid everywhere, or its
/// command name if it has no keys.
pub fn keys_by_context(entry: &ActionInfo) -> impl Iterator<Item = (Vec<String>, String)> {
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

fn add_examples(text: &mut String) {
    text.push_str(".SH EXAMPLES\n");
    let groups = examples::SUBCOMMANDS.iter().filter(|(path, _)| !path.contains(' '));
    let all = examples::MAIN.iter().chain(groups.flat_map(|(_, examples)| *examples));
    for (purpose, line) in all {
        let _ = write!(text, ".TP\n{}:\n.nf\n{}\n.fi\n", escape(purpose), escape(line));
    }
}

fn add_list(text: &mut String, heading: &str, entries: &[(&str, &str)]) {
    let _ = writeln!(text, ".SH {heading}");
    for (name, effect) in entries {
        let _ = write!(text, ".TP\n{}\n{}\n", escape(name), escape(effect));
    }
}

fn paragraphs(text: &str) -> String {
    text.lines().map(escape).collect::<Vec<_>>().join("\n.PP\n")
}

/// Escapes backslashes and hyphens. A line that begins with a dot or a quote would be a request.
fn escape(text: &str) -> String {
    format!("\\&{}", text.replace('\\', "\\e").replace('-', "\\-").replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_section_subcommand_and_example() {
        let mut page = Vec::new();
        write_man_page(&mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        for section in
            ["KEYS", "EXAMPLES", "ENVIRONMENT", "FILES", "EXIT STATUS", "NOTES", "VERSION"]
        {
            assert!(page.contains(&format!(".SH {section}\n")), "{section}");
        }
        for (path, _) in examples::SUBCOMMANDS {
            assert!(page.contains(&format!(".SS \"\\&offprint {path}\"\n")), "{path}");
        }
        assert!(!page.contains("hold") && !page.contains("(1)"), "{page}");
        let is_known = |line: &str| {
            ["TH", "SH", "SS", "TP", "PP", "nf", "fi", "ie", "el", "br", "RS", "RE", "IP"]
                .iter()
                .any(|it| line[1..].starts_with(it))
        };
        let requests = page.lines().filter(|it| it.starts_with(['.', '\'']));
        assert_eq!(requests.filter(|it| !is_known(it)).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
