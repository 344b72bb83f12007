//! Cursor and scroll position of a list, with the motions common to all lists.

use crate::app::action::Motion;

/// Cursor and scroll position, in rows from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Viewport {
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
}

/// The extent of a list and of its visible part, in rows.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    pub len: usize,
    /// Rows on the screen; 0 counts as 1.
    pub height: usize,
    /// Rows on the screen when the last one is at its bottom; 0 counts as 1. Other than `height` in
    /// a list with headings between its rows.
    pub height_at_end: usize,
    /// Rows scrolled by a page motion.
    pub page: usize,
    /// Rows kept visible above and below the cursor.
    pub scroll_off: usize,
    pub paging: Paging,
}

/// Cursor behaviour of page motions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// The cursor stays on its row while that is visible, as in vim.
    KeepsRow,
    /// The cursor stays at its position on the screen, as in a pager.
    KeepsPlace,
}

impl Extent {
    /// A list without scroll margin, whose pages overlap by one row.
    pub fn new(len: usize, height: usize) -> Self {
        let page = height.max(2) - 1;
        let paging = Paging::KeepsPlace;
        Self { len, height, height_at_end: height, page, scroll_off: 0, paging }
    }

    fn last(&self) -> usize {
        self.len.saturating_sub(1)
    }

    /// The top row when the last row is at the bottom of the screen.
    fn lowest_top(&self) -> usize {
        self.len.saturating_sub(self.height_at_end.max(1))
    }

    /// Rows kept visible above and below the cursor, as far as the height allows.
    pub fn margin(&self) -> usize {
        self.scroll_off.min((self.height.max(1) - 1) / 2)
    }
}

impl Viewport {
    /// Moves the cursor. `count` is the number typed before the motion: the rows, pages or half
    /// pages to move by, or the row to go to, from 1.
    pub fn apply(&mut self, motion: Motion, count: Option<usize>, extent: Extent) {
        let height = extent.height.max(1);
        let steps = count.unwrap_or(1);
        let half = (height / 2).max(1).saturating_mul(steps);
        let page = extent.page.max(1).saturating_mul(steps);
        let end = self.top.saturating_add(height).min(extent.len);
        match motion {
            Motion::Down => self.cursor = self.cursor.saturating_add(steps),
            Motion::Up => self.cursor = self.cursor.saturating_sub(steps),
            Motion::HalfDown => self.cursor = self.cursor.saturating_add(half),
            Motion::HalfUp => self.cursor = self.cursor.saturating_sub(half),
            Motion::PageDown => self.page_down(page, extent),
            Motion::PageUp => self.page_up(page, extent),
            Motion::First => self.cursor = steps.saturating_sub(1),
            Motion::Last => self.cursor = count.map_or(usize::MAX, |row| row.saturating_sub(1)),
            Motion::ScreenTop => self.cursor = self.top.saturating_add(steps - 1).min(end),
            Motion::ScreenMiddle => self.cursor = self.top + end.saturating_sub(self.top) / 2,
            Motion::ScreenBottom => self.cursor = end.saturating_sub(steps).max(self.top),
            Motion::CursorTop => self.top = self.cursor,
            Motion::CursorMiddle => self.top = self.cursor.saturating_sub(height / 2),
            Motion::CursorBottom => self.top = self.cursor.saturating_sub(height),
        }
        self.scroll_to_cursor(extent);
    }

    /// Scrolls down by a page; at the end of the list, goes to the last row. As in less and vim.
    fn page_down(&mut self, rows: usize, extent: Extent) {
        if self.top >= extent.lowest_top() {
            self.cursor = extent.last();
            return;
        }
        let before = self.top;
        self.top = self.top.saturating_add(rows).min(extent.lowest_top());
        let margin = extent.scroll_off.min(extent.height.max(1) - 1);
        self.cursor = match extent.paging {
            Paging::KeepsRow => self.cursor.max(self.top + margin),
            Paging::KeepsPlace => self.cursor + (self.top - before),
        };
    }

    fn page_up(&mut self, rows: usize, extent: Extent) {
        if self.top == 0 {
            self.cursor = 0;
            return;
        }
        let before = self.top;
        self.top = self.top.saturating_sub(rows);
        let bottom = self.top + (extent.height.max(1) - 1).saturating_sub(extent.scroll_off);
        self.cursor = match extent.paging {
            Paging::KeepsRow => self.cursor.min(bottom),
            Paging::KeepsPlace => self.cursor - (before - self.top),
        };
    }

    /// Scrolls down by rows; the cursor stays on its row while that is visible.
    pub fn scroll_down(&mut self, rows: usize, extent: Extent) {
        self.top = self.top.saturating_add(rows).min(extent.lowest_top());
        let margin = extent.scroll_off.min((extent.height.max(1) - 1) / 2);
        let margin = if self.top == 0 { 0 } else { margin };
        self.cursor = self.cursor.max(self.top + margin);
        self.scroll_to_cursor(extent);
    }

