//! Evidence that two records are of one paper, beyond a shared identifier, which may be wrong.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use super::row_keys::RowKeys;
use crate::domain::paper::name::PersonName;
use crate::domain::paper::record::{FIELD_END, VARIANT_START};
use crate::domain::segment::segment::Segment;
use crate::domain::segment::segment_list::RowRef;
use crate::text::{fold, tex_to_unicode, words};

/// Words that titles share whatever their subject, in several languages. Sorted for binary search.
const STOP_WORDS: [&str; 46] = [
    "and", "are", "auf", "aus", "avec", "between", "das", "dans", "del", "der", "des", "die", "du",
    "ein", "eine", "einer", "el", "et", "for", "from", "has", "how", "into", "its", "las", "les",
    "los", "mit", "och", "para", "por", "pour", "sur", "that", "the", "their", "this", "und",
    "une", "using", "via", "von", "what", "with", "within", "zur",
];

/// Particles of family names that many people share.
const NAME_PARTICLES: [&str; 20] = [
    "af", "al", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "el", "la", "le", "van", "von", "zu",
];

/// An identifier that this many papers with different titles share is a placeholder.
const MIN_PLACEHOLDER_TITLES: usize = 3;

/// Returns true if two records share a significant word of their titles, or a word of a family
/// name.
pub fn share_title_word_or_author(a: RowRef<'_>, b: RowRef<'_>) -> bool {
    let titles = [a, b].map(title_words);
    if titles[0].iter().any(|it| titles[1].contains(it)) {
        return true;
    }
    let names = [a, b].map(|(segment, row)| family_words(segment, row));
    names[0].iter().any(|it| names[1].contains(it))
}

/// Returns true if at least half of the words of the shorter title are in the longer one.
fn have_similar_titles(a: RowRef<'_>, b: RowRef<'_>) -> bool {
    let [a, b] = [a, b].map(title_words);
    let shared = a.iter().filter(|it| b.contains(it)).count();
    2 * shared >= a.len().min(b.len()) && shared > 0
}

/// The number of title words that are compared. Bounds the time for very long titles.
const MAX_TITLE_WORDS: usize = 40;

/// Returns the significant words of a title, folded, with those of its variant spellings.
fn title_words((segment, row): RowRef<'_>) -> Vec<&str> {
    let record = segment.folded().record(row);
    let title = record.split(FIELD_END).next().unwrap_or_default();
    let is_significant = |it: &&str| {
        let is_word = it.len() > 2 && !it.bytes().all(|it| it.is_ascii_digit());
        is_word && STOP_WORDS.binary_search(it).is_err()
    };
    title
        .split(VARIANT_START)
        .flat_map(words)
        .filter(is_significant)
        .take(MAX_TITLE_WORDS)
        .collect()
}

/// The number of authors that are compared. Bounds the time for very long author lists.
const MAX_AUTHORS: usize = 100;

/// Returns the words of the authors' family names, folded and without particles.
fn family_words(segment: &Segment, row: u32) -> Vec<String> {
    let authors = segment.paper(row).authors().take(MAX_AUTHORS);
    let families = authors.map(|it| fold(&PersonName::family_name(&tex_to_unicode(it))));
    let is_significant = |it: &&str| it.len() > 1 && !NAME_PARTICLES.contains(it);
    families
        .flat_map(|it| words(&it).filter(is_significant).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Finds the identifiers of a segment that too many papers share. The rows are indexed on first
/// use, because most segments never need it.
pub struct PlaceholderDetector<'a> {
    segment: &'a std::sync::Arc<Segment>,
    identities: &'a [RowKeys],
    /// For each kind of identifier the pairs of hash and row, sorted.
    rows_by_key: [OnceCell<Vec<(u64, u32)>>; 4],
    /// Earlier results by kind and hash. They do not change while one segment is added.
    cached: RefCell<HashMap<(usize, u64), bool>>,
}

impl<'a> PlaceholderDetector<'a> {
    pub fn new(segment: &'a std::sync::Arc<Segment>, identities: &'a [RowKeys]) -> Self {
        Self { segment, identities, rows_by_key: Default::default(), cached: RefCell::default() }
    }

    /// Returns true if at least [`MIN_PLACEHOLDER_TITLES`] different titles have the identifier,
    /// among the `earlier_rows` rows of earlier segments and the rows of this segment.
    pub fn is_placeholder(&self, kind: usize, key: u64, earlier_rows: &[RowRef<'_>]) -> bool {
        if let Some(is_placeholder) = self.cached.borrow().get(&(kind, key)) {
            return *is_placeholder;
        }
        let rows = self.rows_by_key[kind].get_or_init(|| {
            let all = self.identities.iter().map(|it| it.strong[kind]).zip(0..);
            let mut rows: Vec<(u64, u32)> = all.filter(|(key, _)| *key != 0).collect();
            rows.sort_unstable();
            rows
        });
        let from = rows.partition_point(|(it, _)| *it < key);
        let rows_with_key = rows[from..].iter().take_while(|(it, _)| *it == key);
        let rows_with_key = rows_with_key.map(|(_, row)| (self.segment, *row));
        let mut different: Vec<RowRef<'_>> = Vec::new();
        for row_ref in earlier_rows.iter().copied().chain(rows_with_key) {
            if different.len() == MIN_PLACEHOLDER_TITLES {
                break;
            }
            if !different.iter().any(|it| have_similar_titles(*it, row_ref)) {
                different.push(row_ref);
            }
        }
        let is_placeholder = different.len() == MIN_PLACEHOLDER_TITLES;
        self.cached.borrow_mut().insert((kind, key), is_placeholder);
        is_placeholder
    }
}
