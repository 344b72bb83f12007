//! Notes on papers, written in the user's editor.

use super::{request, selection};
use crate::app::effect::Effect;
use crate::app::event::NoteResult;
use crate::app::model::library::AfterChange;
use crate::app::model::state::State;
use crate::library::{Change, ChangeSet, PaperRef};

/// Opens the note of the current paper in the editor. A selection of several papers is rejected.
pub fn edit_note(state: &mut State) -> Vec<Effect> {
    let target = selection::mark_target(state);
    let which = target.paper_refs(&state.library);
    match which.as_slice() {
        [] => state.notices.error("No paper to write a note on"),
        [_] => match target.id_on_screen(&state.library, target.papers[0]) {
            Some(id) => return vec![Effect::EditNote(PaperRef::Corpus(id))],
            None => {
                state
                    .notices
                    .error("This paper is from another source; open that to edit its note");
            }
        },
        _ => state.notices.error("A note belongs to one paper; Esc clears the selection"),
    }
    Vec::new()
}

/// Records the edited note.
pub fn handle_result(state: &mut State, written: NoteResult) -> Vec<Effect> {
    match written {
        NoteResult::Note { paper, text } => {
            let act = ChangeSet { changes: vec![Change::Note(text)], papers: vec![paper] };
            return request::record(state, act, AfterChange::KeepCursor);
        }
        NoteResult::Unchanged => state.notices.info("Note unchanged"),
        NoteResult::Failed(why) => state.notices.error(why),
    }
    Vec::new()
}
