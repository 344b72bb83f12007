//! The command line: what can be typed after a colon.

use super::Action;
use super::sort_order::order_named;
use super::table::entries;
use crate::cite::Prefer;
use crate::search::Order;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Act(Action),
    GoTo(usize),
    Order(Order),
    /// A style of references by its name, or a file.
    Style(String),
    Prefer(Prefer),
    /// Keeps what is searched now under a name.
    Save(String),
    Forget(String),
    Nothing,
}

/// Reads a command: an action's name or an unambiguous beginning of it, `q`, a row, `sort ORDER`,
/// `save NAME`, `forget NAME`, `style STYLE`, `prefer preprint`.
///
/// # Errors
///
/// A sentence that says what was not understood.
pub fn parse(text: &str) -> Result<Command, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Command::Nothing);
    }
    if let Ok(row) = text.parse() {
        return Ok(Command::GoTo(row));
    }
    if matches!(text, "q" | "q!" | "qa" | "wq" | "x") {
        return Ok(Command::Act(Action::Quit));
    }
    if let Some(name) = text.strip_prefix("sort ") {
        return order_named(name.trim()).map(Command::Order).ok_or_else(|| {
            format!(
                "“{}” is no order: relevance, year, title, first author, order of the file.",
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
        return Prefer::named(name.trim()).map(Command::Prefer).ok_or_else(|| {
            "Either is cited where both are known: prefer published, or prefer preprint.".to_owned()
        });
    }
    for (verb, command) in [("save", Command::Save as fn(String) -> _), ("forget", Command::Forget)]
    {
        if let Some(name) =
            text.strip_prefix(verb).filter(|it| it.is_empty() || it.starts_with(' '))
        {
            let name = name.trim();
            return if name.is_empty() {
                Err(format!("{verb} needs a name: {verb} new brains"))
            } else {
                Ok(command(name.to_owned()))
            };
        }
    }
    // `read above` is called `read-above`.
    Action::named(&text.replace(' ', "-"))
        .map(Command::Act)
        .ok_or_else(|| format!("“{text}” is no command, or more than one; Tab completes, ? lists."))
}

/// The names that begin as typed.
pub fn completions(text: &str) -> Vec<&'static str> {
    entries().map(|entry| entry.name).filter(|name| name.starts_with(text)).collect()
}

/// As far as all of them agree.
pub fn common_beginning(names: &[&str]) -> Option<String> {
    let first = names.first()?;
    let agreed =
        names.iter().map(|it| it.bytes().zip(first.bytes()).take_while(|(a, b)| a == b).count());
    Some(first[..agreed.min()?].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_a_name_or_the_only_one_that_begins_so() {
        assert_eq!(parse("help"), Ok(Command::Act(Action::Help)));
        assert_eq!(parse(" mess "), Ok(Command::Act(Action::Messages)));
        assert_eq!(parse("42"), Ok(Command::GoTo(42)));
        assert_eq!(parse("sort year"), Ok(Command::Order(Order::Year)));
        assert_eq!(parse(""), Ok(Command::Nothing));
        assert!(parse("copy").is_err(), "more than one begins so");
        assert!(parse("sort size").is_err());
        assert_eq!(parse("read above"), Ok(Command::Act(Action::ReadAbove)));
        assert_eq!(parse("read"), Ok(Command::Act(Action::Read)));
        assert_eq!(parse("save new ones"), Ok(Command::Save("new ones".to_owned())));
        assert!(parse("save").is_err(), "a search needs a name");
        for unsaid in ["prefer", "prefer both"] {
            assert!(parse(unsaid).unwrap_err().contains("prefer published, or prefer preprint"));
        }
    }
}
