//! Citation keys: a function of the paper alone, so that two copies agree with each other.
//!
//! A [`KeyPattern`] says what keys are made of. A key that a file gives is kept as it is, for it
//! stands in the reader's texts. Where two papers of one output have the same, the later gets a tail
//! that is a function of it alone, too.

mod column;
mod facts;
mod pattern;

use super::{Corpus, Fact, Paper, PaperId};
use crate::text::{fnv, fnv_of_any_case, fold, readable};

pub use column::CitationKeys;
pub use pattern::{KeyChange, KeyField, KeyPattern, KeyPiece};

impl Corpus {
    /// The paper's citation key: its own, or one that is made of the paper alone, whatever other
    /// papers there are. Empty where there is no such paper.
    pub fn citation_key(&self, id: PaperId) -> String {
        let key = |(paper, pattern): (Paper<'_>, &KeyPattern)| match paper.fact(Fact::Key) {
            "" => pattern.made(&paper),
            own => own.to_owned(),
        };
        self.keyed(id).map(key).unwrap_or_default()
    }

    /// Returns true if a key by which the paper can be called, folded, begins so: see
    /// [`Corpus::has_citation_key`].
    pub fn citation_key_begins(&self, id: PaperId, beginning: &str) -> bool {
        let begins = |key: &str| {
            let start = key.get(..beginning.len());
            start.is_some_and(|it| it.eq_ignore_ascii_case(beginning))
                || !key.is_ascii() && fold(key).starts_with(beginning)
        };
        self.is_called(id, &begins, beginning)
    }

    /// Returns true if the paper can be called by this key: its own, that of any of its records,
    /// the one that is made of it, or that with its tail.
    pub fn has_citation_key(&self, id: PaperId, key: &str) -> bool {
        self.is_called(id, &|it| it == key, &fold(key))
    }

    /// The tail is made only where the folded text goes on behind the key before it.
    fn is_called(&self, id: PaperId, is_it: &dyn Fn(&str) -> bool, folded: &str) -> bool {
        let Some((paper, pattern)) = self.keyed(id) else { return false };
        let may_have_tail = |key: &str| {
            folded.as_bytes().get(key.len()) == Some(&b'-')
                && folded.get(..key.len()).is_some_and(|it| it.eq_ignore_ascii_case(key))
                && is_it(&with_tail(key, &paper))
        };
        let own = paper.fact(Fact::Key);
        if !own.is_empty() && (is_it(own) || may_have_tail(own)) {
            return true;
        }
        if own.is_empty() {
            let made = pattern.made(&paper);
            return is_it(&made) || may_have_tail(&made);
        }
        let is_other = |(_, it): (PaperId, Paper<'_>)| {
            let key = it.fact(Fact::Key);
            key != own && !key.is_empty() && is_it(key)
        };
        !self.is_plain() && self.records(id).any(is_other)
    }

    /// A key with a tail from the paper's own identifier, by which it is told from another paper
    /// with that key.
    pub fn citation_key_apart(&self, id: PaperId, key: &str) -> String {
        self.keyed(id).map(|(paper, _)| with_tail(key, &paper)).unwrap_or_default()
    }

    fn keyed(&self, id: PaperId) -> Option<(Paper<'_>, &KeyPattern)> {
        self.locate(id).map(|(segment, row)| (segment.paper(row), segment.key_pattern()))
    }
}

/// The hash of a paper's key. Keys that differ in case alone have one, for to BibTeX they are one.
pub fn hash(paper: &Paper<'_>, pattern: &KeyPattern) -> u64 {
    match paper.fact(Fact::Key) {
        "" => fnv_of_any_case(&pattern.made(paper)),
        own => fnv_of_any_case(own),
    }
}

fn with_tail(key: &str, paper: &Paper<'_>) -> String {
    let of_text = || short_hash(&format!("{}\n{}\n", paper.title, paper.author_list));
    let tail = identifier(paper).unwrap_or_else(of_text);
    format!("{key}-{tail}")
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
