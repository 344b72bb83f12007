//! What the formats of tagged lines share: where a record begins, how a value goes on, and where
//! one ends.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::record::Record;
use crate::domain::Draft;
use crate::formats::defect::{Defect, Each};
use crate::formats::input::lines::{Line, Lines};

/// How one of the formats writes its records.
pub struct Dialect {
    /// The tag and the value of a line, unless it goes on with the value of the line before.
    pub field: fn(&str) -> Option<(&str, &str)>,
    /// The tag that begins a record.
    pub first: &'static str,
    /// The tag that ends one; in formats without, blank lines part the records.
    pub last: Option<&'static str>,
    /// The paper that a record is of.
    pub draft: fn(&Record) -> Draft,
}

pub fn read(dialect: &Dialect, input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    let mut lines = Lines::latin(input);
    let mut reader = Reader { dialect, open: None, gap: Gap::None, place: Place::Before(None) };
    while let Some((number, line)) = lines.next()? {
        let flow = match line {
            Line::Text(text) => reader.line(number, &text, each),
            Line::TooLong => reader.too_long(number, each),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    let _ = reader.end(each);
    Ok(())
}

struct Reader<'a> {
    dialect: &'a Dialect,
    open: Option<Record>,
    gap: Gap,
    place: Place,
}

/// Whether a blank line stands before this one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
}

/// Where in the file a line stands that is in no record.
enum Place {
    /// Before the first record, with the first line that says something.
    Before(Option<u64>),
    After,
}

impl Reader<'_> {
    fn line(&mut self, number: u64, line: &str, each: &mut Each<'_>) -> ControlFlow<()> {
        let line = line.trim_end();
        if line.is_empty() {
            self.gap = Gap::Blank;
            return ControlFlow::Continue(());
        }
        match (self.dialect.field)(line) {
            Some((tag, _)) if self.dialect.last == Some(tag) => {
                if self.open.is_none() {
                    self.pass_over(number);
                }
                self.finish(each)?;
            }
            Some((tag, value)) => {
                if self.begins(tag) {
                    self.finish(each)?;
                }
                self.open.get_or_insert_with(|| Record::new(number, tag)).push(tag, value);
            }
            None => match &mut self.open {
                Some(record) if self.gap == Gap::Blank => record.go_on("\n\n", line.trim_start()),
                Some(record) => record.go_on("\n", line.trim_start()),
                None => self.pass_over(number),
            },
        }
        self.gap = Gap::None;
        ControlFlow::Continue(())
    }

    /// Whether the tag begins the next record though none has ended the one that is open. A first
    /// tag that is repeated at once belongs to the same record, and so does one that stands
    /// further down, as some programs write it; where blank lines part records, one may also stand
    /// in a value, and then what comes after it is new to the record.
    fn begins(&self, tag: &str) -> bool {
        let Dialect { first, last, .. } = self.dialect;
        self.open.as_ref().is_some_and(|record| match self.gap {
            Gap::None if tag == *first => record.has(first) && !record.has_only(first),
            // The next record in the same order, where the first tag is not the first.
            Gap::None => {
                last.is_none() && tag == record.opener() && record.has(first) && tag == "T"
            }
            Gap::Blank if tag == *first => true,
            Gap::Blank => last.is_none() && (record.opener() != *first || record.has(tag)),
        })
    }

    fn too_long(&mut self, number: u64, each: &mut Each<'_>) -> ControlFlow<()> {
        let reason = "the line is too long to be read";
        match &mut self.open {
            Some(record) => record.fail(number, reason),
            None => each(Err(Defect::new(number, reason)))?,
        }
        self.place = Place::After;
        ControlFlow::Continue(())
    }

    /// Takes note of a banner, or of a file that has nothing else.
    fn pass_over(&mut self, number: u64) {
        if let Place::Before(line) = &mut self.place {
            line.get_or_insert(number);
        }
    }

    fn finish(&mut self, each: &mut Each<'_>) -> ControlFlow<()> {
        let Some(record) = self.open.take() else { return ControlFlow::Continue(()) };
        self.place = Place::After;
        each(match record.fault() {
            Some(fault) => Err(fault),
            None => match (self.dialect.draft)(&record) {
                draft if draft.title.is_empty() => {
                    Err(Defect::new(record.line(), "a record without a title"))
                }
                draft => Ok(draft),
            },
        })
    }

    fn end(&mut self, each: &mut Each<'_>) -> ControlFlow<()> {
        self.finish(each)?;
        match self.place {
            Place::Before(Some(line)) => each(Err(Defect::new(line, "no record begins here"))),
            _ => ControlFlow::Continue(()),
        }
    }
}
