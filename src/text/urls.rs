//! Finds URLs in prose, and repairs broken ones.
//!
//! URLs in abstracts lose their scheme, gain a space after the colon, are escaped for TeX, are in
//! Markdown, or run into the next sentence. The finder is our own, because `linkify` finds URLs but
//! does not repair them.

use std::ops::Range;

use super::distinct::Distinct;

/// A URL in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundUrl {
    /// The repaired URL, with its scheme.
    pub url: String,
    /// The byte range of the text from which it was read.
    pub range: Range<usize>,
}

/// Beginnings of URLs that are recognised without a scheme.
const SCHEMELESS_PREFIXES: &[&str] = &[
    "www.", "github.com/", "gitlab.com/", "huggingface.co/", "arxiv.org/abs/", "arxiv.org/pdf/",
    "doi.org/10.",
];

/// Ends of hosts that are rejoined after a space: `github. com/`.
const HOST_SUFFIXES: &[&str] = &["com/", "org/", "io/", "net/", "edu/", "ai/", "co/"];

/// Words that begin a sentence and end no URL: `…/name.We show`.
const SENTENCE_STARTERS: &[&str] = &[
    "A", "All", "An", "Code", "Data", "Finally", "For", "However", "In", "It", "Moreover", "Our",
    "Project", "The", "These", "This", "To", "We",
];

/// Returns the URLs of `text` in order, each once.
pub fn find_urls(text: &str) -> Vec<FoundUrl> {
    let (mut matches, mut seen_urls) = (Vec::new(), Distinct::default());
    let mut at = 0;
    while let Some(start) = next_url_start(text, at) {
        let link = url_at(text, start);
        at = link.as_ref().map_or(start + 1, |it| it.range.end);
        matches.extend(link.filter(|it| seen_urls.add(it.url.trim_end_matches('/').to_owned())));
    }
    matches
}

/// Returns the next offset from `from` on at which a word begins with a letter that can begin a
/// URL.
fn next_url_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let begins = |byte: u8| b"hwgadHWGAD".contains(&byte);
    let joins = |byte: u8| byte.is_ascii_alphanumeric() || b"./@-_".contains(&byte);
    (from..bytes.len()).find(|&at| begins(bytes[at]) && (at == 0 || !joins(bytes[at - 1])))
}

fn url_at(text: &str, start: usize) -> Option<FoundUrl> {
    let rest = &text[start..];
    let prefix = SCHEMELESS_PREFIXES.iter().find(|it| begins_with(rest, it));
    let (scheme, host_start) = scheme(rest).or_else(|| prefix.map(|_| ("https", 0)))?;
    let (host, host_length) = host(&rest[host_start..]);
    let path_start = host_start + host_length;
    let (mut path, path_length) = path(&rest[path_start..]);
    let whole = path.len();
    path.truncate(path_end(&path));
    let is_enough = match prefix {
        Some(&"www.") => host.matches('.').count() > 1,
        Some(_) => path.len() > 1,
        None => true,
    };
    // The part that was cut off has no escapes, so its length in the text is the same.
    let end = start + path_start + path_length - (whole - path.len());
    let end = if whole == 0 { start + host_start + host_length } else { end };
    let url = format!("{scheme}://{}{path}", host.to_ascii_lowercase());
    (is_domain(&host) && is_enough).then_some(FoundUrl { url, range: start..end })
}

fn begins_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|it| it.eq_ignore_ascii_case(prefix))
}

/// Returns the scheme at the start of `rest`, and the offset of the host.
fn scheme(rest: &str) -> Option<(&'static str, usize)> {
    let name = ["https", "http"].into_iter().find(|it| begins_with(rest, it))?;
    let tail = rest[name.len()..].trim_start();
    let colon = tail.strip_prefix(':');
    let slashes = colon.unwrap_or(tail).trim_start_matches([' ', '\\']);
    let host = slashes.trim_start_matches(['/', ' ', '\\']);
    let count = slashes[..slashes.len() - host.len()].matches('/').count();
    let is_scheme = matches!(count, 1..=3) && (colon.is_some() || count > 1);
    is_scheme.then(|| (name, rest.len() - host.len()))
}

/// Returns the host at the start of `rest`, and its length in the text.
fn host(rest: &str) -> (String, usize) {
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let (host, tail) = rest.split_at(rest.find(|c| !is_host(c)).unwrap_or(rest.len()));
    let name = host.trim_end_matches('.');
    let gap = if name.len() < host.len() { " " } else { " ." };
    let split = tail.strip_prefix(gap).and_then(|tail| {
        let end = HOST_SUFFIXES.iter().find(|it| tail.starts_with(**it))?;
        Some((format!("{name}.{}", end.trim_end_matches('/')), tail.len() - end.len() + 1))
    });
    match split {
        Some((whole, tail_length)) => (whole, rest.len() - tail_length),
        None => (name.to_owned(), name.len()),
    }
}

