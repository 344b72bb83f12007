//! Text in terminal cells: width, truncation and line breaks.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the width of `text` in terminal cells.
pub fn width(text: &str) -> usize {
    if is_printable_ascii(text) {
        text.len()
    } else {
        text.graphemes(true).map(grapheme_width).sum()
    }
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Returns the width of a grapheme as `ratatui` counts it: it drops control characters, and gives
/// the halfwidth voicing marks of kana a cell of their own, as terminals do.
fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        return 0;
    }
    let marks = grapheme.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    grapheme.width() + marks
}

/// Truncates `text` to at most `cells`. Truncated text ends with `…`.
pub fn truncate(text: &str, cells: usize) -> Cow<'_, str> {
    if text.len() <= cells && is_printable_ascii(text) {
        return Cow::Borrowed(text);
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let (mut total, mut end) = (0, 0);
    for (start, grapheme) in text.grapheme_indices(true) {
        total += grapheme_width(grapheme);
        if total > cells {
            return Cow::Owned(format!("{}…", text[..end].trim_end()));
        }
        if total < cells {
            end = start + grapheme.len();
        }
    }
    Cow::Borrowed(text)
}

/// Breaks `text` into lines of at most `cells`, as byte ranges without trailing blanks.
///
/// A word is broken only if it does not fit on a line; wide characters break anywhere. Line breaks
/// in the text are preserved, and a blank line is an empty range. Only a single character wider
/// than `cells` exceeds the width.
pub fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, start, cells, &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

/// A possible line break: the line ends at `end`, and the next one begins at `next`, after the
/// blanks.
#[derive(Debug, Clone, Copy)]
struct LineBreak {
    end: usize,
    next: usize,
    /// The width in cells from the start of the paragraph to `next`.
    cells: usize,
}

fn wrap_paragraph(text: &str, base: usize, cells: usize, lines: &mut Vec<Range<usize>>) {
    let mut start = LineBreak { end: 0, next: 0, cells: 0 };
    let mut last: Option<LineBreak> = None;
    let (mut total, mut was_blank, mut was_wide) = (0, false, false);
    for (at, grapheme) in text.grapheme_indices(true) {
        let width = grapheme_width(grapheme);
        let is_blank = is_blank(grapheme);
        let line_break = LineBreak { end: at, next: at, cells: total };
        total += width;
        if is_blank {
            let end = if was_blank { last.map_or(at, |it| it.end) } else { at };
            last = Some(LineBreak { end, next: at + grapheme.len(), cells: total });
        } else {
            let is_wide = width > 1;
            if !was_blank && (is_wide || was_wide) {
                last = Some(line_break);
            }
            while total - start.cells > cells && at > start.next {
                let cut = last.take().unwrap_or(line_break);
                if cut.end > start.next {
                    lines.push(base + start.next..base + cut.end);
                }
                start = cut;
            }
            was_wide = is_wide;
        }
        was_blank = is_blank;
    }
    let end = text.trim_end_matches(char_is_blank).len();
    lines.push(base + start.next.min(end)..base + end);
}

fn is_blank(grapheme: &str) -> bool {
    grapheme.chars().all(char_is_blank)
}

/// Returns true for blanks at which a line may break, not for no-break spaces.
fn char_is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrapped(text: &str, cells: usize) -> Vec<&str> {
        wrap(text, cells).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_wide_character_takes_two_cells_and_a_mark_none() {
        assert_eq!(width("brain"), 5);
        assert_eq!(width("脳と言語"), 8);
        assert_eq!(width("e\u{301}a"), 2);
        assert_eq!(width("👩\u{200d}🔬"), 2);
    }

    #[test]
    fn what_is_cut_ends_with_an_ellipsis() {
        assert_eq!(truncate("memory", 6), "memory");
        assert_eq!(truncate("memory", 4), "mem…");
        assert_eq!(truncate("key value", 5), "key…");
        assert_eq!(truncate("脳と言語", 8), "脳と言語");
        assert_eq!(truncate("脳と言語", 6), "脳と…");
        assert_eq!(truncate("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(truncate("memory", 1), "…");
        assert_eq!(truncate("memory", 0), "");
        assert_eq!(truncate("", 0), "");
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(wrapped("the key and  the value ", 8), ["the key", "and  the", "value"]);
        assert_eq!(wrapped("a transformer", 5), ["a", "trans", "forme", "r"]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn wide_characters_part_anywhere() {
        assert_eq!(wrapped("脳と言語", 5), ["脳と", "言語"]);
        assert_eq!(wrapped("ab脳cd", 4), ["ab脳", "cd"]);
    }

    #[test]
    fn a_line_break_is_kept() {
        assert_eq!(wrapped("a\n\n  b c\n", 3), ["a", "", "  b", "c", ""]);
    }

    #[test]
    fn no_room_still_ends() {
        assert_eq!(wrapped("ab c", 0), ["a", "b", "c"]);
        assert_eq!(wrapped("脳と", 1), ["脳", "と"]);
    }

    proptest! {
        #[test]
        fn what_is_truncated_fits(text in any::<String>(), cells in 0..40usize) {
            prop_assert!(width(&truncate(&text, cells)) <= cells);
        }

        #[test]
        fn no_line_is_too_wide_and_only_blanks_are_lost(
            text in "[a-c  \n脳e\u{301}👩]{0,60}",
            cells in 0..12usize,
        ) {
            let lines = wrap(&text, cells);
            for line in &lines {
                let line = &text[line.clone()];
                prop_assert!(width(line) <= cells || line.graphemes(true).count() == 1, "{:?}", line);
                prop_assert!(!line.ends_with(' '));
            }
            let visible = |text: &str| text.split_whitespace().collect::<String>();
            let all: String = lines.into_iter().map(|line| &text[line]).collect();
            prop_assert_eq!(visible(&all), visible(&text));
        }

        #[test]
        fn any_text_is_wrapped(text in any::<String>(), cells in 0..12usize) {
            for line in wrap(&text, cells) {
                let line = &text[line];
                prop_assert!(width(line) <= cells || line.graphemes(true).count() == 1);
            }
        }
    }
}
