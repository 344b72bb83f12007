//! Reads tables with a header, whose columns are recognised by name.

pub mod cell;
pub mod header;
pub mod rows;
#[cfg(test)]
mod tests;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use self::header::{Columns, Header};
use self::rows::{RowReader, TableRow};
use super::defect::{Defect, DraftSink};
use super::record::field::RecordField;
use super::record::field_names::FieldNames;
use super::record::field_record::Record;
use crate::domain::{Draft, PaperKind};

/// A shorter head is the whole table.
const HEAD_LEN: usize = 32 << 10;

pub fn read(
    input: &mut dyn BufRead,
    names: &FieldNames,
    sink: &mut DraftSink<'_>,
) -> io::Result<()> {
    let mut rows = RowReader::new(input);
    let header = header::read(&mut rows, names)?;
    let columns = match header {
        Header::Known(columns) => columns,
        Header::Unknown(all_columns) => {
            let reason = format!("no title column; {}", header::advice(&all_columns, "title"));
            let _ = sink(Err(Defect::new(1, reason)));
            return Ok(());
        }
        Header::None => {
            let _ = sink(Err(Defect::new(1, "no title column")));
            return Ok(());
        }
    };
    for (line, reason) in columns.remarks() {
        if sink(Err(Defect::new(line, reason))).is_break() {
            return Ok(());
        }
    }
    let mut shift = None;
    while let Some((line, row)) = rows.next()? {
        let record = match row {
            TableRow::Cells(cells) if cells.iter().all(|it| it.trim().is_empty()) => {
                continue;
            }
            TableRow::Cells(cells) => {
                let shift = *shift.get_or_insert_with(|| unnamed_columns(&columns, &cells));
                parse(&columns, cells.get(shift..).unwrap_or_default())
            }
            TableRow::TooLong => Err("row too long".to_owned()),
            TableRow::UnclosedQuote => Err("unclosed quotation mark".to_owned()),
        };
        let Some(record) = record.transpose() else { continue };
        if sink(record.map_err(|reason| Defect::new(line, reason))).is_break() {
            break;
        }
    }
    Ok(())
}

/// Returns true if there is a header, and below it a paper or a row that exceeds `head`.
pub fn matches_head(head: &str, names: &FieldNames) -> bool {
    let mut input = head.as_bytes();
    let header = header::read(&mut RowReader::new(&mut input), names);
    let is_table = matches!(header, Ok(Header::Known(it)) if it.known_columns.len() > 1);
    let mut has_record = false;
    let mut sink = |record: Result<_, _>| {
        has_record |= record.is_ok();
        if has_record { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    is_table
        && read(&mut head.as_bytes(), names, &mut sink).is_ok()
        && (has_record || head.len() >= HEAD_LEN || head.trim().lines().count() == 1)
}

/// Returns the columns of a table without a known title column. `None` if the text is not a table:
/// the rows must have as many cells as the header.
pub fn unknown_columns(head: &str, names: &FieldNames) -> Option<String> {
    const MAX_SAMPLE_ROWS: usize = 20;
    let mut input = head.as_bytes();
    let mut rows = RowReader::new(&mut input);
    let Ok(Header::Unknown(all_columns)) = header::read(&mut rows, names) else { return None };
    let is_name = |it: &String| !it.trim().is_empty() && it.split_whitespace().count() < 6;
    let mut count = 0;
    while let Ok(Some((_, TableRow::Cells(cells)))) = rows.next() {
        // The last row may be incomplete.
        if cells.len() != all_columns.len() && count == 0 {
            return None;
        }
        count += 1;
        if count == MAX_SAMPLE_ROWS {
            break;
        }
    }
    let is_table = all_columns.len() > 1 && count > 0 && all_columns.iter().skip(1).all(is_name);
    is_table.then(|| header::advice(&all_columns, "title"))
}

/// Returns the number of unnamed cells before the first column. Some programs number the rows
/// without a name in the header.
fn unnamed_columns(columns: &Columns, cells: &[String]) -> usize {
    let is_first = cells.first().is_some_and(|it| matches!(it.trim(), "0" | "1"));
    usize::from(is_first && cells.len() == columns.all_columns.len() + 1)
}

fn parse(columns: &Columns, cells: &[String]) -> Result<Option<Draft>, String> {
    let filled = cells.iter().rposition(|it| !it.trim().is_empty()).map_or(0, |at| at + 1);
    if filled > columns.all_columns.len() {
        return Err(format!("{filled} cells in a row, but {} columns", columns.all_columns.len()));
    }
    let cells: Vec<_> = cells.iter().map(|it| cell::text(it)).collect();
    let mut record = Record::default();
    for (_, at, field) in &columns.known_columns {
        let text = cells.get(*at).filter(|it| !it.is_empty());
        let text = text.filter(|it| *field == RecordField::Title || !cell::is_missing(it));
        if let Some(text) = text {
            record.push(*field, cell::value(*field, text, columns.shape));
        }
    }
    Ok(record.into_draft()?.map(infer_kind))
}

/// Infers the kind from the venue, if the table has none.
fn infer_kind(mut draft: Draft) -> Draft {
    const JOURNALS: [&str; 6] =
        ["academy", "society", "institution", "proceedings of the ieee", "acm on", "vldb"];
    let venue = draft.venue.to_lowercase();
    let is_journal = JOURNALS.iter().any(|it| venue.contains(it));
    let is_conference = venue.starts_with("proceedings")
        || venue.starts_with("proc.")
        || ["conference on", "symposium on", "workshop on", "conference proceedings"]
            .iter()
            .any(|it| venue.contains(it));
    if draft.kind == PaperKind::Unknown && !venue.is_empty() {
        let kind =
            if is_conference && !is_journal { PaperKind::Conference } else { PaperKind::Article };
        draft.kind = kind;
    }
    if venue.starts_with("arxiv") {
        let mut words = draft.venue.split(|c: char| c.is_whitespace() || "()[],".contains(c));
        if let Some(id) = words.find_map(crate::domain::arxiv_id) {
            draft.arxiv = id;
        }
        if !draft.arxiv.is_empty() {
            draft.venue.clear();
            draft.kind = PaperKind::Preprint;
        }
    }
    draft
}
