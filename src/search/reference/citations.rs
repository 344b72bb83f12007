//! Citation keys in the syntax of LaTeX, Markdown and Typst, and bare words that may be keys.

use std::ops::Range;

/// A citation key in a text, with the byte range of the citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedKey {
    pub key: String,
    pub range: Range<usize>,
}

/// Returns the keys of `\cite{a,b}` and its variants, `\bibitem{a}`, `[@a; @b]`, `@a` and
/// `#cite(<a>)`, in order.
pub fn cited_keys(text: &str) -> Vec<CitedKey> {
    let mut keys = Vec::new();
    for (at, sign) in text.char_indices() {
        match sign {
            '\\' => latex_keys(text, at, &mut keys),
            '@' => keys.extend(pandoc_key(text, at)),
            '#' => keys.extend(typst_key(text, at)),
            _ => {}
        }
    }
    keys
}

/// Adds the keys of a cite command at `at`, which is a backslash.
fn latex_keys(text: &str, at: usize, keys: &mut Vec<CitedKey>) {
    let rest = &text[at + 1..];
    let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let command = rest[..name].to_ascii_lowercase();
    if !command.contains("cite") && command != "bibitem" {
        return;
    }
    let mut rest = rest[name..].trim_start_matches('*');
    // Notes before and after the citation: `[see][p. 3]`.
    while let Some(note) = rest.trim_start().strip_prefix('[') {
        let Some(end) = note.find(']') else { return };
        rest = &note[end + 1..];
    }
    let Some(list) = rest.trim_start().strip_prefix('{') else { return };
    let Some(len) = list.find('}') else { return };
    let end = text.len() - list.len() + len + 1;
    let list_keys = list[..len].split(',').map(str::trim).filter(|it| !it.is_empty());
    keys.extend(list_keys.map(|key| CitedKey { key: key.to_owned(), range: at..end }));
}

/// The key of `@key` or `@{key}` at `at`, which is an at sign. An entry of BibTeX, `@book{`, and an
/// address of electronic mail are none.
fn pandoc_key(text: &str, at: usize) -> Option<CitedKey> {
    let begins = !text[..at].ends_with(|c: char| c.is_alphanumeric() || ".\\@".contains(c));
    let rest = &text[at + 1..];
    let (key, len) = if let Some(braced) = rest.strip_prefix('{') {
        let end = braced.find('}')?;
        (&braced[..end], end + "{}".len())
    } else {
        let key = key_at_start(rest);
        (key, key.len())
    };
    let is_entry = rest[len..].starts_with(['{', '(']);
    (begins && !key.is_empty() && !is_entry)
        .then(|| CitedKey { key: key.to_owned(), range: at..at + 1 + len })
}

/// The key of `#cite(<key>)` at `at`, which is a number sign.
fn typst_key(text: &str, at: usize) -> Option<CitedKey> {
    let list = text[at..].strip_prefix("#cite(")?.trim_start().strip_prefix('<')?;
    let key = &list[..list.find('>')?];
    let end = text.len() - list.len() + key.len() + 1;
    let end = end + usize::from(text[end..].starts_with(')'));
    (!key.is_empty()).then(|| CitedKey { key: key.to_owned(), range: at..end })
}

/// The key at the start of a text, without the punctuation of a sentence after it.
fn key_at_start(text: &str) -> &str {
    let end = text.find(|c: char| !is_key_char(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(|c: char| !c.is_alphanumeric())
}

fn is_key_char(c: char) -> bool {
    c.is_alphanumeric() || "_-:./+'#$%&?~".contains(c)
}

/// Returns the words of a text that may be citation keys: at least three letters, of which one is
/// first, and two digits. A single word may be one of any form.
pub fn key_words(text: &str) -> Vec<&str> {
    /// Letters and digits that a bare key has at least.
    const MIN_LETTERS: usize = 3;
    const MIN_DIGITS: usize = 2;
    let mut words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',' || c == ';')
        .map(|it| it.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    words.retain(|it| !it.is_empty());
    if words.len() > 1 {
        words.retain(|word| {
            word.starts_with(char::is_alphabetic)
                && word.chars().filter(|it| it.is_alphabetic()).count() >= MIN_LETTERS
                && word.bytes().filter(u8::is_ascii_digit).count() >= MIN_DIGITS
                && word.chars().all(is_key_char)
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys(text: &str) -> Vec<String> {
        cited_keys(text).into_iter().map(|it| it.key).collect()
    }

    #[test]
    fn keys_are_read_from_citations() {
        for (text, expected) in [
            ("\\cite{a}", &["a"][..]),
            ("\\citep[see][p.~3]{poe2020, DBLP:conf/x/Y17}", &["poe2020", "DBLP:conf/x/Y17"]),
            ("\\parencite*{poe-2020}.", &["poe-2020"]),
            ("\\bibitem[Poe(2020)]{poe} A. Poe", &["poe"]),
            ("[@poe2020; see @moss_2021, p. 3]", &["poe2020", "moss_2021"]),
            ("as @poe2020. And [-@moss]", &["poe2020", "moss"]),
            ("@{a b}", &["a b"]),
            ("#cite(<poe2020>) @moss", &["poe2020", "moss"]),
            ("@article{poe, title={A}}", &[]),
            ("poe@example.org", &[]),
            ("\\emph{a} \\cite{a", &[]),
        ] {
            assert_eq!(keys(text), expected, "{text}");
        }
    }

    #[test]
    fn bare_words_with_letters_and_digits_may_be_keys() {
        assert_eq!(
            key_words("see poe2020graphs, (moss21) GPT-4 2020 a12"),
            ["poe2020graphs", "moss21"]
        );
        assert_eq!(key_words("smith:maps,"), ["smith:maps"]);
    }

    proptest! {
        #[test]
        fn any_text_has_keys_in_their_ranges(text in "(\\\\cite|\\{|\\}|\\[|\\]|@|#cite\\(<|>|[a-zé,;⏎ ]|[0-9]){0,20}") {
            for CitedKey { key, range } in cited_keys(&text) {
                prop_assert!(text.get(range).is_some_and(|it| it.contains(&key)));
            }
            let _ = key_words(&text);
        }
    }
}
