//! Papers as rows of a table with a header, in CSV (RFC 4180) or TSV. The names of the columns are
//! those by which the reader of tables knows them.

use super::json::type_of;
use super::render::undivided;
use super::tagged::ET_AL;
use crate::domain::{Fact, Paper};
use crate::text::sanitise;

/// The columns, in order.
const COLUMNS: [Column; 23] = [
    ("citation_key", |it| it.key.to_owned()),
    ("type", |it| type_of(it.paper.kind).unwrap_or_default().to_owned()),
    ("year", |it| it.paper.year.map(|it| it.to_string()).unwrap_or_default()),
    ("date", |it| it.paper.fact(Fact::Date).to_owned()),
    ("authors", |it| authors(it.paper)),
    ("title", |it| it.paper.title.to_owned()),
    ("venue", |it| it.paper.venue.to_owned()),
    ("volume", |it| it.paper.fact(Fact::Volume).to_owned()),
    ("issue", |it| it.paper.fact(Fact::Number).to_owned()),
    ("pages", |it| it.paper.fact(Fact::Pages).to_owned()),
    ("publisher", |it| it.paper.fact(Fact::Publisher).to_owned()),
    ("place", |it| it.paper.fact(Fact::Place).to_owned()),
    ("series", |it| it.paper.fact(Fact::Series).to_owned()),
    ("institution", |it| it.paper.fact(Fact::Institution).to_owned()),
    ("issn", |it| it.paper.fact(Fact::Issn).to_owned()),
    ("isbn", |it| it.paper.fact(Fact::Isbn).to_owned()),
    ("doi", |it| it.paper.doi.to_owned()),
    ("arxiv_id", |it| it.paper.arxiv.to_owned()),
    ("pmid", |it| it.paper.fact(Fact::Pmid).to_owned()),
    ("urls", |it| it.paper.urls().collect::<Vec<_>>().join(" ")),
    ("categories", |it| it.paper.categories.to_owned()),
    ("keywords", |it| it.paper.fact(Fact::Keywords).to_owned()),
    ("abstract", |it| it.abstract_text.to_owned()),
];

fn authors(paper: &Paper<'_>) -> String {
    let others = paper.has_other_authors().then(|| ET_AL.to_owned());
    paper.authors().map(undivided).chain(others).collect::<Vec<_>>().join("; ")
}

type Column = (&'static str, fn(&Cells<'_>) -> String);

struct Cells<'a> {
    paper: &'a Paper<'a>,
    key: &'a str,
    abstract_text: &'a str,
}

/// Sign between the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Comma,
    Tab,
}

impl Delimiter {
    fn sign(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Tab => "\t",
        }
    }
}

/// The first line, without its end.
pub(super) fn header(delimiter: Delimiter) -> String {
    COLUMNS.map(|(name, _)| name).join(delimiter.sign())
}

/// The line of a paper, without its end.
pub(super) fn row(
    paper: &Paper<'_>,
    key: &str,
    abstract_text: &str,
    delimiter: Delimiter,
) -> String {
    let cells = Cells { paper, key, abstract_text };
    COLUMNS.map(|(_, cell)| quoted(&sanitise(&cell(&cells)), delimiter)).join(delimiter.sign())
}

/// A cell, in quotes where what is in it would end it or begin one.
fn quoted(cell: &str, delimiter: Delimiter) -> String {
    if cell.contains('"') || cell.contains(delimiter.sign()) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
