//! The parser of the `:` command line.

use super::command_names::{ARGUMENT_COMMANDS, describe_unknown, usage};
use super::sort_order::{SORT_ORDERS, sort_from_name};
use super::{Action, ExportAction, LeaveAction};
use crate::cite::PreferredVersion;
use crate::search::{SortDirection, SortKey};
use crate::text::distinct;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Action(Action),
    GoTo(usize),
    Sort(SortKey, SortDirection),
    /// A built-in citation style by name, or the path of a `.csl` file.
    Style(String),
    Prefer(PreferredVersion),
    /// Saves the current filter and sort order under this name.
    Save(String),
    Forget(String),
    /// Exports papers to a file, in the format of its extension.
    Export(ExportAction, String, Overwrite),
    /// Pipes papers to a command.
    Pipe(ExportAction, String),
    Tag(TagEdit),
    /// Replaces the filter by this text.
    Filter(String),
    /// Opens the list with this address or file name.
    Open(String),
    Set(SettingCommand),
    /// Opens the help, filtered by this text.
    Help(String),
    Nothing,
}

/// The treatment of an existing file by a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    Ask,
    /// The command ended with `!`.
    Confirmed,
}

/// The tags to add and to remove.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagEdit {
    pub added: Vec<String>,
    pub removed: Vec<String>,
}

/// The argument of `:set`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingCommand {
    /// Shows all settings.
    List,
    /// Shows the setting with this name.
    Show(String),
    Assign {
        name: String,
        value: String,
    },
}

/// Parses a command: a row number, the name of an action or an unambiguous prefix of it, or a
/// command with its argument, such as `export refs.bib` or `sort year`.
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
    if matches!(text, "q" | "q!" | "qa" | "qa!" | "wq" | "x") {
        return Ok(Command::Action(Action::Leave(LeaveAction::Quit)));
    }
    // `read above` is accepted for `read-above`.
    let hyphenated = text.replace(' ', "-");
    if let Some(action) = Action::from_exact_name(&hyphenated) {
        return Ok(Command::Action(action));
    }
    let (word, argument) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let (name, overwrite) = match word.strip_suffix('!') {
        Some(name) => (name, Overwrite::Confirmed),
        None => (word, Overwrite::Ask),
    };
    if let Some(name) = argument_command(name, argument) {
        return parse_argument(name, argument.trim(), overwrite);
    }
    let by_prefix = Action::from_name(&hyphenated).map(Command::Action);
    by_prefix.ok_or_else(|| describe_unknown(text))
}

/// The command with this name. With an argument, an unambiguous prefix is sufficient.
fn argument_command(word: &str, argument: &str) -> Option<&'static str> {
    let names = || ARGUMENT_COMMANDS.iter().map(|(name, ..)| *name);
    let exact = names().find(|name| *name == word);
    let mut beginning = names().filter(|name| !argument.is_empty() && name.starts_with(word));
    let only = || beginning.next().filter(|_| beginning.next().is_none());
    exact.or_else(only)
}

/// Parses the argument of a command.
fn parse_argument(name: &str, argument: &str, overwrite: Overwrite) -> Result<Command, String> {
    let text = argument.to_owned();
    let export = |action| match argument {
        "" => Command::Action(Action::Export(action)),
        _ => Command::Export(action, argument.to_owned(), overwrite),
    };
    if argument.is_empty() && !matches!(name, "export" | "export-all" | "w" | "write" | "set") {
        return Err(usage(name));
    }
    Ok(match name {
        "export" | "w" | "write" => export(ExportAction::File),
        "export-all" => export(ExportAction::AllToFile),
        "pipe" => Command::Pipe(ExportAction::Command, text),
        "pipe-all" => Command::Pipe(ExportAction::AllToCommand, text),
        "tag" => Command::Tag(TagEdit::parse(argument)),
        "filter" => Command::Filter(text),
        "open" => Command::Open(text),
        "sort" => return parse_sort(argument),
        "style" => Command::Style(text),
        "save" => Command::Save(text),
        "forget" => Command::Forget(text),
        "prefer" => {
            Command::Prefer(PreferredVersion::parse(argument).ok_or_else(|| usage("prefer"))?)
        }
        "theme" => Command::Set(SettingCommand::Assign { name: name.to_owned(), value: text }),
        "set" => Command::Set(SettingCommand::parse(argument)),
        _ => Command::Help(text),
    })
}

/// Parses a sort order, and `reverse` behind it.
fn parse_sort(argument: &str) -> Result<Command, String> {
    let (name, direction) = match argument.strip_suffix(" reverse") {
        Some(name) => (name.trim(), SortDirection::Reverse),
        None => (argument, SortDirection::Forward),
    };
    let unknown = || {
        let names = SORT_ORDERS.iter().filter_map(|(_, _, name)| name.split(',').next());
        format!("Unknown sort order: {name} ({})", names.collect::<Vec<_>>().join(", "))
    };
    sort_from_name(name).map(|key| Command::Sort(key, direction)).ok_or_else(unknown)
}

impl TagEdit {
    /// Parses tags separated by commas, or by blanks if there is no comma. `-` before a tag removes
    /// it.
    fn parse(text: &str) -> Self {
        let separator = if text.contains(',') { ',' } else { ' ' };
        let tags = text.split(separator).map(str::trim).filter(|it| !matches!(*it, "" | "-"));
        let (removed, added): (Vec<&str>, Vec<&str>) = tags.partition(|it| it.starts_with('-'));
        let owned = |tags: Vec<&str>| tags.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let removed = removed.into_iter().map(|it| it[1..].trim()).collect();
        Self { added: distinct(owned(added)), removed: distinct(owned(removed)) }
    }
}

