//! The words of references as numbers, to compare them with all titles of a corpus.

use std::ops::Range;

use hashbrown::HashMap;

use super::split::ReferenceLayout;
use crate::text::{fold, spelling_variants, tex_to_unicode, words};

/// The number that separates parts of the sequence.
const GAP: u32 = u32::MAX;

/// Positions kept of each pair of words; a list has hardly more titles that begin with it.
const MAX_POSITIONS: usize = 512;

/// The words of several references, in each of their readings.
#[derive(Debug, Default)]
pub struct WordSequence {
    numbers: HashMap<String, u32>,
    /// By word number: its length as part of a title, in words of languages with blanks.
    weights: Vec<u32>,
    /// By word number: its length in characters, zero if it has a digit.
    lengths: Vec<usize>,
    /// The numbers of the words, with a [`GAP`] between readings.
    sequence: Vec<u32>,
    /// For each word: true if punctuation stands before it.
    is_after_punctuation: Vec<bool>,
    /// The positions of each pair of adjacent words.
    pairs: HashMap<(u32, u32), Vec<u32>>,
    /// The positions of each word.
    positions: Vec<Vec<u32>>,
    /// The years among the words, by word number.
    years: HashMap<u32, i16>,
    parts: Vec<SequencePart>,
}

/// The words of one reference in one reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SequencePart {
    /// Index of the reference.
    pub reference: usize,
    /// Positions in the sequence.
    pub range: Range<usize>,
}

