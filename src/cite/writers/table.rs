//! Papers as rows of a table with a header, in CSV (RFC 4180) or TSV. The names of the columns are
//! those by which the reader of tables knows them.

use super::json_lines::{FACTS, type_of};
use super::names::{ET_AL, undivided};
use crate::domain::{Fact, Paper, has_others, names};
use crate::text::sanitise;

/// Columns of what nearly every paper has, in front of those of its other facts.
const BEFORE: [Column; 6] = [
    ("citation_key", |it| it.key.to_owned()),
    ("type", |it| type_of(it.paper.kind).unwrap_or_default().to_owned()),
    ("year", |it| it.paper.year.map(|it| it.to_string()).unwrap_or_default()),
    ("authors", |it| people(it.paper.author_list)),
    ("title", |it| it.paper.title.to_owned()),
    ("venue", |it| it.paper.venue.to_owned()),
];

/// Columns behind those of the facts that have a name in [`FACTS`].
const BEHIND: [Column; 8] = [
    ("editors", |it| people(it.paper.fact(Fact::Editors))),
    ("translators", |it| people(it.paper.fact(Fact::Translators))),
    ("doi", |it| it.paper.doi.to_owned()),
    ("arxiv_id", |it| it.paper.arxiv.to_owned()),
    ("urls", |it| it.paper.urls().collect::<Vec<_>>().join(" ")),
    ("categories", |it| it.paper.categories.to_owned()),
    ("keywords", |it| it.paper.fact(Fact::Keywords).to_owned()),
    ("abstract", |it| it.abstract_text.to_owned()),
];

/// Facts that are a cell as they stand.
fn plain_facts() -> impl Iterator<Item = (Fact, &'static str)> {
    FACTS.into_iter().filter(|(fact, _)| *fact != Fact::Key)
}

/// The names of a list as it is stored.
fn people(list: &str) -> String {
    let others = has_others(list).then(|| ET_AL.to_owned());
    names(list).map(undivided).chain(others).collect::<Vec<_>>().join("; ")
}

type Column = (&'static str, fn(&Cells<'_>) -> String);

struct Cells<'a> {
    paper: &'a Paper<'a>,
    key: &'a str,
    abstract_text: &'a str,
}

/// Sign between the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
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
pub fn header(delimiter: Delimiter) -> String {
    let facts = plain_facts().map(|(_, name)| name);
    let before = BEFORE.map(|(name, _)| name).into_iter();
    let behind = BEHIND.map(|(name, _)| name);
    before.chain(facts).chain(behind).collect::<Vec<_>>().join(delimiter.sign())
}

/// The line of a paper, without its end.
pub fn row(paper: &Paper<'_>, key: &str, abstract_text: &str, delimiter: Delimiter) -> String {
    let cells = Cells { paper, key, abstract_text };
    let before = BEFORE.iter().map(|(_, cell)| cell(&cells));
    let facts = plain_facts().map(|(fact, _)| paper.fact(fact).to_owned());
    let all = before.chain(facts).chain(BEHIND.iter().map(|(_, cell)| cell(&cells)));
    let quoted = all.map(|it| quoted(&sanitise(&it), delimiter));
    quoted.collect::<Vec<_>>().join(delimiter.sign())
}

/// A cell, in quotes where what is in it would end it or begin one.
fn quoted(cell: &str, delimiter: Delimiter) -> String {
    if cell.contains('"') || cell.contains(delimiter.sign()) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
