//! Notes on papers, written in the reader's own editor.

use super::{marks, selection};
use crate::app::effect::Effect;
use crate::app::event::Written;
use crate::app::model::library::Then;
use crate::app::model::state::State;
use crate::library::{Act, Deed, Which};

/// Has a note on the paper written. A selection has no note.
pub fn write(state: &mut State) -> Vec<Effect> {
    let subject = selection::to_mark(state);
    let which = subject.which(state);
    match which.as_slice() {
        [] => state.notices.fail("There is no paper to note anything on."),
        [_] => match subject.here(state, subject.papers[0]) {
            Some(id) => return vec![Effect::Write(Which::Paper(id))],
            None => state.notices.fail("This paper is from another source; it is noted there."),
        },
        _ => state.notices.fail("A note is on one paper; Esc puts the selection away."),
    }
    Vec::new()
}

/// Keeps what was written.
pub fn written(state: &mut State, written: Written) -> Vec<Effect> {
    match written {
        Written::Note { paper, text } => {
            let act = Act { deeds: vec![Deed::Note(text)], papers: vec![paper] };
            return marks::record(state, act, Then::Stay);
        }
        Written::Unchanged => state.notices.tell("The note is as it was."),
        Written::Failed(why) => state.notices.fail(why),
    }
    Vec::new()
}
