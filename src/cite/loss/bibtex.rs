//! Reasons why BibTeX and BibLaTeX cannot hold a property of a paper.

use super::property::{BOOK_IN_SERIES, FULL_NAME, Property, has};
use crate::cite::writers::bibtex::kind::is_numbered_in_series;
use crate::domain::{BibField, Paper, PaperKind, is_preprint_server};

pub fn bibtex_reason(
    property: Property,
    paper: &Paper<'_>,
    kind: PaperKind,
) -> Option<&'static str> {
    match property {
        Property::Kind
            if matches!(kind, PaperKind::Dataset | PaperKind::Software | PaperKind::Webpage) =>
        {
            Some("written as `misc`")
        }
        Property::Kind if kind == PaperKind::Entry => {
            Some("an encyclopedia entry is written as a chapter")
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
            Some("an online paper with an arXiv id is written as a preprint")
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
        Property::Venue if is_preprint_server(paper.venue) => Some("implied by the identifier"),
        Property::Venue | Property::Field(BibField::Container) if is_book => Some(BOOK_IN_SERIES),
        Property::Categories if paper.arxiv.is_empty() => {
            Some("only arXiv categories have a field")
        }
        Property::Categories if paper.categories.contains(' ') => Some("only one value fits"),
        Property::Field(field) if field.is_of_listing() => Some("no field"),
        Property::Field(BibField::Updated) => Some("no field"),
        Property::Field(BibField::Season) if has_date => Some("the field has the month"),
        Property::Field(BibField::Season | BibField::EndDate) if paper.year.is_none() => {
            Some("written only with a year")
        }
        Property::Field(BibField::Number) if is_numbered_in_series(paper, kind) => {
            Some("the field has the number in the series")
        }
        Property::Field(BibField::SeriesNumber) if !is_numbered_in_series(paper, kind) => {
            Some("the field has the number of the work")
        }
        _ => None,
    }
}
