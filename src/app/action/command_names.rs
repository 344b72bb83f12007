//! The names of the commands of the command line, their completion, and the nearest name of an
//! unknown command.

use super::synonyms::action_by_synonym;
use super::table::all_actions;
use crate::text::nearest_word;

/// The commands that take an argument: name, argument, and summary for the help.
pub const ARGUMENT_COMMANDS: &[(&str, &str, &str)] = &[
    ("export", "FILE", "export papers, in the format of the file extension (`!` replaces)"),
    ("export-all", "FILE", "export all listed papers"),
    ("w", "FILE", "the same as :export"),
    ("write", "FILE", "the same as :export"),
    ("pipe", "COMMAND", "pipe papers to a command, in the format of the last export"),
    ("pipe-all", "COMMAND", "pipe all listed papers to a command"),
    ("tag", "TAG…", "add tags, separated by blanks or commas; -TAG removes one"),
    ("filter", "QUERY", "filter by a query"),
    ("open", "ADDRESS", "open a list over this one: a file, or an address such as arxiv:cs.CL"),
    ("sort", "ORDER", "sort by a fact, such as year or citations [reverse]; Tab lists all"),
    ("style", "STYLE", "set the citation style, by name or .csl file"),
    ("prefer", "VERSION", "cite the published version or the preprint"),
    ("save", "NAME", "save filter and sort order"),
    ("forget", "NAME", "delete a saved search"),
    ("theme", "NAME", "set the colour theme"),
    ("set", "NAME=VALUE", "change a setting for this run; :set lists all"),
    ("help", "WORD", "find actions by name, key or other words"),
];

/// The usage of a command.
pub fn usage(name: &str) -> String {
    if name == "prefer" {
        return "Usage: `:prefer published` or `:prefer preprint`".to_owned();
    }
    let command = ARGUMENT_COMMANDS.iter().find(|(it, ..)| *it == name);
    let argument = command.map_or("", |(_, argument, _)| argument);
    format!("Usage: `:{name} {argument}`")
}

/// The argument that a typed command still lacks, as in `NAME` for `save `; empty if there is none.
pub fn missing_argument(text: &str) -> &'static str {
    let name = text.strip_suffix(' ').unwrap_or_default();
    let command = ARGUMENT_COMMANDS.iter().find(|(it, ..)| *it == name);
    command.map_or("", |(_, argument, _)| argument)
}

/// Every name of a command: actions, and commands with an argument.
fn all_names() -> impl Iterator<Item = &'static str> {
    let others = ARGUMENT_COMMANDS.iter().map(|(name, ..)| *name);
    let actions = || all_actions().map(|entry| entry.name);
    actions().chain(others.filter(move |name| !actions().any(|it| it == *name)))
}

/// The command names with this prefix.
pub fn completions(text: &str) -> Vec<&'static str> {
    all_names().filter(|name| name.starts_with(text)).collect()
}

/// The longest common prefix of the names, `None` without names.
pub fn common_prefix(names: &[&str]) -> Option<String> {
    let first = names.first()?;
    let agreed = names.iter().map(|name| {
        let pairs = first.char_indices().zip(name.chars());
        pairs.take_while(|((_, a), b)| a == b).map(|((at, a), _)| at + a.len_utf8()).last()
    });
    Some(first[..agreed.min()?.unwrap_or(0)].to_owned())
}

/// The message for a text that is no command.
pub fn describe_unknown(text: &str) -> String {
    /// Maximum number of candidates named in a message.
    const MAX_NAMED: usize = 4;
    let names = completions(&text.replace(' ', "-"));
    let first_word = text.split(' ').next().unwrap_or_default();
    if !names.is_empty() {
        let more = if names.len() > MAX_NAMED { ", …" } else { "" };
        let shown = &names[..names.len().min(MAX_NAMED)];
        return format!("Ambiguous command: {text} ({}{more})", shown.join(", "));
    }
    if all_names().any(|name| name == first_word) {
        return format!("`:{first_word}` takes no argument");
    }
    match nearest_name(first_word) {
        Some(name) => format!("Unknown command: {first_word} (did you mean :{name}?)"),
        None => format!("Unknown command: {text} (Tab completes, ? lists all)"),
    }
}

/// The name that a mistyped one was meant to be: a synonym, or the same but for one or two letters.
fn nearest_name(word: &str) -> Option<&'static str> {
    /// Shorter words, in letters, are near too many names.
    const MIN_LEN: usize = 3;
    let word = word.trim_end_matches('!').to_lowercase();
    let is_long = word.chars().count() >= MIN_LEN;
    let nearest = || nearest_word(&word, all_names()).filter(|_| is_long);
    action_by_synonym(&word).or_else(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_prefix_of_names_ends_at_a_character() {
        assert_eq!(common_prefix(&["copy-key", "copy-link"]).as_deref(), Some("copy-"));
        assert_eq!(common_prefix(&["né", "nè"]).as_deref(), Some("n"));
        assert_eq!(common_prefix(&["a", "b"]).as_deref(), Some(""));
        assert_eq!(common_prefix(&[]), None);
    }

    #[test]
    fn every_command_is_completed_once() {
        let all = completions("");
        assert!(all.contains(&"set") && all.contains(&"copy-bibtex"));
        let export = completions("exp");
        assert_eq!(export, ["export", "export-all", "expand"]);
    }
}