impl WordSequence {
    /// Reads the words of references. In the layout [`ReferenceLayout::Lines`] a title may extend
    /// over several of them.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>, layout: ReferenceLayout) -> Self {
        let mut sequence = Self::default();
        let readings: Vec<Vec<String>> = texts.map(readings).collect();
        let count = readings.iter().map(Vec::len).max().unwrap_or_default();
        for reading in 0..count {
            for (reference, texts) in readings.iter().enumerate() {
                // A reference with fewer readings is repeated only if titles may extend into it.
                let text = match texts.get(reading) {
                    None if layout == ReferenceLayout::Lines => texts.first(),
                    text => text,
                };
                let Some(text) = text else { continue };
                let start = sequence.sequence.len();
                sequence.push_words(text);
                sequence
                    .parts
                    .push(SequencePart { reference, range: start..sequence.sequence.len() });
                if layout == ReferenceLayout::Blocks {
                    sequence.push_gap();
                }
            }
            sequence.push_gap();
        }
        sequence.index();
        sequence
    }

    fn push_words(&mut self, text: &str) {
        let folded = fold(text);
        let mut end = 0;
        for word in words(&folded) {
            let start = word.as_ptr() as usize - folded.as_ptr() as usize;
            let is_first = end == 0;
            self.is_after_punctuation.push(is_first || separates(&folded[end..start]));
            end = start + word.len();
            let next = self.weights.len() as u32;
            let number = *self.numbers.entry_ref(word).or_insert(next);
            if number == next {
                self.weights.push(weight(word));
                let is_number = word.chars().any(char::is_numeric);
                self.lengths.push(if is_number { 0 } else { word.chars().count() });
                self.years.extend(parse_year(word).map(|year| (number, year)));
                // A title may be cited in British or in American spelling.
                for variant in spelling_variants(word) {
                    self.numbers.entry(variant).or_insert(number);
                }
            }
            self.sequence.push(number);
        }
    }

    fn push_gap(&mut self) {
        self.sequence.push(GAP);
        self.is_after_punctuation.push(true);
    }

    fn index(&mut self) {
        self.positions = vec![Vec::new(); self.numbers.len()];
        for (at, &number) in self.sequence.iter().enumerate() {
            if number == GAP {
                continue;
            }
            let add = |positions: &mut Vec<u32>| {
                if positions.len() < MAX_POSITIONS {
                    positions.push(at as u32);
                }
            };
            add(&mut self.positions[number as usize]);
            if let Some(&next) = self.sequence.get(at + 1).filter(|it| **it != GAP) {
                add(self.pairs.entry((number, next)).or_default());
            }
        }
    }

    /// The number of a folded word, or `None` if the sequence does not have it.
    pub fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// Returns true if the text has "et al.", so that some authors are left out.
    pub fn abbreviates_authors(&self) -> bool {
        self.number("et").is_some() && self.number("al").is_some()
    }

    /// The positions at which a title begins with these words.
    pub fn starts(&self, first: u32, second: Option<u32>) -> &[u32] {
        match second {
            None => self.positions.get(first as usize).map(Vec::as_slice).unwrap_or_default(),
            Some(second) => self.pairs.get(&(first, second)).map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// The length of the common beginning of the numbers and the sequence from a position on.
    pub fn common_len(&self, start: usize, numbers: &[u32]) -> usize {
        let rest = self.sequence.get(start..).unwrap_or_default();
        rest.iter().zip(numbers).take_while(|(a, b)| a == b).count()
    }

    /// The number of words of a range; a word of a script without blanks counts as several.
    pub fn weight(&self, range: Range<usize>) -> u32 {
        self.numbers_in(range).map(|it| self.weights[it as usize]).sum()
    }

    /// Returns true if there are no words.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Returns true if a word is of letters, and of at least so many.
    pub fn is_long(&self, number: u32, chars: usize) -> bool {
        self.lengths.get(number as usize).is_some_and(|it| *it >= chars)
    }

    /// The word numbers of a range.
    pub fn numbers_in(&self, range: Range<usize>) -> impl Iterator<Item = u32> {
        let numbers = self.sequence.get(range).unwrap_or_default();
        numbers.iter().copied().filter(|it| *it != GAP)
    }

    /// Returns true if punctuation or an end of the text is at both ends of the range.
    pub fn is_delimited(&self, range: &Range<usize>) -> bool {
        let is_boundary = |at: usize| self.is_after_punctuation.get(at).copied().unwrap_or(true);
        let is_year =
            |at: usize| self.sequence.get(at).is_some_and(|it| self.years.contains_key(it));
        let start = is_boundary(range.start) || range.start > 0 && is_year(range.start - 1);
        start && (is_boundary(range.end) || is_year(range.end))
    }

    /// Returns true if the word "in" is before the range, at the beginning of a phrase.
    pub fn is_container(&self, range: &Range<usize>) -> bool {
        range.start.checked_sub(1).is_some_and(|at| {
            self.number("in").is_some_and(|it| self.sequence.get(at) == Some(&it))
                && self.is_after_punctuation.get(at) == Some(&true)
        })
    }

    /// The years that the sequence names in a range.
    pub fn years_in(&self, range: Range<usize>) -> impl Iterator<Item = i16> {
        self.numbers_in(range).filter_map(|it| self.years.get(&it).copied())
    }

    /// The part of the sequence that contains the range, or `None` if it extends over several.
    pub fn part(&self, range: &Range<usize>) -> Option<&SequencePart> {
        let at = self.parts.partition_point(|it| it.range.end < range.end);
        self.parts.get(at).filter(|it| it.range.start <= range.start)
    }

    /// The first and the last reference that the range touches.
    pub fn references_in(&self, range: &Range<usize>) -> Option<(usize, usize)> {
        let is_touched =
            |it: &&SequencePart| it.range.start < range.end && range.start < it.range.end;
        let mut touched = self.parts.iter().filter(is_touched).map(|it| it.reference);
        let first = touched.next()?;
        Some((first, touched.next_back().unwrap_or(first)))
    }

    /// The parts of a reference, one for each reading.
    pub fn parts_of(&self, reference: usize) -> impl Iterator<Item = &SequencePart> {
        self.parts.iter().filter(move |it| it.reference == reference)
    }
}

/// The readings of a text: without markup, with TeX as Unicode, and with hyphens at line ends
/// removed.
fn readings(text: &str) -> Vec<String> {
    let plain = without_markup(text);
    let mut readings = Vec::new();
    if plain.contains(['\\', '$', '{', '~', '^']) {
        readings.push(tex_to_unicode(&plain).into_owned());
    }
    if plain.contains("-\n") {
        readings.push(plain.replace("-\n", ""));
    }
    readings.insert(0, plain);
    readings.dedup();
    readings
}

/// The text without tags and with the signs of HTML entities.
fn without_markup(text: &str) -> String {
    const ENTITIES: [(&str, &str); 6] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
    ];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        plain.push_str(before);
        let len = tag_len(tag);
        // Anything but a tag remains.
        if len == 0 {
            plain.push('<');
        }
        rest = &tag[len.max(1)..];
    }
    plain.push_str(rest);
    ENTITIES.iter().fold(plain, |text, (entity, sign)| {
        if text.contains(entity) { text.replace(entity, sign) } else { text }
    })
}

