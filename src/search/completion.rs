//! Completion of prefixes such as `author:`, and of the values behind them.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem::Finder;

use super::facets::most_frequent;
use super::facets::top_names::add_count;
use super::matching::row_set::RowSet;
use super::occurrence::{WordBoundary, occurrences};
use super::query::field::PREFIXES;
use super::query::{FieldPrefix, QueryField, TypedPrefix, format_term, prefix_at, value_names};
use crate::domain::{Corpus, Marks, PaperId, Segment, TextColumn};
use crate::text::{fold, tex_to_unicode};

/// One candidate of a completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The byte range of the query to replace.
    pub replace: Range<usize>,
    pub text: String,
    /// Number of papers with the value; 0 for keywords of the syntax.
    pub count: u32,
}

const MAX_COMPLETIONS: usize = 50;

/// The completions of the text before the cursor, a byte offset. The most frequent come first.
pub fn complete(corpus: &Corpus, marks: &Marks, source: &str, cursor: usize) -> Vec<Completion> {
    let Some(TypedPrefix { replace, prefix, sign, value }) = prefix_at(source, cursor) else {
        return Vec::new();
    };
    let field = match prefix {
        Some(FieldPrefix::Field(field)) => field,
        Some(FieldPrefix::Start | FieldPrefix::End) => return Vec::new(),
        None => return field_names(&replace, value),
    };
    let completion = |(value, count): (String, u32)| Completion {
        replace: replace.clone(),
        text: format!("{sign}{}", format_term(field, &value)),
        count,
    };
    field_values(corpus, marks, field, &fold(value)).into_iter().map(completion).collect()
}

/// The prefixes that begin with the typed letters. A complete name is none, since it may be a word
/// of a title, and neither are single letters.
fn field_names(replace: &Range<usize>, typed: &str) -> Vec<Completion> {
    const MIN_TYPED_LEN: usize = 2;
    if typed.len() < MIN_TYPED_LEN {
        return Vec::new();
    }
    let begins = |name: &&str| name.len() > typed.len() && name.starts_with(typed);
    let names = PREFIXES.iter().map(|(name, _)| *name).filter(begins);
    let completion =
        |name| Completion { replace: replace.clone(), text: format!("{name}:"), count: 0 };
    names.map(completion).collect()
}

/// The values of a field that match the typed prefix, with the number of papers of each.
fn field_values(
    corpus: &Corpus,
    marks: &Marks,
    field: QueryField,
    prefix: &str,
) -> Vec<(String, u32)> {
    match field {
        QueryField::Authors => authors(corpus, prefix),
        QueryField::Category => {
            let lists = count_values(corpus, |it| it.categories(), Segment::category_index);
            let mut counts = HashMap::new();
            for (list, count) in lists {
                for category in list.split(' ') {
                    *counts.entry(category).or_default() += count;
                }
            }
            matching_values(counts, prefix)
        }
        QueryField::Venue => {
            matching_values(count_values(corpus, |it| it.venues(), Segment::venue_index), prefix)
        }
        QueryField::Year => years(corpus, prefix),
        QueryField::Key => keys(corpus, prefix),
        QueryField::Keyword => keywords(corpus, prefix),
        QueryField::Origin => origins(corpus, prefix),
        QueryField::Collection => collections(corpus, prefix),
        QueryField::Is | QueryField::Has | QueryField::Kind => value_names(field)
            .filter(|name| name.starts_with(prefix))
            .map(|name| (name.to_owned(), 0))
            .collect(),
        QueryField::Tag => tags(marks, prefix),
        QueryField::Title
        | QueryField::Abstract
        | QueryField::Id
        | QueryField::Arxiv
        | QueryField::Doi
        | QueryField::Note
        | QueryField::File
        | QueryField::Date
        | QueryField::Since
        | QueryField::Before
        | QueryField::Citations
        | QueryField::Votes => Vec::new(),
    }
}

fn tags(marks: &Marks, prefix: &str) -> Vec<(String, u32)> {
    let begins = |(tag, _): &(&str, _)| fold(tag).starts_with(prefix);
    let tags = marks.tags().filter(begins);
    tags.map(|(tag, papers)| (tag.to_owned(), papers.len() as u32)).collect()
}

