//! Parts of a paper that are shown because they match the query.

use std::ops::Range;

/// A sentence of an abstract that shows why a paper matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Byte range in the abstract.
    pub range: Range<usize>,
    /// Matching byte ranges, relative to the start of the sentence; sorted and disjoint.
    pub highlights: Vec<Range<usize>>,
}

/// A text of another field that shows why a paper matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSnippet {
    /// The kind of the field: `keyword`, `note`, `comment` or `tag`.
    pub label: &'static str,
    /// One line.
    pub text: String,
    /// Matching byte ranges of the text; sorted and disjoint.
    pub highlights: Vec<Range<usize>>,
}
