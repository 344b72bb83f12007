//! Marks papers: the changes of a marking action, and the papers they apply to.

use super::request::record;
use super::selection;
use crate::app::action::{MarkAction, RowRange};
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::library::AfterChange;
use crate::app::model::state::{Confirmation, ConfirmedAction, Mode, State};
use crate::app::model::target::Target;
use crate::domain::{Mark, PaperId};
use crate::library::{BasketPosition, Change, ChangeSet, OnOff, PaperRef};

/// Marking more papers than this at once requires confirmation.
const CONFIRM_ABOVE: usize = 50;
/// Maximum number of papers in a change set.
const MAX_PAPERS_PER_CHANGE: usize = 100_000;

/// Applies a marking action to the selection, or to the current paper if nothing is selected.
pub fn apply(state: &mut State, action: MarkAction) -> Vec<Effect> {
    let target = selection::mark_target(state);
    let all_have = |mark| target.papers.iter().all(|id| target.has_mark(&state.library, mark, *id));
    let is_triage = state.view.pane == Pane::Triage;
    // A triage decision sets the mark even if the paper has it.
    let switch = |mark| if !is_triage && all_have(mark) { OnOff::Off } else { OnOff::On };
    let mut changes = vec![match action {
        MarkAction::Star => Change::Star(switch(Mark::Starred)),
        MarkAction::Skip => Change::Skip(switch(Mark::Skipped)),
        MarkAction::Later => Change::Later(switch(Mark::Later)),
        MarkAction::AddToBasket => Change::Basket(BasketPosition::EndIfAbsent),
        MarkAction::Read => Change::Read(switch(Mark::Read)),
    }];
    let is_judged =
        is_triage || matches!(changes[0], Change::Skip(OnOff::On) | Change::Later(OnOff::On));
    if is_judged && !all_have(Mark::Read) && changes[0] != Change::Read(OnOff::On) {
        changes.push(Change::Read(OnOff::On));
    }
    let waits = target.papers.iter().any(|id| target.has_mark(&state.library, Mark::Later, *id));
    if is_triage && waits && action != MarkAction::Later {
        changes.push(Change::Later(OnOff::Off));
    }
    state.library.last_changes.clone_from(&changes);
    let then = if is_triage { AfterChange::NextUnread } else { AfterChange::KeepCursor };
    record_for_target(state, changes, &target, then)
}

/// Repeats the last changes on the current target.
pub fn repeat_last(state: &mut State) -> Vec<Effect> {
    let changes = state.library.last_changes.clone();
    if changes.is_empty() {
        state.notices.info("Nothing to repeat");
        return Vec::new();
    }
    let target = selection::mark_target(state);
    record_for_target(state, changes, &target, AfterChange::KeepCursor)
}

/// Records changes of the target papers. The selection is kept, for further changes.
pub fn record_for_target(
    state: &mut State,
    changes: Vec<Change>,
    target: &Target,
    then: AfterChange,
) -> Vec<Effect> {
    let papers = target.paper_refs(&state.library);
    if papers.is_empty() {
        state.notices.error("No paper to mark");
        return Vec::new();
    }
    record(state, ChangeSet { changes, papers }, then)
}

/// Marks the current paper read and goes to the next unread one.
pub fn mark_read_at_end(state: &mut State) -> Vec<Effect> {
    let Some((id, _)) = state.current() else { return Vec::new() };
    if state.library.marks.has(Mark::Read, id) {
        return super::unread::go_to_next_unread(state);
    }
    let change_set =
        ChangeSet { changes: vec![Change::Read(OnOff::On)], papers: vec![PaperRef::Corpus(id)] };
    record(state, change_set, AfterChange::NextUnread)
}

/// Marks the papers above the cursor, below the cursor, or all listed papers read.
pub fn mark_range_read(state: &mut State, range: RowRange) -> Vec<Effect> {
    let (cursor, len) = (state.list.viewport.cursor, state.hits().len());
    let ranks = match range {
        RowRange::Above => 0..cursor,
        RowRange::Below => cursor + 1..len,
        RowRange::All => 0..len,
    };
    let is_unread = |id: &PaperId| !state.library.marks.has(Mark::Read, *id);
    let ids = ranks.filter_map(|rank| state.hits().get(rank)).filter(is_unread);
    let papers: Vec<PaperRef> = ids.take(MAX_PAPERS_PER_CHANGE + 1).map(PaperRef::Corpus).collect();
    match papers.len() {
        0 => {
            state.notices.info("No unread papers here");
            return Vec::new();
        }
        count if count > MAX_PAPERS_PER_CHANGE => {
            state
                .notices
                .error(format!("More than {MAX_PAPERS_PER_CHANGE} papers at once; filter first"));
            return Vec::new();
        }
        _ => {}
    }
    let count = papers.len();
    let change_set = ChangeSet { changes: vec![Change::Read(OnOff::On)], papers };
    if count > CONFIRM_ABOVE {
        let question = format!("Mark {count} papers read? y/n");
        state.mode = Mode::Confirmation(Confirmation {
            question,
            action: ConfirmedAction::Record(change_set),
        });
        return Vec::new();
    }
    record(state, change_set, AfterChange::KeepCursor)
}

/// Handles the answer to a confirmation; anything but yes counts as no.
pub fn answer_confirmation(state: &mut State, is_yes: bool) -> Vec<Effect> {
    let Mode::Confirmation(question) = std::mem::take(&mut state.mode) else { return Vec::new() };
    match (question.action, is_yes) {
        (ConfirmedAction::Record(change_set), true) => {
            return record(state, change_set, AfterChange::KeepCursor);
        }
        (ConfirmedAction::Search { url }, true) => return vec![Effect::OpenLink { url }],
        (ConfirmedAction::Record(_), false) => state.notices.info("Cancelled: no papers marked"),
        (ConfirmedAction::Search { .. }, false) => state.notices.info("Cancelled: no search"),
    }
    Vec::new()
}
