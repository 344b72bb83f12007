//! The rows of the help: the actions with their keys, the commands, the marks and the syntax of the
//! filter.

use super::popup::{PopupRow, RowAction};
use super::state::State;
use crate::app::action::command_names::ARGUMENT_COMMANDS;
use crate::app::action::synonyms::synonyms;
use crate::app::action::table::{ActionInfo, action_groups};
use crate::app::input::key::key_label;
use crate::search::SYNTAX_EXAMPLES;

/// The signs of the list and their meanings.
const LEGEND: &[(&str, &str)] = &[
    ("▌", "current paper"),
    ("1 2 3", "selected, in this order"),
    ("•", "unread, once any paper is read; in the gutter: in the range being selected"),
    ("»", "marked \"read later\""),
    ("×", "skipped"),
    ("★", "starred"),
    ("+", "in the basket"),
    ("¶", "has a note"),
    ("@", "in one of your bibliographies"),
    ("#tag", "tag"),
    ("RETRACTED", "retracted, as the source says"),
];

/// Words by which the legend is found.
const LEGEND_WORDS: &str = "legend mark sign symbol icon column";
/// Words by which the syntax of the filter is found.
const SYNTAX_WORDS: &str = "syntax query operator regex regexp field prefix boolean";

/// The rows of the help, a section per group. The rows of folded sections are left out.
pub fn help_rows(state: &State, folded: &[&'static str]) -> Vec<PopupRow> {
    let mut rows = Vec::new();
    let mut add = |heading: &'static str, section: Vec<PopupRow>| {
        let is_folded = folded.contains(&heading);
        let title = if is_folded {
            format!("▸ {heading} ({})", section.len())
        } else {
            format!("▾ {heading}")
        };
        rows.push(PopupRow::new("", title, RowAction::Fold(heading)));
        if !is_folded {
            rows.extend(section);
        }
    };
    for group in action_groups() {
        add(group.heading, group.actions.iter().map(|entry| action_row(state, entry)).collect());
    }
    add(COMMANDS_HEADING, ARGUMENT_COMMANDS.iter().map(command_row).collect());
    let legend = LEGEND.iter().map(|(sign, meaning)| PopupRow {
        keys: (*sign).to_owned(),
        text: (*meaning).to_owned(),
        action: None,
        search_words: LEGEND_WORDS.to_owned(),
    });
    add("Legend: signs in the list", legend.collect());
    let syntax = SYNTAX_EXAMPLES.iter().map(|(example, meaning)| PopupRow {
        search_words: SYNTAX_WORDS.to_owned(),
        ..PopupRow::new(*example, *meaning, RowAction::Filter(first_example(example).to_owned()))
    });
    add("Filter syntax", syntax.collect());
    rows
}

const COMMANDS_HEADING: &str = "Commands with an argument";

/// The headings of all sections.
pub fn help_headings(state: &State) -> Vec<&'static str> {
    let heading = |row: PopupRow| match row.action {
        Some(RowAction::Fold(heading)) => Some(heading),
        _ => None,
    };
    help_rows(state, &[]).into_iter().filter_map(heading).collect()
}

fn action_row(state: &State, entry: &ActionInfo) -> PopupRow {
    let keys = state.settings.keymap.all_keys_of(entry.action);
    let keys = if keys.is_empty() {
        format!(":{}", entry.name)
    } else {
        keys.iter().map(|it| key_label(it)).collect::<Vec<_>>().join(" ")
    };
    let text = format!("{}{}", entry.summary, entry.describe_contexts());
    let search_words = format!("{} {}", entry.name, synonyms(entry.name));
    PopupRow { search_words, ..PopupRow::new(keys, text, RowAction::Run(entry.action)) }
}

fn command_row((name, argument, summary): &(&str, &str, &str)) -> PopupRow {
    let words = match *name {
        "set" => "option settings configuration preference".to_owned(),
        "theme" => "color colour dark light".to_owned(),
        name => synonyms(name),
    };
    let action = RowAction::Command(format!("{name} "));
    PopupRow {
        search_words: words,
        ..PopupRow::new(format!(":{name} {argument}"), *summary, action)
    }
}

/// The first of the examples that two blanks separate.
fn first_example(examples: &str) -> &str {
    examples.split("  ").next().unwrap_or_default()
}