    /// Scrolls up by rows; the cursor stays on its row while that is visible.
    pub fn scroll_up(&mut self, rows: usize, extent: Extent) {
        self.top = self.top.saturating_sub(rows);
        let height = extent.height.max(1);
        let end = self.top.saturating_add(height);
        let margin = extent.scroll_off.min((height - 1) / 2);
        let margin = if end >= extent.len { 0 } else { margin };
        self.cursor = self.cursor.min(end.saturating_sub(margin + 1));
        self.scroll_to_cursor(extent);
    }

    /// Moves the cursor onto an existing row and scrolls the least amount that makes it visible.
    pub fn scroll_to_cursor(&mut self, extent: Extent) {
        let height = extent.height.max(1);
        self.cursor = self.cursor.min(extent.last());
        let margin = extent.margin();
        let lowest = self.cursor.saturating_sub(margin);
        let highest = (self.cursor + margin + 1).min(extent.len).saturating_sub(height);
        self.top = self.top.clamp(highest.min(lowest), lowest).min(extent.lowest_top());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MOTIONS: [Motion; 14] = [
        Motion::Down,
        Motion::Up,
        Motion::First,
        Motion::Last,
        Motion::HalfDown,
        Motion::HalfUp,
        Motion::PageDown,
        Motion::PageUp,
        Motion::ScreenTop,
        Motion::ScreenMiddle,
        Motion::ScreenBottom,
        Motion::CursorTop,
        Motion::CursorMiddle,
        Motion::CursorBottom,
    ];

    fn after(motions: &[Motion], extent: Extent) -> (usize, usize) {
        let mut viewport = Viewport::default();
        for motion in motions {
            viewport.apply(*motion, None, extent);
        }
        (viewport.cursor, viewport.top)
    }

    #[test]
    fn a_page_scrolls_and_the_cursor_stays_in_sight() {
        let extent = Extent::new(100, 10);
        assert_eq!(after(&[Motion::Down, Motion::PageDown], extent), (10, 9));
        assert_eq!(after(&[Motion::Down, Motion::PageDown, Motion::PageUp], extent), (1, 0));
        let keeps_row = Extent { paging: Paging::KeepsRow, ..extent };
        assert_eq!(after(&[Motion::PageDown], keeps_row), (9, 9));
        assert_eq!(after(&[Motion::PageDown, Motion::PageUp], keeps_row), (9, 0));
        assert_eq!(after(&[Motion::HalfDown], extent), (5, 0));
        assert_eq!(after(&[Motion::Last, Motion::PageDown], extent), (99, 90));
        assert_eq!(after(&[Motion::Last, Motion::ScreenTop], extent), (90, 90));
        assert_eq!(after(&[Motion::Down], Extent::new(0, 0)), (0, 0));
    }

    proptest! {
        #[test]
        fn the_cursor_is_on_a_row_and_in_sight(
            motions in prop::collection::vec((0..MOTIONS.len(), prop::option::of(1..300_usize)), 0..20),
            len in 0..200_usize,
            height in 0..30_usize,
            scroll_off in 0..3_usize,
            paging in prop::sample::select(vec![Paging::KeepsRow, Paging::KeepsPlace]),
        ) {
            let extent = Extent { scroll_off, paging, ..Extent::new(len, height) };
            let mut viewport = Viewport::default();
            for (motion, count) in motions {
                viewport.apply(MOTIONS[motion], count, extent);
                prop_assert!(viewport.cursor < len.max(1));
                prop_assert!(viewport.top <= viewport.cursor);
                prop_assert!(viewport.cursor < viewport.top + height.max(1));
                prop_assert!(viewport.top <= extent.lowest_top());
            }
        }
    }

    #[test]
    fn scrolling_moves_the_rows_and_the_cursor_only_where_it_would_leave_the_screen() {
        let extent = Extent { scroll_off: 1, ..Extent::new(100, 10) };
        let mut viewport = Viewport { cursor: 5, top: 0 };
        viewport.scroll_down(3, extent);
        assert_eq!((viewport.cursor, viewport.top), (5, 3));
        viewport.scroll_down(3, extent);
        assert_eq!((viewport.cursor, viewport.top), (7, 6));
        viewport.scroll_up(3, extent);
        assert_eq!((viewport.cursor, viewport.top), (7, 3));
        viewport.scroll_up(99, extent);
        assert_eq!((viewport.cursor, viewport.top), (7, 0));
        viewport.scroll_down(999, extent);
        assert_eq!((viewport.cursor, viewport.top), (91, 90));
        let short = Extent { scroll_off: 1, ..Extent::new(3, 10) };
        let mut viewport = Viewport { cursor: 2, top: 0 };
        viewport.scroll_down(3, short);
        viewport.scroll_up(3, short);
        assert_eq!((viewport.cursor, viewport.top), (2, 0));
    }
}
