//! Facts that BibTeX and BibLaTeX have no field for.

use super::property::{BOOK_IN_SERIES, FULL_NAME, Property, has};
use crate::cite::venue::is_preprint_server;
use crate::cite::writers::bibtex::kind::is_numbered_in_series;
use crate::domain::{Fact, Kind, Paper};

pub fn bibtex(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    match property {
        Property::Kind if matches!(kind, Kind::Dataset | Kind::Software | Kind::Webpage) => {
            Some("it is a `misc`")
        }
        Property::Kind if kind == Kind::Entry => Some("an entry of an encyclopedia is a chapter"),
        _ => both(property, paper, kind),
    }
}

pub fn biblatex(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    match property {
        Property::Kind if kind == Kind::Webpage && !paper.arxiv.is_empty() => {
            Some("what is online and on arXiv is a preprint")
        }
        _ => both(property, paper, kind),
    }
}

/// Returns the reason that BibTeX and BibLaTeX have in common, if there is one.
fn both(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    let is_book = matches!(kind, Kind::Book | Kind::Proceedings);
    let has_date = paper.fact(Fact::Date).contains('-');
    match property {
        Property::Venue if has(paper, Fact::Container) => Some(FULL_NAME),
        Property::Venue if is_preprint_server(paper.venue) => Some("the identifier says it"),
        Property::Venue | Property::Fact(Fact::Container) if is_book => Some(BOOK_IN_SERIES),
        Property::Categories if paper.arxiv.is_empty() => Some("only arXiv's has a field"),
        Property::Categories if paper.categories.contains(' ') => Some("there is room for one"),
        Property::Fact(Fact::Upvotes | Fact::Updated) => Some("there is no field for it"),
        Property::Fact(Fact::Season) if has_date => Some("the month stands there"),
        Property::Fact(Fact::Season | Fact::EndDate) if paper.year.is_none() => {
            Some("it stands beside the year")
        }
        Property::Fact(Fact::Number) if is_numbered_in_series(paper, kind) => {
            Some("the number is that in the series")
        }
        Property::Fact(Fact::SeriesNumber) if !is_numbered_in_series(paper, kind) => {
            Some("the number is that of the work itself")
        }
        _ => None,
    }
}
