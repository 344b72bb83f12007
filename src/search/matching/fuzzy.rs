//! The fuzzy matcher: the only file that knows which one it is.

use std::ops::{ControlFlow, Range};

use nucleo::{Config, Matcher, Utf32Str};

use crate::text::{first_words, is_boundary};

/// The matcher and its scratch, for one thread at a time. Costly to make, cheap to use.
pub struct FuzzyMatcher {
    matcher: Matcher,
    text: Vec<char>,
    letters: Vec<char>,
    indices: Vec<u32>,
}

impl Default for FuzzyMatcher {
    fn default() -> Self {
        Self {
            matcher: Matcher::new(Config::DEFAULT),
            text: Vec::new(),
            letters: Vec::new(),
            indices: Vec::new(),
        }
    }
}

impl FuzzyMatcher {
    /// Scores letters that are scattered in folded text.
    pub fn score(&mut self, letters: &str, text: &str) -> Option<u32> {
        let text = &text[window(letters, text)?];
        let haystack = Utf32Str::new(text, &mut self.text);
        let needle = Utf32Str::new(letters, &mut self.letters);
        self.matcher.fuzzy_match(haystack, needle).map(u32::from)
    }

    /// Where each of the letters stands that are scattered in folded text.
    pub fn ranges(&mut self, letters: &str, text: &str) -> Vec<Range<usize>> {
        let Some(window) = window(letters, text) else { return Vec::new() };
        let text = &text[window.clone()];
        let haystack = Utf32Str::new(text, &mut self.text);
        let needle = Utf32Str::new(letters, &mut self.letters);
        self.indices.clear();
        if self.matcher.fuzzy_indices(haystack, needle, &mut self.indices).is_none() {
            return Vec::new();
        }
        // The matcher counts characters that a reader sees; folded text is nearly always ASCII,
        // where they are bytes.
        let starts: Vec<usize> = grapheme_starts(text);
        let range = |&at: &u32| {
            let start = *starts.get(at as usize)?;
            let end = starts.get(at as usize + 1).copied().unwrap_or(text.len());
            Some(window.start + start..window.start + end)
        };
        self.indices.iter().filter_map(range).collect()
    }
}

/// Where each character that a reader sees begins.
fn grapheme_starts(text: &str) -> Vec<usize> {
    use unicode_segmentation::UnicodeSegmentation;
    text.grapheme_indices(true).map(|(at, _)| at).collect()
}

/// How letters are scattered in a text, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proximity {
    /// Near enough to each other for their number.
    Near,
    /// So that more letters can be added which are near enough for theirs.
    Wide,
}

/// How the letters are scattered in folded text, if they are.
pub fn proximity(letters: &str, text: &str) -> Option<Proximity> {
    let mut spread = None;
    let _ = windows(letters, text, &mut |_, found| {
        spread = Some(found);
        if found == Proximity::Near { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    spread
}

/// The same for letters of which the first begins the text.
pub fn proximity_at_start(letters: &str, text: &str) -> Option<Proximity> {
    Some(window_from(letters, text)?.1)
}

/// The shortest part of the text in which the letters occur in order, the first at a word start,
/// if it is short enough for their number and holds no more than two words of one name.
fn window(letters: &str, text: &str) -> Option<Range<usize>> {
    let mut shortest: Option<Range<usize>> = None;
    let _ = windows(letters, text, &mut |range, spread| {
        let is_shorter = shortest.as_ref().is_none_or(|it| range.len() < it.len());
        if spread == Proximity::Near && is_shorter {
            shortest = Some(range);
        }
        ControlFlow::Continue(())
    });
    shortest
}

/// Every part of the text in which the letters occur in order, the first at a word start, if it
/// holds no more than two words of one name.
fn windows(
    letters: &str,
    text: &str,
    each: &mut dyn FnMut(Range<usize>, Proximity) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some(first) = letters.chars().next() else { return ControlFlow::Continue(()) };
    let mut look = |at: usize| {
        let window = if is_boundary(text, at) { window_from(letters, &text[at..]) } else { None };
        window.map_or(ControlFlow::Continue(()), |(length, spread)| each(at..at + length, spread))
    };
    if first.is_ascii() {
        memchr::memchr_iter(first as u8, text.as_bytes()).try_for_each(look)
    } else {
        text.match_indices(first).try_for_each(|(at, _)| look(at))
    }
}

/// How many bytes the letters span, of which the first begins the text, if there are two words at
/// most around them.
fn window_from(letters: &str, text: &str) -> Option<(usize, Proximity)> {
    const MAX_WORDS: usize = 2;
    let count = letters.chars().count();
    let widest = match count {
        0 | 1 => return None,
        // Two letters are nearly everywhere.
        2 => 3,
        count => count * 3,
    };
    let words = first_words(text, MAX_WORDS);
    let (length, spanned) = if letters.is_ascii() {
        span_in_bytes(letters.as_bytes(), words.as_bytes()).map(|it| (it, it))?
    } else {
        span_in_chars(letters, words)?
    };
    if words[..length].contains(';') {
        return None;
    }
    Some((length, if spanned <= widest { Proximity::Near } else { Proximity::Wide }))
}

/// How many bytes the letters span in text that begins with the first of them. The letters are
/// ASCII, so that no byte of another character is one of them.
fn span_in_bytes(letters: &[u8], text: &[u8]) -> Option<usize> {
    let mut end = 1;
    for letter in &letters[1..] {
        end += text[end..].iter().position(|it| it == letter)? + 1;
    }
    Some(end)
}

/// How many bytes any letters span, and how many characters.
fn span_in_chars(letters: &str, text: &str) -> Option<(usize, usize)> {
    let mut wanted = letters.chars();
    let mut next = wanted.next()?;
    for (number, (at, c)) in text.char_indices().enumerate() {
        if c == next {
            match wanted.next() {
                Some(letter) => next = letter,
                None => return Some((at + c.len_utf8(), number + 1)),
            }
        }
    }
    None
}
