//! Which characters of what is shown made the match.

pub mod snippet;

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::matching::fuzzy::FuzzyMatcher;
use super::matching::term::phrase_matches_at;
use super::occurrence::{WordBoundary, occurrences};
use super::query::ast::MIN_INITIALS_LEN;
use super::query::{Anchor, Condition, FieldScope, Occur, Phrase, Query, QueryField, QueryWord};
use crate::text::{FoldedText, is_boundary, umlaut_variants};
use snippet::{Snippet, sentences};

/// Finds what to emphasise in the papers that a query matched.
#[derive(Debug, Clone, Default)]
pub struct Highlighter {
    query: Arc<Query>,
    corrections: Vec<Finder<'static>>,
}

/// A text with all that is needed to search it.
struct SearchableText {
    folded: FoldedText,
    /// The other spellings of its words, and where the words are.
    variants: Vec<(String, Range<usize>)>,
    field: QueryField,
}

impl Highlighter {
    /// `also` are the corrections that the answer names.
    pub fn new(query: Arc<Query>, also: &[String]) -> Self {
        let finder = |it: &String| Finder::new(it.as_bytes()).into_owned();
        Self { query, corrections: also.iter().map(finder).collect() }
    }

    /// The ranges, in bytes, of the readable text of a field that made the match: sorted, apart
    /// from each other, on characters.
    pub fn highlight(&self, text: &str, field: QueryField) -> Vec<Range<usize>> {
        merge_ranges(self.ranges_by_term(text, field).into_iter().flatten().collect())
    }

    /// The sentence of a readable abstract in which the most words occur.
    pub fn snippet(&self, abstract_text: &str) -> Option<Snippet> {
        let terms = self.ranges_by_term(abstract_text, QueryField::Abstract);
        let inside = |it: &Range<usize>, sentence: &Range<usize>| {
            sentence.start <= it.start && it.end <= sentence.end
        };
        let occurring = |sentence: &Range<usize>| {
            terms.iter().filter(|term| term.iter().any(|it| inside(it, sentence))).count()
        };
        // Of several, the first.
        let (range, count) = sentences(abstract_text)
            .map(|it| (it.clone(), occurring(&it)))
            .reduce(|best, it| if it.1 > best.1 { it } else { best })?;
        let highlights = terms.into_iter().flatten().filter(|it| inside(it, &range));
        let highlights = highlights.map(|it| it.start - range.start..it.end - range.start);
        let highlights = merge_ranges(highlights.collect());
        (count > 0).then_some(Snippet { range, highlights })
    }

    /// What each term of the query matches.
    fn ranges_by_term(&self, text: &str, field: QueryField) -> Vec<Vec<Range<usize>>> {
        let terms = self.query.clauses().iter().flat_map(|clause| &clause.alternatives);
        let asked: Vec<&Condition> = terms
            .filter(|term| term.polarity == Occur::Include && applies_to(&term.condition, field))
            .map(|term| &term.condition)
            .collect();
        if asked.is_empty() || text.is_empty() {
            return Vec::new();
        }
        let shown = SearchableText {
            folded: FoldedText::new(text),
            variants: umlaut_variants(text),
            field,
        };
        asked.into_iter().map(|test| self.condition_ranges(test, &shown)).collect()
    }

    fn condition_ranges(&self, test: &Condition, shown: &SearchableText) -> Vec<Range<usize>> {
        match test {
            Condition::Word(word) => self.word_ranges(word, shown),
            Condition::Phrase(phrase) => shown.phrase(phrase),
            Condition::Regex(regex) => {
                let found = regex.find_iter(&shown.folded.text);
                found.map(|it| shown.folded.source_range(it.range())).collect()
            }
            Condition::Predicate(_) => Vec::new(),
        }
    }

    fn word_ranges(&self, word: &QueryWord, shown: &SearchableText) -> Vec<Range<usize>> {
        let starting: Vec<_> = word.spellings().flat_map(|it| shown.at_word_starts(it)).collect();
        if !starting.is_empty() {
            return starting;
        }
        if shown.field != QueryField::Abstract {
            let found: Vec<_> = word.spellings().flat_map(|it| shown.anywhere(it)).collect();
            if !found.is_empty() {
                return found;
            }
            for found in [shown.initials(&word.letters), shown.scattered(word)] {
                if !found.is_empty() {
                    return found;
                }
            }
        }
        self.corrections.iter().flat_map(|it| shown.at_word_starts(it)).collect()
    }
}

