//! Highlighting: the byte ranges of displayed text that match a query.

pub mod snippet;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::matching::acronym::Acronym;
use super::matching::fields::SEARCHED_FIELDS;
use super::matching::fuzzy::FuzzyMatcher;
use super::matching::term::phrase_matches_at;
use super::occurrence::{Occurrence, WordBoundary, occurrences};
use super::query::ast::leaf_terms;
use super::query::{Anchor, Condition, FieldScope, Occur, Phrase, Query, QueryField, QueryWord};
use crate::domain::{BibField, Paper};
use crate::text::{FoldedText, sentences, tex_to_unicode, umlaut_variants};
use snippet::{FieldSnippet, Snippet};

/// Finds the matching ranges in papers that a query has matched.
#[derive(Debug, Clone, Default)]
pub struct Highlighter {
    query: Arc<Query>,
    corrections: Vec<Finder<'static>>,
}

/// A displayed text, prepared for search.
struct SearchableText {
    folded: FoldedText,
    /// Spelling variants of words, with the ranges of the words.
    variants: Vec<(String, Range<usize>)>,
    field: QueryField,
}

impl Highlighter {
    /// `corrections` are those of the [`Response`](crate::search::Response).
    pub fn new(query: Arc<Query>, corrections: &[String]) -> Self {
        let finder = |it: &String| Finder::new(it.as_bytes()).into_owned();
        Self { query, corrections: corrections.iter().map(finder).collect() }
    }

    /// The byte ranges of a field's readable text that match: sorted, disjoint, and on character
    /// boundaries.
    pub fn highlight(&self, text: &str, field: QueryField) -> Vec<Range<usize>> {
        merge_ranges(self.ranges_by_term(text, field).into_iter().flatten().collect())
    }

    /// The sentence of a readable abstract with the most terms of the query; the first one of
    /// several. `None` if no sentence has a term.
    pub fn snippet(&self, abstract_text: &str) -> Option<Snippet> {
        let terms = self.ranges_by_term(abstract_text, QueryField::Abstract);
        let inside = |it: &Range<usize>, sentence: &Range<usize>| {
            sentence.start <= it.start && it.end <= sentence.end
        };
        let count_terms = |sentence: &Range<usize>| {
            terms.iter().filter(|term| term.iter().any(|it| inside(it, sentence))).count()
        };
        let (range, count) = sentences(abstract_text)
            .map(|it| (it.clone(), count_terms(&it)))
            .reduce(|best, it| if it.1 > best.1 { it } else { best })?;
        let highlights = terms.into_iter().flatten().filter(|it| inside(it, &range));
        let highlights = highlights.map(|it| it.start - range.start..it.end - range.start);
        let highlights = merge_ranges(highlights.collect());
        (count > 0).then_some(Snippet { range, highlights })
    }

    /// The part of another field that has a term of the query, from the first such field: a keyword,
    /// or a sentence of a note or comment. `note` and `tags` are those of the user.
    pub fn field_snippet<'a>(
        &self,
        paper: &Paper<'_>,
        note: &str,
        tags: impl Iterator<Item = &'a str>,
    ) -> Option<FieldSnippet> {
        let keywords = paper.keywords().map(|it| ("keyword", tex_to_unicode(it)));
        let others = SEARCHED_FIELDS.into_iter().filter(|(it, _)| *it != BibField::Keywords);
        let others = others.map(|(field, label)| (label, tex_to_unicode(paper.field(field))));
        let note = std::iter::once(("note", Cow::Borrowed(note)));
        let tags = tags.map(|it| ("tag", Cow::Borrowed(it)));
        let mut texts = keywords.chain(note).chain(others).chain(tags);
        texts.find_map(|(label, text)| {
            let Snippet { range, highlights } = self.snippet(&text)?;
            // A blank is as long as a line break in bytes, so highlights keep their ranges.
            Some(FieldSnippet { label, text: text[range].replace('\n', " "), highlights })
        })
    }

    /// The matching ranges of each term of the query.
    fn ranges_by_term(&self, text: &str, field: QueryField) -> Vec<Vec<Range<usize>>> {
        let terms = leaf_terms(self.query.clauses()).into_iter();
        let conditions: Vec<&Condition> = terms
            .filter(|term| term.occur == Occur::Include && applies_to(&term.condition, field))
            .map(|term| &term.condition)
            .collect();
        if conditions.is_empty() || text.is_empty() {
            return Vec::new();
        }
        let (folded, variants) = (FoldedText::new(text), umlaut_variants(text));
        let text = SearchableText { folded, variants, field };
        conditions.into_iter().map(|it| self.condition_ranges(it, &text)).collect()
    }

    fn condition_ranges(&self, condition: &Condition, text: &SearchableText) -> Vec<Range<usize>> {
        match condition {
            Condition::Word(word) => self.word_ranges(word, text),
            Condition::Phrase(phrase) => text.phrase(phrase),
            Condition::Regex(regex) => {
                let matches = regex.find_iter(&text.folded.text);
                matches.map(|it| text.folded.source_range(it.range())).collect()
            }
            Condition::Name(name) => {
                let needles = name.words().into_iter().map(Finder::new);
                needles.flat_map(|needle| text.at_word_starts(&needle)).collect()
            }
            Condition::Predicate(_) | Condition::Group(_) => Vec::new(),
        }
    }

    /// The ranges of the best kind of match, in the order of tiers.
    fn word_ranges(&self, word: &QueryWord, text: &SearchableText) -> Vec<Range<usize>> {
        let whole_words = word.whole_variants.iter().flat_map(|it| text.whole_words(it));
        let at_starts = word.spellings().flat_map(|it| text.at_word_starts(it));
        let at_starts: Vec<_> = at_starts.chain(whole_words).collect();
        if !at_starts.is_empty() {
            return at_starts;
        }
        if text.field != QueryField::Abstract {
            let anywhere: Vec<_> = word.spellings().flat_map(|it| text.anywhere(it)).collect();
            if !anywhere.is_empty() {
                return anywhere;
            }
            for ranges in [text.initials(&word.letters), text.subsequence(word)] {
                if !ranges.is_empty() {
                    return ranges;
                }
            }
        }
        self.corrections.iter().flat_map(|it| text.at_word_starts(it)).collect()
    }
}

