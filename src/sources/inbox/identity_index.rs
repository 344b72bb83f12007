//! Finds the records of a paper by its identifiers, or by title and first author.

use std::collections::HashMap;

use crate::domain::{Draft, IdentityKeys, Paper};
use crate::text::fnv;

/// By this a record is recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordIdentity {
    keys: IdentityKeys,
    year: Option<i16>,
}

impl From<&Draft> for RecordIdentity {
    fn from(draft: &Draft) -> Self {
        Self { keys: draft.into(), year: draft.year }
    }
}

impl From<&Paper<'_>> for RecordIdentity {
    fn from(paper: &Paper<'_>) -> Self {
        Self { keys: paper.into(), year: paper.year }
    }
}

impl RecordIdentity {
    /// The hashes of all keys.
    pub fn hashes(&self) -> impl Iterator<Item = u64> {
        self.keys.iter().map(fnv)
    }

    /// Returns true if both are records of one paper: if they share an identifier, or if title and
    /// first author are the same and nothing speaks against it. A preprint and the article that it
    /// became have different DOIs, or one of them has none.
    fn is_same(&self, other: &Self) -> bool {
        if self.keys.strong.iter().any(|it| other.keys.strong.contains(it)) {
            return true;
        }
        let id = |identity: &'_ Self, kind: &str| {
            identity.keys.strong.iter().find(|it| it.starts_with(kind)).cloned()
        };
        let differ = |kind| id(self, kind).zip(id(other, kind)).is_some_and(|(a, b)| a != b);
        let is_preprint = id(self, "arxiv:").is_some() != id(other, "arxiv:").is_some();
        let years = self.year.zip(other.year);
        self.keys.weak == other.keys.weak
            && !differ("arxiv:")
            && !differ("pmid:")
            && (is_preprint || !differ("doi:"))
            && years.is_none_or(|(a, b)| a.abs_diff(b) <= 1 || is_preprint)
    }
}

/// Values by the identity of papers.
#[derive(Debug)]
pub struct IdentityIndex<T> {
    records: Vec<(RecordIdentity, T)>,
    by_key: HashMap<u64, Vec<u32>>,
}

impl<T> Default for IdentityIndex<T> {
    fn default() -> Self {
        Self { records: Vec::new(), by_key: HashMap::new() }
    }
}

impl<T> IdentityIndex<T> {
    /// Maximum number of records with one key that are compared. Bounds the time for keys that very
    /// many records share.
    const MAX_CANDIDATES: usize = 64;

    pub fn insert(&mut self, identity: RecordIdentity, value: T) {
        let number = self.records.len() as u32;
        for hash in identity.hashes() {
            let records = self.by_key.entry(hash).or_default();
            if records.len() < Self::MAX_CANDIDATES {
                records.push(number);
            }
        }
        self.records.push((identity, value));
    }

    /// The values of all records of a paper.
    pub fn find<'a>(&'a self, identity: &'a RecordIdentity) -> Vec<&'a T> {
        let mut numbers: Vec<u32> =
            identity.hashes().filter_map(|it| self.by_key.get(&it)).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let records = numbers.into_iter().map(|number| &self.records[number as usize]);
        records.filter(|(other, _)| other.is_same(identity)).map(|(_, value)| value).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = &(RecordIdentity, T)> {
        self.records.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(title: &str, arxiv: &str, doi: &str, year: i16) -> RecordIdentity {
        let draft = Draft {
            title: title.to_owned(),
            authors: vec!["Moss, Ada".to_owned()],
            arxiv: arxiv.to_owned(),
            doi: doi.to_owned(),
            year: Some(year),
            ..Draft::default()
        };
        RecordIdentity::from(&draft)
    }

    #[test]
    fn a_paper_is_known_by_any_identifier_and_by_the_article_that_it_became() {
        let mut index = IdentityIndex::default();
        index.insert(identity("Snow", "2501.00001", "", 2025), "snow");
        for (other, is_known) in [
            (identity("Another title", "2501.00001", "", 2025), true),
            (identity("Snow", "", "10.1000/1", 2025), true),
            (identity("Snow", "", "", 2026), true),
            (identity("Snow", "2501.00002", "", 2025), false),
            (identity("Snow", "2501.00001", "10.1000/1", 2027), true),
            (identity("Fog", "", "10.1000/1", 2025), false),
        ] {
            assert_eq!(!index.find(&other).is_empty(), is_known, "{other:?}");
        }
        index.insert(identity("Editorial", "", "10.1000/2", 2020), "one");
        index.insert(identity("Editorial", "", "10.1000/3", 2020), "other");
        assert_eq!(index.find(&identity("Editorial", "", "10.1000/3", 2020)), [&"other"]);
    }
}
