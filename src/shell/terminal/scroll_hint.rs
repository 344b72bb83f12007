//! Detects rows that scrolled between two frames, so that the terminal can move them.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::app::State;
use crate::domain::PaperId;

/// Scroll positions and areas of the last frame.
#[derive(Debug, Default)]
pub struct DrawnRows {
    list: (usize, Rect),
    detail: (Option<PaperId>, usize, Rect),
}

impl DrawnRows {
    /// The rows that scrolled since the last frame and the distance upwards. Stores the positions
    /// of this frame.
    pub fn scroll_hint(&mut self, state: &State) -> Option<(Range<u16>, i32)> {
        let areas = &state.view.areas;
        let paper_text = state.view.paper_text.as_ref();
        let now = Self {
            list: (state.list.viewport.top, areas.list),
            detail: (paper_text.map(|it| it.id), paper_text.map_or(0, |it| it.top), areas.detail),
        };
        let was = std::mem::replace(self, now);
        let rows = |area: Rect| area.top()..area.bottom();
        // Headings between the rows make the distance in lines another one.
        let is_even = !state.has_day_headings();
        if is_even && was.list.0 != self.list.0 && was.list.1 == self.list.1 {
            let by = distance(was.list.0, self.list.0)?.checked_mul(areas.row_height.into())?;
            Some((rows(areas.list), by))
        } else if was.detail.1 != self.detail.1
            && (was.detail.0, was.detail.2) == (self.detail.0, self.detail.2)
        {
            Some((rows(areas.detail), distance(was.detail.1, self.detail.1)?))
        } else {
            None
        }
    }
}

fn distance(from: usize, to: usize) -> Option<i32> {
    i32::try_from(to).ok()?.checked_sub(i32::try_from(from).ok()?)
}
