//! The parts of the state whose changes are told after a line.

use super::lines;
use crate::app::{Mode, Pane, State};
use crate::domain::PaperId;
use crate::search::QueryId;

/// A snapshot before or after a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Position {
    pub query_id: QueryId,
    pub hits: usize,
    pub current: Option<PaperId>,
    pub selected: usize,
    pub pane: Pane,
    pub notices: usize,
    pub popup: Option<Vec<String>>,
}

impl Position {
    pub fn from_state(state: &State) -> Self {
        let popup = if let Mode::Popup(popup) = &state.mode {
            Some(lines::popup_lines(state, popup))
        } else {
            None
        };
        Self {
            query_id: state.filter.query_id,
            hits: state.hits().len(),
            current: state.current().map(|(id, _)| id),
            selected: state.selection.papers().len(),
            pane: state.view.pane,
            notices: state.notices.all().len(),
            popup,
        }
    }
}