impl SearchableText {
    fn source(&self, offset: usize, len: usize) -> Range<usize> {
        self.folded.source_range(offset..offset + len)
    }

    /// The occurrences at a word start, and the words with a variant that begins with the needle.
    fn at_word_starts(&self, needle: &Finder<'_>) -> Vec<Range<usize>> {
        let at_start = |it: &Occurrence| it.boundary != WordBoundary::InsideWord;
        let is_start = |text: &str| occurrences(needle, text).any(|it| at_start(&it));
        let variants = self.variants.iter().filter(|(spelling, _)| is_start(spelling));
        let variants = variants.map(|(_, range)| range.clone());
        let all = occurrences(needle, &self.folded.text).filter(at_start);
        all.map(|it| self.source(it.offset, needle.needle().len())).chain(variants).collect()
    }

    fn whole_words(&self, needle: &Finder<'_>) -> Vec<Range<usize>> {
        let all = occurrences(needle, &self.folded.text);
        let whole = all.filter(|it| it.boundary == WordBoundary::WholeWord);
        whole.map(|it| self.source(it.offset, needle.needle().len())).collect()
    }

    fn anywhere(&self, needle: &Finder<'_>) -> Vec<Range<usize>> {
        let variants = self.variants.iter().filter(|it| needle.find(it.0.as_bytes()).is_some());
        let variants = variants.map(|(_, range)| range.clone());
        let all = occurrences(needle, &self.folded.text);
        all.map(|it| self.source(it.offset, needle.needle().len())).chain(variants).collect()
    }

    fn phrase(&self, phrase: &Phrase) -> Vec<Range<usize>> {
        let text = &self.folded.text;
        // In abstracts, phrases match at word starts only.
        let is_match = |it: &Occurrence| {
            phrase_matches_at(phrase, text, it)
                && (self.field != QueryField::Abstract || it.boundary != WordBoundary::InsideWord)
        };
        let all = phrase.spellings.iter().flat_map(|needle| occurrences(needle, text));
        all.filter(is_match).map(|it| self.source(it.offset, phrase.len())).collect()
    }

    /// The initials of the title's words that match the letters.
    fn initials(&self, letters: &str) -> Vec<Range<usize>> {
        if self.field != QueryField::Title {
            return Vec::new();
        }
        let ranges = Acronym::new(letters).map(|it| it.initials_in(&self.folded.text));
        let ranges = ranges.into_iter().flatten();
        ranges.map(|range| self.folded.source_range(range)).collect()
    }

    fn subsequence(&self, word: &QueryWord) -> Vec<Range<usize>> {
        if !word.is_plain() {
            return Vec::new();
        }
        let ranges = FuzzyMatcher::default().ranges(&word.letters, &self.folded.text);
        ranges.into_iter().map(|range| self.folded.source_range(range)).collect()
    }
}

/// Returns true if the condition can match in the field.
fn applies_to(condition: &Condition, field: QueryField) -> bool {
    let scope = match condition {
        Condition::Word(word) => word.scope,
        Condition::Phrase(phrase)
            if phrase.anchor != Anchor::None && field == QueryField::Abstract =>
        {
            return false;
        }
        Condition::Phrase(phrase) => phrase.scope,
        Condition::Regex(_) => return matches!(field, QueryField::Title | QueryField::Authors),
        Condition::Name(_) => FieldScope::Authors,
        Condition::Predicate(_) | Condition::Group(_) => return false,
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

/// Sorts the ranges and merges those that overlap or touch.
fn merge_ranges(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|it| !it.is_empty());
    ranges.sort_unstable_by_key(|it| (it.start, it.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
