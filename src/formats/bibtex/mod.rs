//! Reads BibTeX and BibLaTeX. Entries are independent, except for abbreviations and
//! cross-references.
//!
//! The parser is our own: the `biblatex` crate rejects `@misc( … )`, ends a `"` value inside
//! braces, gives no reason per field, and has no mode for escaped braces.

pub mod abbreviations;
pub mod cleaning;
pub mod crossref;
pub mod date;
pub mod draft;
pub mod edit;
pub mod entry;
pub mod extra_fields;
pub mod file_field;
pub mod identifiers;
pub mod journal_macros;
pub mod names;
pub mod parse_error;
pub mod parser;
pub mod splitter;

use std::collections::HashSet;
use std::io::{self, BufRead};
use std::ops::{ControlFlow, Range};

use self::abbreviations::Abbreviations;
use self::crossref::CrossrefQueue;
use self::entry::BibtexEntry;
use self::parse_error::{clip, entry_message};
use self::parser::{BibtexBlock, parse_block};
use self::splitter::{EntrySplitter, EntryText, begins_entry, find_entry, resembles_entry};
use super::defect::{Defect, DraftSink};

/// The total size in bytes of the entries that may wait for a parent.
const MAX_WAITING_BYTES: usize = 32 << 20;

/// Reads the entries of a file. Abbreviations that it defines are added to `abbreviations`.
pub fn read(
    input: &mut dyn BufRead,
    abbreviations: &Abbreviations,
    sink: &mut DraftSink<'_>,
) -> io::Result<()> {
    let mut splitter = EntrySplitter::new(input);
    let queue = CrossrefQueue::new(MAX_WAITING_BYTES);
    let mut reader =
        Reader { abbreviations, queue, undefined_abbreviations: HashSet::new(), comments: 0 };
    let end = loop {
        match splitter.next() {
            Ok(Some(chunk)) => reader.chunk(&chunk),
            end => break end.map(drop),
        }
        if reader.emit(CrossrefQueue::pop, sink).is_break() {
            return Ok(());
        }
    };
    let has_only_prose = splitter.has_prose && reader.comments == 0;
    if has_only_prose && reader.queue.is_untouched() && end.is_ok() {
        reader.defect(1, "no BibTeX entry");
    }
    let _ = reader.emit(CrossrefQueue::force_pop, sink);
    end
}

/// Returns true if a line begins an entry with a key, or an `@string`, `@comment` or `@preamble`.
pub fn matches_head(head: &str) -> bool {
    let mut lines = head.split(['\n', '\r']).peekable();
    while let Some(line) = lines.next() {
        if begins_entry(line) && has_entry_key(line, lines.peek().copied()) {
            return true;
        }
    }
    false
}

/// Returns true if every line is a comment, as in a bibliography without entries.
pub fn is_comment(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty()).peekable();
    lines.peek().is_some() && lines.all(|it| it.starts_with('%') && !it.starts_with("%!"))
}

/// Returns true if a key follows the bracket, and after its comma a field or nothing. Other
/// languages also have `@word{`, but no key and field after it.
fn has_entry_key(line: &str, next: Option<&str>) -> bool {
    let Some((word, rest)) = line.trim_start()[1..].split_once(['{', '(']) else { return false };
    let block_names = ["string", "comment", "preamble"];
    if block_names.iter().any(|it| word.trim().eq_ignore_ascii_case(it)) {
        return true;
    }
    let next = next.unwrap_or_default();
    let rest = if rest.trim().is_empty() { next } else { rest };
    let (key, tail) = rest.split_once(',').unwrap_or((rest, next));
    let is_key = !key.trim().contains(|c: char| c.is_whitespace() || "\"'(){}=".contains(c));
    let is_field = tail.contains('=') || tail.trim().is_empty();
    is_key && is_field
}

struct Reader<'a> {
    abbreviations: &'a Abbreviations,
    queue: CrossrefQueue,
    /// Undefined abbreviations; each is reported once.
    undefined_abbreviations: HashSet<String>,
    /// The number of comments, preambles and abbreviations.
    comments: usize,
}

