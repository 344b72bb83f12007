//! What the reader does to papers: which deeds an action stands for, on which papers.

use super::library::ask;
use super::selection;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::library::{Asked, Then};
use crate::app::model::state::{Consent, Mode, Question, State};
use crate::app::model::target::Subject;
use crate::domain::{Mark, PaperId};
use crate::library::{Act, Deed, Spot, Switch, Task, Which};

/// More papers than this are marked at once only when the reader says so again.
const MANY: usize = 50;
/// As many papers as one act may have.
const MOST: usize = 100_000;

/// Does to the selection, or to the paper under the cursor, what the action says.
pub fn mark(state: &mut State, action: Action) -> Vec<Effect> {
    let subject = selection::to_mark(state);
    let all_have = |mark| subject.papers.iter().all(|id| subject.has(state, mark, *id));
    let switch = |mark| if all_have(mark) { Switch::Off } else { Switch::On };
    let is_verdict = state.view.pane == Pane::Triage;
    let mut deeds = match action {
        _ if is_verdict => vec![verdict(action)],
        Action::Star => vec![Deed::Star(switch(Mark::Starred))],
        Action::Skip => vec![Deed::Skip(switch(Mark::Skipped))],
        Action::Later => vec![Deed::Later(switch(Mark::Later))],
        Action::AddToBasket => vec![Deed::Basket(Spot::Last)],
        _ => vec![Deed::Read(switch(Mark::Read))],
    };
    let is_judged =
        is_verdict || matches!(deeds[0], Deed::Skip(Switch::On) | Deed::Later(Switch::On));
    if is_judged && !all_have(Mark::Read) && deeds[0] != Deed::Read(Switch::On) {
        deeds.push(Deed::Read(Switch::On));
    }
    let waits = subject.papers.iter().any(|id| subject.has(state, Mark::Later, *id));
    if is_verdict && waits && action != Action::Later {
        deeds.push(Deed::Later(Switch::Off));
    }
    state.library.last.clone_from(&deeds);
    let then = if is_verdict { Then::GoOn } else { Then::Stay };
    record_on(state, deeds, &subject, then)
}

/// What a verdict is, whatever the paper is marked with already.
fn verdict(action: Action) -> Deed {
    match action {
        Action::Star => Deed::Star(Switch::On),
        Action::Skip => Deed::Skip(Switch::On),
        Action::Later => Deed::Later(Switch::On),
        Action::AddToBasket => Deed::Basket(Spot::Last),
        _ => Deed::Read(Switch::On),
    }
}

/// Does again what was done to papers last.
pub fn repeat(state: &mut State) -> Vec<Effect> {
    let deeds = state.library.last.clone();
    if deeds.is_empty() {
        state.notices.tell("Nothing was done yet that could be repeated.");
        return Vec::new();
    }
    let subject = selection::to_mark(state);
    record_on(state, deeds, &subject, Then::Stay)
}

/// Asks for deeds to be done to the papers. A selection stays, for more to be done to it.
pub fn record_on(
    state: &mut State,
    deeds: Vec<Deed>,
    subject: &Subject,
    then: Then,
) -> Vec<Effect> {
    let papers = subject.which(state);
    if papers.is_empty() {
        state.notices.fail("There is no paper to mark.");
        return Vec::new();
    }
    record(state, Act { deeds, papers }, then)
}

pub fn record(state: &mut State, act: Act, then: Then) -> Vec<Effect> {
    ask(state, Task::Record(act), Asked::Record(then))
}

/// Marks the paper read that is read to its end, unless it is read already.
pub fn read_to_end(state: &mut State) -> Vec<Effect> {
    let Some((id, _)) = state.current() else { return Vec::new() };
    if state.library.marks.has(Mark::Read, id) {
        return super::unread::go_on(state);
    }
    let act = Act { deeds: vec![Deed::Read(Switch::On)], papers: vec![Which::Paper(id)] };
    record(state, act, Then::GoOn)
}

/// Marks read what stands above or below the cursor, or all that is shown.
pub fn read_many(state: &mut State, action: Action) -> Vec<Effect> {
    let (cursor, len) = (state.list.cursor, state.hits().len());
    let ranks = match action {
        Action::ReadAbove => 0..cursor,
        Action::ReadBelow => cursor + 1..len,
        _ => 0..len,
    };
    let is_unread = |id: &PaperId| !state.library.marks.has(Mark::Read, *id);
    let ids = ranks.filter_map(|rank| state.hits().get(rank)).filter(is_unread);
    let papers: Vec<Which> = ids.take(MOST + 1).map(Which::Paper).collect();
    match papers.len() {
        0 => {
            state.notices.tell("None of them is unread.");
            return Vec::new();
        }
        count if count > MOST => {
            state.notices.fail(format!("More than {MOST} papers are too many; filter first."));
            return Vec::new();
        }
        _ => {}
    }
    let count = papers.len();
    let act = Act { deeds: vec![Deed::Read(Switch::On)], papers };
    if count > MANY {
        let told = format!("Mark {count} papers read? y/n");
        state.mode = Mode::Question(Question { told, consent: Consent::Record(act) });
        return Vec::new();
    }
    record(state, act, Then::Stay)
}

/// Takes the answer to a question: anything but a yes is a no.
pub fn answer(state: &mut State, is_yes: bool) -> Vec<Effect> {
    let Mode::Question(question) = std::mem::take(&mut state.mode) else { return Vec::new() };
    match (question.consent, is_yes) {
        (Consent::Record(act), true) => return record(state, act, Then::Stay),
        (Consent::Search { url }, true) => return vec![Effect::Open { url }],
        (Consent::Record(_), false) => state.notices.tell("Nothing was marked."),
        (Consent::Search { .. }, false) => state.notices.tell("Nothing was sent."),
    }
    Vec::new()
}
