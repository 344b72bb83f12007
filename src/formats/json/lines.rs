//! Reads JSON Lines: one object per line, with the field names of common tools.

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::ops::Range;

use super::arxiv_snapshot::{SnapshotScratch, title_and_abstract};
use super::document;
use super::parse::{is_snapshot_line, parse, parse_record, parse_snapshot};
use crate::domain::{BorrowedDraft, Draft};
use crate::formats::defect::{AbstractMode, Defect, DraftSink};
use crate::formats::input::lines::{InputLine, Lines, MAX_LINE};
use crate::formats::record::field_names::FieldNames;
use crate::formats::values::list_limits;

pub fn read(
    input: &mut dyn BufRead,
    names: &FieldNames,
    sink: &mut DraftSink<'_>,
) -> io::Result<()> {
    let mut lines = Lines::new(input);
    while let Some((number, line)) = lines.next()? {
        let record = match &line {
            InputLine::TooLong => Some(Err(TOO_LONG.to_owned())),
            InputLine::Text(text) => parse(strip_array_syntax(text), names).transpose(),
        };
        let Some(record) = record else { continue };
        if sink(record.map_err(|reason| Defect::new(number, reason))).is_break() {
            break;
        }
    }
    Ok(())
}

const TOO_LONG: &str = "line too long";

/// Receives the record of each line with the byte range of that line.
pub type LineSink<'a> = dyn FnMut(Range<usize>, Result<BorrowedDraft<'_>, Defect>) + 'a;

/// Reads a chunk of lines in memory. Passes each record with the byte range of its line, and
/// returns the number of lines. The line numbers of defects count from the start of the chunk.
///
/// A line longer than [`MAX_LINE`] may be truncated.
pub fn read_chunk(
    chunk: &[u8],
    names: &FieldNames,
    abstracts: AbstractMode,
    sink: &mut LineSink<'_>,
) -> u64 {
    let (mut number, mut from, mut scratch) = (0, 0, SnapshotScratch::default());
    while from < chunk.len() {
        number += 1;
        let end = memchr::memchr(b'\n', &chunk[from..]);
        let line = from..end.map_or(chunk.len(), |it| from + it + 1);
        from = line.end;
        if line.len() > MAX_LINE {
            sink(line, Err(Defect::new(number, TOO_LONG.to_owned())));
            continue;
        }
        // Checking for valid UTF-8 first is much faster than a lossy conversion.
        let text = std::str::from_utf8(&chunk[line.clone()]).map(Cow::Borrowed);
        let text = text.unwrap_or_else(|_| String::from_utf8_lossy(&chunk[line.clone()]));
        let text = strip_array_syntax(&text);
        if let Some(draft) = parse_snapshot(text, names, abstracts, &mut scratch) {
            emit(line, number, draft, sink);
            continue;
        }
        match parse_record(text, names, abstracts) {
            Ok(Some(draft)) => emit(line, number, BorrowedDraft::from(&draft), sink),
            Ok(None) => {}
            Err(reason) => sink(line, Err(Defect::new(number, reason))),
        }
    }
    number
}

/// Passes on a record. Lists that exceed the limits are truncated and reported as a defect of the
/// line.
fn emit(line: Range<usize>, number: u64, draft: BorrowedDraft<'_>, sink: &mut LineSink<'_>) {
    if !list_limits::may_exceed_limits(&draft) {
        return sink(line, Ok(draft));
    }
    let mut draft = Draft::from(draft);
    if let Some(reason) = list_limits::truncate_lists(&mut draft) {
        sink(line.clone(), Err(Defect::new(number, reason)));
    }
    sink(line, Ok(BorrowedDraft::from(&draft)));
}

/// Returns the title and abstract of the first record in `lines`, without building its draft.
/// `None` if that could give another result.
pub fn title_and_abstract_of_line(lines: &[u8], names: &FieldNames) -> Option<(String, String)> {
    let end = memchr::memchr(b'\n', lines).unwrap_or(lines.len());
    let line = std::str::from_utf8(&lines[..end]).ok()?;
    let text = Some(strip_array_syntax(line)).filter(|it| is_snapshot_line(it, names))?;
    title_and_abstract(text)
}

/// Returns true if a line is a paper, or may be the beginning of one that exceeds `head`. An
/// indented line belongs to a larger structure.
pub fn matches_head(head: &str, names: &FieldNames) -> bool {
    let mut lines = head.lines().filter(|it| it.starts_with('{'));
    let is_cut = !head.contains('\n') && head.starts_with("{\"");
    (!head.starts_with('[') || is_array_of_lines(head))
        && !document::is_service_response(head, names)
        && (lines.any(|it| parse(strip_array_syntax(it), names).is_ok_and(|it| it.is_some()))
            || is_cut && is_open(head))
}

/// Returns true for an array with one record per line, and its brackets on the first and last line.
fn is_array_of_lines(head: &str) -> bool {
    let mut lines = head.lines().map(strip_array_syntax).skip(1).peekable();
    while let Some(line) = lines.next() {
        // The last line may be incomplete.
        let is_record = || serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
        if lines.peek().is_some() && !line.is_empty() && !(line.starts_with('{') && is_record()) {
            return false;
        }
    }
    head.lines().next().is_some_and(|it| strip_array_syntax(it).is_empty())
}

/// Returns true if the text is the beginning of valid JSON.
fn is_open(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_err_and(|error| error.is_eof())
}

/// Strips the brackets and commas of an array around its records, on either side, and a byte order
/// mark.
fn strip_array_syntax(line: &str) -> &str {
    let line = line.trim_start_matches('\u{feff}').trim();
    match line.as_bytes() {
        [b'{', .., b'}'] => line,
        [b'[' | b']' | b','] | [b']', b',' | b';'] => "",
        [b'{', .., b']'] => line[..line.len() - 1].trim_end(),
        [b'[' | b',', ..] if line[1..].trim_start().starts_with('{') => {
            strip_array_syntax(&line[1..])
        }
        _ => line.trim_end_matches(','),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_may_have_its_brackets_and_commas_anywhere() {
        let record = "{\"title\": \"A\"}";
        for (line, expected) in [
            ("[{\"title\": \"A\"},", record),
            ("{\"title\": \"A\"}]", record),
            (",{\"title\": \"A\"}", record),
            (" , {\"title\": \"A\"} ", record),
            ("[{\"title\": \"A\"}]", record),
            ("[", ""),
            ("],", ""),
            ("[1]", "[1]"),
        ] {
            assert_eq!(strip_array_syntax(line), expected, "{line}");
        }
        assert!(is_array_of_lines("[\n{\"a\":1},\n{\"a\":2}\n]\n"));
        assert!(!is_array_of_lines("[{\"a\":1},\n{\"a\":2}]"));
        assert!(!is_array_of_lines("[\n{\"a\":1}, {\"a\":2},\n{\"a\":2}\n]"));
    }
}
