//! What has scrolled from one frame to the next, so that the terminal can be told to move it.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::app::State;
use crate::domain::PaperId;

/// What the last frame showed, and from where.
#[derive(Debug, Default)]
pub struct Drawn {
    list: (usize, Rect),
    reading: (Option<PaperId>, usize, Rect),
}

impl Drawn {
    /// The rows of the screen that have moved since, and how far up; remembers what is shown now.
    pub fn scrolled(&mut self, state: &State) -> Option<(Range<u16>, i32)> {
        let areas = &state.view.areas;
        let reading = state.view.reading.as_ref();
        let now = Self {
            list: (state.list.top, areas.list),
            reading: (reading.map(|it| it.id), reading.map_or(0, |it| it.top), areas.detail),
        };
        let was = std::mem::replace(self, now);
        let rows = |area: Rect| area.top()..area.bottom();
        if was.list.0 != self.list.0 && was.list.1 == self.list.1 {
            let by = distance(was.list.0, self.list.0)?.checked_mul(areas.row_height.into())?;
            Some((rows(areas.list), by))
        } else if was.reading.1 != self.reading.1
            && (was.reading.0, was.reading.2) == (self.reading.0, self.reading.2)
        {
            Some((rows(areas.detail), distance(was.reading.1, self.reading.1)?))
        } else {
            None
        }
    }
}

fn distance(from: usize, to: usize) -> Option<i32> {
    i32::try_from(to).ok()?.checked_sub(i32::try_from(from).ok()?)
}