/// Counts the papers of each value of a dictionary column: `index` returns the index of a row's
/// value in `values`.
fn count_values(
    corpus: &Corpus,
    values: fn(&Segment) -> &TextColumn,
    index: fn(&Segment, u32) -> usize,
) -> HashMap<&str, u32> {
    let mut counts = HashMap::new();
    for (_, segment, row) in corpus.rows() {
        let value = values(segment).record(index(segment, row) as u32);
        *counts.entry(value).or_default() += 1;
    }
    counts
}

/// The values with a word that begins with the prefix.
fn matching_values(counts: HashMap<impl AsRef<str>, u32>, prefix: &str) -> Vec<(String, u32)> {
    let needle = Finder::new(prefix.as_bytes());
    let matches = |value: &str| begins_word(&needle, &fold(&tex_to_unicode(value)));
    most_frequent(counts.into_iter().filter(|(value, _)| matches(value.as_ref())), MAX_COMPLETIONS)
}

fn begins_word(needle: &Finder<'_>, folded: &str) -> bool {
    needle.needle().is_empty()
        || occurrences(needle, folded).any(|it| it.boundary != WordBoundary::InsideWord)
}

/// Authors that match the prefix. There are so many names that only papers whose folded text
/// contains the prefix are read.
fn authors(corpus: &Corpus, prefix: &str) -> Vec<(String, u32)> {
    let needle = Finder::new(prefix.as_bytes());
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
    matching_values(counts, prefix)
}

fn keywords(corpus: &Corpus, prefix: &str) -> Vec<(String, u32)> {
    let mut counts = HashMap::new();
    for (_, segment) in corpus.segments() {
        let rows = (0..segment.len()).filter(|row| segment.has_keywords(*row));
        segment.for_each_paper(rows, |_, paper| {
            paper.keywords().for_each(|it| add_count(&mut counts, it, 1));
        });
    }
    matching_values(counts, prefix)
}

fn origins(corpus: &Corpus, prefix: &str) -> Vec<(String, u32)> {
    let mut counts = HashMap::new();
    for (_, segment) in corpus.segments() {
        segment.for_each_paper(0..segment.len(), |_, paper| {
            paper.origins().for_each(|it| add_count(&mut counts, it, 1));
        });
    }
    matching_values(counts, prefix)
}

fn collections(corpus: &Corpus, prefix: &str) -> Vec<(String, u32)> {
    let mut counts = HashMap::new();
    for (_, segment) in corpus.segments() {
        let rows = (0..segment.len()).filter(|row| segment.has_collections(*row));
        segment.for_each_paper(rows, |_, paper| {
            paper.collections().for_each(|it| add_count(&mut counts, it, 1));
        });
    }
    matching_values(counts, prefix)
}

fn years(corpus: &Corpus, prefix: &str) -> Vec<(String, u32)> {
    let mut counts: HashMap<i16, u32> = HashMap::new();
    for (_, segment) in corpus.segments() {
        for year in (0..segment.len()).filter_map(|row| segment.year(row)) {
            *counts.entry(year).or_default() += 1;
        }
    }
    let mut years: Vec<_> = counts
        .into_iter()
        .map(|(year, count)| (year.to_string(), count))
        .filter(|(year, _)| year.starts_with(prefix))
        .collect();
    years.sort_unstable_by(|(a, one), (b, other)| other.cmp(one).then_with(|| b.cmp(a)));
    years.truncate(MAX_COMPLETIONS);
    years
}

fn keys(corpus: &Corpus, prefix: &str) -> Vec<(String, u32)> {
    let ids = (0..corpus.len()).map(PaperId);
    let papers =
        ids.filter(|&id| corpus.citation_key_starts_with(id, prefix)).take(MAX_COMPLETIONS);
    // A paper matches by any of its keys; only the one in use is a completion.
    let keys = papers.map(|id| corpus.citation_key(id));
    keys.filter(|key| fold(key).starts_with(prefix)).map(|key| (key, 1)).collect()
}
