//! Reads Typst's bibliographies in Hayagriva's YAML: one entry per key, with containers as parents.
//!
//! Each entry is passed to the `hayagriva` crate on its own, so that a broken entry does not affect
//! the others.

pub mod draft;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use hayagriva::io::from_yaml_str;
use hayagriva::types::EntryType;

use self::draft::draft;
use super::defect::{Defect, DraftSink};
use super::input::lines::{InputLine, Lines};

/// The maximal length of an entry in bytes.
const MAX_ENTRY_LEN: usize = 1 << 20;
/// An entry with more open brackets is not parsed: the parser takes long for them.
const MAX_BRACKET_DEPTH: i32 = 64;

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    let mut lines = Lines::new(input);
    let mut open = OpenEntry::default();
    let (mut has_text, mut has_entry) = (false, false);
    while let Some((number, line)) = lines.next()? {
        let text = match &line {
            InputLine::Text(text) => text.trim_end(),
            InputLine::TooLong => {
                open.is_too_long = true;
                has_entry = true;
                continue;
            }
        };
        if begins_entry(text) && std::mem::take(&mut open).end(sink).is_break() {
            return Ok(());
        }
        open.add(number, text);
        has_text |= !text.is_empty() && !is_comment(text);
        has_entry |= !open.is_empty();
    }
    if has_text && !has_entry {
        let _ = sink(Err(Defect::new(1, "no entry".to_owned())));
    }
    let _ = open.end(sink);
    Ok(())
}

/// Returns true if the text has a key, and below it a known type.
pub fn matches_head(head: &str) -> bool {
    let mut is_keyed = false;
    head.lines().any(|line| {
        let kind = line.trim().strip_prefix("type:").map(|it| it.trim().trim_matches('"'));
        let is_type = |kind: &str| kind.to_ascii_lowercase().parse::<EntryType>().is_ok();
        is_keyed |= begins_entry(line);
        is_keyed && line.starts_with(' ') && kind.is_some_and(is_type)
    })
}

/// Returns true for `key:` with nothing but a comment after it.
fn begins_entry(line: &str) -> bool {
    let key = line.split(" #").next().unwrap_or_default().trim_end();
    key.len() > 1 && key.ends_with(':') && !key.starts_with([' ', '\t', '#', '-', '{', '[', '}'])
}

/// Returns true for a comment, and for a document marker with nothing behind it. A file of comments
/// alone is an empty bibliography.
fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#') || ["---", "..."].contains(&line)
}

/// The lines of an entry.
#[derive(Default)]
struct OpenEntry {
    line: u64,
    text: String,
    is_too_long: bool,
}

impl OpenEntry {
    fn is_empty(&self) -> bool {
        self.text.is_empty() && !self.is_too_long
    }

