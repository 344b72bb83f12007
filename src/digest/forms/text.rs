//! A digest as plain text, for a terminal and for the first part of a mail.

use crate::digest::layout::{Digest, DigestPaper};
use crate::text::{counted, wrap};

/// Maximum width of a line that is not a URL, in cells.
const MAX_WIDTH: usize = 72;

/// The meaning of line breaks in a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineBreaks {
    /// They stay where they are.
    Fixed,
    /// A line that ends with a blank continues in the next one: `format=flowed` of RFC 3676.
    Flowed,
}

/// The lines that are written so far.
struct TextWriter {
    text: String,
    line_breaks: LineBreaks,
}

pub fn plain_text(digest: &Digest, line_breaks: LineBreaks) -> String {
    let mut writer = TextWriter { text: String::new(), line_breaks };
    writer.paragraph(&digest.title());
    writer.paragraph(&counted(digest.paper_count(), "paper"));
    let mut number = 0;
    for section in &digest.sections {
        writer.line("");
        writer.paragraph(&section.kind.heading().to_uppercase());
        for paper in &section.papers {
            number += 1;
            writer.line("");
            writer.paper(number, paper);
        }
    }
    writer.line("");
    digest.notes.iter().for_each(|it| writer.paragraph(it));
    writer.text
}

impl TextWriter {
    fn paper(&mut self, number: usize, paper: &DigestPaper) {
        self.paragraph(&format!("{number}. {}", paper.title));
        let facts = [&paper.authors, &paper.place, &paper.reason].map(String::as_str);
        let facts: Vec<&str> = facts.into_iter().filter(|it| !it.is_empty()).collect();
        self.paragraph(&facts.join(" · "));
        self.paragraph(&paper.gist);
        for link in &paper.links {
            self.line(&format!("{}: {}", link.label, link.url));
        }
    }

    /// Writes a paragraph, unless it is empty.
    fn paragraph(&mut self, text: &str) {
        let ranges = wrap(text, MAX_WIDTH);
        // A flowed line break stands for a blank. Scripts without blanks have none to break at.
        let is_breakable = ranges.windows(2).all(|it| it[0].end < it[1].start);
        if self.line_breaks == LineBreaks::Flowed && !is_breakable {
            self.line(text);
            return;
        }
        let last = ranges.len().saturating_sub(1);
        for (number, range) in ranges.into_iter().enumerate() {
            let line = text[range].trim_end();
            match self.line_breaks {
                LineBreaks::Flowed if number < last => self.line_with_end(line, " "),
                LineBreaks::Flowed | LineBreaks::Fixed => self.line(line),
            }
        }
    }

    fn line(&mut self, line: &str) {
        self.line_with_end(line, "");
    }

    fn line_with_end(&mut self, line: &str, end: &str) {
        let needs_space = line.starts_with([' ', '>']) || line.starts_with("From ");
        if self.line_breaks == LineBreaks::Flowed && needs_space {
            self.text.push(' ');
        }
        self.text.push_str(line.trim_end());
        self.text.push_str(end);
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::layout::tests::hostile_digest;

    #[test]
    fn a_flowed_paragraph_is_read_back_as_it_was() {
        let title = "> From snow to fog ".repeat(12);
        let digest = hostile_digest(&title);
        let text = plain_text(&digest, LineBreaks::Flowed);
        let mut read = String::new();
        for line in text.lines() {
            read.push_str(line.strip_prefix(' ').unwrap_or(line));
            if !line.ends_with(' ') {
                read.push('\n');
            }
        }
        assert!(read.contains(&format!("1. {}\n", title.trim())), "{text}");
        assert!(text.lines().all(|it| it.len() <= MAX_WIDTH + 2), "{text}");
        assert!(read.contains("\ncode: https://github.com/a/b\n") && !text.contains("javascript"));
    }

    #[test]
    fn a_title_without_blanks_is_not_broken_in_flowed_text() {
        let title = "雪".repeat(100);
        let text = plain_text(&hostile_digest(&title), LineBreaks::Flowed);
        assert!(text.contains(&format!("1. {title}\n")), "{text}");
        let text = plain_text(&hostile_digest(&title), LineBreaks::Fixed);
        assert!(!text.contains(&title) && text.contains("1. 雪"), "{text}");
    }
}
