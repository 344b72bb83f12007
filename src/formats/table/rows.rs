//! Lines put together to rows, and rows taken apart into cells.

use std::collections::VecDeque;
use std::io::{self, BufRead, Cursor};

use csv::{Reader, ReaderBuilder, StringRecord, Terminator};

use super::cell::decode;
use crate::formats::input::lines::{Lines, MAX_LINE};

/// What parts cells; where the header leaves it open, the last of these.
pub const DELIMITERS: [u8; 4] = [b'|', b';', b'\t', b','];
/// The most lines in a row, so that a quotation mark that is not closed costs its own row.
const MAX_LINES: usize = 100;

pub struct RowReader<'a> {
    lines: Lines<'a>,
    /// Lines that were read in search of the end of a row.
    waiting: VecDeque<(u64, Option<String>)>,
    splitter: CellSplitter,
}

pub enum TableRow {
    Cells(Vec<String>),
    TooLong,
    /// In quotation marks to the end of the file, or for far too long.
    UnclosedQuote,
}

impl<'a> RowReader<'a> {
    pub fn new(input: &'a mut dyn BufRead) -> Self {
        Self {
            lines: Lines::new(input),
            waiting: VecDeque::new(),
            splitter: CellSplitter::new(b','),
        }
    }

    /// Says what parts the cells of the rows to come.
    pub fn set_delimiter(&mut self, delimiter: u8) {
        self.splitter = CellSplitter::new(delimiter);
    }

    /// The next line that is not blank, without the one in which spreadsheets note the delimiter.
    pub fn header_line(&mut self) -> io::Result<Option<(u64, String)>> {
        while let Some((number, line)) = self.line()? {
            let line = line.unwrap_or_default();
            if !line.trim().is_empty() && !line.starts_with("sep=") {
                return Ok(Some((number, line)));
            }
        }
        Ok(None)
    }

    /// Takes lines back that were read in search of the header.
    pub fn unread(&mut self, lines: Vec<(u64, String)>) {
        for (number, line) in lines.into_iter().rev() {
            self.waiting.push_front((number, Some(line)));
        }
    }

    /// The next row and the line where it begins, from one.
    pub fn next(&mut self) -> io::Result<Option<(u64, TableRow)>> {
        let Some((number, first)) = self.line()? else { return Ok(None) };
        let Some(mut row) = first else { return Ok(Some((number, TableRow::TooLong))) };
        let mut quotes = QuoteState::default().advance(&row, self.splitter.delimiter);
        let mut taken = Vec::new();
        while quotes == QuoteState::Inside {
            let next = if taken.len() < MAX_LINES { self.line()? } else { None };
            let has_room = |it: &&str| row.len() + it.len() < MAX_LINE;
            let Some(line) = next.as_ref().and_then(|(_, it)| it.as_deref()).filter(has_room)
            else {
                taken.extend(next);
                for line in taken.into_iter().rev() {
                    self.waiting.push_front(line);
                }
                return Ok(Some((number, TableRow::UnclosedQuote)));
            };
            row.push('\n');
            row.push_str(line);
            quotes = quotes.advance(line, self.splitter.delimiter);
            taken.extend(next);
        }
        Ok(Some((number, TableRow::Cells(self.splitter.cells(&row)))))
    }

    fn line(&mut self) -> io::Result<Option<(u64, Option<String>)>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        let line = self.lines.next_bytes()?;
        Ok(line.map(|(number, bytes)| (number, bytes.map(decode))))
    }
}

/// Takes rows apart. The parser is set up once, since that costs more than many rows.
pub struct CellSplitter {
    delimiter: u8,
    reader: Reader<Cursor<Vec<u8>>>,
    record: StringRecord,
}

impl CellSplitter {
    pub fn new(delimiter: u8) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter);
        builder.terminator(Terminator::Any(b'\n'));
        let reader = builder.from_reader(Cursor::default());
        Self { delimiter, reader, record: StringRecord::new() }
    }

    /// The cells of one row. Nothing of it may be left over for the next.
    pub fn cells(&mut self, row: &str) -> Vec<String> {
        let mut bytes = row.as_bytes().to_vec();
        bytes.push(b'\n');
        let end = self.reader.position().byte() + bytes.len() as u64;
        *self.reader.get_mut() = Cursor::new(bytes);
        let is_read = self.reader.read_record(&mut self.record).unwrap_or(false);
        let cells = self.record.iter().filter(|_| is_read).map(str::to_owned).collect();
        if !is_read || self.reader.position().byte() != end {
            *self = Self::new(self.delimiter);
        }
        cells
    }
}

/// Whether a row goes on after a line.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum QuoteState {
    /// Where a quotation mark opens a cell.
    #[default]
    Before,
    Inside,
    /// After a mark that closes a cell, unless another doubles it.
    Closing,
    /// Where a mark is a mark.
    Outside,
}

impl QuoteState {
    fn advance(self, line: &str, delimiter: u8) -> Self {
        line.bytes().fold(self, |state, byte| match (state, byte) {
            (Self::Inside, b'"') => Self::Closing,
            (Self::Before | Self::Closing, b'"') | (Self::Inside, _) => Self::Inside,
            (_, byte) if byte == delimiter => Self::Before,
            _ => Self::Outside,
        })
    }
}
