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
    pub known_columns: Vec<(NameOrigin, usize, RecordField)>,
    pub all_columns: Vec<String>,
    pub shape: Shape,
    /// The line of the header, from one, and the first line before it that has text.
    line: u64,
    text_before_header: Option<String>,
}

impl Columns {
    /// Returns remarks on the table as a whole: skipped lines, and missing authors.
    pub fn remarks(&self) -> Vec<(u64, String)> {
        let mut remarks = Vec::new();
        if let Some(text_before) = &self.text_before_header {
            let text_before: String = text_before.chars().take(60).collect();
            let reason =
                format!("skipped lines before the header (line {}): {text_before}", self.line);
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
        let is_all_known =
            self.known_columns.len() == self.all_columns.iter().filter(|it| !it.is_empty()).count();
        if !is_all_known && !self.known_columns.iter().any(|it| is_author(&it)) {
            let reason = format!("no author column; {}", advice(&self.all_columns, "authors"));
            remarks.push((self.line, reason));
        }
        remarks
    }
}

/// Returns a message that lists the columns, and explains how to map one to a field.
pub fn advice(columns: &[String], field: &str) -> String {
    const MAX_LISTED_COLUMNS: usize = 30;
    let names = columns.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
    let names: Vec<String> =
        names.take(MAX_LISTED_COLUMNS).map(|it| it.chars().take(40).collect::<String>()).collect();
    format!("columns: {}; `--map {field}=COLUMN` selects one", names.join(", "))
}

/// Finds the header and sets the delimiter of the rows. Lines before the header are skipped.
pub fn read(rows: &mut RowReader<'_>, names: &FieldNames) -> io::Result<Header> {
    let mut lines = Vec::new();
    let mut first: Option<HeaderCandidate> = None;
    let mut best: Option<(usize, HeaderCandidate)> = None;
    while let Some((line, text)) = rows.header_line()? {
        let candidate = HeaderCandidate::new(line, &text, names);
        lines.push((line, text));
        let known_count = candidate.known_columns.len();
        let is_plausible = candidate.has_title()
            && (lines.len() == 1 && known_count > 1 || known_count >= MIN_KNOWN_COLUMNS);
        let is_better = best.as_ref().is_none_or(|(_, it)| it.known_columns.len() < known_count);
        if lines.len() == 1 && !is_plausible {
            first = Some(candidate);
        } else if is_plausible && is_better {
            best = Some((lines.len() - 1, candidate));
        }
        // A header on the first line is nearly always right.
        if best.as_ref().is_some_and(|(header_index, _)| *header_index == 0)
            || lines.len() > MAX_LINES_BEFORE_HEADER
        {
            break;
        }
    }
    let (header_index, candidate) = match (best, first) {
        (Some(best), _) => best,
        (None, Some(first)) => (0, first),
        (None, None) => return Ok(Header::None),
    };
    rows.set_delimiter(candidate.delimiter);
    let text_before = lines[..header_index].iter().map(|(_, text)| text.trim().to_owned());
    let text_before = text_before.into_iter().find(|it| it.chars().any(char::is_alphanumeric));
    rows.unread(lines.drain(header_index + 1..).collect());
    if !candidate.has_title() {
        return Ok(Header::Unknown(candidate.cells));
    }
    let is_springer = candidate.cells.iter().any(|it| it.trim() == "Item Title");
    Ok(Header::Known(Columns {
        known_columns: candidate.known_columns,
        all_columns: candidate.cells,
        shape: if is_springer { Shape::Springer } else { Shape::Generic },
        line: candidate.line,
        text_before_header: text_before,
    }))
}

/// A line that may be the header.
struct HeaderCandidate {
    line: u64,
    delimiter: u8,
    cells: Vec<String>,
    known_columns: Vec<(NameOrigin, usize, RecordField)>,
}

impl HeaderCandidate {
    fn new(line: u64, text: &str, names: &FieldNames) -> Self {
        let headers = DELIMITERS.map(|delimiter| {
            let cells = CellSplitter::new(delimiter).cells(text);
            (delimiter, known_columns(&cells, names), cells)
        });
        let best = headers
            .into_iter()
            .max_by_key(|(_, known_columns, cells)| (known_columns.len(), cells.len()));
        let (delimiter, mut known_columns, cells) = best.unwrap_or((b',', Vec::new(), Vec::new()));
        known_columns.sort_unstable_by_key(|(origin, index, _)| (*origin, *index));
        Self { line, delimiter, cells, known_columns }
    }

    fn has_title(&self) -> bool {
        self.known_columns.iter().any(|(_, _, it)| *it == RecordField::Title)
    }
}

fn known_columns(cells: &[String], names: &FieldNames) -> Vec<(NameOrigin, usize, RecordField)> {
    let has = |tag: &str| cells.iter().any(|it| it.trim() == tag);
    let is_science = has("PT") && has("TI") && (has("AU") || has("SO"));
    let column = |(index, name): (usize, &String)| {
        let name = name.trim();
        let field = if is_science {
            web_of_science_field(name).map(|it| (it, NameOrigin::Default))
        } else {
            None
        };
        field.or_else(|| names.column(name)).map(|(field, origin)| (origin, index, field))
    };
    let all_columns = cells.iter().enumerate();
    let columns = all_columns.filter(|(_, it)| {
        !is_science || it.trim().len() != 2 || web_of_science_field(it.trim()).is_some()
    });
    columns.filter_map(column).collect()
}