    fn add(&mut self, number: u64, text: &str) {
        if self.text.is_empty() {
            self.line = number;
        }
        // Skips lines outside entries: document markers and comments. Other text before the first
        // entry is collected too, so that it becomes a defect.
        let is_mark = text.starts_with("---") || text.starts_with("...") || text.starts_with('#');
        if !is_mark && (begins_entry(text) || !self.text.is_empty()) {
            self.is_too_long |= self.text.len() + text.len() > MAX_ENTRY_LEN;
            if !self.is_too_long {
                self.text.push_str(text);
                self.text.push('\n');
            }
        } else if !is_mark
            && !is_comment(text)
            && !text.trim().is_empty()
            && text.len() < MAX_ENTRY_LEN
        {
            self.line = number;
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    fn end(self, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
        if self.is_empty() {
            return ControlFlow::Continue(());
        }
        let defect = |reason: String| Err(Defect::new(self.line.max(1), reason));
        if self.is_too_long {
            return sink(defect("entry too long".to_owned()));
        }
        if is_deep(&self.text) {
            return sink(defect(format!("nested more than {MAX_BRACKET_DEPTH} brackets deep")));
        }
        match from_yaml_str(&self.text) {
            Ok(library) if library.is_empty() => sink(defect("no entry".to_owned())),
            Ok(library) => {
                for entry in library.iter() {
                    let draft = draft(entry);
                    let key = entry.key();
                    let is_titled = !draft.title.is_empty();
                    let untitled = || defect(format!("{key}: no title"));
                    sink(if is_titled { Ok(draft) } else { untitled() })?;
                }
                ControlFlow::Continue(())
            }
            Err(error) => {
                let message = error.to_string();
                // The line number counts from the start of the entry and would mislead.
                let reason = message.split(" at line ").next().unwrap_or_default();
                sink(defect(format!("invalid YAML: {reason}")))
            }
        }
    }
}

/// Returns true if more than 64 brackets are nested. The YAML parser is very slow for deep nesting.
fn is_deep(text: &str) -> bool {
    let mut depth = 0;
    text.bytes().any(|byte| {
        depth += i32::from(b"[{".contains(&byte)) - i32::from(b"]}".contains(&byte) && depth > 0);
        depth > MAX_BRACKET_DEPTH
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BibField, Draft, PaperKind};

    const FILE: &str = "\
# My papers
---
bee2020:
  type: Article
  title: The Waggle Dance of Bees
  author: [\"Bee, Ada\", {name: Dam, given-name: Eva, prefix: van}]
  date: 2020-05-03
  page-range: 1-9
  serial-number: {doi: 10.1000/bee, arxiv: 2001.00001v2}
  parent:
    type: Periodical
    title: Journal of Bees
    volume: 4
    issue: 2

broken:
  type: article
  title: [no end
untitled:
  type: book
wasp:
  type: article
  title: Wasps
  author: Bo Wasp
  parent: {type: proceedings, title: Insects 2021, date: 2021}
";

    fn read_all(text: &str) -> (Vec<Draft>, Vec<(u64, String)>) {
        let (mut drafts, mut defects) = (Vec::new(), Vec::new());
        read(&mut text.as_bytes(), &mut |record| {
            match record {
                Ok(draft) => drafts.push(draft),
                Err(defect) => defects.push((defect.line, defect.reason)),
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        (drafts, defects)
    }

    #[test]
    fn entries_are_read_with_what_they_are_in() {
        let (drafts, defects) = read_all(FILE);
        let bee = &drafts[0];
        assert_eq!((bee.title.as_str(), bee.year), ("The Waggle Dance of Bees", Some(2020)));
        assert_eq!(bee.authors, ["Bee, Ada", "van Dam, Eva"]);
        assert_eq!((bee.venue.as_str(), bee.kind), ("Journal of Bees", PaperKind::Article));
        assert_eq!((bee.doi.as_str(), bee.arxiv.as_str()), ("10.1000/bee", "2001.00001"));
        let fields =
            [BibField::Key, BibField::Date, BibField::Pages, BibField::Volume, BibField::Number];
        assert_eq!(fields.map(|it| bee.field(it)), ["bee2020", "2020-05-03", "1-9", "4", "2"]);
        let wasp = &drafts[1];
        assert_eq!((wasp.kind, wasp.year), (PaperKind::Conference, Some(2021)));
        let lines: Vec<u64> = defects.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [16, 19], "{defects:?}");
        assert!(defects[1].1.contains("untitled: no title"), "{defects:?}");
    }

    #[test]
    fn what_an_entry_says_beside_its_title_is_kept() {
        let (drafts, defects) = read_all(
            "tool:\n  type: repository\n  title: {value: The Mapping Tool, short: Mapper}\n  author: Open Maps\n  date: 2021\n  serial-number: {version: 1.2.3}\n  url: {value: \"https://example.org/t\", date: 2022-03-04}\nrep:\n  type: report\n  title: On Roads\n  author: Oak, Ada\n  genre: White paper\n  serial-number: {serial: R-7}\n  organization: Road Office\n  page-total: 12\nchap:\n  type: chapter\n  title: A Part\n  author: Oak, Ada\n  parent:\n    type: anthology\n    title: A Book of Parts\n    editor: Fen, Bo\n    parent: {type: anthology, title: Parts in Series, issue: 3}\nnews:\n  type: article\n  title: Roads Open\n  parent: {type: newspaper, title: The Daily}\nbook:\n  type: book\n  title: A Translation\n  author: Plato\n  affiliated: [{role: translator, names: [\"Fen, Bo\"]}]\n  volume-total: 2\n",
        );
        assert_eq!(defects, []);
        let fields_of = |at: usize, fields: &[BibField]| -> Vec<String> {
            fields.iter().map(|it| drafts[at].field(*it).to_owned()).collect()
        };
        assert_eq!(drafts[0].authors, ["{Open Maps}"]);
        let tool = [BibField::ShortTitle, BibField::Version, BibField::Accessed];
        assert_eq!(fields_of(0, &tool), ["Mapper", "1.2.3", "2022-03-04"]);
        let report =
            [BibField::Genre, BibField::Number, BibField::Institution, BibField::PageCount];
        assert_eq!(fields_of(1, &report), ["White paper", "R-7", "Road Office", "12"]);
        assert_eq!(
            (drafts[2].venue.as_str(), drafts[2].kind),
            ("A Book of Parts", PaperKind::Chapter)
        );
        let chapter = [BibField::Editors, BibField::Series, BibField::SeriesNumber];
        assert_eq!(fields_of(2, &chapter)[..2], ["Fen, Bo", "Parts in Series"]);
        assert_eq!((drafts[3].venue.as_str(), drafts[3].kind), ("The Daily", PaperKind::Newspaper));
        assert_eq!(fields_of(4, &[BibField::Translators, BibField::VolumeCount]), ["Fen, Bo", "2"]);
    }

    #[test]
    fn entries_are_told_from_other_yaml() {
        assert!(matches_head(FILE));
        assert!(!matches_head("a:\n  type: colour\n"));
        assert!(!matches_head("Title:\nA paper\n"));
        assert!(!matches_head("type: article\n"));
    }

    #[test]
    fn what_means_nothing_to_yaml_is_a_defect() {
        for text in ["!A", "--- 0", "... 0", "# A comment\n---b\n"] {
            assert_eq!(read_all(text).1, [(1, "no entry".to_owned())], "{text}");
        }
        for text in [" \n\n", "#0", "---\n  # A comment alone\n\n"] {
            assert_eq!(read_all(text).1, [], "{text}");
        }
    }
}
