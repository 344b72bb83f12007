//! A JSON document cut into its records, without holding more than one of them.
//!
//! Records are the objects at the top and in arrays at the top. Where an object at the top holds
//! an array of objects under a name that services use for what they found, those are the records
//! and the object is forgotten. Only brackets and strings are looked at: what a record says is
//! judged by who reads it.

use std::io::{self, BufRead};

use super::scanner::{JsonScanner, RawRecord};
use crate::formats::input::lines::strip_bom;

pub struct RecordSplitter<'a> {
    input: &'a mut dyn BufRead,
    scan: JsonScanner,
}

impl<'a> RecordSplitter<'a> {
    pub fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, scan: JsonScanner::default() }
    }

    /// The next record and the line where it begins, from one.
    pub fn next(&mut self) -> io::Result<Option<(u64, RawRecord<'_>)>> {
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let mark = if self.scan.is_fresh() { bom_len(available) } else { 0 };
            let (used, found) = match available {
                [] => (0, self.scan.end()),
                _ => self.scan.run(&available[mark..]),
            };
            let is_end = available.is_empty();
            self.input.consume(mark + used);
            if let Some(found) = found {
                return Ok(Some((self.scan.record_line(), self.scan.raw_record(found))));
            }
            if is_end {
                return Ok(None);
            }
        }
    }

    /// Whether records were found inside an object.
    pub fn has_list(&self) -> bool {
        self.scan.has_list
    }

    /// Whether the stream has ended inside a list of records.
    pub fn ended_in_list(&self) -> bool {
        self.scan.ended_in_list()
    }
}

/// How long the mark is that some editors put before UTF-8.
fn bom_len(bytes: &[u8]) -> usize {
    bytes.len() - strip_bom(bytes).len()
}