impl SearchableText {
    fn source(&self, at: usize, length: usize) -> Range<usize> {
        self.folded.source_range(at..at + length)
    }

    /// Where a word begins so, in this spelling or another.
    fn at_word_starts(&self, needle: &Finder<'_>) -> Vec<Range<usize>> {
        let is_start = |text: &str| {
            occurrences(needle, text).any(|spot| spot.boundary != WordBoundary::InsideWord)
        };
        let spellings = self.variants.iter().filter(|(spelling, _)| is_start(spelling));
        let spellings = spellings.map(|(_, range)| range.clone());
        let found = occurrences(needle, &self.folded.text)
            .filter(|spot| spot.boundary != WordBoundary::InsideWord);
        found.map(|spot| self.source(spot.offset, needle.needle().len())).chain(spellings).collect()
    }

    fn anywhere(&self, needle: &Finder<'_>) -> Vec<Range<usize>> {
        let length = needle.needle().len();
        let spellings = self.variants.iter().filter(|it| needle.find(it.0.as_bytes()).is_some());
        let spellings = spellings.map(|(_, range)| range.clone());
        occurrences(needle, &self.folded.text)
            .map(|spot| self.source(spot.offset, length))
            .chain(spellings)
            .collect()
    }

    fn phrase(&self, phrase: &Phrase) -> Vec<Range<usize>> {
        let text = &self.folded.text;
        let spots = phrase.spellings.iter().flat_map(|needle| occurrences(needle, text));
        spots
            .filter(|spot| phrase_matches_at(phrase, text, spot))
            .filter(|spot| {
                self.field != QueryField::Abstract || spot.boundary != WordBoundary::InsideWord
            })
            .map(|spot| self.source(spot.offset, phrase.len()))
            .collect()
    }

    /// The first letters of the title's words, where they are what was typed.
    fn initials(&self, letters: &str) -> Vec<Range<usize>> {
        let count = letters.chars().count();
        if self.field != QueryField::Title || count < MIN_INITIALS_LEN {
            return Vec::new();
        }
        let text = &self.folded.text;
        let firsts: Vec<(usize, char)> = text
            .char_indices()
            .filter(|&(at, c)| c.is_alphanumeric() && is_boundary(text, at))
            .collect();
        let is_it = |part: &&[(usize, char)]| part.iter().map(|&(_, c)| c).eq(letters.chars());
        let found = firsts.windows(count).find(is_it).into_iter().flatten();
        found.map(|&(at, c)| self.source(at, c.len_utf8())).collect()
    }

    fn scattered(&self, word: &QueryWord) -> Vec<Range<usize>> {
        if !word.is_plain() {
            return Vec::new();
        }
        let found = FuzzyMatcher::default().ranges(&word.letters, &self.folded.text);
        found.into_iter().map(|range| self.folded.source_range(range)).collect()
    }
}

/// Whether the test looks at the field.
fn applies_to(test: &Condition, field: QueryField) -> bool {
    let scope = match test {
        Condition::Word(word) => word.scope,
        Condition::Phrase(phrase)
            if phrase.anchor != Anchor::None && field == QueryField::Abstract =>
        {
            return false;
        }
        Condition::Phrase(phrase) => phrase.scope,
        Condition::Regex(_) => return matches!(field, QueryField::Title | QueryField::Authors),
        Condition::Predicate(_) => return false,
    };
    match scope {
        FieldScope::Anywhere => {
            matches!(field, QueryField::Title | QueryField::Authors | QueryField::Abstract)
        }
        FieldScope::Title => field == QueryField::Title,
        FieldScope::Authors => field == QueryField::Authors,
        FieldScope::Abstract => field == QueryField::Abstract,
    }
}

/// The same characters in ranges that are sorted and apart.
fn merge_ranges(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|it| !it.is_empty());
    ranges.sort_unstable_by_key(|it| (it.start, it.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}
