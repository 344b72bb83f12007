//! BibTeX and BibLaTeX: each entry for itself, but for macros and cross-references.

mod chunks;
mod crossref;
mod date;
mod draft;
mod entry;
mod file;
mod ident;
mod names;
mod record;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use self::chunks::{Chunk, Chunks, begins_entry, find_entry};
use self::crossref::Queue;
use self::entry::{Item, item, told};
use self::record::{Macros, Record};
use super::{Defect, Each};

/// Entries with so many bytes in all may wait for a parent.
const MOST_WAITING: usize = 32 << 20;

pub(super) fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    let mut chunks = Chunks::new(input);
    let mut reader = Reader { macros: Macros::default(), queue: Queue::new(MOST_WAITING) };
    let end = loop {
        match chunks.next() {
            Ok(Some(chunk)) => reader.chunk(&chunk),
            end => break end.map(drop),
        }
        if reader.hand_over(Queue::pop, each).is_break() {
            return Ok(());
        }
    };
    if reader.queue.is_unused() && end.is_ok() {
        reader.defect(1, "there is no BibTeX entry in it");
    }
    let _ = reader.hand_over(Queue::pop_anyhow, each);
    end
}

/// Whether some line begins an entry with a key, or something that stands beside entries.
pub(super) fn is_it(head: &str) -> bool {
    let mut lines = head.lines().peekable();
    while let Some(line) = lines.next() {
        if begins_entry(line) && is_keyed(line, lines.peek().copied()) {
            return true;
        }
    }
    false
}

/// Other languages have an `@` with a word and a bracket behind it, too, but no key after that, or
/// no field after what looks like one.
fn is_keyed(line: &str, next: Option<&str>) -> bool {
    let Some((word, rest)) = line.trim_start()[1..].split_once(['{', '(']) else { return false };
    let asides = ["string", "comment", "preamble"];
    if asides.iter().any(|it| word.trim().eq_ignore_ascii_case(it)) {
        return true;
    }
    let next = next.unwrap_or_default();
    let rest = if rest.trim().is_empty() { next } else { rest };
    let (key, after) = rest.split_once(',').unwrap_or((rest, next));
    let is_key = !key.trim().contains(|c: char| c.is_whitespace() || "\"'(){}=".contains(c));
    let is_field = after.contains('=') || after.trim().is_empty();
    is_key && is_field
}

struct Reader {
    macros: Macros,
    queue: Queue,
}

impl Reader {
    /// Reads the entries of a chunk: one, unless several stand on a line.
    fn chunk(&mut self, chunk: &Chunk) {
        let text = chunk.text.as_str();
        let (mut from, mut line) = (0, chunk.line);
        while let Some(at) = find_entry(&text[from..]).map(|it| it + from) {
            line += lines(&text[from..at]);
            match item(text, at) {
                Ok((item, end)) => {
                    self.take(&item, &text[at..end], line);
                    line += lines(&text[at..end]);
                    from = end;
                }
                Err(_) if chunk.gap.is_some() => {
                    return self.defect(line, "the entry is too long to be read");
                }
                Err(fault) => {
                    let line = line + lines(&text[at..fault.at]);
                    return self.defect(line, fault.reason);
                }
            }
        }
        if let Some(line) = chunk.gap {
            self.defect(line, "the line is too long to be read");
        }
    }

    fn take(&mut self, item: &Item<'_>, raw: &str, line: u64) {
        let taken = match item {
            Item::Aside => Ok(()),
            Item::Macro(field) => self.macros.define(field),
            Item::Entry(entry) => Record::new(entry, raw, line, &self.macros)
                .map(|record| self.queue.push(Ok(record))),
        };
        if let Err(reason) = taken {
            self.defect(line, reason);
        }
    }

    /// Hands over what the queue gives.
    fn hand_over(
        &mut self,
        next: fn(&mut Queue) -> Option<Result<Record, Defect>>,
        each: &mut Each<'_>,
    ) -> ControlFlow<()> {
        while let Some(entry) = next(&mut self.queue) {
            let untitled = |it: &Record| Defect::new(it.line, told(&it.key, "it has no title"));
            match entry {
                Ok(record) if !draft::is_paper(&record) => {}
                Ok(record) => each(draft::draft(&record).ok_or_else(|| untitled(&record)))?,
                Err(defect) => each(Err(defect))?,
            }
        }
        ControlFlow::Continue(())
    }

    fn defect(&mut self, line: u64, reason: impl Into<String>) {
        self.queue.push(Err(Defect::new(line, reason)));
    }
}

/// How often a line ends in the text.
fn lines(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

#[cfg(test)]
mod tests;
