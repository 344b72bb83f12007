//! Tags, typed into a line: those that all papers have stand in it, and what is changed there is
//! done to all.

use std::collections::HashSet;

use super::state::{Mode, State};
use super::text_field::Line;
use crate::app::effect::Effect;
use crate::app::update::library::Then;
use crate::app::update::marks;
use crate::app::update::selection::{self, Subject};
use crate::library::{Deed, Switch};
use crate::text::distinct;

/// Tags being typed.
#[derive(Debug)]
pub struct Tagging {
    pub line: Line,
    /// Those that stood in the line at first.
    before: Vec<String>,
    subject: Subject,
}

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

/// What is typed, taken apart at commas.
fn names(text: &str) -> Vec<String> {
    let names = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    distinct(names.map(str::to_owned))
}

/// The tags that begin as the last of the line does, with how many papers have them.
pub fn candidates(state: &State) -> Vec<(String, usize)> {
    let Mode::Tags(tagging) = &state.mode else { return Vec::new() };
    let (done, begun) = parts(tagging.line.text());
    let (done, begun) = (names(done), begun.to_lowercase());
    let done: HashSet<&str> = done.iter().map(String::as_str).collect();
    let tags = state.library.marks.tags();
    let tags =
        tags.filter(|(tag, _)| tag.to_lowercase().starts_with(&begun) && !done.contains(tag));
    tags.map(|(tag, papers)| (tag.to_owned(), papers.len())).collect()
}

/// The line up to its last comma, and what stands behind it.
fn parts(text: &str) -> (&str, &str) {
    let at = text.rfind(',').map_or(0, |at| at + 1);
    (&text[..at], text[at..].trim_start())
}

/// Completes the last tag of the line as far as the tags there are agree.
pub fn complete(state: &mut State) {
    let names: Vec<String> = candidates(state).into_iter().map(|(tag, _)| tag).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(common) = crate::app::update::prompt::common_beginning(&all) else { return };
    let Mode::Tags(tagging) = &mut state.mode else { return };
    let (done, _) = parts(tagging.line.text());
    let (blank, comma) =
        (if done.is_empty() { "" } else { " " }, if names.len() == 1 { ", " } else { "" });
    tagging.line = Line::new(&format!("{done}{blank}{common}{comma}"));
}
