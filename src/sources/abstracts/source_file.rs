//! Reads abstracts on demand from the file that they were loaded from.

use std::fs::File;
use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use crate::domain::{AbstractStore, Draft};
use crate::formats::{
    Abbreviations, FieldNames, Format, MAX_LINE, read_with, title_and_abstract_of_line,
};
use crate::sources::disk::{io_reason, read_exact_at};
use crate::text::tidy;

/// An uncompressed source file with one record a line. It stays open, so that a file replaced in
/// the meantime is still readable.
#[derive(Debug)]
pub struct SourceFile {
    file: File,
    name: Arc<str>,
    format: Format,
    field_names: FieldNames,
}

impl SourceFile {
    pub fn new(file: File, name: Arc<str>, format: Format, names: FieldNames) -> Self {
        Self { file, name, format, field_names: names }
    }

    /// Returns the field names of the source.
    pub fn names(&self) -> &FieldNames {
        &self.field_names
    }

    /// Fills the buffer from an offset of the file.
    pub fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        read_exact_at(&self.file, buffer, offset)
    }

    /// Reads a byte range, up to [`MAX_LINE`] bytes. After the record it may contain anything up to
    /// the next one.
    fn read_record(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let length = (range.end - range.start).min(MAX_LINE as u64);
        let mut record = vec![0; length as usize];
        self.read_at(range.start, &mut record)?;
        Ok(record)
    }

    /// Parses the first record in these bytes.
    fn parse_first(&self, mut record: &[u8]) -> Option<Draft> {
        let mut draft = None;
        let _ = read_with(
            self.format,
            &self.field_names,
            &Abbreviations::default(),
            &mut record,
            &mut |record| {
                draft = record.ok();
                if draft.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        draft
    }

    /// Parses title and abstract of the first record in these bytes.
    fn title_and_abstract(&self, record: &[u8]) -> Option<(String, String)> {
        if self.format == Format::Jsonl
            && let Some(title_and_abstract) = title_and_abstract_of_line(record, &self.field_names)
        {
            return Some(title_and_abstract);
        }
        self.parse_first(record).map(|it| (it.title, it.abstract_text))
    }
}

impl AbstractStore for SourceFile {
    fn read(&self, range: Range<u64>, title: &str) -> Result<String, String> {
        let name = &self.name;
        let changed = || format!("{name}: file changed; R reloads it");
        let record = self.read_record(range).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => changed(),
            _ => format!("{name}: {}", io_reason(&error)),
        })?;
        let record_text = self
            .title_and_abstract(&record)
            .filter(|(record_title, _)| tidy(record_title) == title);
        record_text.map(|(_, abstract_text)| abstract_text).ok_or_else(changed)
    }

    fn draft(&self, range: Range<u64>) -> Option<Draft> {
        self.parse_first(&self.read_record(range).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const FIRST: &str = "{\"title\": \"One\", \"abstract\": \"Of one.\"}\n";
    const SECOND: &str = "{\"title\": \"Two\", \"abstract\": \"Of two.\"}\n";

    /// Returns the abstract at the offset of the second record, after the file was changed.
    fn second_after(change: impl FnOnce(&std::path::Path)) -> Result<String, String> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("papers.jsonl");
        fs::write(&path, [FIRST, SECOND].concat()).unwrap();
        let file = File::open(&path).unwrap();
        let records =
            SourceFile::new(file, "papers.jsonl".into(), Format::Jsonl, FieldNames::default());
        change(&path);
        records.read(FIRST.len() as u64..(FIRST.len() + SECOND.len()) as u64, "Two")
    }

    #[test]
    fn a_record_is_read_again_also_when_its_file_has_grown_or_was_replaced() {
        let all = || [FIRST, SECOND, FIRST].concat();
        assert_eq!(second_after(|_| ()).unwrap(), "Of two.");
        assert_eq!(second_after(|path| fs::write(path, all()).unwrap()).unwrap(), "Of two.");
        let replace = |path: &std::path::Path| {
            fs::remove_file(path).unwrap();
            fs::write(path, "other").unwrap();
        };
        assert_eq!(second_after(replace).unwrap(), "Of two.");
    }

    #[test]
    fn a_record_that_is_not_there_any_more_is_missed_in_a_sentence() {
        let message = "papers.jsonl: file changed; R reloads it";
        for text in ["", FIRST, &SECOND.repeat(2)[1..], &FIRST.repeat(2), &"\0".repeat(100)] {
            let result = second_after(|path| fs::write(path, text).unwrap());
            assert_eq!(result.unwrap_err(), message, "{text}");
        }
    }
}
