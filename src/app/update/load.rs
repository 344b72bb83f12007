//! Loading: papers as they arrive, progress, defects, reload.

use std::sync::Arc;

use super::{filter, list};
use crate::app::effect::Effect;
use crate::app::event::InboxNews;
use crate::app::model::filter::MarksLoaded;
use crate::app::model::jumps::JumpList;
use crate::app::model::load::{LoadPhase, LoadProgress, LoadState, MAX_LISTED_DEFECTS};
use crate::app::model::state::State;
use crate::domain::{Corpus, Duplicates, PaperId};
use crate::library::PendingPapers;
use crate::search::{Hits, Stage};
use crate::sources::LoadEvent;
use crate::text::{counted, group_digits};

pub fn handle_event(state: &mut State, loading: LoadEvent) -> Vec<Effect> {
    match loading {
        LoadEvent::Segment(segment) => {
            state.corpus.push(segment);
            find_pending_papers(state);
            // A running search is repeated after its response.
            let is_idle = state.filter.stage == Stage::Final;
            let is_first = state.corpus.segments().len() == 1;
            let may_ask = is_idle || is_first || !matches!(state.hits(), Hits::Ranked(_));
            if may_ask && state.is_search_due() {
                return filter::search(state);
            }
            filter::show_all(state);
        }
        LoadEvent::Duplicates(duplicates) => return link_duplicates(state, duplicates),
        LoadEvent::DuplicateRows(repeats) => state.load.duplicate_rows = repeats,
        LoadEvent::Progress { bytes, total, .. } => {
            (state.load.progress.bytes, state.load.progress.total) = (bytes, total);
        }
        LoadEvent::Fetch(progress) => state.load.progress.fetch = Some(progress),
        LoadEvent::Defect(defect) => {
            state.load.defect_count += 1;
            if state.load.defects.len() < MAX_LISTED_DEFECTS {
                state.load.defects.push(defect);
            }
        }
        LoadEvent::PartSummary { .. } => {}
        LoadEvent::SkippedPart { name, reason: why } => {
            state.load.skipped_files.push(format!("{name}: skipped: {why}"));
        }
        LoadEvent::Failed(why) => state.notices.error(why),
        LoadEvent::Notice(what) => state.notices.info(what),
        LoadEvent::Done => return finish(state),
    }
    Vec::new()
}

/// Records were merged: cursor and selection move to the papers that they were merged into.
fn link_duplicates(state: &mut State, duplicates: Arc<Duplicates>) -> Vec<Effect> {
    let shown = state.view.paper_text.as_ref().map(|it| it.id);
    let row_of = |corpus: &Corpus, id| corpus.locate(id).map(|(it, row)| (Arc::as_ptr(it), row));
    let before = shown.and_then(|id| row_of(&state.corpus, id));
    state.corpus.set_duplicates(duplicates);
    let corpus = &state.corpus;
    state.list.anchor = state.list.anchor.map(|id| corpus.paper_of_record(id));
    let selected = state.selection.papers();
    if selected.iter().any(|&id| corpus.paper_of_record(id) != id) {
        let firsts = selected.iter().map(|&id| corpus.paper_of_record(id)).collect();
        state.selection.replace(firsts);
    }
    state.load.searched.is_linked_since = true;
    // The merged paper may have an abstract that the record lacked.
    let changed = shown.filter(|&id| row_of(&state.corpus, id) != before);
    let mut effects: Vec<Effect> = changed.map(Effect::FetchAbstract).into_iter().collect();
    if state.filter.stage == Stage::Final && state.is_search_due() {
        effects.extend(filter::search(state));
    }
    effects
}

/// Values were laid over papers, or taken off them.
pub fn show_accepted(state: &mut State) -> Vec<Effect> {
    state.load.searched.is_linked_since = true;
    // Hits in an order of values are not derived from those of the earlier values.
    state.load.all_hits = Hits::default();
    state.view.paper_text = None;
    state.list.detail_paper = None;
    if state.filter.stage == Stage::Final && state.is_search_due() {
        filter::search(state)
    } else {
        filter::show_all(state);
        Vec::new()
    }
}

