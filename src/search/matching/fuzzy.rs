//! Subsequence matching and scoring. The only file that uses the nucleo crate.

use std::ops::{ControlFlow, Range};

use nucleo::{Config, Matcher, Utf32Str};

use crate::text::{first_words, is_boundary};

/// The matcher with its scratch memory. Costly to create: one per thread.
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
    /// Scores letters as a near subsequence of folded text.
    pub fn score(&mut self, letters: &str, text: &str) -> Option<u32> {
        let text = &text[window(letters, text)?];
        let haystack = Utf32Str::new(text, &mut self.text);
        let needle = Utf32Str::new(letters, &mut self.letters);
        self.matcher.fuzzy_match(haystack, needle).map(u32::from)
    }

    /// The byte range in folded text of each letter of a near subsequence; empty if there is none.
    pub fn ranges(&mut self, letters: &str, text: &str) -> Vec<Range<usize>> {
        let Some(window) = window(letters, text) else { return Vec::new() };
        let text = &text[window.clone()];
        let haystack = Utf32Str::new(text, &mut self.text);
        let needle = Utf32Str::new(letters, &mut self.letters);
        self.indices.clear();
        if self.matcher.fuzzy_indices(haystack, needle, &mut self.indices).is_none() {
            return Vec::new();
        }
        // The matcher counts graphemes. In ASCII, as folded text nearly always is, they are bytes.
        let starts: Vec<usize> = grapheme_starts(text);
        let range = |&at: &u32| {
            let start = *starts.get(at as usize)?;
            let end = starts.get(at as usize + 1).copied().unwrap_or(text.len());
            Some(window.start + start..window.start + end)
        };
        self.indices.iter().filter_map(range).collect()
    }
}

fn grapheme_starts(text: &str) -> Vec<usize> {
    use unicode_segmentation::UnicodeSegmentation;
    text.grapheme_indices(true).map(|(at, _)| at).collect()
}

/// Distance between the letters of a subsequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proximity {
    /// The letters span few enough characters to be a match.
    Near,
    /// Too far apart. A longer word that begins with the letters may still be near, since more
    /// letters may span more characters.
    Wide,
}

/// The nearest subsequence of the letters in folded text, if there is one.
pub fn proximity(letters: &str, text: &str) -> Option<Proximity> {
    let mut nearest = None;
    let _ = windows(letters, text, &mut |_, proximity| {
        nearest = Some(proximity);
        match proximity {
            Proximity::Near => ControlFlow::Break(()),
            Proximity::Wide => ControlFlow::Continue(()),
        }
    });
    nearest
}

/// As [`proximity`], for a subsequence that starts at the start of the text.
pub fn proximity_at_start(letters: &str, text: &str) -> Option<Proximity> {
    Some(window_from(letters, text)?.1)
}

/// The shortest [window](windows) with a near subsequence.
fn window(letters: &str, text: &str) -> Option<Range<usize>> {
    let mut shortest: Option<Range<usize>> = None;
    let _ = windows(letters, text, &mut |range, proximity| {
        let is_shorter = shortest.as_ref().is_none_or(|it| range.len() < it.len());
        if proximity == Proximity::Near && is_shorter {
            shortest = Some(range);
        }
        ControlFlow::Continue(())
    });
    shortest
}

/// Calls `each` with every byte range of the text that contains the letters in order, the first at
/// a word start, within two words and one author's name.
fn windows(
    letters: &str,
    text: &str,
    each: &mut dyn FnMut(Range<usize>, Proximity) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some(first) = letters.chars().next() else { return ControlFlow::Continue(()) };
    let mut visit = |at: usize| {
        let window = if is_boundary(text, at) { window_from(letters, &text[at..]) } else { None };
        window.map_or(ControlFlow::Continue(()), |(length, proximity)| {
            each(at..at + length, proximity)
        })
    };
    if first.is_ascii() {
        memchr::memchr_iter(first as u8, text.as_bytes()).try_for_each(visit)
    } else {
        text.match_indices(first).try_for_each(|(at, _)| visit(at))
    }
}

/// The number of bytes that the letters span from the start of the text, if they lie within two
/// words and one author's name.
fn window_from(letters: &str, text: &str) -> Option<(usize, Proximity)> {
    const MAX_WORDS: usize = 2;
    let count = letters.chars().count();
    let widest = match count {
        0 | 1 => return None,
        // Two letters are a subsequence of nearly every text, hence the narrow span.
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

/// The number of bytes that ASCII letters span in a text that begins with the first of them. Bytes
/// can be compared, since no byte of another character is ASCII.
fn span_in_bytes(letters: &[u8], text: &[u8]) -> Option<usize> {
    let mut end = 1;
    for letter in &letters[1..] {
        end += text[end..].iter().position(|it| it == letter)? + 1;
    }
    Some(end)
}

/// The numbers of bytes and of characters that letters of any script span.
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
