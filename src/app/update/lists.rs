//! Lists opened from a list: opening them and going back.

use super::{filter, session};
use crate::app::effect::Effect;
use crate::app::model::filter::{Filter, MarkFilter, MarksLoaded};
use crate::app::model::layout::Pane;
use crate::app::model::list::DetailDelay;
use crate::app::model::list_stack::{
    LevelCompleteness, LevelDefects, ListLevel, ListOrigin, ListStack, MAX_LISTS_BELOW,
};
use crate::app::model::load::{LoadPhase, LoadState};
use crate::app::model::state::{Mode, State};
use crate::domain::{BibField, Identifier, Paper};
use crate::search::Hits;
use crate::sources::{Address, Relation};

/// Requests the list with this address or file name.
pub fn open(state: &mut State, text: &str) -> Vec<Effect> {
    if !state.load.lists.has_room(state.corpus.len()) {
        let notice =
            format!("Not opened: at most {MAX_LISTS_BELOW} lists stay below; Esc goes back");
        state.notices.error(notice);
        return Vec::new();
    }
    let mut effects = session::leave_list(state);
    effects.push(Effect::OpenList(text.trim().to_owned()));
    effects
}

/// Requests the papers that are related to the current one.
pub fn open_related(state: &mut State, relation: Relation) -> Vec<Effect> {
    let Some((_, paper)) = state.target_paper() else { return Vec::new() };
    let Some(id) = identifier(&paper) else {
        state.notices.error("No arXiv id, DOI or PMID known for this paper");
        return Vec::new();
    };
    open(state, &Address::Related(relation, id).to_string())
}

/// The identifier by which services know the paper best.
fn identifier(paper: &Paper<'_>) -> Option<Identifier> {
    let known =
        |id: &str, kind: fn(String) -> Identifier| (!id.is_empty()).then(|| kind(id.to_owned()));
    known(paper.arxiv, Identifier::Arxiv)
        .or_else(|| known(paper.doi, Identifier::Doi))
        .or_else(|| known(paper.field(BibField::Pmid), Identifier::Pmid))
        .or_else(|| known(paper.field(BibField::Pmcid), Identifier::Pmcid))
}

/// Puts an empty list over the current one. Its papers follow.
pub fn show_opened(state: &mut State, origin: ListOrigin) -> Vec<Effect> {
    let completeness = match state.load.phase {
        LoadPhase::Loading | LoadPhase::Paused => LevelCompleteness::Cancelled,
        LoadPhase::Done | LoadPhase::Refetching => LevelCompleteness::Complete,
    };
    let mut load = std::mem::take(&mut state.load);
    let lists = std::mem::take(&mut load.lists);
    let unsent_filter = origin.unsent_filter.clone();
    let new_filter = Filter {
        history: std::mem::take(&mut state.filter.history),
        query_id: state.filter.query_id,
        marks: MarkFilter { skipped: state.filter.marks.skipped, ..MarkFilter::default() },
        order: origin.order,
        ..Filter::default()
    };
    let last_copy_format = state.selection.last_copy_format;
    let level = ListLevel {
        origin: lists.current,
        corpus: std::mem::take(&mut state.corpus),
        filter: std::mem::replace(&mut state.filter, new_filter),
        list: std::mem::take(&mut state.list),
        selection: std::mem::take(&mut state.selection),
        marks: std::mem::take(&mut state.library.marks),
        toggled_values: std::mem::take(&mut state.view.facets.toggled_values),
        last_visit: state.library.last_visit.take(),
        defects: LevelDefects {
            records: load.defects,
            count: load.defect_count,
            skipped_files: load.skipped_files,
        },
        completeness,
        is_indexing: load.indexed_abstracts.is_some(),
    };
    let mut below = lists.below;
    below.push(level);
    state.load.lists = ListStack { current: origin, below };
    state.selection.last_copy_format = last_copy_format;
    reset_view(state);
    state.set_hits(Hits::AllInOrder(0));
    if unsent_filter.is_empty() {
        filter::restart_search(state)
    } else {
        filter::replace(state, &unsent_filter)
    }
}

/// Goes back to the list below, if there is one: its papers, place, filter and selection are as they
/// were left.
pub fn go_back(state: &mut State) -> Option<Vec<Effect>> {
    let level = state.load.lists.below.pop()?;
    let below = std::mem::take(&mut state.load.lists.below);
    state.load = LoadState {
        lists: ListStack { current: level.origin, below },
        phase: LoadPhase::Done,
        defects: level.defects.records,
        defect_count: level.defects.count,
        skipped_files: level.defects.skipped_files,
        all_hits: level.filter.hits.clone(),
        ..LoadState::default()
    };
    state.corpus = level.corpus;
    let above = std::mem::replace(&mut state.filter, level.filter);
    state.filter.history = above.history;
    state.filter.query_id = above.query_id;
    state.filter.marks.skipped = above.marks.skipped;
    state.filter.marks.loaded = MarksLoaded::Pending;
    state.filter.forget_completion();
    let last_copy_format = state.selection.last_copy_format;
    state.selection = level.selection;
    state.selection.last_copy_format = last_copy_format;
    state.library.marks = level.marks;
    state.library.last_visit = level.last_visit;
    state.view.facets.toggled_values = level.toggled_values;
    state.list = level.list;
    let current = state.current().map(|(id, _)| id);
    let viewport = state.list.viewport;
    reset_view(state);
    if let Some(id) = state.list.anchor.or(current) {
        let rows_above = viewport.cursor.saturating_sub(viewport.top);
        state.anchor_cursor(id, Some(rows_above));
    }
    let hits = state.filter.hits.clone();
    state.set_hits(hits);
    if level.completeness == LevelCompleteness::Cancelled {
        state.notices.info("Loading was stopped when the other list was opened; R loads again");
    }
    let mut effects = vec![Effect::ReturnToList(level.completeness)];
    effects.extend(filter::restart_search(state));
    if level.is_indexing && level.completeness == LevelCompleteness::Complete {
        effects.push(Effect::PrepareSearch(state.corpus.clone()));
    }
    Some(effects)
}

/// Shows the list, and no text of another one.
fn reset_view(state: &mut State) {
    state.mode = Mode::Panes;
    state.view.pane = Pane::List;
    state.view.paper_text = None;
    state.list.detail_paper = None;
    state.list.detail_delay = DetailDelay::Elapsed;
    // The papers of selections that can be undone are those of another list.
    state.library.undo.drop_selections();
}
