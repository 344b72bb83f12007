//! Splits a JSON document into records, with only one of them in memory.
//!
//! Records are the objects at the top level and in top-level arrays. If a top-level object has an
//! array of objects under a name that services use for results, those objects are the records and
//! the outer object is discarded. The splitter looks only at brackets and strings; the caller
//! parses the records.
//!
//! The splitter is our own, because `serde_json`'s `StreamDeserializer` and `struson` cannot
//! continue after a broken record.

use std::io::{self, BufRead};

use super::scanner::{JsonScanner, RawRecord};
use crate::formats::input::lines::strip_bom;

/// Iterates over the records of a stream.
pub struct RecordSplitter<'a> {
    input: &'a mut dyn BufRead,
    scanner: JsonScanner,
}

impl<'a> RecordSplitter<'a> {
    pub fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, scanner: JsonScanner::default() }
    }

    /// Returns the next record and the line at which it begins, from one.
    pub fn next(&mut self) -> io::Result<Option<(u64, RawRecord<'_>)>> {
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let bom_len = available.len() - strip_bom(available).len();
            let mark = if self.scanner.is_fresh() { bom_len } else { 0 };
            let (consumed, end) = match available {
                [] => (0, self.scanner.end()),
                _ => self.scanner.run(&available[mark..]),
            };
            let is_end = available.is_empty();
            self.input.consume(mark + consumed);
            if let Some(end) = end {
                return Ok(Some((self.scanner.record_line(), self.scanner.raw_record(end))));
            }
            if is_end {
                return Ok(None);
            }
        }
    }

    /// Returns true if records were found inside an object.
    pub fn has_list(&self) -> bool {
        self.scanner.has_list
    }

    /// Returns true if the stream has ended inside a list of records.
    pub fn ended_in_list(&self) -> bool {
        self.scanner.ended_in_list()
    }
}
