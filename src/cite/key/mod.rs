//! Citation keys: a function of the paper alone, so that two copies agree with each other.
//!
//! A key that the reader's own bibliography gives is kept as it is, for it stands in their texts.

use std::borrow::Cow;
use std::collections::HashMap;

use super::collective::is_collective;
use crate::domain::{Corpus, Draft, Fact, Name, Paper, PaperId, tidy};
use crate::text::{fnv, fold, readable};

/// Words that say too little to stand in a key.
const STOP_WORDS: [&str; 26] = [
    "a", "an", "and", "are", "as", "at", "by", "do", "does", "for", "from", "in", "into", "is",
    "of", "on", "or", "over", "the", "to", "toward", "towards", "under", "via", "with", "without",
];
/// A family name or a word is cut here, in characters.
const LONGEST_PART: usize = 40;

/// What a key is made of.
struct Parts<'a> {
    title: &'a str,
    first_author: &'a str,
    year: Option<i16>,
    arxiv: &'a str,
    doi: &'a str,
}

/// The key that the paper has where no other claims it: its own in a bibliography; else family name
/// of the first author, year, first significant word of the title.
pub fn base_key(draft: &Draft) -> String {
    let own = tidy(draft.fact(Fact::Key));
    if !own.is_empty() {
        return own.into_owned();
    }
    let first_author = draft.authors.iter().map(|name| tidy(name)).find(|it| !it.is_empty());
    base(&Parts {
        title: &tidy(&draft.title),
        first_author: &first_author.unwrap_or_default().replace(';', ","),
        year: draft.year,
        arxiv: &tidy(&draft.arxiv),
        doi: &tidy(&draft.doi),
    })
}

/// The hash of [`base_key`], by which a corpus finds rivals.
pub fn key_hash(draft: &Draft) -> u64 {
    fnv(&base_key(draft))
}

/// So many papers are looked up one by one; for more the corpus is counted through once.
const FEW: usize = 16;

/// The keys of several papers, in the order given.
pub fn keys(corpus: &Corpus, papers: &[PaperId]) -> Vec<String> {
    if papers.len() <= FEW {
        return papers.iter().map(|&id| key(corpus, id)).collect();
    }
    let hash = |&id: &PaperId| corpus.get(id).map(|it| (it.key_hash, 0_u32));
    let mut bearers: HashMap<u64, u32> = papers.iter().filter_map(hash).collect();
    for (_, paper) in corpus.papers() {
        if let Some(count) = bearers.get_mut(&paper.key_hash) {
            *count += 1;
        }
    }
    let count = |paper: &Paper<'_>| bearers.get(&paper.key_hash).map_or(0, |&it| it as usize);
    let key = |&id: &PaperId| corpus.get(id).map(|it| told_apart(&it, count(&it)));
    papers.iter().map(|id| key(id).unwrap_or_default()).collect()
}

/// The paper's key. Where others of the corpus claim the same, a tail from the paper's own
/// identifier tells them apart. Empty where there is no such paper.
pub fn key(corpus: &Corpus, id: PaperId) -> String {
    corpus.get(id).map(|it| told_apart(&it, corpus.bearers(it.key_hash))).unwrap_or_default()
}

/// Whether the paper's key, folded, begins so. Looks for rivals only where that decides.
pub fn key_begins(corpus: &Corpus, id: PaperId, beginning: &str) -> bool {
    let Some(paper) = corpus.get(id) else { return false };
    let own = paper.fact(Fact::Key);
    if !own.is_empty() {
        return fold(own).starts_with(beginning);
    }
    let base = base(&parts(&paper));
    base.starts_with(beginning)
        || beginning.starts_with(&base) && key(corpus, id).starts_with(beginning)
}

/// A key that only this paper has: its usual one with a tail from its own identifier.
pub(super) fn apart(paper: &Paper<'_>) -> String {
    format!("{}-{}", base(&parts(paper)), tail(paper))
}

/// The key of one of so many papers that claim it. A paper's own is never changed.
fn told_apart(paper: &Paper<'_>, bearers: usize) -> String {
    let own = paper.fact(Fact::Key);
    if !own.is_empty() {
        return own.to_owned();
    }
    let base = base(&parts(paper));
    if bearers > 1 { format!("{base}-{}", tail(paper)) } else { base }
}

fn parts<'a>(paper: &Paper<'a>) -> Parts<'a> {
    Parts {
        title: paper.title,
        first_author: paper.authors().next().unwrap_or_default(),
        year: paper.year,
        arxiv: paper.arxiv,
        doi: paper.doi,
    }
}

fn base(parts: &Parts<'_>) -> String {
    let family = family(&readable(parts.first_author));
    let mut words = significant_words(parts.title).into_iter();
    let who = if family.is_empty() { words.next().unwrap_or_default() } else { family };
    let year = parts.year.filter(|it| (0..=9999).contains(it));
    match (who.as_str(), year, words.next().unwrap_or_default()) {
        ("", _, _) => format!("paper-{}", identifier(parts)),
        (who, Some(year), word) => format!("{who}{year}{word}"),
        (who, None, word) => format!("{who}{word}"),
    }
}

/// The family name, or the first word that means something in the name of a collaboration.
fn family(name: &str) -> String {
    if is_collective(name) {
        return significant_words(name).into_iter().next().unwrap_or_default();
    }
    plain(&Name::parse(name).family)
}

/// The words of the title that mean something; the first word if none does.
fn significant_words(title: &str) -> Vec<String> {
    const LOOKED_AT: usize = 16;
    const ENOUGH: usize = 2;
    let title = readable(title);
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '/' | '—' | '|');
    let words = title.split(is_blank).map(plain).filter(|it| !it.is_empty()).take(LOOKED_AT);
    let (mut first, mut significant) = (None, Vec::new());
    for word in words {
        if STOP_WORDS.contains(&word.as_str()) {
            first.get_or_insert(word);
            continue;
        }
        significant.push(word);
        if significant.len() == ENOUGH {
            break;
        }
    }
    if significant.is_empty() { first.into_iter().collect() } else { significant }
}

/// Letters and digits, folded to ASCII.
fn plain(text: &str) -> String {
    let folded = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(fold(text)) };
    let letters = folded.bytes().filter(u8::is_ascii_alphanumeric).take(LONGEST_PART);
    letters.map(|it| char::from(it.to_ascii_lowercase())).collect()
}

fn identifier(parts: &Parts<'_>) -> String {
    match (clean(parts.arxiv), clean(parts.doi)) {
        (arxiv, _) if !arxiv.is_empty() => arxiv,
        (_, doi) if !doi.is_empty() => doi,
        _ => short_hash(&format!("{}\n{}", parts.title, parts.first_author)),
    }
}

fn tail(paper: &Paper<'_>) -> String {
    let text = format!("{}\n{}", paper.title, paper.author_list);
    identifier(&Parts {
        title: &text,
        first_author: "",
        year: None,
        arxiv: paper.arxiv,
        doi: paper.doi,
    })
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