fn finish(state: &mut State) -> Vec<Effect> {
    state.load.phase = LoadPhase::Done;
    state.load.duplicate_rows = Arc::default();
    let (papers, defects) = (state.corpus.paper_count(), state.load.defect_count);
    if let Some(mut pending) = state.load.pending_papers.take() {
        let was_found = pending.paper_id().is_some();
        pending.find_in_all(&state.corpus, || false);
        take_over(state, &pending, was_found);
        let lost = pending.missing_selected();
        let also = if lost == 0 {
            String::new()
        } else {
            format!("; {} gone", counted(lost, "selected paper"))
        };
        state.notices.info(format!("Reloaded: {}{also}", counted(papers, "paper")));
    }
    let others = state.load.skipped_files.len();
    if others > 0 {
        let files = counted(others, "file");
        state.notices.info(format!("Skipped {files} without papers; see :defects"));
    }
    if defects > 0 {
        let records = counted(defects, "unreadable record");
        state.notices.info(format!("{records}; see :defects"));
    }
    let mut effects = if state.is_search_due() { filter::search(state) } else { Vec::new() };
    effects.push(Effect::PrepareSearch(state.corpus.clone()));
    effects
}

/// Stores the progress of indexing; saves the index when it is complete.
pub fn note_index_progress(state: &mut State, papers: u32) -> Vec<Effect> {
    let is_whole = papers >= state.corpus.len();
    state.load.indexed_abstracts = (!is_whole).then_some(papers);
    if is_whole { vec![Effect::SaveIndex(state.corpus.clone())] } else { Vec::new() }
}

/// Reloads the source, or resumes paused loading.
pub fn reload(state: &mut State) -> Vec<Effect> {
    match state.load.phase {
        LoadPhase::Paused => {
            state.load.phase = LoadPhase::Loading;
            state.notices.info("Loading resumed");
            vec![Effect::ResumeLoading]
        }
        LoadPhase::Loading | LoadPhase::Refetching if state.load.lists.is_online() => {
            state.notices.info("Still fetching; ^C stops");
            Vec::new()
        }
        LoadPhase::Loading | LoadPhase::Refetching | LoadPhase::Done
            if state.load.lists.is_inbox() =>
        {
            state.notices.info("Fetching what is followed…");
            vec![Effect::UpdateInbox]
        }
        LoadPhase::Loading | LoadPhase::Refetching | LoadPhase::Done => vec![Effect::Reload],
    }
}

/// Tells what an update of the inbox has brought, and reads its files again if they have changed.
pub fn finish_inbox_update(state: &mut State, news: Result<InboxNews, String>) -> Vec<Effect> {
    let news = match news {
        Ok(news) => news,
        Err(reason) => {
            state.notices.error(reason);
            return Vec::new();
        }
    };
    if news.failures.is_empty() && !news.has_papers {
        state.notices.info("Nothing new");
    }
    for failure in news.failures {
        state.notices.error(failure);
    }
    // Another list may have been opened since.
    let is_shown = news.has_papers && state.load.lists.is_inbox();
    if is_shown { vec![Effect::Reload] } else { Vec::new() }
}

