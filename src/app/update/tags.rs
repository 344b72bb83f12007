//! Opens, completes and accepts the tag prompt.

use super::{marks, selection};
use crate::app::action::command_line::TagEdit;
use crate::app::action::command_names::common_prefix;
use crate::app::effect::Effect;
use crate::app::model::library::AfterChange;
use crate::app::model::state::{Mode, State};
use crate::app::model::tags::{TagPrompt, split_last_tag, split_tags};
use crate::app::model::text_field::TextField;
use crate::library::{Change, OnOff};
use std::collections::HashSet;

pub fn open(state: &mut State) {
    let target = selection::mark_target(state);
    if target.papers.is_empty() {
        state.notices.error("No paper to tag");
        return;
    }
    let has = |papers: &HashSet<_>| {
        target.papers.iter().all(|id| {
            target.id_on_screen(&state.library, *id).is_some_and(|id| papers.contains(&id))
        })
    };
    let tags = state.library.marks.tags().filter(|(_, papers)| has(papers));
    let before: Vec<String> = tags.map(|(tag, _)| tag.to_owned()).collect();
    let text: String = before.iter().flat_map(|tag| [tag.as_str(), ", "]).collect();
    state.mode =
        Mode::Tags(TagPrompt { field: TextField::new(&text), original_tags: before, target });
}

/// Records the difference between the original and the entered tags.
pub fn accept(state: &mut State) -> Vec<Effect> {
    let Mode::Tags(tagging) = std::mem::take(&mut state.mode) else { return Vec::new() };
    let wanted = split_tags(tagging.field.text());
    let had: HashSet<&String> = tagging.original_tags.iter().collect();
    let has: HashSet<&String> = wanted.iter().collect();
    let added = wanted.iter().filter(|tag| !had.contains(tag));
    let added = added.map(|tag| Change::Tag(tag.clone(), OnOff::On));
    let gone = tagging.original_tags.iter().filter(|tag| !has.contains(tag));
    let gone = gone.map(|tag| Change::Tag(tag.clone(), OnOff::Off));
    let deeds: Vec<Change> = added.chain(gone).collect();
    if deeds.is_empty() {
        return Vec::new();
    }
    state.library.last_changes.clone_from(&deeds);
    marks::record_for_target(state, deeds, &tagging.target, AfterChange::KeepCursor)
}

/// Adds and removes tags of the selected papers, or of the current one.
pub fn apply(state: &mut State, edit: TagEdit) -> Vec<Effect> {
    let target = selection::mark_target(state);
    let added = edit.added.into_iter().map(|tag| Change::Tag(tag, OnOff::On));
    let removed = edit.removed.into_iter().map(|tag| Change::Tag(tag, OnOff::Off));
    let changes: Vec<Change> = added.chain(removed).collect();
    if changes.is_empty() {
        return Vec::new();
    }
    state.library.last_changes.clone_from(&changes);
    marks::record_for_target(state, changes, &target, AfterChange::KeepCursor)
}

/// Completes the last tag to the longest common prefix of its candidates.
pub fn complete(state: &mut State) {
    let Mode::Tags(prompt) = &state.mode else { return };
    let candidates = prompt.candidates(&state.library.marks);
    let names: Vec<String> = candidates.into_iter().map(|(tag, _)| tag).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(common) = common_prefix(&all) else { return };
    let Mode::Tags(tagging) = &mut state.mode else { return };
    let (done, _) = split_last_tag(tagging.field.text());
    let (blank, comma) =
        (if done.is_empty() { "" } else { " " }, if names.len() == 1 { ", " } else { "" });
    tagging.field = TextField::new(&format!("{done}{blank}{common}{comma}"));
}
