//! The `:` command line: parser and completion.

use super::sort_order::sort_from_name;
use super::table::all_actions;
use super::{Action, LeaveAction};
use crate::cite::PreferredVersion;
use crate::search::SortKey;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Action(Action),
    GoTo(usize),
    Order(SortKey),
    /// A built-in citation style by name, or the path of a `.csl` file.
    Style(String),
    Prefer(PreferredVersion),
    /// Saves the current filter and sort order under this name.
    Save(String),
    Forget(String),
    Nothing,
}

/// Parses a command: the name of an action or an unambiguous prefix of it, `q`, a row number, `sort
/// ORDER`, `save NAME`, `forget NAME`, `style STYLE` or `prefer VERSION`.
///
/// # Errors
///
/// Returns the message for the footer.
pub fn parse_command(text: &str) -> Result<Command, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Command::Nothing);
    }
    if let Ok(row) = text.parse() {
        return Ok(Command::GoTo(row));
    }
    if matches!(text, "q" | "q!" | "qa" | "wq" | "x") {
        return Ok(Command::Action(Action::Leave(LeaveAction::Quit)));
    }
    if let Some(name) = text.strip_prefix("sort ") {
        return sort_from_name(name.trim()).map(Command::Order).ok_or_else(|| {
            format!(
                "Unknown sort order: {} (relevance, year, title, first author, original order)",
                name.trim()
            )
        });
    }
    if let Some(name) = text.strip_prefix("style ") {
        return Ok(Command::Style(name.trim().to_owned()));
    }
    if let Some(name) =
        text.strip_prefix("prefer").filter(|it| it.is_empty() || it.starts_with(' '))
    {
        return PreferredVersion::parse(name.trim())
            .map(Command::Prefer)
            .ok_or_else(|| "Usage: `:prefer published` or `:prefer preprint`".to_owned());
    }
    for (verb, command) in [("save", Command::Save as fn(String) -> _), ("forget", Command::Forget)]
    {
        if let Some(name) =
            text.strip_prefix(verb).filter(|it| it.is_empty() || it.starts_with(' '))
        {
            let name = name.trim();
            return if name.is_empty() {
                Err(format!("Usage: `:{verb} NAME`"))
            } else {
                Ok(command(name.to_owned()))
            };
        }
    }
    // `read above` is accepted for `read-above`.
    Action::from_name(&text.replace(' ', "-"))
        .map(Command::Action)
        .ok_or_else(|| unknown_command_message(text))
}

fn unknown_command_message(text: &str) -> String {
    /// Maximum number of candidates named in a message.
    const MAX_NAMED: usize = 4;
    let names = completions(&text.replace(' ', "-"));
    let first_word = text.split(' ').next().unwrap_or_default();
    if names.is_empty() && all_actions().any(|entry| entry.name == first_word) {
        return format!("`:{first_word}` takes no argument");
    }
    if names.is_empty() {
        return format!("Unknown command: {text} (Tab completes, ? lists all)");
    }
    let more = if names.len() > MAX_NAMED { ", …" } else { "" };
    let shown = &names[..names.len().min(MAX_NAMED)];
    format!("Ambiguous command: {text} ({}{more})", shown.join(", "))
}

/// The action names with this prefix.
pub fn completions(text: &str) -> Vec<&'static str> {
    all_actions().map(|entry| entry.name).filter(|name| name.starts_with(text)).collect()
}

/// The longest common prefix of the names, `None` without names.
pub fn common_prefix(names: &[&str]) -> Option<String> {
    let first = names.first()?;
    let agreed =
        names.iter().map(|it| it.bytes().zip(first.bytes()).take_while(|(a, b)| a == b).count());
    Some(first[..agreed.min()?].to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{MarkAction, MenuAction, RowRange};
    use super::*;

    #[test]
    fn a_command_is_a_name_or_the_only_one_that_begins_so() {
        assert_eq!(parse_command("help"), Ok(Command::Action(Action::Show(MenuAction::Help))));
        assert_eq!(
            parse_command(" mess "),
            Ok(Command::Action(Action::Show(MenuAction::Messages)))
        );
        assert_eq!(parse_command("42"), Ok(Command::GoTo(42)));
        assert_eq!(parse_command("sort year"), Ok(Command::Order(SortKey::Year)));
        assert_eq!(parse_command(""), Ok(Command::Nothing));
        for (text, message) in [
            ("fly", "Unknown command: fly (Tab completes, ? lists all)"),
            ("exp", "Ambiguous command: exp (export, export-all, expand)"),
            ("export refs.bib", "`:export` takes no argument"),
        ] {
            assert_eq!(parse_command(text), Err(message.to_owned()));
        }
        assert!(parse_command("sort size").is_err());
        assert_eq!(
            parse_command("read above"),
            Ok(Command::Action(Action::MarkRead(RowRange::Above)))
        );
        assert_eq!(parse_command("read"), Ok(Command::Action(Action::Mark(MarkAction::Read))));
        assert_eq!(parse_command("save new ones"), Ok(Command::Save("new ones".to_owned())));
        assert!(parse_command("save").is_err(), "a search needs a name");
        for unsaid in ["prefer", "prefer both"] {
            assert!(
                parse_command(unsaid)
                    .unwrap_err()
                    .contains("`:prefer published` or `:prefer preprint`")
            );
        }
    }
}
