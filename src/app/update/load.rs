//! Papers as they come in: progress, defects, and the reader's place kept over a reload.

use std::sync::Arc;

use super::{filter, list, selection};
use crate::app::effect::Effect;
use crate::app::model::filter::Arrival;
use crate::app::model::load::{Load, MOST_DEFECTS, Phase, Place};
use crate::app::model::state::State;
use crate::domain::{Corpus, Overlay, Paper, PaperId};
use crate::search::{Hits, Stage};
use crate::sources::Loading;
use crate::text::{fold, readable};

pub fn take(state: &mut State, loading: Loading) -> Vec<Effect> {
    match loading {
        Loading::Segment(segment) => {
            state.corpus.push(segment);
            find_place(state);
            // A search that is under way is asked again when it has answered.
            let is_idle = state.filter.stage == Stage::Final;
            let is_first = state.corpus.segments().len() == 1;
            let may_ask = is_idle || is_first || !matches!(state.hits(), Hits::Ranked(_));
            if may_ask && state.is_search_due() {
                return filter::ask(state);
            }
            filter::show_all(state);
        }
        Loading::Linked(overlay) => return link(state, overlay),
        Loading::Repeats(repeats) => state.load.repeats = repeats,
        Loading::Progress { bytes, total, .. } => {
            (state.load.bytes, state.load.total) = (bytes, total);
        }
        Loading::Defect(defect) => {
            state.load.defect_count += 1;
            if state.load.defects.len() < MOST_DEFECTS {
                state.load.defects.push(defect);
            }
        }
        Loading::Read { .. } => {}
        Loading::PassedOver { name, why } => {
            state.load.passed_over.push(format!("{name} holds no papers: {why}"));
        }
        Loading::Failed(why) => state.notices.fail(why),
        Loading::Told(what) => state.notices.tell(what),
        Loading::Done => return done(state),
    }
    Vec::new()
}

/// Some papers turned out to be others: what stood on them stands on those.
fn link(state: &mut State, overlay: Arc<Overlay>) -> Vec<Effect> {
    let shown = state.view.reading.as_ref().map(|it| it.id);
    let row_of = |corpus: &Corpus, id| corpus.locate(id).map(|(it, row)| (Arc::as_ptr(it), row));
    let before = shown.and_then(|id| row_of(&state.corpus, id));
    state.corpus.link(overlay);
    let corpus = &state.corpus;
    state.list.at = state.list.at.map(|id| corpus.first(id));
    let selected = state.selection.papers();
    if selected.iter().any(|&id| corpus.first(id) != id) {
        let mut firsts: Vec<PaperId> = Vec::new();
        for id in selected.iter().map(|&id| corpus.first(id)) {
            if !firsts.contains(&id) {
                firsts.push(id);
            }
        }
        state.selection.replace(firsts);
    }
    state.load.searched.is_linked_since = true;
    // An abstract may have come to what had none.
    let changed = shown.filter(|&id| row_of(&state.corpus, id) != before);
    let mut effects: Vec<Effect> = changed.map(Effect::Fetch).into_iter().collect();
    if state.filter.stage == Stage::Final && state.is_search_due() {
        effects.extend(filter::ask(state));
    }
    effects
}

fn done(state: &mut State) -> Vec<Effect> {
    state.load.phase = Phase::Done;
    state.load.repeats = Arc::default();
    let (papers, defects) = (state.corpus.paper_count(), state.load.defect_count);
    if let Some(place) = state.load.place.take() {
        let lost = place.selection.len() - place.found.len();
        let also = if lost == 0 { String::new() } else { format!("; {lost} selected are gone") };
        state.notices.tell(format!("Read again: {papers} papers{also}."));
    }
    let others = state.load.passed_over.len();
    if others > 0 {
        let files = if others == 1 { "file holds" } else { "files hold" };
        state.notices.tell(format!("{others} {files} no papers; :defects names them."));
    }
    if defects > 0 {
        let records = if defects == 1 { "record" } else { "records" };
        state.notices.tell(format!("{defects} {records} could not be read; :defects lists them."));
    }
    let mut effects = if state.is_search_due() { filter::ask(state) } else { Vec::new() };
    effects.push(Effect::Prepare(state.corpus.clone()));
    effects
}