/// Empties the corpus: the source was reopened, and all papers will arrive again.
pub fn restart(state: &mut State) -> Vec<Effect> {
    let current = state.current().map(|(id, _)| id);
    let pending = PendingPapers::from_corpus(&state.corpus, current, state.selection.papers());
    state.load = LoadState {
        lists: std::mem::take(&mut state.load.lists),
        progress: LoadProgress {
            fetch: state.load.progress.fetch.take(),
            ..LoadProgress::default()
        },
        pending_papers: Some(pending),
        ..LoadState::default()
    };
    if state.load.lists.is_online() {
        // The papers that are new are those that the list on the screen did not hold.
        state.library.last_visit = None;
    }
    state.corpus = Corpus::default();
    state.set_hits(Hits::AllInOrder(0));
    // Paper ids are invalid from here on.
    state.selection.clear();
    state.library.undo.drop_selections();
    state.library.marks = Arc::default();
    state.filter.marks.loaded = MarksLoaded::Pending;
    state.filter.marks.snapshot = Arc::default();
    state.filter.marks.judged = None;
    list::go_to_top(state);
    state.list.filter_origin = None;
    state.list.jumps = JumpList::default();
    state.view.paper_text = None;
    filter::restart_search(state)
}

/// Returns true if papers arrive, or are waited for.
pub fn is_running(state: &State) -> bool {
    matches!(state.load.phase, LoadPhase::Loading | LoadPhase::Refetching)
}

/// Pauses loading and keeps the papers loaded so far. A fetch is stopped for good, since its service
/// would not wait.
pub fn pause(state: &mut State) -> Vec<Effect> {
    if is_running(state) && state.load.lists.is_online() {
        return stop_fetch(state);
    }
    if state.load.phase != LoadPhase::Loading {
        state.notices.info("Nothing is loading");
        return Vec::new();
    }
    state.load.phase = LoadPhase::Paused;
    // No count here: segments in progress still arrive. The header shows the number of papers.
    state.notices.info("Loading paused; R resumes");
    let mut effects = vec![Effect::PauseLoading];
    if state.is_search_due() {
        effects.extend(filter::search(state));
    }
    effects
}

/// Stops the fetch at once and keeps the papers that came.
fn stop_fetch(state: &mut State) -> Vec<Effect> {
    let was_refetching = state.load.phase == LoadPhase::Refetching;
    let total = state.load.progress.fetch.as_ref().and_then(|it| it.total);
    let papers = group_digits(state.paper_count() as usize);
    let mut effects = vec![Effect::StopFetch];
    let kept = match total {
        _ if was_refetching => "the list is kept".to_owned(),
        Some(total) => format!("{papers} of {} kept", group_digits(total as usize)),
        None => format!("{papers} kept"),
    };
    if was_refetching {
        end_refetch(state);
    } else {
        effects.extend(finish(state));
    }
    state.notices.info(format!("Fetch stopped: {kept}; R fetches again"));
    effects
}

/// The source is fetched again; its list stays on the screen until the first page has come.
pub fn begin_refetch(state: &mut State) {
    state.load.phase = LoadPhase::Refetching;
    state.load.progress.fetch = None;
}

/// The fetch has ended without a list to take the place of the one on the screen.
pub fn end_refetch(state: &mut State) {
    state.load.phase = LoadPhase::Done;
    state.load.progress.fetch = None;
}

/// Looks in the newest segment for the papers under the cursor and in the selection.
fn find_pending_papers(state: &mut State) {
    let Some(mut pending) = state.load.pending_papers.take() else { return };
    if let Some((start, segment)) = state.corpus.segments().last() {
        let was_found = pending.paper_id().is_some();
        pending.find_in_segment(&state.corpus, start, segment);
        take_over(state, &pending, was_found);
    }
    state.load.pending_papers = Some(pending);
}

/// Moves the cursor to its paper if that was just found, and selects the papers found.
fn take_over(state: &mut State, pending: &PendingPapers, was_found: bool) {
    if let Some(id) = pending.paper_id().filter(|_| !was_found) {
        state.anchor_cursor(id, None);
    }
    // Restored papers keep their order and precede papers selected since.
    let mut selected = pending.selected_ids();
    let since = state.selection.papers().iter().filter(|id| !selected.contains(id));
    let since: Vec<PaperId> = since.copied().collect();
    selected.extend(since);
    state.selection.replace(selected);
}
