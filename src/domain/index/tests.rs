//! Tests of the index with arbitrary texts and arbitrary bytes.

use std::collections::BTreeMap;

use proptest::prelude::*;

use std::sync::Arc;

use super::inverted_index::InvertedIndex;
use super::layout::{CorruptIndex, INDEX_VERSION, MAX_TERM_FREQUENCY, Posting, TermMatch};
use super::*;
use crate::text::index_terms;

/// The papers of a segment: folded title and authors, and folded abstract.
type Texts = Vec<(String, String)>;

fn built(texts: &Texts) -> Vec<u8> {
    let mut builder = IndexBuilder::default();
    for (title_and_authors, abstract_text) in texts {
        builder.push(title_and_authors, abstract_text);
    }
    builder.finish().bytes().unwrap().into_owned()
}

fn open_index(bytes: &[u8], rows: usize) -> Result<InvertedIndex, CorruptIndex> {
    InvertedIndex::open(Arc::new(Box::from(bytes)), rows as u32)
}

/// Returns all postings, sorted by row and match.
fn query_postings(
    index: &InvertedIndex,
    text: &str,
    term_match: TermMatch,
) -> Result<Vec<Posting>, CorruptIndex> {
    let mut postings = Vec::new();
    index.postings(text, term_match, &mut |it| postings.push(it))?;
    postings
        .sort_unstable_by_key(|it| (it.row, it.term_frequency, it.term_match == TermMatch::Exact));
    Ok(postings)
}

fn expected(texts: &Texts, text: &str, term_match: TermMatch) -> Vec<Posting> {
    let mut postings = Vec::new();
    for (row, (_, abstract_text)) in (0..).zip(texts) {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for word in index_terms(abstract_text) {
            *counts.entry(word).or_default() += 1;
        }
        for (word, count) in counts {
            let kind = if word == text { TermMatch::Exact } else { TermMatch::Prefix };
            if word == text || term_match == TermMatch::Prefix && word.starts_with(text) {
                postings.push(Posting {
                    row,
                    term_frequency: count.min(MAX_TERM_FREQUENCY),
                    term_match: kind,
                });
            }
        }
    }
    postings
        .sort_unstable_by_key(|it| (it.row, it.term_frequency, it.term_match == TermMatch::Exact));
    postings
}

fn texts() -> impl Strategy<Value = Texts> {
    let part = prop::sample::select(&PARTS[..]);
    let text = prop::collection::vec(part, 0..16).prop_map(|it| it.concat());
    prop::collection::vec((text.clone(), text), 0..30)
}

/// Enough words for several blocks, some of which are prefixes of others, and separators.
const PARTS: [&str; 24] = [
    "a", "b", "c", "ab", "abc", "bé", "é", "東", "東京", "1", "2", "longer",
    "electroencephalograms", "electroencephalography", "x", "y", "z", "zy", " ", " ", " ", "-",
    "-", ".",
];

const QUERIES: &str = "([a-c]{0,3}|[xyz]{1,2}|bé?|東京?|京東?|[12]|electro)";

