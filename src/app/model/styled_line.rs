//! A line of text with styles on ranges of it.

use crate::text::Emphasis;
use std::ops::Range;

/// What a stretch of text is, for drawing to choose its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    Title,
    Field,
    Label,
    Link,
    Emphasis(Emphasis),
    /// It matches the filter.
    FilterMatch,
    /// It matches what is looked for in the text.
    FindMatch,
    /// The match that the reader stands on.
    CurrentFindMatch,
}

/// A line as it is shown. Looks may overlap; the later one wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StyledLine {
    pub text: String,
    pub styles: Vec<(Range<usize>, TextStyle)>,
    /// Which of the paper's links the line is a part of.
    pub link: Option<usize>,
}
