//! A line of text with styles on ranges of it.

use crate::text::Emphasis;
use std::ops::Range;

/// The role of a range of text; drawing maps it to a terminal style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    Title,
    Field,
    Label,
    Link,
    Emphasis(Emphasis),
    /// Matches the filter.
    FilterMatch,
    /// Matches the search within the text.
    FindMatch,
    /// The current match of the search within the text.
    CurrentFindMatch,
}

/// A displayed line. Styles may overlap; the later one wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StyledLine {
    pub text: String,
    pub styles: Vec<(Range<usize>, TextStyle)>,
    /// Index into the links of the paper, if the line is part of one.
    pub link: Option<usize>,
}
