//! Splits pasted text into references: by markers such as `[1]`, by empty lines, or by lines.

use std::borrow::Cow;

use crate::search::query::LINE_BREAK;

/// References at most; the rest of a longer list is ignored.
const MAX_REFERENCES: usize = 4000;

/// Pasted text in parts of one reference each.
#[derive(Debug, PartialEq, Eq)]
pub struct ReferenceTexts {
    pub texts: Vec<String>,
    pub layout: ReferenceLayout,
}

/// Division of a text into references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceLayout {
    /// By markers or empty lines: each part is a whole reference.
    Blocks,
    /// By lines: a reference may extend over several of them.
    Lines,
}

/// Joins the lines of a pasted text into one, with a `LINE_BREAK` between them. An empty line
/// becomes another line break. A blank before the text remains, which separates it from the text
/// that it is pasted behind.
pub fn join_pasted_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut empty_lines = 0;
    if text.starts_with(' ') {
        joined.push(' ');
    }
    for line in text.trim().lines().map(str::trim) {
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        if !joined.trim().is_empty() {
            let breaks = if empty_lines > 0 { 2 } else { 1 };
            for _ in 0..breaks {
                joined.push(' ');
                joined.push(LINE_BREAK);
            }
            joined.push(' ');
        }
        joined.push_str(line);
        empty_lines = 0;
    }
    joined
}

/// Returns the text with line breaks in place of [`LINE_BREAK`] and the blanks around it.
pub fn restore_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(LINE_BREAK) {
        return Cow::Borrowed(text);
    }
    let lines = text.split(LINE_BREAK).map(|it| it.trim_matches(' '));
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// Splits a text into references.
pub fn split_references(text: &str) -> ReferenceTexts {
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let is_marked = lines.first().is_some_and(|it| marker_len(it) > 0);
    let has_empty_line = lines.iter().any(|it| it.is_empty());
    let (mut texts, layout) = if is_marked {
        (marked_blocks(&lines), ReferenceLayout::Blocks)
    } else if has_empty_line {
        let paragraphs = lines.split(|it| it.is_empty()).filter(|it| !it.is_empty());
        (paragraphs.flat_map(split_paragraph).collect(), ReferenceLayout::Blocks)
    } else {
        (continued_lines(&lines), ReferenceLayout::Lines)
    };
    texts.retain(|it| it.chars().any(char::is_alphanumeric));
    texts.truncate(MAX_REFERENCES);
    ReferenceTexts { texts, layout }
}

/// The blocks that begin at markers or after empty lines, without the markers.
fn marked_blocks(lines: &[&str]) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in lines {
        let marker = marker_len(line);
        match blocks.last_mut() {
            Some(block) if is_open && marker == 0 && !line.is_empty() => {
                block.push('\n');
                block.push_str(line);
            }
            _ if line.is_empty() => {}
            _ => blocks.push(line[marker..].trim().to_owned()),
        }
        is_open = !line.is_empty();
    }
    blocks
}

/// The references of a paragraph: its lines if each looks whole, else the paragraph.
fn split_paragraph(lines: &[&str]) -> Vec<String> {
    let is_whole = |line: &&str| line.ends_with(|c: char| ".?!)".contains(c) || c.is_ascii_digit());
    let is_continued = lines.windows(2).any(|it| continues(it[0], it[1]));
    if !is_continued && lines.iter().all(is_whole) {
        return lines.iter().map(|&it| it.to_owned()).collect();
    }
    vec![lines.join("\n")]
}

/// The lines, joined with those that evidently continue them.
fn continued_lines(lines: &[&str]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let is_continued = at > 0 && continues(lines[at - 1], line);
        match texts.last_mut() {
            Some(text) if is_continued => {
                text.push('\n');
                text.push_str(line);
            }
            _ => texts.push((*line).to_owned()),
        }
    }
    texts
}

/// Returns true if a reference evidently extends from a line to the next: the line ends in the
/// middle of a list or a phrase, or only the next one begins in lower case.
fn continues(line: &str, next: &str) -> bool {
    const OPEN_WORDS: [&str; 12] =
        ["and", "of", "the", "in", "for", "a", "an", "to", "with", "on", "by", "und"];
    let last_word = line.rsplit(' ').next().unwrap_or_default();
    let is_open = line.ends_with([',', ';', '&', '-', '–', '('])
        || line.contains(' ') && OPEN_WORDS.contains(&last_word);
    let starts_lower = |it: &str| it.starts_with(char::is_lowercase);
    let is_name = |it: &str| it.contains("://") || it.contains("10.") || !it.contains(' ');
    is_open || starts_lower(next) && !starts_lower(line) && !is_name(next)
}

