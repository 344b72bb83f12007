//! The common reader of tagged formats: finds where records begin and end, and joins continuation
//! lines.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::record::TaggedRecord;
use crate::domain::Draft;
use crate::formats::defect::{Defect, DraftSink};
use crate::formats::input::lines::{InputLine, Lines};

/// The properties of one tagged format.
pub struct TaggedDialect {
    /// Returns the tag and value of a line, or `None` for a continuation line.
    pub field: fn(&str) -> Option<(&str, &str)>,
    /// The tag that begins a record.
    pub first: &'static str,
    /// The tag that ends a record. If there is none, blank lines separate records.
    pub last: Option<&'static str>,
    /// Converts a record to a draft.
    pub draft: fn(&TaggedRecord) -> Draft,
}

pub fn read(
    dialect: &TaggedDialect,
    input: &mut dyn BufRead,
    sink: &mut DraftSink<'_>,
) -> io::Result<()> {
    let mut lines = Lines::windows_1252(input);
    let mut reader = TaggedReader {
        dialect,
        open: None,
        gap: BlankBefore::None,
        position: OutsideRecord::Before(None),
    };
    while let Some((number, line)) = lines.next()? {
        let flow = match line {
            InputLine::Text(text) => reader.line(number, &text, sink),
            InputLine::TooLong => reader.too_long(number, sink),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    let _ = reader.end(sink);
    Ok(())
}

struct TaggedReader<'a> {
    dialect: &'a TaggedDialect,
    open: Option<TaggedRecord>,
    gap: BlankBefore,
    position: OutsideRecord,
}

/// The presence of a blank line before the current one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BlankBefore {
    None,
    Blank,
}

/// The position of a line outside records.
enum OutsideRecord {
    /// Before the first record, with the number of the first non-blank line.
    Before(Option<u64>),
    After,
}

impl TaggedReader<'_> {
    fn line(&mut self, number: u64, line: &str, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
        let line = line.trim_end();
        if line.is_empty() {
            self.gap = BlankBefore::Blank;
            return ControlFlow::Continue(());
        }
        match (self.dialect.field)(line) {
            Some((tag, _)) if self.dialect.last == Some(tag) => {
                if self.open.is_none() {
                    self.skip_line(number);
                }
                self.finish(sink)?;
            }
            Some((tag, value)) => {
                if self.begins(tag) {
                    self.finish(sink)?;
                }
                self.open.get_or_insert_with(|| TaggedRecord::new(number, tag)).push(tag, value);
            }
            None => match &mut self.open {
                Some(record) if self.gap == BlankBefore::Blank => {
                    record.continue_value("\n\n", line.trim_start());
                }
                Some(record) => record.continue_value("\n", line.trim_start()),
                None => self.skip_line(number),
            },
        }
        self.gap = BlankBefore::None;
        ControlFlow::Continue(())
    }

    /// Returns true if the tag begins the next record although the open one has not ended. A first
    /// tag that is repeated immediately belongs to the open record, and so does one further down,
    /// where some programs write it. If blank lines separate records, a blank line may also be in a
    /// value; then the tag after it is new to the open record.
    fn begins(&self, tag: &str) -> bool {
        let TaggedDialect { first, last, .. } = self.dialect;
        self.open.as_ref().is_some_and(|record| match self.gap {
            BlankBefore::None if tag == *first => record.has(first) && !record.has_only(first),
            // The next record in the same order, for files whose records do not begin with the
            // first tag.
            BlankBefore::None => {
                last.is_none() && tag == record.opener() && record.has(first) && tag == "T"
            }
            BlankBefore::Blank if tag == *first => true,
            BlankBefore::Blank => last.is_none() && (record.opener() != *first || record.has(tag)),
        })
    }

    fn too_long(&mut self, number: u64, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
        let reason = "line too long";
        match &mut self.open {
            Some(record) => record.set_error(number, reason),
            None => sink(Err(Defect::new(number, reason)))?,
        }
        self.position = OutsideRecord::After;
        ControlFlow::Continue(())
    }

    /// Records the line of a banner, or of a file without records.
    fn skip_line(&mut self, number: u64) {
        if let OutsideRecord::Before(line) = &mut self.position {
            line.get_or_insert(number);
        }
    }

    fn finish(&mut self, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
        let Some(record) = self.open.take() else { return ControlFlow::Continue(()) };
        self.position = OutsideRecord::After;
        sink(match record.fault() {
            Some(fault) => Err(fault),
            None => match (self.dialect.draft)(&record) {
                draft if draft.title.is_empty() => Err(Defect::new(record.line(), "no title")),
                draft => Ok(draft),
            },
        })
    }

    fn end(&mut self, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
        self.finish(sink)?;
        match self.position {
            OutsideRecord::Before(Some(line)) => sink(Err(Defect::new(line, "no record found"))),
            _ => ControlFlow::Continue(()),
        }
    }
}
