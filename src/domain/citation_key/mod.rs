//! Citation keys: a function of the paper alone, so that two copies agree with each other.
//!
//! A [`KeyPattern`] says what keys are made of. A key that the reader's own bibliography gives is
//! kept as it is, for it stands in their texts.

mod column;
mod facts;
mod pattern;

use std::collections::HashMap;

use super::{Corpus, Fact, Paper, PaperId};
use crate::text::{fnv, fnv_of_any_case, fold, readable};

pub(super) use column::CitationKeys;
pub use pattern::{KeyChange, KeyField, KeyPattern, KeyPiece};

/// So many papers are looked up one by one; for more the corpus is counted through once.
const FEW: usize = 16;

impl Corpus {
    /// The paper's citation key. Where others of the corpus claim the same, a tail from the paper's
    /// own identifier tells them apart. Empty where there is no such paper.
    pub fn citation_key(&self, id: PaperId) -> String {
        let key = |(paper, pattern): (Paper<'_>, &KeyPattern)| {
            told_apart(&paper, pattern, self.bearers(paper.key_hash))
        };
        self.keyed(id).map(key).unwrap_or_default()
    }

    /// The citation keys of several papers, in the order given.
    pub fn citation_keys(&self, papers: &[PaperId]) -> Vec<String> {
        if papers.len() <= FEW {
            return papers.iter().map(|&id| self.citation_key(id)).collect();
        }
        let hash = |&id: &PaperId| self.get(id).map(|it| (it.key_hash, 0_u32));
        let mut bearers: HashMap<u64, u32> = papers.iter().filter_map(hash).collect();
        for (_, segment, row) in self.rows() {
            if let Some(count) = bearers.get_mut(&segment.key_hashes()[row as usize]) {
                *count += 1;
            }
        }
        let count = |paper: &Paper<'_>| bearers.get(&paper.key_hash).map_or(0, |&it| it as usize);
        let key = |&id: &PaperId| {
            self.keyed(id).map(|(paper, pattern)| told_apart(&paper, pattern, count(&paper)))
        };
        papers.iter().map(|id| key(id).unwrap_or_default()).collect()
    }

    /// Whether the paper's key, folded, begins so. Looks for rivals only where that decides.
    pub fn citation_key_begins(&self, id: PaperId, beginning: &str) -> bool {
        let Some((paper, pattern)) = self.keyed(id) else { return false };
        let own = paper.fact(Fact::Key);
        if !own.is_empty() {
            return fold(own).starts_with(beginning);
        }
        let base = pattern.made(&paper).to_ascii_lowercase();
        base.starts_with(beginning)
            || beginning.starts_with(&base)
                && self.citation_key(id).to_ascii_lowercase().starts_with(beginning)
    }

    /// A key that only this paper has: its usual one with a tail from its own identifier.
    pub fn citation_key_apart(&self, id: PaperId) -> String {
        self.keyed(id).map(|(paper, pattern)| apart(&paper, pattern)).unwrap_or_default()
    }

    fn keyed(&self, id: PaperId) -> Option<(Paper<'_>, &KeyPattern)> {
        self.locate(id).map(|(segment, row)| (segment.paper(row), segment.key_pattern()))
    }
}

/// The hash of the key that a paper has where no other claims it. Keys that differ in case alone are
/// rivals, for to BibTeX they are one.
pub(super) fn hash(paper: &Paper<'_>, pattern: &KeyPattern) -> u64 {
    match paper.fact(Fact::Key) {
        "" => fnv_of_any_case(&pattern.made(paper)),
        own => fnv_of_any_case(own),
    }
}

/// The key of one of so many papers that claim it. A paper's own is never changed.
fn told_apart(paper: &Paper<'_>, pattern: &KeyPattern, bearers: usize) -> String {
    let own = paper.fact(Fact::Key);
    match bearers {
        _ if !own.is_empty() => own.to_owned(),
        0 | 1 => pattern.made(paper),
        _ => apart(paper, pattern),
    }
}

fn apart(paper: &Paper<'_>, pattern: &KeyPattern) -> String {
    let of_text = || short_hash(&format!("{}\n{}\n", paper.title, paper.author_list));
    let tail = identifier(paper).unwrap_or_else(of_text);
    format!("{}-{tail}", pattern.made(paper))
}

/// The arXiv id or the DOI.
fn identifier(paper: &Paper<'_>) -> Option<String> {
    [paper.arxiv, paper.doi].map(clean).into_iter().find(|it| !it.is_empty())
}

/// An identifier in the characters that every program takes in a key.
fn clean(identifier: &str) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let clean: String = identifier.to_ascii_lowercase().chars().map(keep).collect();
    clean.trim_matches('-').to_owned()
}

/// Six hexadecimal digits of the text as it reads, whatever its case and accents.
fn short_hash(text: &str) -> String {
    format!("{:06x}", fnv(&fold(&readable(text))) >> 40)
}

#[cfg(test)]
mod tests;