/// The length in bytes of a list marker at the start of a line: `[1]`, `1.`, `(1)`, `1)`, `-`, `*`
/// or `•`. Zero without one.
fn marker_len(line: &str) -> usize {
    const MAX_DIGITS: usize = 4;
    let rest = line.trim_start_matches(['[', '(']);
    let opening = &line[..line.len() - rest.len()];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let closing = &rest[digits..];
    let is_numbered = (1..=MAX_DIGITS).contains(&digits)
        && match opening {
            "[" => closing.starts_with(']'),
            "(" => closing.starts_with(") ") && digits < MAX_DIGITS,
            "" => digits < MAX_DIGITS && (closing.starts_with(". ") || closing.starts_with(") ")),
            _ => false,
        };
    if is_numbered {
        return opening.len() + digits + 1;
    }
    let bullet = ['-', '*', '•', '–', '+', '·', '◦'].into_iter().find(|it| line.starts_with(*it));
    let bullet = bullet.map(char::len_utf8).filter(|&it| line[it..].starts_with([' ', '\t']));
    bullet.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<String> {
        split_references(text).texts
    }

    #[test]
    fn a_line_is_a_reference() {
        let text = "Poe A. Graphs that forget. 2020.\nMoss B. Maps of eels. 2021.\n";
        assert_eq!(
            texts(text),
            ["Poe A. Graphs that forget. 2020.", "Moss B. Maps of eels. 2021."]
        );
        assert_eq!(texts("Graphs that forget\nMaps of eels").len(), 2);
        assert_eq!(texts("graphs that forget\nmaps of eels\n10.1000/a").len(), 3);
    }

    #[test]
    fn a_reference_extends_over_lines_that_continue_it() {
        assert_eq!(texts("Poe A, Moss B,\nLo C. Graphs. 2020.\nLo C. Maps. 2021.").len(), 2);
        assert_eq!(texts("Poe A. Graphs that\nforget and remember. 2020.").len(), 1);
        assert_eq!(texts("Poe A. Graphs of\nSweden. 2020.").len(), 1);
    }

    #[test]
    fn markers_and_empty_lines_separate_references() {
        for text in [
            "[1] Poe A. Graphs\nThat Forget. 2020.\n[2] Moss B. Maps. 2021.",
            "1. Poe A. Graphs\nThat Forget. 2020.\n2. Moss B. Maps. 2021.",
            "- Poe A. Graphs\nThat Forget. 2020.\n\n- Moss B. Maps. 2021.",
            "Poe A. Graphs\nThat Forget. 2020.\n\n\nMoss B. Maps. 2021.",
        ] {
            assert_eq!(
                texts(text),
                ["Poe A. Graphs\nThat Forget. 2020.", "Moss B. Maps. 2021."],
                "{text}"
            );
        }
        assert_eq!(
            texts("A. Poe. Graphs, 2020.\nB. Moss. Maps, 2021.\n\nC. Lo. Eels, 2022.").len(),
            3
        );
    }

    #[test]
    fn a_year_or_a_dash_in_a_word_is_no_marker() {
        for line in ["2020. Graphs", "-ase enzymes", "(2020) Graphs", "3-manifolds", "1.5 degrees"]
        {
            assert_eq!(marker_len(line), 0, "{line}");
        }
    }

    #[test]
    fn joined_lines_are_restored() {
        let text = "one\ntwo\n\n\nthree\n";
        let joined = join_pasted_lines(text);
        assert_eq!(joined, "one ⏎ two ⏎ ⏎ three");
        assert_eq!(restore_lines(&joined), "one\ntwo\n\nthree");
        assert_eq!(join_pasted_lines("  one line \n"), " one line");
    }

    proptest! {
        #[test]
        fn any_text_is_split_into_texts_with_words(text in "([a-zA-Z]{1,3}|[0-9]{1,2}|[\\[\\]().•⏎\n -]){0,30}") {
            let joined = join_pasted_lines(&text);
            prop_assert!(!joined.contains('\n'));
            for part in split_references(&restore_lines(&joined)).texts {
                prop_assert!(part.chars().any(char::is_alphanumeric));
            }
        }
    }
}
