//! TODO header.

use super::{marks, selection};
use crate::app::effect::Effect;
use crate::app::model::library::Then;
use crate::app::model::state::{Mode, State};
use crate::app::model::tags::{Tagging, candidates, names, parts};
use crate::app::model::text_field::Line;
use crate::library::{Deed, Switch};
use std::collections::HashSet;

pub fn open(state: &mut State) {
    let subject = selection::to_mark(state);
    if subject.papers.is_empty() {
        state.notices.fail("There is no paper to tag.");
        return;
    }
    let has = |papers: &HashSet<_>| {
        subject
            .papers
            .iter()
            .all(|id| subject.here(state, *id).is_some_and(|id| papers.contains(&id)))
    };
    let tags = state.library.marks.tags().filter(|(_, papers)| has(papers));
    let before: Vec<String> = tags.map(|(tag, _)| tag.to_owned()).collect();
    let text: String = before.iter().flat_map(|tag| [tag.as_str(), ", "]).collect();
    state.mode = Mode::Tags(Tagging { line: Line::new(&text), before, subject });
}

/// Does what the line says now.
pub fn accept(state: &mut State) -> Vec<Effect> {
    let Mode::Tags(tagging) = std::mem::take(&mut state.mode) else { return Vec::new() };
    let wanted = names(tagging.line.text());
    let had: HashSet<&String> = tagging.before.iter().collect();
    let has: HashSet<&String> = wanted.iter().collect();
    let added = wanted.iter().filter(|tag| !had.contains(tag));
    let added = added.map(|tag| Deed::Tag(tag.clone(), Switch::On));
    let gone = tagging.before.iter().filter(|tag| !has.contains(tag));
    let gone = gone.map(|tag| Deed::Tag(tag.clone(), Switch::Off));
    let deeds: Vec<Deed> = added.chain(gone).collect();
    if deeds.is_empty() {
        return Vec::new();
    }
    state.library.last.clone_from(&deeds);
    marks::record_on(state, deeds, &tagging.subject, Then::Stay)
}

/// Completes the last tag of the line as far as the tags there are agree.
pub fn complete(state: &mut State) {
    let names: Vec<String> = candidates(state).into_iter().map(|(tag, _)| tag).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(common) = crate::app::action::command_line::common_beginning(&all) else { return };
    let Mode::Tags(tagging) = &mut state.mode else { return };
    let (done, _) = parts(tagging.line.text());
    let (blank, comma) =
        (if done.is_empty() { "" } else { " " }, if names.len() == 1 { ", " } else { "" });
    tagging.line = Line::new(&format!("{done}{blank}{common}{comma}"));
}
