//! The clues of a reference to its paper: identifiers, addresses, citation keys and its text.

use std::ops::{ControlFlow, Range};

use super::citations::{CitedKey, cited_keys, key_words};
use crate::domain::{BibField, Draft, IdentityKeys, find_identifiers};
use crate::formats::{Format, detect, read};
use crate::text::{find_urls, fnv, fnv_ignoring_case};

/// The clues of one reference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clues {
    /// The text of the reference, or for a record its title.
    pub text: String,
    /// The text with title, authors and year, without identifiers, addresses and citations.
    pub prose: String,
    /// Hashes of identifiers, as of [`IdentityKeys::strong_hashes`].
    pub identifiers: Vec<u64>,
    /// Hashes of addresses, as of [`hash_of_address`].
    pub addresses: Vec<u64>,
    /// Keys in a citation, or of a record.
    pub keys: Vec<String>,
    /// Hashes of words that may be keys, ignoring case.
    pub key_words: Vec<u64>,
    /// The title, if the reference is a record with fields.
    pub record_title: Option<String>,
}

impl Clues {
    /// Reads the clues of a reference. A list of identifiers or of citation keys without other
    /// text becomes one reference each.
    pub fn from_text(text: &str) -> Vec<Self> {
        let found = find_identifiers(text);
        let citations = cited_keys(text);
        let urls = find_urls(text);
        let named: Vec<Range<usize>> = found
            .iter()
            .map(|it| it.range.clone())
            .chain(citations.iter().map(|it| it.range.clone()))
            .chain(urls.iter().map(|it| it.range.clone()))
            .collect();
        let is_of_one_kind = found.is_empty() != citations.is_empty();
        let count = found.len() + citations.len();
        let is_list = is_of_one_kind && count > 1 && !has_other_words(text, &named);
        if is_list {
            let identifiers = found.iter().map(|it| Self {
                text: text.get(it.range.clone()).unwrap_or_default().to_owned(),
                identifiers: vec![IdentityKeys::hash_of_identifier(&it.identifier)],
                ..Self::default()
            });
            let keys = citations.iter().map(|CitedKey { key, .. }| Self {
                text: key.clone(),
                keys: vec![key.clone()],
                ..Self::default()
            });
            return identifiers.chain(keys).collect();
        }
        let mut prose = without_ranges(text, named.iter().cloned());
        let words = key_words(&prose).into_iter().map(fnv_ignoring_case).collect();
        // A word alone is a query, not a title.
        if text.is_ascii() && !text.contains(char::is_whitespace) {
            prose.clear();
        }
        vec![Self {
            text: text.to_owned(),
            prose,
            identifiers: found
                .iter()
                .map(|it| IdentityKeys::hash_of_identifier(&it.identifier))
                .collect(),
            addresses: urls.iter().map(|it| hash_of_address(&it.url)).collect(),
            keys: citations.into_iter().map(|it| it.key).collect(),
            key_words: words,
            record_title: None,
        }]
    }

    fn from_draft(draft: &Draft) -> Self {
        let year = draft.year.map(|it| it.to_string()).unwrap_or_default();
        let key = draft.field(BibField::Key);
        Self {
            text: draft.title.clone(),
            prose: format!("{}. {}. {year}", draft.title, draft.authors.join(", ")),
            identifiers: IdentityKeys::from(draft).strong.iter().map(|it| fnv(it)).collect(),
            addresses: draft.urls.iter().map(|it| hash_of_address(it)).collect(),
            keys: (!key.is_empty()).then(|| key.to_owned()).into_iter().collect(),
            key_words: Vec::new(),
            record_title: Some(draft.title.clone()),
        }
    }
}

/// Returns the clues of each record if the text is a bibliography, such as BibTeX or RIS.
pub fn record_clues(text: &str) -> Option<Vec<Clues>> {
    let format = detect(text.as_bytes()).ok().filter(|it| {
        matches!(it, Format::Bibtex | Format::Ris | Format::Nbib | Format::EndNote)
            || matches!(it, Format::Wos | Format::Hayagriva | Format::Json | Format::Jsonl)
            || *it == Format::Csv
    })?;
    let mut clues = Vec::new();
    let mut add = |record: Result<Draft, _>| {
        clues.extend(record.iter().filter(|it| !it.title.is_empty()).map(Clues::from_draft));
        ControlFlow::Continue(())
    };
    read(format, &mut text.as_bytes(), &mut add).ok()?;
    (!clues.is_empty()).then_some(clues)
}

/// Returns the hash of an address without scheme, `www.`, fragment, slash at the end, and case.
pub fn hash_of_address(url: &str) -> u64 {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split('#').next().unwrap_or_default().trim_end_matches('/');
    fnv_ignoring_case(url.strip_prefix("www.").unwrap_or(url))
}

/// Returns true if the text has words outside the ranges, other than labels of identifiers.
fn has_other_words(text: &str, ranges: &[Range<usize>]) -> bool {
    const LABELS: [&str; 9] =
        ["arxiv", "doi", "pmid", "pmcid", "pmc", "https", "http", "org", "preprint"];
    let rest = without_ranges(text, ranges.iter().cloned());
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    words.any(|word| !LABELS.iter().any(|it| it.eq_ignore_ascii_case(word)))
}

/// The text with blanks in place of the ranges.
fn without_ranges(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> String {
    let mut ranges: Vec<Range<usize>> = ranges.collect();
    ranges.sort_by_key(|it| it.start);
    let (mut rest, mut end) = (String::with_capacity(text.len()), 0);
    for range in ranges {
        rest.push_str(text.get(end..range.start).unwrap_or_default());
        rest.push(' ');
        end = end.max(range.end);
    }
    rest.push_str(text.get(end..).unwrap_or_default());
    rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_of_identifiers_or_keys_is_a_reference_each() {
        for (text, count) in [
            ("2501.02950, arXiv:2501.02951; https://arxiv.org/abs/2501.02952v1", 3),
            ("\\cite{poe2020,moss2021}", 2),
            ("[@poe2020; @moss2021]", 2),
            ("see 2501.02950 and 2501.02951", 1),
            ("[Graphs](https://arxiv.org/abs/2501.02950)", 1),
        ] {
            assert_eq!(Clues::from_text(text).len(), count, "{text}");
        }
    }

    #[test]
    fn a_bibliography_is_read_by_its_fields() {
        let text = "@book{poe, title = {{G}raphs}, author = {Poe, Ada}, year = 2020}\n@book{moss, title = {Maps}}";
        let clues = record_clues(text).unwrap();
        assert_eq!(clues.len(), 2);
        assert_eq!(
            (&*clues[0].keys[0], clues[0].record_title.as_deref()),
            ("poe", Some("{G}raphs"))
        );
        assert_eq!(record_clues("Poe, A. (2020). Graphs that forget. Networks, 3(1)."), None);
    }

    #[test]
    fn an_address_is_the_same_without_scheme_slash_and_fragment() {
        let hash = hash_of_address("https://www.example.org/A/b/#top");
        assert_eq!(hash, hash_of_address("http://example.org/a/b"));
        assert_ne!(hash, hash_of_address("https://example.org/a/b?c"));
    }

    proptest! {
        #[test]
        fn any_text_has_clues(text in any::<String>()) {
            prop_assert!(!Clues::from_text(&text).is_empty());
        }
    }
}
