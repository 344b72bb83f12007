//! Reasons why BibTeX and BibLaTeX cannot hold a property of a paper.

use super::property::{BOOK_IN_SERIES, FULL_NAME, Property, has};
use crate::cite::venue::is_preprint_server;
use crate::cite::writers::bibtex::kind::is_numbered_in_series;
use crate::domain::{BibField, Paper, PaperKind};

pub fn bibtex_reason(
    property: Property,
    paper: &Paper<'_>,
    kind: PaperKind,
) -> Option<&'static str> {
    match property {
        Property::Kind
            if matches!(kind, PaperKind::Dataset | PaperKind::Software | PaperKind::Webpage) =>
        {
            Some("it is a `misc`")
        }
        Property::Kind if kind == PaperKind::Entry => {
            Some("an entry of an encyclopedia is a chapter")
        }
        _ => shared_reason(property, paper, kind),
    }
}

pub fn biblatex_reason(
    property: Property,
    paper: &Paper<'_>,
    kind: PaperKind,
) -> Option<&'static str> {
    match property {
        Property::Kind if kind == PaperKind::Webpage && !paper.arxiv.is_empty() => {
            Some("what is online and on arXiv is a preprint")
        }
        _ => shared_reason(property, paper, kind),
    }
}

/// Returns the reason that applies to both BibTeX and BibLaTeX, if there is one.
fn shared_reason(property: Property, paper: &Paper<'_>, kind: PaperKind) -> Option<&'static str> {
    let is_book = matches!(kind, PaperKind::Book | PaperKind::Proceedings);
    let has_date = paper.field(BibField::Date).contains('-');
    match property {
        Property::Venue if has(paper, BibField::Container) => Some(FULL_NAME),
        Property::Venue if is_preprint_server(paper.venue) => Some("the identifier says it"),
        Property::Venue | Property::Field(BibField::Container) if is_book => Some(BOOK_IN_SERIES),
        Property::Categories if paper.arxiv.is_empty() => Some("only arXiv's has a field"),
        Property::Categories if paper.categories.contains(' ') => Some("there is room for one"),
        Property::Field(BibField::Upvotes | BibField::Updated) => Some("there is no field for it"),
        Property::Field(BibField::Season) if has_date => Some("the month stands there"),
        Property::Field(BibField::Season | BibField::EndDate) if paper.year.is_none() => {
            Some("it stands beside the year")
        }
        Property::Field(BibField::Number) if is_numbered_in_series(paper, kind) => {
            Some("the number is that in the series")
        }
        Property::Field(BibField::SeriesNumber) if !is_numbered_in_series(paper, kind) => {
            Some("the number is that of the work itself")
        }
        _ => None,
    }
}
