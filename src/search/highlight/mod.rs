//! Which characters of what is shown made the match.

pub mod snippet;

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::matching::fuzzy::Scorer;
use super::matching::term::holds;
use super::occurrence::{Fit, spots};
use super::query::ast::SHORTEST_INITIALS;
use super::query::{Anchor, Field, Phrase, Polarity, Query, Scope, Test, Word};
use crate::text::{Folded, is_boundary, variants};
use snippet::{Sentence, sentences};

/// Finds what to emphasise in the papers that a query matched.
#[derive(Debug, Clone, Default)]
pub struct Highlighter {
    query: Arc<Query>,
    also: Vec<Finder<'static>>,
}

/// A text with all that is needed to search it.
struct Shown {
    folded: Folded,
    /// The other spellings of its words, and where the words are.
    variants: Vec<(String, Range<usize>)>,
    field: Field,
}

impl Highlighter {
    /// `also` are the corrections that the answer names.
    pub fn new(query: Arc<Query>, also: &[String]) -> Self {
        let finder = |it: &String| Finder::new(it.as_bytes()).into_owned();
        Self { query, also: also.iter().map(finder).collect() }
    }

    /// The ranges, in bytes, of the readable text of a field that made the match: sorted, apart
    /// from each other, on characters.
    pub fn highlight(&self, text: &str, field: Field) -> Vec<Range<usize>> {
        merged(self.by_term(text, field).into_iter().flatten().collect())
    }

    /// The sentence of a readable abstract in which the most words occur.
    pub fn sentence(&self, abstract_text: &str) -> Option<Sentence> {
        let terms = self.by_term(abstract_text, Field::Abstract);
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
        let highlights = merged(highlights.collect());
        (count > 0).then_some(Sentence { range, highlights })
    }

    /// What each term of the query matches.
    fn by_term(&self, text: &str, field: Field) -> Vec<Vec<Range<usize>>> {
        let terms = self.query.clauses().iter().flat_map(|clause| &clause.alternatives);
        let asked: Vec<&Test> = terms
            .filter(|term| term.polarity == Polarity::Include && sees(&term.test, field))
            .map(|term| &term.test)
            .collect();
        if asked.is_empty() || text.is_empty() {
            return Vec::new();
        }
        let shown = Shown { folded: Folded::of(text), variants: variants(text), field };
        asked.into_iter().map(|test| self.matched(test, &shown)).collect()
    }

    fn matched(&self, test: &Test, shown: &Shown) -> Vec<Range<usize>> {
        match test {
            Test::Word(word) => self.word(word, shown),
            Test::Phrase(phrase) => shown.phrase(phrase),
            Test::Regex(regex) => {
                let found = regex.find_iter(&shown.folded.text);
                found.map(|it| shown.folded.source(it.range())).collect()
            }
            Test::Filter(_) => Vec::new(),
        }
    }

    fn word(&self, word: &Word, shown: &Shown) -> Vec<Range<usize>> {
        let starting: Vec<_> = word.spellings().flat_map(|it| shown.starting(it)).collect();
        if !starting.is_empty() {
            return starting;
        }
        if shown.field != Field::Abstract {
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
        self.also.iter().flat_map(|it| shown.starting(it)).collect()
    }
}

impl Shown {
    fn source(&self, at: usize, length: usize) -> Range<usize> {
        self.folded.source(at..at + length)
    }

    /// Where a word begins so, in this spelling or another.
    fn starting(&self, needle: &Finder<'_>) -> Vec<Range<usize>> {
        let is_start = |text: &str| spots(needle, text).any(|spot| spot.fit != Fit::Inside);
        let spellings = self.variants.iter().filter(|(spelling, _)| is_start(spelling));
        let spellings = spellings.map(|(_, range)| range.clone());
        let found = spots(needle, &self.folded.text).filter(|spot| spot.fit != Fit::Inside);
        found.map(|spot| self.source(spot.at, needle.needle().len())).chain(spellings).collect()
    }

    fn anywhere(&self, needle: &Finder<'_>) -> Vec<Range<usize>> {
        let length = needle.needle().len();
        let spellings = self.variants.iter().filter(|it| needle.find(it.0.as_bytes()).is_some());
        let spellings = spellings.map(|(_, range)| range.clone());
        spots(needle, &self.folded.text)
            .map(|spot| self.source(spot.at, length))
            .chain(spellings)
            .collect()
    }

    fn phrase(&self, phrase: &Phrase) -> Vec<Range<usize>> {
        let text = &self.folded.text;
        let spots = phrase.spellings.iter().flat_map(|needle| spots(needle, text));
        spots
            .filter(|spot| holds(phrase, text, spot))
            .filter(|spot| self.field != Field::Abstract || spot.fit != Fit::Inside)
            .map(|spot| self.source(spot.at, phrase.len()))
            .collect()
    }

    /// The first letters of the title's words, where they are what was typed.
    fn initials(&self, letters: &str) -> Vec<Range<usize>> {
        let count = letters.chars().count();
        if self.field != Field::Title || count < SHORTEST_INITIALS {
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

    fn scattered(&self, word: &Word) -> Vec<Range<usize>> {
        if !word.is_plain() {
            return Vec::new();
        }
        let found = Scorer::default().ranges(&word.letters, &self.folded.text);
        found.into_iter().map(|range| self.folded.source(range)).collect()
    }
}

/// Whether the test looks at the field.
fn sees(test: &Test, field: Field) -> bool {
    let scope = match test {
        Test::Word(word) => word.scope,
        Test::Phrase(phrase) if phrase.anchor != Anchor::None && field == Field::Abstract => {
            return false;
        }
        Test::Phrase(phrase) => phrase.scope,
        Test::Regex(_) => return matches!(field, Field::Title | Field::Authors),
        Test::Filter(_) => return false,
    };
    match scope {
        Scope::Anywhere => matches!(field, Field::Title | Field::Authors | Field::Abstract),
        Scope::Title => field == Field::Title,
        Scope::Authors => field == Field::Authors,
        Scope::Abstract => field == Field::Abstract,
    }
}

/// The same characters in ranges that are sorted and apart.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
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