/// Knows what so many abstracts hold.
pub fn indexed(state: &mut State, papers: u32) -> Vec<Effect> {
    let is_whole = papers >= state.corpus.len();
    state.load.indexed = (!is_whole).then_some(papers);
    if is_whole { vec![Effect::KeepIndex(state.corpus.clone())] } else { Vec::new() }
}

/// Reads the source again, or goes on where loading was stopped.
pub fn reload(state: &mut State) -> Vec<Effect> {
    if state.load.phase == Phase::Paused {
        state.load.phase = Phase::Loading;
        state.notices.tell("Loading goes on.");
        return vec![Effect::ResumeLoading];
    }
    vec![Effect::Reload]
}

/// Empties the corpus, since its source has been opened again and all of it is on its way.
pub fn reopened(state: &mut State) -> Vec<Effect> {
    let identity_of = |id| state.corpus.get(id).map(|paper| identity(&paper));
    let place = Place {
        cursor: state.current().map(|(_, paper)| identity(&paper)),
        selection: state.selection.papers().iter().filter_map(|id| identity_of(*id)).collect(),
        found: Vec::new(),
    };
    state.load =
        Load { name: std::mem::take(&mut state.load.name), place: Some(place), ..Load::default() };
    state.corpus = Corpus::default();
    state.library.marks = Arc::default();
    state.filter.marks.arrival = Arrival::UnderWay;
    state.filter.hits = Hits::All(0);
    // Numbers of papers mean nothing from here on.
    state.selection.forget();
    state.library.done.forget_papers();
    state.library.marks = Arc::default();
    state.filter.marks.arrival = Arrival::UnderWay;
    state.filter.marks.asked = Arc::default();
    list::go_to_top(state);
    state.list.origin = None;
    state.view.reading = None;
    filter::ask_in_new_order(state)
}

/// Stops loading; what is there stays.
pub fn pause(state: &mut State) -> Vec<Effect> {
    if state.load.phase != Phase::Loading {
        state.notices.tell("Nothing is being loaded.");
        return Vec::new();
    }
    state.load.phase = Phase::Paused;
    // What is under way is still shown, so the header says how many papers there are.
    state.notices.tell("Loading stopped; what is there stays, and R resumes.");
    let mut effects = vec![Effect::PauseLoading];
    if state.is_search_due() {
        effects.extend(filter::ask(state));
    }
    effects
}

/// Looks in the newest segment for what the cursor stood on and what was selected.
fn find_place(state: &mut State) {
    let Some(mut place) = state.load.place.take() else { return };
    if place.cursor.is_some() || !place.selection.is_empty() {
        let Some((start, segment)) = state.corpus.segments().last() else { return };
        let mut papers = Vec::new();
        segment.for_each_paper(0..segment.len(), |row, paper| {
            papers.push((PaperId(start + row), identity(&paper)));
        });
        for (id, identity) in papers {
            if place.cursor.as_ref() == Some(&identity) {
                place.cursor = None;
                state.list.at = Some(id);
                list::keep_place(state);
            }
            if let Some(at) = place.selection.iter().position(|it| *it == identity)
                && !place.found.iter().any(|(it, _)| *it == at)
            {
                place.found.push((at, id));
            }
        }
        // In the order they were selected in, and before what has been selected since.
        place.found.sort_unstable();
        let since = state.selection.papers().iter().copied();
        let mut selected: Vec<PaperId> = place.found.iter().map(|(_, id)| *id).collect();
        let since = since.filter(|id| !selected.contains(id)).collect::<Vec<_>>();
        selected.extend(since);
        state.selection.replace(selected);
        selection::count_hidden(state);
    }
    state.load.place = Some(place);
}

/// What makes a paper the same when its source is read again.
fn identity(paper: &Paper<'_>) -> String {
    match (paper.arxiv, paper.doi) {
        ("", "") => {
            let first = paper.authors().next().unwrap_or_default();
            fold(&format!("{}\n{}", readable(paper.title), readable(first)))
        }
        ("", doi) => doi.to_owned(),
        (arxiv, _) => arxiv.to_owned(),
    }
}
