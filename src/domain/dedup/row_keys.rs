//! The identity of a row as 64-bit hashes, by which duplicates are found.

use super::generic_title::is_generic;
use crate::domain::paper::field::BibField;
use crate::domain::paper::identity::{IdentityParts, alphanumeric, strong_ids};
use crate::domain::paper::name::PersonName;
use crate::domain::paper::paper::Paper;
use crate::domain::paper::record::{FIELD_END, VARIANT_START};
use crate::domain::segment::segment::Segment;
use crate::text::{fnv, fnv_of_parts, fnv_of_words, fold, tex_to_unicode, words};

/// Hashes of a row's identity. Zero means unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowKeys {
    /// The hashes of arXiv identifier, DOI, PMID and PMCID, in this order.
    pub strong: [u64; 4],
    /// The hash of title and first author. If these do not identify a paper, the hash of these and
    /// of the publication in which it appeared.
    pub weak: u64,
}

impl RowKeys {
    /// Shorter titles, in letters and digits, do not identify a paper. Without an author the title
    /// must be longer.
    const MIN_TITLE_LEN: usize = 10;
    const MIN_ANONYMOUS_TITLE_LEN: usize = 30;

    pub fn for_row(segment: &Segment, row: u32) -> Self {
        let paper = segment.paper(row);
        let parts = IdentityParts::from(&paper);
        let title = folded_title(segment, row);
        let family = fold(&PersonName::family_name(&tex_to_unicode(parts.first_author)));
        let is_anonymous = is_anonymous(&family);
        let (hash, len) = fnv_of_words([title, if is_anonymous { "" } else { &family }]);
        let is_generic = is_generic(title);
        let weak = match (is_generic, is_anonymous) {
            (false, false) if len >= Self::MIN_TITLE_LEN => hash,
            (false, true) if len < Self::MIN_ANONYMOUS_TITLE_LEN => 0,
            (false, false) => 0,
            _ => hash_with_container(hash, &paper, is_generic, is_anonymous),
        };
        let strong = strong_ids(&parts).map(|id| if id.is_empty() { 0 } else { fnv(&id) });
        Self { strong, weak }
    }
}

/// Returns true if the title of a row is generic; see [`is_generic`].
pub fn has_generic_title(segment: &Segment, row: u32) -> bool {
    is_generic(folded_title(segment, row))
}

/// Returns true if the folded family name of a first author is empty or a word for "anonymous".
pub fn is_anonymous(family: &str) -> bool {
    const ANONYMOUS_NAMES: [&str; 10] = [
        "anon", "anonym", "anonyme", "anonymous", "anonymus", "na", "nobody", "none", "null",
        "unknown",
    ];
    let mut words = words(family);
    match (words.next(), words.next()) {
        (Some(word), None) => ANONYMOUS_NAMES.contains(&word),
        (first, _) => first.is_none(),
    }
}

/// Combines the hash of title and author with the container of the paper, its pages if the title is
/// generic, and its year if it has no author. Returns zero if one of these is unknown.
pub fn hash_with_container(
    hash: u64,
    paper: &Paper<'_>,
    is_generic: bool,
    is_anonymous: bool,
) -> u64 {
    let container = match paper.field(BibField::Container) {
        "" => paper.venue,
        full => full,
    };
    let container = alphanumeric(&tex_to_unicode(container));
    let pages = if is_generic { alphanumeric(paper.field(BibField::Pages)) } else { String::new() };
    let year = paper.year.filter(|_| is_anonymous).map(|it| it.to_string());
    let is_known =
        !container.is_empty() && pages.is_empty() != is_generic && year.is_some() == is_anonymous;
    let parts = [&*container, "|", &pages, "|", year.as_deref().unwrap_or_default()];
    if is_known { hash ^ fnv_of_parts(parts) } else { 0 }
}

/// Returns the title as folded for matching, without variant spellings.
pub fn folded_title(segment: &Segment, row: u32) -> &str {
    let record = segment.folded().record(row);
    let end = memchr::memchr2(FIELD_END as u8, VARIANT_START as u8, record.as_bytes());
    &record[..end.unwrap_or(record.len())]
}
