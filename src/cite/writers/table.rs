//! Writes papers as rows of CSV (RFC 4180) or TSV. The reader of tables recognises the column
//! names.

use super::names::{ET_AL, single_name};
use crate::cite::field_names::json_names;
use crate::cite::kind_names::{KindColumn, kind_name};
use crate::domain::{BibField, Paper, author_names, has_et_al};
use crate::text::sanitise;

/// Columns of common fields, before [`json_names`].
const LEADING_COLUMNS: [Column; 6] = [
    ("citation_key", |it| it.key.to_owned()),
    ("type", |it| kind_name(it.paper.kind, KindColumn::JsonLines).to_owned()),
    ("year", |it| it.paper.year.map(|it| it.to_string()).unwrap_or_default()),
    ("authors", |it| people(it.paper.author_list)),
    ("title", |it| it.paper.title.to_owned()),
    ("venue", |it| it.paper.venue.to_owned()),
];

/// Columns after [`json_names`].
const TRAILING_COLUMNS: [Column; 8] = [
    ("editors", |it| people(it.paper.field(BibField::Editors))),
    ("translators", |it| people(it.paper.field(BibField::Translators))),
    ("doi", |it| it.paper.doi.to_owned()),
    ("arxiv_id", |it| it.paper.arxiv.to_owned()),
    ("urls", |it| it.paper.urls().collect::<Vec<_>>().join(" ")),
    ("categories", |it| it.paper.categories.to_owned()),
    ("keywords", |it| it.paper.field(BibField::Keywords).to_owned()),
    ("abstract", |it| it.abstract_text.to_owned()),
];

/// Iterates over the columns of [`json_names`] except the citation key, which is a leading column.
fn plain_field_columns() -> impl Iterator<Item = (BibField, &'static str)> {
    json_names().filter(|(field, _)| *field != BibField::Key)
}

/// Joins the names of a stored list by semicolons.
fn people(list: &str) -> String {
    let et_al = has_et_al(list).then(|| ET_AL.to_owned());
    author_names(list).map(single_name).chain(et_al).collect::<Vec<_>>().join("; ")
}

type Column = (&'static str, fn(&RowSource<'_>) -> String);

struct RowSource<'a> {
    paper: &'a Paper<'a>,
    key: &'a str,
    abstract_text: &'a str,
}

/// Separator of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    Comma,
    Tab,
}

impl Delimiter {
    fn as_str(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Tab => "\t",
        }
    }
}

/// Returns the header row without its newline.
pub fn header(delimiter: Delimiter) -> String {
    let fields = plain_field_columns().map(|(_, name)| name);
    let leading = LEADING_COLUMNS.map(|(name, _)| name).into_iter();
    let trailing = TRAILING_COLUMNS.map(|(name, _)| name);
    leading.chain(fields).chain(trailing).collect::<Vec<_>>().join(delimiter.as_str())
}

/// Returns the row of a paper without its newline.
pub fn write_row(
    paper: &Paper<'_>,
    key: &str,
    abstract_text: &str,
    delimiter: Delimiter,
) -> String {
    let cells = RowSource { paper, key, abstract_text };
    let leading = LEADING_COLUMNS.iter().map(|(_, cell)| cell(&cells));
    let fields = plain_field_columns().map(|(field, _)| paper.field(field).to_owned());
    let all = leading.chain(fields).chain(TRAILING_COLUMNS.iter().map(|(_, cell)| cell(&cells)));
    let quoted = all.map(|it| quote_cell(&sanitise(&it), delimiter));
    quoted.collect::<Vec<_>>().join(delimiter.as_str())
}

/// Quotes a cell that contains a quote or the separator.
fn quote_cell(cell: &str, delimiter: Delimiter) -> String {
    if cell.contains('"') || cell.contains(delimiter.as_str()) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