impl SettingCommand {
    /// Parses `NAME=VALUE`, `NAME VALUE`, `NAME` or nothing.
    fn parse(text: &str) -> Self {
        let separated = text.split_once('=').or_else(|| text.split_once(' '));
        match separated {
            None if text.is_empty() => Self::List,
            None => Self::Show(text.trim_end_matches('?').to_owned()),
            Some((name, value)) => {
                Self::Assign { name: name.trim().to_owned(), value: value.trim().to_owned() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MarkAction, MenuAction, RowRange};
    use super::*;

    fn action(text: &str) -> Action {
        match parse_command(text) {
            Ok(Command::Action(action)) => action,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_command_is_a_name_or_the_only_one_that_begins_so() {
        assert_eq!(action("help"), Action::Show(MenuAction::Help));
        assert_eq!(action(" mess "), Action::Show(MenuAction::Messages));
        assert_eq!(parse_command("42"), Ok(Command::GoTo(42)));
        assert_eq!(parse_command(""), Ok(Command::Nothing));
        assert_eq!(action("read above"), Action::MarkRead(RowRange::Above));
        assert_eq!(action("read"), Action::Mark(MarkAction::Read));
        assert_eq!(action("sort"), Action::Show(MenuAction::Sort));
        assert_eq!(action("w"), Action::Export(ExportAction::File));
        assert_eq!(action("export all"), Action::Export(ExportAction::AllToFile));
    }

    #[test]
    fn an_unknown_command_is_told_with_the_nearest_name() {
        for (text, message) in [
            ("xyzzyx", "Unknown command: xyzzyx (Tab completes, ? lists all)"),
            ("exprot", "Unknown command: exprot (did you mean :export?)"),
            ("exprot refs.bib", "Unknown command: exprot (did you mean :export?)"),
            ("tehme dark", "Unknown command: tehme (did you mean :theme?)"),
            ("refresh", "Unknown command: refresh (did you mean :reload?)"),
            ("exp", "Ambiguous command: exp (export, export-all, expand)"),
            ("star 3", "`:star` takes no argument"),
        ] {
            assert_eq!(parse_command(text), Err(message.to_owned()));
        }
    }

    #[test]
    fn a_command_takes_an_argument() {
        let file = |text: &str| match parse_command(text) {
            Ok(Command::Export(action, file, overwrite)) => (action, file, overwrite),
            other => panic!("{other:?}"),
        };
        let refs = || "my refs.bib".to_owned();
        for command in ["export", "w", "write"] {
            let parsed = file(&format!("{command} my refs.bib"));
            assert_eq!(parsed, (ExportAction::File, refs(), Overwrite::Ask));
        }
        assert_eq!(file("w! my refs.bib"), (ExportAction::File, refs(), Overwrite::Confirmed));
        assert_eq!(file("export-all my refs.bib").0, ExportAction::AllToFile);
        let pipe = Command::Pipe(ExportAction::Command, "wc -l".to_owned());
        assert_eq!(parse_command("pipe wc -l"), Ok(pipe));
        assert_eq!(parse_command("filter a | b"), Ok(Command::Filter("a | b".to_owned())));
        assert_eq!(parse_command("fil a | b"), Ok(Command::Filter("a | b".to_owned())));
        assert_eq!(parse_command("save new ones"), Ok(Command::Save("new ones".to_owned())));
        assert_eq!(parse_command("help undo"), Ok(Command::Help("undo".to_owned())));
        let year = |direction| Ok(Command::Sort(SortKey::Year, direction));
        assert_eq!(parse_command("sort year"), year(SortDirection::Forward));
        assert_eq!(parse_command("sort year reverse"), year(SortDirection::Reverse));
        assert!(parse_command("sort size").unwrap_err().starts_with("Unknown sort order: size"));
    }

    #[test]
    fn a_command_without_its_argument_is_told_with_its_usage() {
        assert_eq!(parse_command("forget"), Err("Usage: `:forget NAME`".to_owned()));
        for unsaid in ["prefer", "prefer both"] {
            let message = "Usage: `:prefer published` or `:prefer preprint`";
            assert_eq!(parse_command(unsaid), Err(message.to_owned()));
        }
    }

    #[test]
    fn tags_are_separated_by_blanks_or_by_commas() {
        let tags = |text: &str| match parse_command(text) {
            Ok(Command::Tag(TagEdit { added, removed })) => (added.join("/"), removed.join("/")),
            other => panic!("{other:?}"),
        };
        let pair = |added: &str, removed: &str| (added.to_owned(), removed.to_owned());
        assert_eq!(tags("tag a b a"), pair("a/b", ""));
        assert_eq!(tags("tag deep learning, to do"), pair("deep learning/to do", ""));
        assert_eq!(tags("tag a -b - -c"), pair("a", "b/c"));
    }

    #[test]
    fn a_setting_is_assigned_shown_or_listed() {
        let set = |text: &str| match parse_command(text) {
            Ok(Command::Set(command)) => command,
            other => panic!("{other:?}"),
        };
        let dark = || SettingCommand::Assign { name: "theme".to_owned(), value: "dark".to_owned() };
        for text in ["set theme=dark", "set theme = dark", "set theme dark", "theme dark"] {
            assert_eq!(set(text), dark(), "{text}");
        }
        assert_eq!(set("set theme?"), SettingCommand::Show("theme".to_owned()));
        assert_eq!(set("set"), SettingCommand::List);
    }
}
