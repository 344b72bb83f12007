//! Cursor and scroll position of the basket pane.

/// Where the cursor stands in the basket.
#[derive(Debug, Clone, Copy, Default)]
pub struct BasketPane {
    pub cursor: usize,
    pub top: usize,
}
