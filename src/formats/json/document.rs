//! Reads JSON documents: papers in an array, single, or concatenated, formatted or on one line.

use std::io::{self, BufRead};

use super::parse::parse;

use super::scanner::RawRecord;

use super::splitter::RecordSplitter;
use crate::formats::defect::{Defect, DraftSink};
use crate::formats::record::field_names::FieldNames;

/// A shorter head is the whole document.
const DETECTION_LEN: usize = 32 << 10;

pub fn read(
    input: &mut dyn BufRead,
    names: &FieldNames,
    sink: &mut DraftSink<'_>,
) -> io::Result<()> {
    let mut splitter = RecordSplitter::new(input);
    while let Some((line, cut)) = splitter.next()? {
        let record = match cut {
            RawRecord::Record(bytes) => parse(&String::from_utf8_lossy(bytes), names),
            RawRecord::TooLong => Err("record too long".to_owned()),
            RawRecord::Unclosed => Err("invalid JSON: unclosed bracket".to_owned()),
        };
        let Some(record) = record.transpose() else { continue };
        if sink(record.map_err(|reason| Defect::new(line, reason))).is_break() {
            break;
        }
    }
    Ok(())
}

/// Returns true if a document has a paper, or may have one beyond the end of `head`. An empty list
/// counts as papers, and so does one with only known non-papers: `null`, a collection of a library.
pub fn matches_head(head: &str, names: &FieldNames) -> bool {
    let (mut content, mut has_other) = (HeadContent::Nothing, false);
    let mut input = head.as_bytes();
    let mut splitter = RecordSplitter::new(&mut input);
    while let Ok(Some((_, record))) = splitter.next() {
        let RawRecord::Record(bytes) = record else {
            has_other = true;
            continue;
        };
        match parse(&String::from_utf8_lossy(bytes), names) {
            Ok(Some(_)) => {
                content = HeadContent::Paper;
                break;
            }
            Ok(None) => content = HeadContent::NoPaper,
            Err(_) => has_other = true,
        }
    }
    let is_empty = || {
        let is_not_blank = |c: char| !c.is_whitespace();
        head.chars().filter(|it| is_not_blank(*it)).eq("[]".chars())
    };
    let is_cut = || head.len() >= DETECTION_LEN && is_open_list(head);
    let is_list = match content {
        HeadContent::Paper => true,
        HeadContent::NoPaper => !has_other || is_cut(),
        HeadContent::Nothing => is_empty() || is_cut(),
    };
    head.starts_with(['{', '[']) && is_list
}

/// The contents of a document, as far as it has been read.
enum HeadContent {
    Nothing,
    /// Only records that are known to be no papers.
    NoPaper,
    Paper,
}

/// Returns true if records are inside an object that begins on an earlier line, even if each is on
/// a line of its own.
pub fn is_service_response(head: &str, names: &FieldNames) -> bool {
    let first = head.lines().next().unwrap_or_default();
    let mut input = head.as_bytes();
    let mut splitter = RecordSplitter::new(&mut input);
    let is_open = || parse(first, names).is_err();
    head.starts_with('{')
        && is_open()
        && matches!(splitter.next(), Ok(Some(_)))
        && splitter.has_list()
}

/// Returns true if the head of a long document ends inside a list, or inside a record of several
/// lines.
fn is_open_list(head: &str) -> bool {
    let mut input = head.as_bytes();
    let mut splitter = RecordSplitter::new(&mut input);
    while matches!(splitter.next(), Ok(Some(_))) {}
    splitter.ended_in_list() || head.contains('\n')
}
