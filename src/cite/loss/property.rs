//! The properties of a paper that an output format may lose, and their names in messages.

use crate::cite::field_names::field_label;
use crate::domain::{BibField, Paper};

pub const FULL_NAME: &str = "the field has the full name";
pub const BOOK_IN_SERIES: &str = "the venue of a book is written as its series";

/// A property of a paper that an output format may lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Property {
    Title,
    Authors,
    Abstract,
    Year,
    Kind,
    Venue,
    Doi,
    Arxiv,
    /// URLs of the source, besides those of the identifiers.
    Links,
    /// Categories of a preprint server.
    Categories,
    Field(BibField),
}

impl Property {
    /// The properties that are not bibliographic fields.
    pub const BASIC: [Self; 10] = [
        Self::Title,
        Self::Authors,
        Self::Abstract,
        Self::Year,
        Self::Kind,
        Self::Venue,
        Self::Doi,
        Self::Arxiv,
        Self::Links,
        Self::Categories,
    ];

    /// Iterates over all properties; the fields in the order of
    /// [`BibField::ALL`](crate::domain::BibField::ALL).
    pub fn all() -> impl Iterator<Item = Self> {
        Self::BASIC.into_iter().chain(BibField::ALL.map(Self::Field))
    }

    /// Returns the name of the property in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Authors => "authors",
            Self::Abstract => "abstract",
            Self::Year => "year",
            Self::Kind => "kind of publication",
            Self::Venue => "venue",
            Self::Doi => "DOI",
            Self::Arxiv => "arXiv id",
            Self::Links => "further links",
            Self::Categories => "categories",
            Self::Field(field) => field_label(field),
        }
    }
}

pub fn has(paper: &Paper<'_>, field: BibField) -> bool {
    !paper.field(field).is_empty()
}
