//! The identity of a row as numbers, by which rows of one paper are found.

use super::generic_title::is_generic;
use crate::domain::paper::field::Fact;
use crate::domain::paper::identity::{Parts, alphanumeric, strong};
use crate::domain::paper::name::Name;
use crate::domain::paper::paper::Paper;
use crate::domain::paper::record::{FIELD_END, VARIANT};
use crate::domain::segment::segment::Segment;
use crate::text::{fnv, fnv_of, fnv_of_words, fold, readable, words};

/// What is known of a row, as numbers, by which rows are compared. Zero where nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// Of arXiv identifier, DOI, `PubMed` and `PubMed` Central.
    pub strong: [u64; 4],
    /// Of title and first author, where these say enough; where they do not, of the place in which
    /// the paper appeared besides.
    pub weak: u64,
}

impl Identity {
    /// Shorter titles than this, in letters and digits, are borne by many papers; without an author
    /// it takes a long one.
    const SHORT: usize = 10;
    const LONG: usize = 30;

    pub fn of(segment: &Segment, row: u32) -> Self {
        let paper = segment.paper(row);
        let parts = Parts::from(&paper);
        let title = folded_title(segment, row);
        let family = fold(&Name::family_of(&readable(parts.first_author)));
        let is_anonymous = is_anonymous(&family);
        let (known, len) = fnv_of_words([title, if is_anonymous { "" } else { &family }]);
        let is_generic = is_generic(title);
        let weak = match (is_generic, is_anonymous) {
            (false, false) if len >= Self::SHORT => known,
            (false, true) if len < Self::LONG => 0,
            (false, false) => 0,
            _ => beside(known, &paper, is_generic, is_anonymous),
        };
        let strong = strong(&parts).map(|id| if id.is_empty() { 0 } else { fnv(&id) });
        Self { strong, weak }
    }
}

/// Returns true if very many works bear the title of a row.
pub fn has_generic_title(segment: &Segment, row: u32) -> bool {
    is_generic(folded_title(segment, row))
}

/// Returns true if the folded family name of a first author names nobody.
pub fn is_anonymous(family: &str) -> bool {
    const NOBODY: [&str; 10] = [
        "anon",
        "anonym",
        "anonyme",
        "anonymous",
        "anonymus",
        "na",
        "nobody",
        "none",
        "null",
        "unknown",
    ];
    let mut words = words(family);
    match (words.next(), words.next()) {
        (Some(word), None) => NOBODY.contains(&word),
        (first, _) => first.is_none(),
    }
}

/// A hash of what is known by its title and author, and of where the paper appeared: its container,
/// with its pages where the title is generic, and its year where it has no author. Zero where one of
/// these is not known.
pub fn beside(known: u64, paper: &Paper<'_>, is_generic: bool, is_anonymous: bool) -> u64 {
    let container = match paper.fact(Fact::Container) {
        "" => paper.venue,
        full => full,
    };
    let container = alphanumeric(&readable(container));
    let pages = if is_generic { alphanumeric(paper.fact(Fact::Pages)) } else { String::new() };
    let year = paper.year.filter(|_| is_anonymous).map(|it| it.to_string());
    let is_known =
        !container.is_empty() && pages.is_empty() != is_generic && year.is_some() == is_anonymous;
    let place = [&*container, "|", &pages, "|", year.as_deref().unwrap_or_default()];
    if is_known { known ^ fnv_of(place) } else { 0 }
}

/// The title as it is folded for matching, without other spellings.
pub fn folded_title(segment: &Segment, row: u32) -> &str {
    let record = segment.folded().record(row);
    let end = memchr::memchr2(FIELD_END as u8, VARIANT as u8, record.as_bytes());
    &record[..end.unwrap_or(record.len())]
}
