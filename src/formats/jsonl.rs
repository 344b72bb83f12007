//! JSON Lines: one object a line, under the names that most tools give its fields.

use std::io::{self, BufRead};

use super::lines::{Line, Lines};
use super::record::{Names, Record};
use super::{Defect, Each, json};
use crate::domain::Draft;

pub(super) fn read(input: &mut dyn BufRead, names: &Names, each: &mut Each<'_>) -> io::Result<()> {
    let mut lines = Lines::new(input);
    while let Some((number, line)) = lines.next()? {
        let record = match &line {
            Line::TooLong => Err("the line is too long to be read".to_owned()),
            Line::Text(text) => match bare(text) {
                "" => continue,
                text => parse(text, names),
            },
        };
        let Some(record) = record.transpose() else { continue };
        if each(record.map_err(|reason| Defect::new(number, reason))).is_break() {
            break;
        }
    }
    Ok(())
}

/// Whether a line is a paper, or may be the beginning of one too long to be seen whole. A line
/// that is indented belongs to something larger.
pub(super) fn is_it(head: &str, names: &Names) -> bool {
    let mut lines = head.lines().filter(|it| it.starts_with('{'));
    let is_cut = !head.contains('\n') && head.starts_with("{\"");
    !json::is_answer(head, names)
        && (lines.any(|it| parse(bare(it), names).is_ok_and(|it| it.is_some()))
            || is_cut && is_open(head))
}

/// Whether JSON breaks off rather than being something else.
fn is_open(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_err_and(|error| error.is_eof())
}

/// Reads one record, or says why it cannot be read. Some are no papers.
pub(super) fn parse(text: &str, names: &Names) -> Result<Option<Draft>, String> {
    Record::of_json(text, names)?.into_draft()
}

/// The line without what an array over several lines puts around its records.
fn bare(line: &str) -> &str {
    match line.trim() {
        "[" | "]" => "",
        line => line.trim_end_matches(','),
    }
}
