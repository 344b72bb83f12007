//! Tables with a header, whose columns are known by their names.

mod cell;
mod rows;
#[cfg(test)]
mod tests;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use self::rows::{DELIMITERS, Row, Rows, Splitter};
use super::record::{Field, Names, Record, Said};
use super::{Defect, Each};
use crate::domain::Draft;

/// What is shorter than this was seen whole.
const HEAD: usize = 32 << 10;

pub(super) fn read(input: &mut dyn BufRead, names: &Names, each: &mut Each<'_>) -> io::Result<()> {
    let mut rows = Rows::new(input);
    let Some(columns) = columns(&mut rows, names)? else {
        let _ = each(Err(Defect::new(1, "no column is called a title")));
        return Ok(());
    };
    while let Some((line, row)) = rows.next()? {
        let record = match row {
            Row::Cells(cells) if cells.iter().all(|it| it.trim().is_empty()) => continue,
            Row::Cells(cells) => parse(&columns, &cells),
            Row::TooLong => Err("the row is too long to be read".to_owned()),
            Row::Open => Err("a quotation mark that is not closed".to_owned()),
        };
        let Some(record) = record.transpose() else { continue };
        if each(record.map_err(|reason| Defect::new(line, reason))).is_break() {
            break;
        }
    }
    Ok(())
}

/// Whether there is a header, and a paper below it or one too long to be seen whole.
pub(super) fn is_it(head: &str, names: &Names) -> bool {
    let mut input = head.as_bytes();
    let header = columns(&mut Rows::new(&mut input), names);
    let is_table = header.is_ok_and(|it| it.is_some_and(|it| it.known.len() > 1));
    let mut found = false;
    let mut each = |record: Result<_, _>| {
        found = record.is_ok();
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    is_table
        && read(&mut head.as_bytes(), names, &mut each).is_ok()
        && (found || head.len() >= HEAD)
}

/// What the header says.
struct Columns {
    /// Those that are known, the names given first.
    known: Vec<(Said, usize, Field)>,
    all: usize,
}

/// Reads the header, and tells the rows what parts their cells. Nothing where there is no title.
fn columns(rows: &mut Rows<'_>, names: &Names) -> io::Result<Option<Columns>> {
    let Some(header) = rows.header()? else { return Ok(None) };
    let headers = DELIMITERS.map(|delimiter| {
        let cells = Splitter::new(delimiter).cells(&header);
        (delimiter, known(&cells, names), cells.len())
    });
    let best = headers.into_iter().max_by_key(|(_, known, _)| known.len());
    Ok(best.and_then(|(delimiter, mut known, all)| {
        rows.part_by(delimiter);
        known.sort_unstable_by_key(|(said, at, _)| (*said, *at));
        known.iter().any(|(_, _, it)| *it == Field::Title).then_some(Columns { known, all })
    }))
}

fn known(cells: &[String], names: &Names) -> Vec<(Said, usize, Field)> {
    let column = |(at, name): (usize, &String)| {
        names.column(name.trim()).map(|(field, said)| (said, at, field))
    };
    cells.iter().enumerate().filter_map(column).collect()
}

fn parse(columns: &Columns, cells: &[String]) -> Result<Option<Draft>, String> {
    let filled = cells.iter().rposition(|it| !it.trim().is_empty()).map_or(0, |at| at + 1);
    if filled > columns.all {
        return Err(format!("{filled} cells in a table of {} columns", columns.all));
    }
    let mut record = Record::default();
    for (_, at, field) in &columns.known {
        if let Some(text) = cells.get(*at).map(|it| it.trim()).filter(|it| !it.is_empty()) {
            record.push(*field, cell::value(*field, text));
        }
    }
    record.into_draft()
}
