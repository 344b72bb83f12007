//! Finds the header line of a table and maps its columns to fields.

use std::io;

use super::cell::Shape;
use super::rows::{CellSplitter, DELIMITERS, RowReader};
use crate::formats::record::column_names::web_of_science_field;
use crate::formats::record::field::{NameOrigin, RecordField};
use crate::formats::record::field_names::FieldNames;

/// The maximal number of lines before a header.
const MAX_LINES_BEFORE_HEADER: usize = 40;
/// The minimal number of known columns of a header that is not on the first line.
const MIN_KNOWN_COLUMNS: usize = 3;

/// The result of the search for a header.
pub enum Header {
    Known(Columns),
    /// No column is a title; the names of all columns.
    Unknown(Vec<String>),
    /// The table is empty.
    None,
}

/// The columns of a table.
pub struct Columns {
    /// The known columns, those with user-defined names first.
    pub known: Vec<(NameOrigin, usize, RecordField)>,
    pub all: Vec<String>,
    pub shape: Shape,
    /// The line of the header, from one, and the first line before it that has text.
    line: u64,
    text_before_header: Option<String>,
}

impl Columns {
    /// Returns remarks on the table as a whole: skipped lines, and missing authors.
    pub fn remarks(&self) -> Vec<(u64, String)> {
        let mut remarks = Vec::new();
        if let Some(before) = &self.text_before_header {
            let before: String = before.chars().take(60).collect();
            let reason = format!("skipped lines before the header (line {}): {before}", self.line);
            remarks.push((1, reason));
        }
        let is_author = |it: &&(NameOrigin, usize, RecordField)| {
            matches!(
                it.2,
                RecordField::Authors
                    | RecordField::AuthorsParsed
                    | RecordField::Editors
                    | RecordField::AuthorGroups
            )
        };
        let is_all_known = self.known.len() == self.all.iter().filter(|it| !it.is_empty()).count();
        if !is_all_known && !self.known.iter().any(|it| is_author(&it)) {
            let reason = format!("no author column; {}", advice(&self.all, "authors"));
            remarks.push((self.line, reason));
        }
        remarks
    }
}

/// Returns a message that lists the columns, and explains how to map one to a field.
pub fn advice(all: &[String], field: &str) -> String {
    const MAX_LISTED_COLUMNS: usize = 30;
    let names = all.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
    let names: Vec<String> =
        names.take(MAX_LISTED_COLUMNS).map(|it| it.chars().take(40).collect::<String>()).collect();
    format!("columns: {}; `--map {field}=COLUMN` selects one", names.join(", "))
}

/// Finds the header and sets the delimiter of the rows. Lines before the header are skipped.
pub fn read(rows: &mut RowReader<'_>, names: &FieldNames) -> io::Result<Header> {
    let mut seen = Vec::new();
    let mut first: Option<HeaderCandidate> = None;
    let mut best: Option<(usize, HeaderCandidate)> = None;
    while let Some((line, text)) = rows.header_line()? {
        let candidate = HeaderCandidate::new(line, &text, names);
        seen.push((line, text));
        let known = candidate.known.len();
        let is_good =
            candidate.has_title() && (seen.len() == 1 && known > 1 || known >= MIN_KNOWN_COLUMNS);
        let is_better = best.as_ref().is_none_or(|(_, it)| it.known.len() < known);
        if seen.len() == 1 && !is_good {
            first = Some(candidate);
        } else if is_good && is_better {
            best = Some((seen.len() - 1, candidate));
        }
        // A header on the first line is nearly always right.
        if best.as_ref().is_some_and(|(at, _)| *at == 0) || seen.len() > MAX_LINES_BEFORE_HEADER {
            break;
        }
    }
    let (at, candidate) = match (best, first) {
        (Some(best), _) => best,
        (None, Some(first)) => (0, first),
        (None, None) => return Ok(Header::None),
    };
    rows.set_delimiter(candidate.delimiter);
    let before = seen[..at].iter().map(|(_, text)| text.trim().to_owned());
    let before = before.into_iter().find(|it| it.chars().any(char::is_alphanumeric));
    rows.unread(seen.drain(at + 1..).collect());
    if !candidate.has_title() {
        return Ok(Header::Unknown(candidate.cells));
    }
    let is_springer = candidate.cells.iter().any(|it| it.trim() == "Item Title");
    Ok(Header::Known(Columns {
        known: candidate.known,
        all: candidate.cells,
        shape: if is_springer { Shape::Springer } else { Shape::Generic },
        line: candidate.line,
        text_before_header: before,
    }))
}

/// A line that may be the header.
struct HeaderCandidate {
    line: u64,
    delimiter: u8,
    cells: Vec<String>,
    known: Vec<(NameOrigin, usize, RecordField)>,
}

impl HeaderCandidate {
    fn new(line: u64, text: &str, names: &FieldNames) -> Self {
        let headers = DELIMITERS.map(|delimiter| {
            let cells = CellSplitter::new(delimiter).cells(text);
            (delimiter, known_columns(&cells, names), cells)
        });
        let best = headers.into_iter().max_by_key(|(_, known, cells)| (known.len(), cells.len()));
        let (delimiter, mut known, cells) = best.unwrap_or((b',', Vec::new(), Vec::new()));
        known.sort_unstable_by_key(|(said, at, _)| (*said, *at));
        Self { line, delimiter, cells, known }
    }

    fn has_title(&self) -> bool {
        self.known.iter().any(|(_, _, it)| *it == RecordField::Title)
    }
}

fn known_columns(cells: &[String], names: &FieldNames) -> Vec<(NameOrigin, usize, RecordField)> {
    let has = |tag: &str| cells.iter().any(|it| it.trim() == tag);
    let is_science = has("PT") && has("TI") && (has("AU") || has("SO"));
    let column = |(at, name): (usize, &String)| {
        let name = name.trim();
        let field = if is_science {
            web_of_science_field(name).map(|it| (it, NameOrigin::Default))
        } else {
            None
        };
        field.or_else(|| names.column(name)).map(|(field, said)| (said, at, field))
    };
    let all = cells.iter().enumerate();
    let known = all.filter(|(_, it)| {
        !is_science || it.trim().len() != 2 || web_of_science_field(it.trim()).is_some()
    });
    known.filter_map(column).collect()
}
