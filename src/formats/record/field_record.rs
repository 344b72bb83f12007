//! A record of named fields: access to the values of a field, and the kind of the paper.

use std::borrow::Cow;

use super::field::RecordField;
use super::kind;
use super::lenient::LenientValue;
use super::text::{join_wrapped_lines, prefixed_arxiv_id, without_entity_ids};
use crate::domain::{BibField, PaperKind};
use crate::formats::values::markup;

/// Members of an object that contain its text.
pub const TEXT_MEMBERS: [&str; 10] = [
    "display_name", "fullname", "name", "text", "tag", "keyword", "title", "value",
    "journal_title", "source",
];

/// The fields of a record with their values, in the order of the source.
#[derive(Default)]
pub struct Record<'a>(pub Vec<(RecordField, LenientValue<'a>)>);

impl<'a> Record<'a> {
    pub fn push(&mut self, field: RecordField, value: LenientValue<'a>) {
        self.0.push((field, value));
    }

    pub fn all(&self, field: RecordField) -> impl Iterator<Item = &LenientValue<'a>> {
        self.0.iter().filter(move |(it, _)| *it == field).map(|(_, value)| value)
    }

    /// Returns the non-blank texts of a field, without markup and line breaks.
    pub fn texts(&self, field: RecordField) -> impl Iterator<Item = String> {
        let texts = self.all(field).flat_map(|it| it.texts(&TEXT_MEMBERS));
        let unwrapped = |it: Cow<'_, str>| {
            let plain = without_entity_ids(&it);
            let text = markup::strip_markup(&plain);
            join_wrapped_lines(text).into_owned()
        };
        texts.map(unwrapped).filter(|it| !it.is_empty())
    }

    pub fn text(&self, field: RecordField) -> Option<String> {
        self.texts(field).next()
    }

    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        let genres = self.all(RecordField::Bib(BibField::Genre)).flat_map(kind::texts);
        let genres = genres.filter(|it| kind::is_crossref_only(it));
        self.all(RecordField::Kind).flat_map(kind::texts).chain(genres)
    }

    /// Returns true if the record is a CSL item: it has `issued`, a type that only CSL uses, or a
    /// type and people with names in parts.
    pub fn is_csl(&self) -> bool {
        let is_name = |it: &LenientValue<'_>| {
            ["family", "literal"].iter().any(|name| it.get(name).is_some())
                && it.get("sequence").is_none()
        };
        let people = || self.all(RecordField::Authors).chain(self.all(RecordField::Editors));
        self.all(RecordField::Issued).next().is_some()
            || self.kinds().any(kind::is_csl_only)
            || self.kinds().next().is_some()
                && people().filter_map(|it| it.values().first()).any(is_name)
    }

    /// Returns the kind. A plain `article` in CSL, without a journal's subtype, is a preprint, as
    /// is one whose number is an arXiv identifier.
    pub fn kind(&self) -> PaperKind {
        let is_csl = self.is_csl();
        let is_marked =
            || self.texts(RecordField::Number).any(|it| prefixed_arxiv_id(&it).is_some());
        if self.kinds().eq(["article"]) && (is_csl || is_marked()) {
            return PaperKind::Preprint;
        }
        kind::kind(self.kinds())
    }
}
