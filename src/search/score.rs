//! The fuzzy matcher: the only file that knows which one it is.

use std::ops::{ControlFlow, Range};

use nucleo::{Config, Matcher, Utf32Str};

use crate::text::{is_boundary, words};

/// The matcher and its scratch, for one thread at a time. Costly to make, cheap to use.
pub(super) struct Scorer {
    matcher: Matcher,
    text: Vec<char>,
    letters: Vec<char>,
    found: Vec<u32>,
}

impl Default for Scorer {
    fn default() -> Self {
        Self {
            matcher: Matcher::new(Config::DEFAULT),
            text: Vec::new(),
            letters: Vec::new(),
            found: Vec::new(),
        }
    }
}

impl Scorer {
    /// Scores letters that are scattered in folded text.
    pub(super) fn score(&mut self, letters: &str, text: &str) -> Option<u32> {
        let text = &text[window(letters, text)?];
        let haystack = Utf32Str::new(text, &mut self.text);
        let needle = Utf32Str::new(letters, &mut self.letters);
        self.matcher.fuzzy_match(haystack, needle).map(u32::from)
    }

    /// Where each of the letters stands that are scattered in folded text.
    pub(super) fn ranges(&mut self, letters: &str, text: &str) -> Vec<Range<usize>> {
        let Some(window) = window(letters, text) else { return Vec::new() };
        let text = &text[window.clone()];
        let haystack = Utf32Str::new(text, &mut self.text);
        let needle = Utf32Str::new(letters, &mut self.letters);
        self.found.clear();
        if self.matcher.fuzzy_indices(haystack, needle, &mut self.found).is_none() {
            return Vec::new();
        }
        // The matcher counts characters that a reader sees; folded text is nearly always ASCII,
        // where they are bytes.
        let starts: Vec<usize> = starts(text);
        let range = |&at: &u32| {
            let start = *starts.get(at as usize)?;
            let end = starts.get(at as usize + 1).copied().unwrap_or(text.len());
            Some(window.start + start..window.start + end)
        };
        self.found.iter().filter_map(range).collect()
    }
}

/// Where each character that a reader sees begins.
fn starts(text: &str) -> Vec<usize> {
    use unicode_segmentation::UnicodeSegmentation;
    text.grapheme_indices(true).map(|(at, _)| at).collect()
}

/// Whether there is such a part of the text as [`window`] looks for.
pub(super) fn is_within(letters: &str, text: &str) -> bool {
    windows(letters, text, &mut |_| ControlFlow::Break(())).is_break()
}

/// The shortest part of the text in which the letters occur in order, the first at a word start,
/// if it is short enough for their number and holds no more than two words of one name.
fn window(letters: &str, text: &str) -> Option<Range<usize>> {
    let mut shortest: Option<Range<usize>> = None;
    let _ = windows(letters, text, &mut |range| {
        if shortest.as_ref().is_none_or(|it| range.len() < it.len()) {
            shortest = Some(range);
        }
        ControlFlow::Continue(())
    });
    shortest
}

/// Every such part of the text, in order.
fn windows(
    letters: &str,
    text: &str,
    each: &mut dyn FnMut(Range<usize>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    const MOST_WORDS: usize = 2;
    let widest = match letters.chars().count() {
        0 | 1 => return ControlFlow::Continue(()),
        // Two letters are nearly everywhere.
        2 => 3,
        count => count * 3,
    };
    let is_together = |range: &Range<usize>| {
        let part = &text[range.clone()];
        words(part).count() <= MOST_WORDS && !part.contains(';')
    };
    let mut look = |at: usize, length: Option<usize>| match length.map(|it| at..at + it) {
        Some(range) if is_together(&range) => each(range),
        _ => ControlFlow::Continue(()),
    };
    if letters.is_ascii() {
        let (letters, bytes) = (letters.as_bytes(), text.as_bytes());
        for at in memchr::memchr_iter(letters[0], bytes) {
            if is_boundary(text, at) {
                look(at, spanned_bytes(letters, &bytes[at..], widest))?;
            }
        }
    } else {
        let first = letters.chars().next().unwrap_or_default();
        for (at, _) in text.match_indices(first) {
            if is_boundary(text, at) {
                look(at, spanned_chars(letters, &text[at..], widest))?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// How many bytes the letters span in text that begins with the first of them, if there are at
/// most `widest`. The letters are ASCII, so that no byte of another character is one of them.
fn spanned_bytes(letters: &[u8], text: &[u8], widest: usize) -> Option<usize> {
    let text = &text[..text.len().min(widest)];
    let mut end = 1;
    for letter in &letters[1..] {
        end += text[end..].iter().position(|it| it == letter)? + 1;
    }
    Some(end)
}

/// The same for any letters; `widest` are characters.
fn spanned_chars(letters: &str, text: &str, widest: usize) -> Option<usize> {
    let mut wanted = letters.chars();
    let mut next = wanted.next()?;
    for (at, c) in text.char_indices().take(widest) {
        if c == next {
            match wanted.next() {
                Some(letter) => next = letter,
                None => return Some(at + c.len_utf8()),
            }
        }
    }
    None
}