/// The length in bytes of an HTML tag at the start of a text, or zero.
fn tag_len(text: &str) -> usize {
    const TAGS: [&str; 14] =
        ["a", "i", "b", "em", "strong", "sub", "sup", "span", "p", "li", "div", "br", "cite", "u"];
    let rest = text.trim_start_matches(['<', '/']);
    let name = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let is_tag = TAGS.iter().any(|it| it.eq_ignore_ascii_case(name));
    let end = text.find('>').filter(|_| is_tag);
    end.map_or(0, |it| it + 1)
}

/// Returns true if the text between two words ends a phrase: not a blank, a hyphen, an apostrophe
/// or emphasis.
fn separates(between: &str) -> bool {
    between.contains(|c: char| !c.is_whitespace() && !"-'*_{}$\\^".contains(c))
}

/// Parses a year of four digits, also with a letter behind it, as in `2020a`.
fn parse_year(word: &str) -> Option<i16> {
    let digits = word.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
    let is_year = digits.len() == 4 && digits.bytes().all(|it| it.is_ascii_digit());
    digits.parse().ok().filter(|it| is_year && (1000..2100).contains(it))
}

/// The length of a word in words of languages with blanks: a word of a script without them is a
/// whole clause.
fn weight(word: &str) -> u32 {
    const CHARS_OF_WORD: usize = 2;
    let is_unspaced = |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}');
    let chars = word.chars().filter(|it| is_unspaced(*it)).count();
    (chars / CHARS_OF_WORD).max(1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(text: &str) -> WordSequence {
        WordSequence::new(std::iter::once(text), ReferenceLayout::Blocks)
    }

    #[test]
    fn a_phrase_is_delimited_by_punctuation_or_a_year() {
        for (text, range, expected) in [
            ("Poe A. Graphs that forget. Networks", 2..5, true),
            ("Poe 2020 Graphs that forget", 2..5, true),
            ("On graphs that forget", 1..4, false),
            ("Graphs that forget everything", 0..3, false),
            ("\"Graphs that-forget,\" 2020", 0..3, true),
        ] {
            assert_eq!(sequence(text).is_delimited(&range), expected, "{text}");
        }
    }

    #[test]
    fn a_text_is_read_without_markup_and_with_tex() {
        assert_eq!(readings("<a href=\"x\">A &amp; <i>B</i></a>"), ["A & B"]);
        assert_eq!(readings("{G}r\\\"aphs"), ["{G}r\\\"aphs", "Gräphs"]);
        assert_eq!(readings("mem-\nory"), ["mem-\nory", "memory"]);
        assert_eq!(readings("a < b"), ["a < b"]);
    }

    #[test]
    fn years_are_words_of_four_digits() {
        assert_eq!(
            sequence("Poe 2020a; 1999, 12345 3020 0999").years_in(0..6).collect::<Vec<_>>(),
            [2020, 1999]
        );
    }
}
