//! The order `for you`: the marks that it is learnt from.

use std::sync::Arc;

use crate::app::model::filter::MarksLoaded;
use crate::app::model::state::State;
use crate::domain::{InterestModel, Mark, Marks};
use crate::search::SortKey;

/// Freezes the marks that the order `for you` is learnt from, so that no row moves while papers are
/// starred. A session or saved search may ask for the order where too few papers are starred: it
/// gets the default one instead.
pub fn freeze_judged_marks(state: &mut State) -> Option<Arc<Marks>> {
    if state.filter.order != SortKey::ForYou {
        return None;
    }
    let has_all_marks = state.filter.marks.loaded == MarksLoaded::Complete;
    if state.filter.marks.judged.is_none() && !has_too_few_stars(state) {
        state.filter.marks.judged = Some(Arc::clone(&state.library.marks));
    } else if state.filter.marks.judged.is_none() && has_all_marks {
        report_too_few_stars(state);
        (state.filter.order, state.filter.direction) = Default::default();
    }
    state.filter.marks.judged.clone()
}

pub fn has_too_few_stars(state: &State) -> bool {
    state.library.marks.count(Mark::Starred) < InterestModel::MIN_STARRED
}

pub fn report_too_few_stars(state: &mut State) {
    let (needed, starred) = (InterestModel::MIN_STARRED, state.library.marks.count(Mark::Starred));
    state.notices.info(format!(
        "Not sorted for you: needs {needed} starred papers in this list, has {starred}; * stars a paper"
    ));
}
