//! Lines put together to rows, and rows taken apart into cells.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use csv::{ReaderBuilder, StringRecord};

use super::cell::decoded;
use crate::formats::lines::{Lines, MAX_LINE};

/// What parts cells; where the header leaves it open, the last of these.
pub(super) const DELIMITERS: [u8; 4] = [b'|', b';', b'\t', b','];
/// The most lines in a row, so that a quotation mark that is not closed costs its own row.
const MAX_LINES: usize = 100;

pub(super) struct Rows<'a> {
    lines: Lines<'a>,
    /// Lines that were read in search of the end of a row.
    waiting: VecDeque<(u64, Option<String>)>,
    pub(super) delimiter: u8,
}

pub(super) enum Row {
    Cells(Vec<String>),
    TooLong,
    /// In quotation marks to the end of the file, or for far too long.
    Open,
}

impl<'a> Rows<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        Self { lines: Lines::new(input), waiting: VecDeque::new(), delimiter: b',' }
    }

    /// The first line that is not blank, without the one in which spreadsheets note the delimiter.
    pub(super) fn header(&mut self) -> io::Result<Option<String>> {
        while let Some((_, line)) = self.line()? {
            let line = line.unwrap_or_default();
            if !line.trim().is_empty() && !line.starts_with("sep=") {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// The next row and the line where it begins, from one.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Row)>> {
        let Some((number, first)) = self.line()? else { return Ok(None) };
        let Some(mut row) = first else { return Ok(Some((number, Row::TooLong))) };
        let mut quotes = Quotes::default().after(&row, self.delimiter);
        let mut taken = Vec::new();
        while quotes == Quotes::Inside {
            let next = if taken.len() < MAX_LINES { self.line()? } else { None };
            let has_room = |it: &&str| row.len() + it.len() < MAX_LINE;
            let Some(line) = next.as_ref().and_then(|(_, it)| it.as_deref()).filter(has_room)
            else {
                taken.extend(next);
                for line in taken.into_iter().rev() {
                    self.waiting.push_front(line);
                }
                return Ok(Some((number, Row::Open)));
            };
            row.push('\n');
            row.push_str(line);
            quotes = quotes.after(line, self.delimiter);
            taken.extend(next);
        }
        Ok(Some((number, Row::Cells(cells(&row, self.delimiter)))))
    }

    fn line(&mut self) -> io::Result<Option<(u64, Option<String>)>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        let line = self.lines.next_bytes()?;
        Ok(line.map(|(number, bytes)| (number, bytes.map(decoded))))
    }
}

/// The cells of one row.
pub(super) fn cells(row: &str, delimiter: u8) -> Vec<String> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(row.len() + 1);
    let mut record = StringRecord::new();
    let is_read = builder.from_reader(row.as_bytes()).read_record(&mut record).unwrap_or(false);
    if is_read { record.iter().map(str::to_owned).collect() } else { Vec::new() }
}

/// Whether a row goes on after a line.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Quotes {
    /// Where a quotation mark opens a cell.
    #[default]
    Before,
    Inside,
    /// After a mark that closes a cell, unless another doubles it.
    Closing,
    /// Where a mark is a mark.
    Outside,
}

impl Quotes {
    fn after(self, line: &str, delimiter: u8) -> Self {
        line.bytes().fold(self, |state, byte| match (state, byte) {
            (Self::Inside, b'"') => Self::Closing,
            (Self::Before | Self::Closing, b'"') | (Self::Inside, _) => Self::Inside,
            (_, byte) if byte == delimiter => Self::Before,
            _ => Self::Outside,
        })
    }
}