fn is_domain(host: &str) -> bool {
    let is_label = |it: &str| !it.is_empty() && !it.starts_with('-') && !it.ends_with('-');
    let top = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(is_label)
        && top.len() > 1
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Returns the unescaped path at the start of `rest`, and its length in the text. A closing bracket
/// ends it unless the path has the opening one, so that `Foo_(bar)` remains whole.
fn path(rest: &str) -> (String, usize) {
    let (mut out, mut open) = (String::new(), Vec::new());
    if !rest.starts_with(['/', '?', '#', ':']) {
        return (out, 0);
    }
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next() {
        let tail = &rest[at + c.len_utf8()..];
        match c {
            '\\' if tail.starts_with(['_', '%', '&', '#', '~', '/']) => {}
            '(' | '[' => {
                open.push((if c == '(' { ')' } else { ']' }, out.len(), at));
                out.push(c);
            }
            ')' | ']' if open.last().is_some_and(|(closing, ..)| *closing == c) => {
                open.pop();
                out.push(c);
            }
            '&' if ["gt", "lt", "quot", "#"].iter().any(|it| tail.starts_with(it)) => break,
            '&' if tail.starts_with("amp;") => {
                out.push('&');
                at += "amp;".len();
            }
            _ if is_path(c) => out.push(c),
            _ => break,
        }
        at += c.len_utf8();
    }
    if let Some(&(_, length, opened_at)) = open.first() {
        out.truncate(length);
        at = opened_at;
    }
    (out, at)
}

fn is_path(c: char) -> bool {
    (c.is_alphanumeric() && c < '\u{2e80}') || "-._~:/?#@!$&'*+,;=%".contains(c)
}

/// Returns the end of the path, without punctuation or a sentence after it.
fn path_end(path: &str) -> usize {
    let trimmed = path.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
    match trimmed.rsplit_once(['.', ',']) {
        Some((sentence, word)) if SENTENCE_STARTERS.contains(&word) => sentence.len(),
        _ => trimmed.len(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn urls(text: &str) -> Vec<String> {
        find_urls(text).into_iter().map(|it| it.url).collect()
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, url) in cases {
            assert_eq!(urls(text), [*url], "in {text}");
        }
    }

    #[test]
    fn an_address_ends_before_the_punctuation_of_its_sentence() {
        check(&[
            ("Code: https://example.org/a.", "https://example.org/a"),
            ("(see http://example.org/a-b/), and", "http://example.org/a-b/"),
            ("at 'https://example.org/a';", "https://example.org/a"),
            ("at <https://example.org/a?b=c&d#e>", "https://example.org/a?b=c&d#e"),
            ("&lt;https://example.org/a&gt;", "https://example.org/a"),
            ("“https://example.org”", "https://example.org"),
            ("https://example.org:8080/x!", "https://example.org:8080/x"),
            ("https://github.com/a/b.We show", "https://github.com/a/b"),
            ("https://github.com/a/b{GitHub}.", "https://github.com/a/b"),
            ("见https://example.org/甲。", "https://example.org/"),
        ]);
    }

    #[test]
    fn a_bracket_belongs_to_the_address_that_opened_it() {
        check(&[
            ("https://example.org/A_(b)", "https://example.org/A_(b)"),
            ("(https://example.org/A_(b))", "https://example.org/A_(b)"),
            ("https://example.org/a(see", "https://example.org/a"),
        ]);
    }

    #[test]
    fn a_broken_address_is_mended() {
        check(&[
            ("at https: //github.com/a/b now", "https://github.com/a/b"),
            ("at https ://github.com/a/b", "https://github.com/a/b"),
            ("at http:// example.org/a", "http://example.org/a"),
            ("at https:/github.com/a/b", "https://github.com/a/b"),
            ("at https://github. com/a/b", "https://github.com/a/b"),
            ("at https://github .com/a/b", "https://github.com/a/b"),
            ("at HTTPS://GitHub.com/A", "https://github.com/A"),
        ]);
    }

    #[test]
    fn tex_and_markdown_are_taken_off() {
        check(&[
            (r"\url{https://example.org/a\_b\%20c\&d}", "https://example.org/a_b%20c&d"),
            (r"\href{https://example.org/a}{text}", "https://example.org/a"),
            ("[https://example.org/a](https://example.org/a)", "https://example.org/a"),
            ("[text](https://example.org/a?b&amp;c)", "https://example.org/a?b&c"),
            ("**https://example.org/a**", "https://example.org/a"),
        ]);
    }

    #[test]
    fn a_scheme_may_be_missing() {
        check(&[
            ("www.example.org/x.", "https://www.example.org/x"),
            ("github.com/a/b", "https://github.com/a/b"),
            ("(huggingface.co/a)", "https://huggingface.co/a"),
            ("arXiv.org/abs/2501.00001v2.", "https://arxiv.org/abs/2501.00001v2"),
            ("doi.org/10.1/x", "https://doi.org/10.1/x"),
        ]);
    }

    #[test]
    fn what_is_no_address_is_left() {
        let none = "on GitHub, github.com, http://localhost, the http protocol, www.x, a@github.com/x, \
            and/or e.g. http:// e.g. HTTP/1.1 https://x";
        assert_eq!(urls(none), Vec::<String>::new());
    }

    #[test]
    fn an_address_is_found_once_and_where_it_stands() {
        let text = "é https: //github.com/a\\_b. Or https://github.com/a_b/ and www.c.org.";
        let urls = find_urls(text);
        let url_texts: Vec<_> = urls.iter().map(|it| &text[it.range.clone()]).collect();
        assert_eq!(url_texts, ["https: //github.com/a\\_b", "www.c.org"]);
    }

    proptest! {
        #[test]
        fn any_text_is_searched(text in "(https?|:|/|//| |www\\.|github\\.com/|[a-z]|\\.|\\(|\\)|\\\\|&amp;|é|_|[A-Z]){0,40}") {
            for link in find_urls(&text) {
                prop_assert!(text.get(link.range).is_some_and(|it| it.len() > 6));
                prop_assert!(link.url.starts_with("http"));
            }
        }
    }
}
