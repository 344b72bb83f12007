//! A record of named fields, and what each reader of it asks first: the values of a field and the
//! kind of the paper.

use std::borrow::Cow;

use super::field::Field;
use super::kind;
use super::lenient::Loose;
use super::text::{marked_id, unwrapped};
use crate::domain::Kind;
use crate::formats::values::markup;

/// Under which names objects hold their text.
pub const TEXT: [&str; 9] =
    ["display_name", "fullname", "name", "text", "source", "tag", "keyword", "title", "value"];

/// What a record says, in the order in which it says it.
#[derive(Default)]
pub struct Record<'a>(pub Vec<(Field, Loose<'a>)>);

impl<'a> Record<'a> {
    pub fn push(&mut self, field: Field, value: Loose<'a>) {
        self.0.push((field, value));
    }

    pub fn all(&self, field: Field) -> impl Iterator<Item = &Loose<'a>> {
        self.0.iter().filter(move |(it, _)| *it == field).map(|(_, value)| value)
    }

    /// The texts under a field that are not blank, without markup and line wraps.
    pub fn texts(&self, field: Field) -> impl Iterator<Item = String> {
        let texts = self.all(field).flat_map(|it| it.texts(&TEXT));
        let unwrapped = |it: Cow<'_, str>| unwrapped(markup::plain(&it)).into_owned();
        texts.map(unwrapped).filter(|it| !it.is_empty())
    }

    pub fn text(&self, field: Field) -> Option<String> {
        self.texts(field).next()
    }

    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.all(Field::Kind).flat_map(kind::texts)
    }

    /// Returns true if the record is an item of CSL: it has a date of its sort, or a type and the
    /// names of people in parts.
    pub fn is_csl(&self) -> bool {
        let is_name = |it: &Loose<'_>| {
            ["family", "literal"].iter().any(|name| it.get(name).is_some())
                && it.get("sequence").is_none()
        };
        let people = || self.all(Field::Authors).chain(self.all(Field::Editors));
        self.all(Field::Issued).next().is_some()
            || self.kinds().any(kind::is_of_csl)
            || self.kinds().next().is_some()
                && people().filter_map(|it| it.values().first()).any(is_name)
    }

    /// What CSL calls an article without saying whose is a preprint.
    pub fn kind(&self) -> Kind {
        let is_csl = self.is_csl();
        let is_marked = || self.texts(Field::Number).any(|it| marked_id(&it).is_some());
        if self.kinds().eq(["article"]) && (is_csl || is_marked()) {
            return Kind::Preprint;
        }
        kind::kind(self.kinds())
    }
}
