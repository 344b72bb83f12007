//! The properties of a paper that a form may have no field for, and their names.

use crate::domain::{Fact, Paper};

pub const FULL_NAME: &str = "the full name stands there";
pub const BOOK_IN_SERIES: &str = "what a book is in is a series";

/// A property of a paper that a form may have no field for.
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
    /// Addresses that the source gives beside those of the identifiers.
    Links,
    /// The categories of a preprint server.
    Categories,
    Fact(Fact),
}

impl Property {
    /// Those that are no facts.
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

    /// All of them, the facts in the order of [`Fact::ALL`].
    pub fn all() -> impl Iterator<Item = Self> {
        Self::BASIC.into_iter().chain(Fact::ALL.map(Self::Fact))
    }

    /// Returns the name by which messages call the property.
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
            Self::Fact(fact) => name(fact),
        }
    }
}

fn name(fact: Fact) -> &'static str {
    match fact {
        Fact::Key => "citation key",
        Fact::Raw => "source record",
        Fact::Date => "date",
        Fact::Volume => "volume",
        Fact::Number => "number",
        Fact::Pages => "pages",
        Fact::Publisher => "publisher",
        Fact::Place => "place",
        Fact::Series => "series",
        Fact::Edition => "edition",
        Fact::Editors => "editors",
        Fact::Institution => "institution",
        Fact::Container => "full name of the venue",
        Fact::Issn => "ISSN",
        Fact::Isbn => "ISBN",
        Fact::Pmid => "PubMed id",
        Fact::Pmcid => "PubMed Central id",
        Fact::Keywords => "keywords",
        Fact::Note => "note",
        Fact::Comment => "comment",
        Fact::Language => "language",
        Fact::Upvotes => "upvotes",
        Fact::File => "file",
        Fact::Annotation => "annotation",
        Fact::ArticleNumber => "article number",
        Fact::Genre => "genre",
        Fact::Status => "status",
        Fact::Accessed => "access date",
        Fact::Version => "version",
        Fact::Translators => "translators",
        Fact::OriginalDate => "original date",
        Fact::Season => "season",
        Fact::EndDate => "end date",
        Fact::Event => "event",
        Fact::EventPlace => "event place",
        Fact::Chapter => "chapter",
        Fact::MainTitle => "main title",
        Fact::ShortTitle => "short title",
        Fact::SeriesNumber => "number in the series",
        Fact::VolumeCount => "number of volumes",
        Fact::PageCount => "number of pages",
        Fact::Updated => "date of the record",
    }
}

pub fn has(paper: &Paper<'_>, fact: Fact) -> bool {
    !paper.fact(fact).is_empty()
}
