//! What Tab offers in the filter: the values that go behind a prefix.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem::Finder;

use super::facets::most_frequent;
use super::facets::top_names::add_count;
use super::matching::row_set::RowSet;
use super::occurrence::{WordBoundary, occurrences};
use super::query::{FieldPrefix, QueryField, TypedPrefix, format_term, prefix_at, value_names};
use crate::domain::{Corpus, Marks, PaperId, Segment, TextColumn};
use crate::text::{fold, tex_to_unicode};

/// A text that may stand where the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The part of the query, in bytes, that it takes the place of.
    pub replace: Range<usize>,
    pub text: String,
    /// How many papers have the value; zero for words of the syntax.
    pub count: u32,
}

const MAX_COMPLETIONS: usize = 50;

/// What may be meant by what stands before the cursor (a place in bytes), the most frequent first.
pub fn complete(corpus: &Corpus, marks: &Marks, source: &str, cursor: usize) -> Vec<Completion> {
    let Some(TypedPrefix { replace, prefix, sign, value }) = prefix_at(source, cursor) else {
        return Vec::new();
    };
    let field = match prefix {
        Some(FieldPrefix::Field(field)) => field,
        Some(FieldPrefix::Start | FieldPrefix::End) | None => return Vec::new(),
    };
    let completion = |(value, count): (String, u32)| Completion {
        replace: replace.clone(),
        text: format!("{sign}{}", format_term(field, &value)),
        count,
    };
    field_values(corpus, marks, field, &fold(value)).into_iter().map(completion).collect()
}

/// The values of a field that go with what was typed of them.
fn field_values(
    corpus: &Corpus,
    marks: &Marks,
    field: QueryField,
    begun: &str,
) -> Vec<(String, u32)> {
    match field {
        QueryField::Authors => authors(corpus, begun),
        QueryField::Category => {
            let lists = count_values(corpus, |it| it.categories(), Segment::category_index);
            let mut counts = HashMap::new();
            for (list, count) in lists {
                for category in list.split(' ') {
                    *counts.entry(category).or_default() += count;
                }
            }
            matching_values(counts, begun)
        }
        QueryField::Venue => {
            matching_values(count_values(corpus, |it| it.venues(), Segment::venue_index), begun)
        }
        QueryField::Year => years(corpus, begun),
        QueryField::Key => keys(corpus, begun),
        QueryField::Is | QueryField::Has => value_names(field)
            .filter(|name| name.starts_with(begun))
            .map(|name| (name.to_owned(), 0))
            .collect(),
        QueryField::Tag => tags(marks, begun),
        QueryField::Title | QueryField::Abstract | QueryField::Id | QueryField::Note => Vec::new(),
    }
}

fn tags(marks: &Marks, begun: &str) -> Vec<(String, u32)> {
    let begins = |(tag, _): &(&str, _)| fold(tag).starts_with(begun);
    let tags = marks.tags().filter(begins);
    tags.map(|(tag, papers)| (tag.to_owned(), papers.len() as u32)).collect()
}

/// How many papers have each of the values, the number of which a row has.
fn count_values(
    corpus: &Corpus,
    values: fn(&Segment) -> &TextColumn,
    number: fn(&Segment, u32) -> usize,
) -> HashMap<&str, u32> {
    let mut counts = HashMap::new();
    for (_, segment, row) in corpus.rows() {
        let value = values(segment).record(number(segment, row) as u32);
        *counts.entry(value).or_default() += 1;
    }
    counts
}

/// The values in which some word begins as was typed.
fn matching_values(counts: HashMap<impl AsRef<str>, u32>, begun: &str) -> Vec<(String, u32)> {
    let needle = Finder::new(begun.as_bytes());
    let is_meant = |value: &str| begins_word(&needle, &fold(&tex_to_unicode(value)));
    most_frequent(counts.into_iter().filter(|(value, _)| is_meant(value.as_ref())), MAX_COMPLETIONS)
}

fn begins_word(needle: &Finder<'_>, folded: &str) -> bool {
    needle.needle().is_empty()
        || occurrences(needle, folded).any(|spot| spot.boundary != WordBoundary::InsideWord)
}

/// Names are many: only the papers are read whose folded text holds what was typed.
fn authors(corpus: &Corpus, begun: &str) -> Vec<(String, u32)> {
    let needle = Finder::new(begun.as_bytes());
    let rows = |segment: &Segment| {
        let mut rows = RowSet::empty(segment);
        rows.add_containing(segment.folded(), &needle);
        rows
    };
    let mut counts = HashMap::new();
    for (_, segment) in corpus.segments() {
        segment.for_each_paper(rows(segment).iter(), |_, paper| {
            paper.authors().for_each(|name| add_count(&mut counts, name, 1));
        });
    }
    matching_values(counts, begun)
}

fn years(corpus: &Corpus, begun: &str) -> Vec<(String, u32)> {
    let mut counts: HashMap<i16, u32> = HashMap::new();
    for (_, segment) in corpus.segments() {
        for year in (0..segment.len()).filter_map(|row| segment.year(row)) {
            *counts.entry(year).or_default() += 1;
        }
    }
    let mut years: Vec<_> = counts
        .into_iter()
        .map(|(year, count)| (year.to_string(), count))
        .filter(|(year, _)| year.starts_with(begun))
        .collect();
    years.sort_unstable_by(|(a, many), (b, few)| few.cmp(many).then_with(|| b.cmp(a)));
    years.truncate(MAX_COMPLETIONS);
    years
}

fn keys(corpus: &Corpus, begun: &str) -> Vec<(String, u32)> {
    let ids = (0..corpus.len()).map(PaperId);
    let found = ids.filter(|&id| corpus.citation_key_starts_with(id, begun)).take(MAX_COMPLETIONS);
    // A paper may also be found by another of its keys, which is not what is completed to.
    let keys = found.map(|id| corpus.citation_key(id));
    keys.filter(|key| fold(key).starts_with(begun)).map(|key| (key, 1)).collect()
}
