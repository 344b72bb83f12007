//! A paper before it is added to a segment, owned or borrowed.

use super::field::{BibField, PaperKind};
use super::name::{ET_AL, has_et_al};
use super::paper::Paper;
use crate::domain::identifier::{pmcid, pmid};
use std::borrow::Cow;

/// A paper as a reader parsed it. Unknown fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub title: String,
    /// Names in the form `Given Family` or `Family, Given`. An undivided name is in braces, and
    /// [`ET_AL`] is last if there are more authors.
    pub authors: Vec<String>,
    pub abstract_text: String,
    pub year: Option<i16>,
    /// Separated by spaces, the primary category first: `cs.CL cs.LG`.
    pub categories: String,
    pub venue: String,
    /// Without version: `2501.02950`, `hep-th/9901001`.
    pub arxiv: String,
    /// Without resolver: `10.1007/s10955-022-02966-8`.
    pub doi: String,
    /// URLs that the source gives. Those that follow from the identifiers are derived later.
    pub urls: Vec<String>,
    pub kind: PaperKind,
    /// Each field at most once.
    pub fields: Vec<(BibField, String)>,
}

impl Draft {
    /// Returns the value of a field, or an empty string.
    pub fn field(&self, field: BibField) -> &str {
        self.fields.iter().find(|(it, _)| *it == field).map_or("", |(_, value)| value)
    }

    /// Adds a field, unless it is blank or already present. A PMID or PMCID is normalised;
    /// placeholders are dropped.
    pub fn add_field(&mut self, field: BibField, value: impl Into<String>) {
        let value = match field {
            BibField::Pmid => pmid(&value.into()).unwrap_or_default(),
            BibField::Pmcid => pmcid(&value.into()).unwrap_or_default(),
            _ => value.into(),
        };
        if !value.trim().is_empty() && self.field(field).is_empty() {
            self.fields.push((field, value));
        }
    }

    /// The length of title, abstract, authors, URLs and optional fields in bytes.
    pub fn text_bytes(&self) -> usize {
        let lists = self.authors.iter().chain(&self.urls).map(String::len).sum::<usize>();
        let field_bytes = self.fields.iter().map(|(_, value)| value.len()).sum::<usize>();
        self.title.len() + self.abstract_text.len() + lists + field_bytes
    }
}

/// A [`Draft`] that borrows from its source where possible. Saves allocations in sources of
/// millions of records.
#[derive(Debug, Default)]
pub struct BorrowedDraft<'a> {
    pub title: Cow<'a, str>,
    pub authors: Vec<Cow<'a, str>>,
    pub abstract_text: Cow<'a, str>,
    pub year: Option<i16>,
    pub categories: Cow<'a, str>,
    pub venue: Cow<'a, str>,
    pub arxiv: Cow<'a, str>,
    pub doi: Cow<'a, str>,
    pub urls: &'a [String],
    pub kind: PaperKind,
    pub fields: Vec<(BibField, Cow<'a, str>)>,
}

impl<'a> BorrowedDraft<'a> {
    /// Adds a field, unless it is blank. The caller ensures that it is not yet present. A PMID or
    /// PMCID is normalised; placeholders are dropped.
    pub fn add_field(&mut self, field: BibField, value: Cow<'a, str>) {
        let value = match field {
            BibField::Pmid => pmid(&value).unwrap_or_default().into(),
            BibField::Pmcid => pmcid(&value).unwrap_or_default().into(),
            _ => value,
        };
        if !value.trim().is_empty() {
            self.fields.push((field, value));
        }
    }
}

impl<'a> From<&'a Draft> for BorrowedDraft<'a> {
    fn from(draft: &'a Draft) -> Self {
        let fields = draft.fields.iter();
        Self {
            title: Cow::Borrowed(&draft.title),
            authors: draft.authors.iter().map(Cow::from).collect(),
            abstract_text: Cow::Borrowed(&draft.abstract_text),
            year: draft.year,
            categories: Cow::Borrowed(&draft.categories),
            venue: Cow::Borrowed(&draft.venue),
            arxiv: Cow::Borrowed(&draft.arxiv),
            doi: Cow::Borrowed(&draft.doi),
            urls: &draft.urls,
            kind: draft.kind,
            fields: fields.map(|(field, value)| (*field, Cow::Borrowed(&**value))).collect(),
        }
    }
}

/// Converts a record back to a draft, without its abstract.
impl From<&Paper<'_>> for Draft {
    fn from(paper: &Paper<'_>) -> Self {
        let others = has_et_al(paper.author_list).then_some(ET_AL);
        Self {
            title: paper.title.to_owned(),
            authors: paper.authors().chain(others).map(str::to_owned).collect(),
            abstract_text: String::new(),
            year: paper.year,
            categories: paper.categories.to_owned(),
            venue: paper.venue.to_owned(),
            arxiv: paper.arxiv.to_owned(),
            doi: paper.doi.to_owned(),
            urls: paper.urls().map(str::to_owned).collect(),
            kind: paper.kind,
            fields: paper.fields().map(|(field, value)| (field, value.to_owned())).collect(),
        }
    }
}

impl From<BorrowedDraft<'_>> for Draft {
    fn from(draft: BorrowedDraft<'_>) -> Self {
        let fields = draft.fields.into_iter();
        Self {
            title: draft.title.into_owned(),
            authors: draft.authors.into_iter().map(Cow::into_owned).collect(),
            abstract_text: draft.abstract_text.into_owned(),
            year: draft.year,
            categories: draft.categories.into_owned(),
            venue: draft.venue.into_owned(),
            arxiv: draft.arxiv.into_owned(),
            doi: draft.doi.into_owned(),
            urls: draft.urls.to_vec(),
            kind: draft.kind,
            fields: fields.map(|(field, value)| (field, value.into_owned())).collect(),
        }
    }
}
