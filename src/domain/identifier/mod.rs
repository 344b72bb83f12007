//! Recognises and normalises the identifiers of papers in the many forms that people and programs
//! write.

pub mod arxiv;
pub mod doi;
pub mod pubmed;
pub mod running_text;

use std::borrow::Cow;

use memchr::memmem;

pub use arxiv::{arxiv_id, arxiv_id_in, arxiv_version, arxiv_year};
pub use doi::{doi, doi_in, doi_url, find_doi};
pub use pubmed::{pmcid, pmid};
pub use running_text::{IdentifierMatch, find_identifiers};

/// An identifier of one paper, normalised.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Identifier {
    Arxiv(String),
    Doi(String),
    Pmid(String),
    Pmcid(String),
}

impl Identifier {
    /// Recognises a text that consists of one URL or bare identifier of arXiv or a DOI, also with
    /// the punctuation of a sentence or brackets around it.
    pub fn recognise(text: &str) -> Option<Self> {
        let text = text.trim();
        let sole = || running_text::sole_identifier(text);
        let found = arxiv_id(text).map(Self::Arxiv).or_else(|| doi(text).map(Self::Doi));
        found.or_else(|| sole().filter(|it| matches!(it, Self::Arxiv(_) | Self::Doi(_))))
    }

    /// Returns the identifier without its kind.
    pub fn id(&self) -> &str {
        match self {
            Self::Arxiv(id) | Self::Doi(id) | Self::Pmid(id) | Self::Pmcid(id) => id,
        }
    }
}

/// Returns true if a URL has no more information than the paper's arXiv identifier or DOI, either
/// of which may be empty. Pages of Hugging Face and of publishers count as additional information.
pub fn repeats_identifier(url: &str, arxiv: &str, own_doi: &str) -> bool {
    if is_hugging_face_page(url) {
        return false;
    }
    if let Some(id) = arxiv_id_in(url) {
        return arxiv_id_in(arxiv).is_some_and(|own_id| own_id == id);
    }
    let is_resolver = || memmem::find(url.to_ascii_lowercase().as_bytes(), b"doi.org/").is_some();
    !own_doi.is_empty() && doi_in(url).is_some_and(|it| it == own_doi) && is_resolver()
}

/// Returns true if the venue is a preprint server: `arXiv (cs.CL)`, `{arXiv} preprint`, `CoRR`.
pub fn is_preprint_server(venue: &str) -> bool {
    let lower = venue.trim_start_matches('{').to_ascii_lowercase();
    lower.starts_with("arxiv") || lower.split([' ', '/', ',']).next() == Some("corr")
}

/// Returns the text after the first occurrence of `words`. Uses `memmem`, which is fast for short
/// texts.
fn after_words<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let at = memmem::find(text.as_bytes(), words.as_bytes())?;
    Some(&text[at + words.len()..])
}

/// Trims a text and converts ASCII letters to lower case.
fn to_lower(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.bytes().any(|it| it.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// Decodes percent-encoded bytes, up to three times, because some programs encode them twice. If
/// the result is not UTF-8 the text is returned as it is.
fn percent_decode(text: Cow<'_, str>) -> Cow<'_, str> {
    const MAX_DECODE_ROUNDS: usize = 3;
    let mut text = text;
    for _ in 0..MAX_DECODE_ROUNDS {
        match percent_decode_once(&text) {
            Some(decoded) => text = Cow::Owned(decoded),
            None => break,
        }
    }
    text
}

/// Returns `None` if the text has no percent-encoded byte, or if the result is not UTF-8.
pub fn percent_decode_once(text: &str) -> Option<String> {
    memchr::memchr(b'%', text.as_bytes())?;
    let bytes = text.as_bytes();
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code = match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        decoded.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).ok().filter(|it| it.len() < text.len())
}

/// Percent-encodes all bytes but ASCII letters, digits and the characters in `safe_chars`.
pub fn percent_encode(text: &str, safe_chars: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || safe_chars.as_bytes().contains(&byte) {
            encoded.push(byte.into());
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Strips the punctuation of a sentence at the end, and closing brackets that have no opening one
/// in the text.
fn trim_punctuation(id: &str) -> &str {
    let mut id = id;
    loop {
        let trimmed = id.trim_end_matches(['.', ',', ';', ':', '\'', '"', '!', '*', '”', '’']);
        let strip_unbalanced = |open: char, close: char| {
            let stripped = trimmed.strip_suffix(close)?;
            (trimmed.matches(open).count() < trimmed.matches(close).count()).then_some(stripped)
        };
        let brackets = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];
        match brackets.into_iter().find_map(|(open, close)| strip_unbalanced(open, close)) {
            Some(stripped) => id = stripped,
            None => return trimmed,
        }
    }
}

fn is_digits(text: &str, len: std::ops::RangeInclusive<usize>) -> bool {
    len.contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit())
}

/// Returns true if a URL is a paper's page on Hugging Face. Not every arXiv paper has one, so it is
/// not derived from the identifier but must come from a source.
pub fn is_hugging_face_page(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let id = rest.strip_prefix("www.").unwrap_or(rest).strip_prefix("huggingface.co/papers/");
    id.is_some_and(|it| !it.is_empty() && !it.starts_with('?'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_repeats_an_identifier_where_it_leads_to_the_same() {
        for (url, arxiv, doi, repeats) in [
            ("https://doi.org/10.1234%2Fab", "", "10.1234/ab", true),
            ("https://dx.doi.org/10.1234/AB", "", "10.1234/ab", true),
            ("https://doi.org/10.1234/other", "", "10.1234/ab", false),
            ("https://publisher.example/doi/10.1234/ab", "", "10.1234/ab", false),
            ("https://arxiv.org/abs/2501.02950v2", "2501.02950", "", true),
            ("https://arxiv.org/abs/2501.02950v2", "2501.02951", "", false),
            ("https://huggingface.co/papers/2501.02950", "2501.02950", "", false),
            ("https://example.org/a", "2501.02950", "10.1234/ab", false),
        ] {
            assert_eq!(repeats_identifier(url, arxiv, doi), repeats, "{url}");
        }
    }

    proptest! {
        #[test]
        fn what_was_normalised_stays_as_it_is(text in "(doi:|https?://|doi\\.org/|arxiv\\.org/abs/|10\\.1234/|math\\.GT/|%25|%2F|%3C|&lt;|0309136|2501\\.02950|[a-zA-Z0-9]|[()<>.,;#/ v])( ?[a-z0-9%()<>.#/v]){0,12}") {
            if let Some(id) = doi(&text) {
                prop_assert_eq!(doi(&id), Some(id.clone()));
                prop_assert_eq!(doi(&doi_url(&id)), Some(id));
            }
            if let Some(id) = arxiv_id(&text) {
                prop_assert_eq!(arxiv_id(&id), Some(id));
            }
        }
    }
}
