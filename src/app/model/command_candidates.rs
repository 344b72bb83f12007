//! The candidates that complete the command line: names of commands, and values of their arguments.

use super::setting_list::{SETTINGS, sort_values};
use super::state::State;
use crate::app::action::Action;
use crate::app::action::command_names::{ARGUMENT_COMMANDS, completions};
use crate::cite::Style;
use crate::sources::complete_address;

/// The candidates for the end of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CommandCandidates {
    /// The offset of the text that they replace.
    pub start: usize,
    /// Names and descriptions.
    pub items: Vec<(String, String)>,
}

/// The candidates for the text of the command line.
pub fn command_candidates(state: &State, text: &str) -> CommandCandidates {
    let Some((name, argument)) = text.split_once(' ') else {
        let items = completions(text).into_iter().map(|name| (name.to_owned(), summary(name)));
        return CommandCandidates { start: 0, items: items.collect() };
    };
    let argument = argument.trim_start();
    let begun = match name {
        "tag" => argument.rsplit([' ', ',']).next().unwrap_or_default().trim_start_matches('-'),
        "set" => argument.rsplit('=').next().unwrap_or_default(),
        _ => argument,
    };
    let mut items = argument_values(state, name, argument);
    items.retain(|(value, _)| value.starts_with(begun));
    CommandCandidates { start: text.len() - begun.len(), items }
}

/// The values that an argument accepts, with descriptions.
fn argument_values(state: &State, name: &str, argument: &str) -> Vec<(String, String)> {
    let plain = |values: Vec<String>| -> Vec<(String, String)> {
        values.into_iter().map(|value| (value, String::new())).collect()
    };
    match name {
        "open" => complete_address(argument),
        "sort" => plain(sort_values()),
        "style" => Style::all().iter().map(|it| (it.name().to_owned(), it.title())).collect(),
        "prefer" => plain(vec!["preprint".to_owned(), "published".to_owned()]),
        "forget" | "save" => {
            let saved = state.library.searches.iter();
            saved.map(|it| (it.name.clone(), it.query.clone())).collect()
        }
        "tag" => {
            let tags = state.library.marks.tags();
            tags.map(|(tag, papers)| (tag.to_owned(), papers.len().to_string())).collect()
        }
        "theme" => setting_values("theme"),
        "set" => match argument.split_once('=') {
            Some((setting, _)) => setting_values(setting),
            None => {
                SETTINGS.iter().map(|it| (format!("{}=", it.name), (it.current)(state))).collect()
            }
        },
        _ => Vec::new(),
    }
}

fn setting_values(name: &str) -> Vec<(String, String)> {
    let setting = SETTINGS.iter().find(|it| it.name == name);
    let values = setting.map_or_else(Vec::new, |it| (it.values)());
    values.into_iter().map(|value| (value, String::new())).collect()
}

fn summary(name: &str) -> String {
    if let Some(entry) = Action::from_exact_name(name).and_then(Action::info) {
        return entry.summary.to_owned();
    }
    let command = ARGUMENT_COMMANDS.iter().find(|(it, ..)| *it == name);
    command.map_or("", |(_, _, summary)| summary).to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn names(text: &str) -> Vec<String> {
        let state = State::new(Arc::default(), 80, 24);
        let CommandCandidates { start, items } = command_candidates(&state, text);
        items.into_iter().map(|(name, _)| format!("{}{name}", &text[..start])).collect()
    }

    #[test]
    fn names_of_commands_and_values_of_arguments_are_completed() {
        assert_eq!(names("mess"), ["messages"]);
        assert_eq!(names("sort y"), ["sort year"]);
        assert_eq!(names("theme d"), ["theme dark"]);
        assert_eq!(names("set the"), ["set theme="]);
        assert_eq!(names("set theme=l"), ["set theme=light"]);
        assert_eq!(names("open ar"), ["open arxiv:"]);
        assert_eq!(names("style iee"), ["style ieee"]);
        assert_eq!(names("fly "), Vec::<String>::new());
    }
}
