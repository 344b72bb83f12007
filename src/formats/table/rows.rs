//! Joins lines to rows, and splits rows into cells.

use std::collections::VecDeque;
use std::io::{self, BufRead, Cursor};

use csv::{Reader, ReaderBuilder, StringRecord, Terminator};

use super::cell::decode;
use crate::formats::input::lines::{Lines, MAX_LINE};

/// The possible delimiters of cells. If the header leaves it open, the last of these.
pub const DELIMITERS: [u8; 4] = [b'|', b';', b'\t', b','];
/// The maximal number of lines in a row, so that an unclosed quote affects only its row.
const MAX_LINES: usize = 100;

pub struct RowReader<'a> {
    lines: Lines<'a>,
    /// Lines that were read ahead.
    waiting: VecDeque<(u64, Option<String>)>,
    splitter: CellSplitter,
}

pub enum TableRow {
    Cells(Vec<String>),
    TooLong,
    /// The quote is not closed before the end of the file, or before a limit.
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

    /// Sets the delimiter of the cells.
    pub fn set_delimiter(&mut self, delimiter: u8) {
        self.splitter = CellSplitter::new(delimiter);
    }

    /// Returns the next non-blank line, without the line `sep=` in which spreadsheets declare the
    /// delimiter.
    pub fn header_line(&mut self) -> io::Result<Option<(u64, String)>> {
        while let Some((number, line)) = self.line()? {
            let line = line.unwrap_or_default();
            if !line.trim().is_empty() && !line.starts_with("sep=") {
                return Ok(Some((number, line)));
            }
        }
        Ok(None)
    }

    /// Returns lines to the reader that were read in search of the header.
    pub fn unread(&mut self, lines: Vec<(u64, String)>) {
        for (number, line) in lines.into_iter().rev() {
            self.waiting.push_front((number, Some(line)));
        }
    }

    /// Returns the next row and the line at which it begins, from one.
    pub fn next(&mut self) -> io::Result<Option<(u64, TableRow)>> {
        let Some((number, first)) = self.line()? else { return Ok(None) };
        let Some(mut row) = first else { return Ok(Some((number, TableRow::TooLong))) };
        let mut quotes = QuoteState::default().advance(&row, self.splitter.delimiter);
        let mut lines_read = Vec::new();
        while quotes == QuoteState::Inside {
            let next = if lines_read.len() < MAX_LINES { self.line()? } else { None };
            let has_room = |it: &&str| row.len() + it.len() < MAX_LINE;
            let Some(line) = next.as_ref().and_then(|(_, it)| it.as_deref()).filter(has_room)
            else {
                lines_read.extend(next);
                for line in lines_read.into_iter().rev() {
                    self.waiting.push_front(line);
                }
                return Ok(Some((number, TableRow::UnclosedQuote)));
            };
            row.push('\n');
            row.push_str(line);
            quotes = quotes.advance(line, self.splitter.delimiter);
            lines_read.extend(next);
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

/// Splits rows into cells with the `csv` crate. Reuses one parser, because creating it costs more
/// than many rows.
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

    /// Returns the cells of one row. Creates a new parser if bytes of the row are left over, so
    /// that they do not affect the next.
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

/// The position relative to quotes, which decides if a row continues on the next line.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum QuoteState {
    /// At the start of a cell, where a quote opens it.
    #[default]
    Before,
    Inside,
    /// After a quote that closes the cell, unless a second one follows.
    Closing,
    /// In an unquoted cell, where a quote is literal.
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
