//! What Tab offers in the filter: the values that go behind a prefix.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem::Finder;

use super::facets::ranked;
use super::facets::top_names::add;
use super::matching::row_set::Rows;
use super::occurrence::{Fit, spots};
use super::query::{Field, Prefix, Typed, typed_at, values, written};
use crate::domain::{Block, Corpus, Marks, PaperId, Segment};
use crate::text::{fold, readable};

/// A text that may stand where the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The part of the query, in bytes, that it takes the place of.
    pub replace: Range<usize>,
    pub text: String,
    /// How many papers have the value; zero for words of the syntax.
    pub count: u32,
}

const MOST: usize = 50;

/// What may be meant by what stands before the cursor (a place in bytes), the most frequent first.
pub fn complete(corpus: &Corpus, marks: &Marks, source: &str, cursor: usize) -> Vec<Completion> {
    let Some(Typed { replace, prefix, sign, value }) = typed_at(source, cursor) else {
        return Vec::new();
    };
    let field = match prefix {
        Some(Prefix::Field(field)) => field,
        Some(Prefix::Start | Prefix::End) | None => return Vec::new(),
    };
    let completion = |(value, count): (String, u32)| Completion {
        replace: replace.clone(),
        text: format!("{sign}{}", written(field, &value)),
        count,
    };
    found(corpus, marks, field, &fold(value)).into_iter().map(completion).collect()
}

/// The values of a field that go with what was typed of them.
fn found(corpus: &Corpus, marks: &Marks, field: Field, begun: &str) -> Vec<(String, u32)> {
    match field {
        Field::Authors => authors(corpus, begun),
        Field::Category => {
            let lists = counted(corpus, |it| it.categories(), Segment::category_index);
            let mut counts = HashMap::new();
            for (list, count) in lists {
                for category in list.split(' ') {
                    *counts.entry(category).or_default() += count;
                }
            }
            chosen(counts, begun)
        }
        Field::Venue => chosen(counted(corpus, |it| it.venues(), Segment::venue_index), begun),
        Field::Year => years(corpus, begun),
        Field::Key => keys(corpus, begun),
        Field::Is | Field::Has => values(field)
            .filter(|name| name.starts_with(begun))
            .map(|name| (name.to_owned(), 0))
            .collect(),
        Field::Tag => tags(marks, begun),
        Field::Title | Field::Abstract | Field::Id | Field::Note => Vec::new(),
    }
}

fn tags(marks: &Marks, begun: &str) -> Vec<(String, u32)> {
    let begins = |(tag, _): &(&str, _)| fold(tag).starts_with(begun);
    let tags = marks.tags().filter(begins);
    tags.map(|(tag, papers)| (tag.to_owned(), papers.len() as u32)).collect()
}

/// How many papers have each of the values, the number of which a row has.
fn counted(
    corpus: &Corpus,
    values: fn(&Segment) -> &Block,
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
fn chosen(counts: HashMap<impl AsRef<str>, u32>, begun: &str) -> Vec<(String, u32)> {
    let needle = Finder::new(begun.as_bytes());
    let is_meant = |value: &str| begins_word(&needle, &fold(&readable(value)));
    ranked(counts.into_iter().filter(|(value, _)| is_meant(value.as_ref())), MOST)
}

fn begins_word(needle: &Finder<'_>, folded: &str) -> bool {
    needle.needle().is_empty() || spots(needle, folded).any(|spot| spot.fit != Fit::Inside)
}

/// Names are many: only the papers are read whose folded text holds what was typed.
fn authors(corpus: &Corpus, begun: &str) -> Vec<(String, u32)> {
    let needle = Finder::new(begun.as_bytes());
    let rows = |segment: &Segment| {
        let mut rows = Rows::none(segment);
        rows.add(segment.folded(), &needle);
        rows
    };
    let mut counts = HashMap::new();
    for (_, segment) in corpus.segments() {
        segment.for_each_paper(rows(segment).iter(), |_, paper| {
            paper.authors().for_each(|name| add(&mut counts, name, 1));
        });
    }
    chosen(counts, begun)
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
    years.truncate(MOST);
    years
}

fn keys(corpus: &Corpus, begun: &str) -> Vec<(String, u32)> {
    let ids = (0..corpus.len()).map(PaperId);
    let found = ids.filter(|&id| corpus.citation_key_begins(id, begun)).take(MOST);
    // A paper may also be found by another of its keys, which is not what is completed to.
    let keys = found.map(|id| corpus.citation_key(id));
    keys.filter(|key| fold(key).starts_with(begun)).map(|key| (key, 1)).collect()
}