impl Reader<'_> {
    /// Reads the entries of a chunk: one, unless a line has several.
    fn chunk(&mut self, chunk: &EntryText) {
        let text = chunk.text.as_str();
        let (mut from, mut line) = (0, chunk.line);
        while let Some(at) = find_entry(&text[from..]).map(|it| it + from) {
            self.report_text_between(&text[from..at], line);
            line += line_ends(&text[from..at]);
            let end = match parse_block(text, at) {
                Ok((item, end)) => {
                    self.add_block(&item, text, at..end, line);
                    end
                }
                Err(_) if chunk.first_dropped_line.is_some() => {
                    return self.defect(line, "entry too long");
                }
                Err(error) => {
                    self.defect(line + line_ends(&text[at..error.offset]), error.reason);
                    let mut lines = text[at..].match_indices('\n').map(|(it, _)| at + it + 1);
                    match lines
                        .find(|&it| begins_entry(text[it..].split('\n').next().unwrap_or_default()))
                    {
                        Some(next) => next,
                        None => return,
                    }
                }
            };
            line += line_ends(&text[at..end]);
            from = end;
        }
        self.report_text_between(&text[from..], line);
        if let Some(line) = chunk.first_dropped_line {
            self.defect(line, "line too long");
        }
    }

    /// Reports lines between entries that look like the beginning of one.
    fn report_text_between(&mut self, text_between: &str, line: u64) {
        for (number, text) in
            (line..).zip(text_between.lines()).filter(|(_, it)| resembles_entry(it))
        {
            let message = format!("not an entry: `{}` (no type after `@`)", clip(text.trim()));
            self.defect(number, message);
        }
    }

    fn add_block(&mut self, block: &BibtexBlock<'_>, text: &str, span: Range<usize>, line: u64) {
        let result = match block {
            BibtexBlock::Comment => {
                self.comments += 1;
                Ok(())
            }
            BibtexBlock::Abbreviation(field) => {
                self.comments += 1;
                self.abbreviations.lock().define(field)
            }
            BibtexBlock::Entry(entry) => {
                let record = BibtexEntry::new(
                    entry,
                    &text[span.clone()],
                    span.start,
                    &self.abbreviations.lock(),
                );
                record.map(|it| self.push(BibtexEntry { line, ..it }))
            }
        };
        if let Err(reason) = result {
            self.defect(line, reason);
        }
    }

    fn push(&mut self, mut record: BibtexEntry) {
        let undefined = std::mem::take(&mut record.undefined_abbreviations);
        let (key, line) = (record.key.clone(), record.line);
        self.queue.push(Ok(record));
        for (name, field) in undefined {
            if self.undefined_abbreviations.insert(name.to_lowercase()) {
                let (name, field) = (clip(&name), clip(&field));
                let message = format!(
                    "undefined macro `{name}` in `{field}`; name the .bib file that defines it first"
                );
                self.defect(line, entry_message(&key, &message));
            }
        }
    }

    /// Passes on the entries that `next` takes from the queue.
    fn emit(
        &mut self,
        next: fn(&mut CrossrefQueue) -> Option<Result<BibtexEntry, Defect>>,
        sink: &mut DraftSink<'_>,
    ) -> ControlFlow<()> {
        while let Some(entry) = next(&mut self.queue) {
            let untitled =
                |it: &BibtexEntry| Defect::new(it.line, entry_message(&it.key, "no title"));
            match entry {
                Ok(record) if !draft::is_paper(&record) => {}
                Ok(record) => sink(draft::draft(&record).ok_or_else(|| untitled(&record)))?,
                Err(defect) => sink(Err(defect))?,
            }
        }
        ControlFlow::Continue(())
    }

    fn defect(&mut self, line: u64, reason: impl Into<String>) {
        self.queue.push(Err(Defect::new(line, reason)));
    }
}

/// The number of line breaks in a text.
fn line_ends(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

#[cfg(test)]
mod tests;
