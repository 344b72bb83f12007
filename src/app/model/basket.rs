//! Cursor and scroll position of the basket pane.

/// Cursor and scroll position of the basket, in rows from zero.
#[derive(Debug, Clone, Copy, Default)]
pub struct BasketPane {
    pub cursor: usize,
    pub top: usize,
}