proptest! {
    #[test]
    fn an_index_knows_what_the_abstracts_hold(texts in texts(), query in QUERIES) {
        let index = open_index(&built(&texts), texts.len()).unwrap();
        for term_match in [TermMatch::Exact, TermMatch::Prefix] {
            let postings = query_postings(&index, &query, term_match).unwrap();
            prop_assert_eq!(postings, expected(&texts, &query, term_match));
        }
    }

    #[test]
    fn an_index_knows_the_words_that_begin_so(texts in texts(), query in QUERIES) {
        let index = open_index(&built(&texts), texts.len()).unwrap();
        let mut counts_by_word = BTreeMap::new();
        let may_match = |shared: &str| shared.starts_with(&query) || query.starts_with(shared);
        index.terms(&may_match, &mut |word, count| {
            if word.starts_with(&query) {
                counts_by_word.insert(word.to_owned(), count);
            }
        }).unwrap();
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for (title_and_authors, abstract_text) in &texts {
            let mut abstract_words: Vec<&str> = index_terms(abstract_text).collect();
            abstract_words.sort_unstable();
            abstract_words.dedup();
            for word in index_terms(title_and_authors).chain(abstract_words).filter(|it| it.starts_with(&query)) {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
        prop_assert_eq!(counts_by_word, counts);
    }

    #[test]
    fn a_union_knows_the_words_of_all(parts in prop::collection::vec(texts(), 0..4)) {
        let index = |texts: &Texts| open_index(&built(texts), texts.len()).unwrap();
        let indexes: Vec<InvertedIndex> = parts.iter().map(index).collect();
        let mut expected = BTreeMap::new();
        for index in &indexes {
            let mut add = |word: &str, count| *expected.entry(word.to_owned()).or_default() += count;
            index.terms(&|_| true, &mut add).unwrap();
        }
        let union = InvertedIndex::merge(indexes.iter(), &|| false).unwrap();
        let mut counts_by_word = Vec::new();
        union.terms(&|_| true, &mut |word, count| counts_by_word.push((word.to_owned(), count))).unwrap();
        prop_assert_eq!(counts_by_word, Vec::<(String, u32)>::from_iter(expected));
        let stopped = InvertedIndex::merge(indexes.iter(), &|| true);
        prop_assert!(stopped.is_none() || parts.iter().flatten().all(|(a, b)| index_terms(a).chain(index_terms(b)).count() == 0));
    }

    #[test]
    fn a_changed_byte_is_noticed_where_it_is_read(
        texts in texts(),
        query in QUERIES,
        at: prop::sample::Index,
        bits in 1_u8..,
    ) {
        let mut bytes = built(&texts);
        let expected_postings = expected(&texts, &query, TermMatch::Prefix);
        let at = at.index(bytes.len());
        bytes[at] ^= bits;
        if let Ok(index) = open_index(&bytes, texts.len())
            && let Ok(postings) = query_postings(&index, &query, TermMatch::Prefix)
        {
            prop_assert_eq!(postings, expected_postings, "it was not read");
        }
    }

    #[test]
    fn a_cut_index_is_noticed_where_it_is_read(texts in texts(), query in QUERIES, at: prop::sample::Index) {
        let bytes = built(&texts);
        let expected_postings = expected(&texts, &query, TermMatch::Prefix);
        if let Ok(index) = open_index(&bytes[..at.index(bytes.len())], texts.len())
            && let Ok(postings) = query_postings(&index, &query, TermMatch::Prefix)
        {
            prop_assert_eq!(postings, expected_postings, "it was not read");
        }
    }

    #[test]
    fn any_bytes_that_add_up_are_read_to_an_end(
        parts in prop::collection::vec((".{0,3}", any::<Vec<u8>>(), any::<Vec<u8>>()), 0..4),
        rows in 0..40_u32,
        query in QUERIES,
    ) {
        let mut heads = Vec::new();
        for (word, words, lists) in &parts {
            bit_io::push_varint(&mut heads, word.len() as u32);
            heads.extend_from_slice(word.as_bytes());
            for part in [words, lists] {
                bit_io::push_varint(&mut heads, part.len() as u32);
                heads.extend_from_slice(&crc32fast::hash(part).to_le_bytes());
            }
        }
        let check = crc32fast::hash(&heads);
        let preface = [INDEX_VERSION, rows, parts.len() as u32, heads.len() as u32, check];
        let mut bytes: Vec<u8> = preface.iter().flat_map(|it| it.to_le_bytes()).collect();
        bytes.extend(heads);
        bytes.extend(parts.iter().flat_map(|it| &it.1));
        bytes.extend(parts.iter().flat_map(|it| &it.2));
        let index = open_index(&bytes, rows as usize).unwrap();
        for term_match in [TermMatch::Exact, TermMatch::Prefix] {
            if let Ok(postings) = query_postings(&index, &query, term_match) {
                prop_assert!(postings.iter().all(|it| it.row < rows));
            }
        }
        let _ = index.terms(&|_| true, &mut |_, _| {});
    }

    #[test]
    fn any_bytes_are_refused_or_read_to_an_end(bytes: Vec<u8>, rows in 0..9_usize) {
        if let Ok(index) = open_index(&bytes, rows) {
            let _ = query_postings(&index, "a", TermMatch::Prefix);
        }
    }
}
