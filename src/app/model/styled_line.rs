//! TODO header.

use crate::text::Emphasis;
use std::ops::Range;

/// What a stretch of text is, for drawing to choose its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Title,
    Fact,
    Label,
    Link,
    Emphasis(Emphasis),
    /// It matches the filter.
    Match,
    /// It matches what is looked for in the text.
    Found,
    /// The match that the reader stands on.
    FoundHere,
}

/// A line as it is shown. Looks may overlap; the later one wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextLine {
    pub text: String,
    pub looks: Vec<(Range<usize>, Look)>,
    /// Which of the paper's links the line is a part of.
    pub link: Option<usize>,
}
