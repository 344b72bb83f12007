//! Names of followed sources. They are names of files, and the values of the facet `Source`.

use crate::sources::online::{Address, Listing};

/// The source of what has changed in marked papers.
pub const NEWS: &str = "News";
/// Maximum length of a name, in bytes.
const MAX_NAME_LEN: usize = 64;
/// Maximum length of a name that is made of an address, in bytes.
const MAX_DEFAULT_LEN: usize = 40;

/// Returns true if the text may name a followed source: letters, digits and `.`, `-`, `_`, `+`, of
/// which the first is a letter or a digit.
pub fn is_source_name(text: &str) -> bool {
    let is_allowed = |it: char| it.is_alphanumeric() || ".-_+".contains(it);
    text.len() <= MAX_NAME_LEN
        && text.starts_with(char::is_alphanumeric)
        && text.chars().all(is_allowed)
        && !text.eq_ignore_ascii_case(NEWS)
}

/// Returns true if two names are those of one file, also where files are found in any case.
pub fn is_same_name(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// The name of a source that was given none: `cs.CL` for `arxiv:cs.CL`, `hf-trending` for
/// `hf:trending`.
pub fn default_name(address: &Address) -> String {
    let text = match address {
        Address::Listing(Listing::NewInCategories(categories)) => categories.join("+"),
        Address::Page(url) => {
            let url = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
            url.strip_prefix("www.").unwrap_or(url).to_owned()
        }
        _ => address.to_string(),
    };
    let mut name = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() || (".+_".contains(letter) && !name.is_empty()) {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= MAX_DEFAULT_LEN {
            break;
        }
    }
    let name = name.trim_end_matches(|it: char| !it.is_alphanumeric());
    if is_source_name(name) { name.to_owned() } else { "source".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_from_the_address() {
        for (address, name) in [
            ("arxiv:cs.CL+cs.LG", "cs.CL+cs.LG"),
            ("hf", "hf"),
            ("hf:trending", "hf-trending"),
            ("s2:\"deep nets\" author:bengio", "s2-deep-nets-author-bengio"),
            ("https://www.example.org/feed.xml?a=b", "example.org-feed.xml-a-b"),
            ("http://127.0.0.1:80/", "127.0.0.1-80"),
            ("cited-by:2501.02950", "cited-by-2501.02950"),
        ] {
            let name_made = default_name(&Address::parse(address).unwrap());
            assert_eq!(name_made, name, "{address}");
            assert!(is_source_name(&name_made));
        }
    }

    #[test]
    fn a_name_is_that_of_a_file() {
        assert!(["a", "cs.CL+cs.LG", "Ärzte_1"].into_iter().all(is_source_name));
        assert!(!["", ".a", "../a", "a/b", "a b", "news", "-a"].into_iter().any(is_source_name));
        assert!(!is_source_name(&"a".repeat(MAX_NAME_LEN + 1)));
        assert!(is_same_name("CS.cl", "cs.CL"));
    }
}
