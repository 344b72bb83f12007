//! Finds and normalises DOIs in fields, prose and URLs.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::{percent_decode, percent_encode, to_lower, trim_punctuation};

/// The maximal length in bytes of a DOI in prose. The syntax has no limit, but DOIs in use are
/// shorter.
const MAX_DOI_LEN: usize = 300;

/// Longer texts, in bytes, are neither a DOI nor the URL of one.
const MAX_TEXT_LEN: usize = 2000;

/// The end of the resolver's host, with the slash after it.
const RESOLVER: &str = "doi.org/";

/// Prefixes of DOIs outside URLs.
const PREFIXES: [&str; 8] = [
    "info:doi/", "info:", "urn:doi:", "urn:", "https://doi:", "http://doi:",
    "digital object identifier", "doi",
];

/// Suffixes of a DOI in the path of a publisher's page that select a view of the paper.
const VIEW_SUFFIXES: [&str; 30] = [
    "/full", "/fulltext", "/full-text", "/abstract", "/abs", "/pdf", "/epdf", "/pdfdirect",
    "/meta", "/html", "/summary", "/references", "/figures", "/citations", "/citedby", "/cite",
    "/metrics", "/supplementary-material", "/suppl_file", "/epub", "/xml", "/ref", "/tab-pdf",
    ".pdf", ".html", ".full", ".full-text", ".abstract", ".short", ".supplementary-material",
];

/// DOI prefixes of preprint servers whose URLs append the version to the DOI.
const VERSIONED_PREFIXES: [&str; 2] = ["10.1101/", "10.64898/"];

/// Normalises a DOI to the form without resolver, in lower case as the registry compares them, and
/// unescaped: `10.1175/1520-0469(2003)60<1201:alesis>2.0.co;2`. Accepts bare DOIs, `doi:`,
/// `info:doi/` and `urn:doi:` ones, URLs of resolvers, and publishers' pages with a DOI in the
/// path. Strips the punctuation of a sentence after it.
///
/// The syntax is that of ISO 26324: `10.`, digits of a registrant, a slash, and any printable
/// characters.
pub fn doi(text: &str) -> Option<String> {
    doi_in(text).map(Cow::into_owned)
}

/// The same as [`doi`], without an allocation where the text is in normal form, as it mostly is.
pub fn doi_in(text: &str) -> Option<Cow<'_, str>> {
    if is_plain(text) {
        return Some(Cow::Borrowed(text));
    }
    memmem::find(text.as_bytes(), b"10.").filter(|_| text.len() <= MAX_TEXT_LEN)?;
    let lower = to_lower(text);
    let is_address = lower.contains("://") || lower.contains(RESOLVER);
    // A query or fragment is cut off before percent signs are decoded: a decoded `?` or `#` belongs
    // to the DOI.
    let path = if is_address { strip_query(&lower) } else { &lower };
    let id = |text: &str| doi_in_lowercase(&decode(text)).map(|it| Cow::Owned(it.to_owned()));
    id(path).or_else(|| id(&lower).filter(|_| path.len() < lower.len()))
}

/// Returns the first DOI in prose for which `is_wanted` is true. It must be at the beginning of a
/// word or in a URL.
pub fn find_doi(text: &str, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
    doi(text)
        .filter(|it| is_wanted(it))
        .or_else(|| find_dois(text).map(|(doi, _)| doi).find(|it| is_wanted(it)))
}

/// Iterates over the DOIs in prose with their byte ranges, which may include punctuation after
/// them. A DOI must be at the beginning of a word or in a URL.
pub fn find_dois(text: &str) -> impl Iterator<Item = (String, Range<usize>)> {
    let mut previous_end = 0;
    text.match_indices("10.").filter_map(move |(at, _)| {
        if at < previous_end {
            return None;
        }
        let prefix = &text[text.floor_char_boundary(at.saturating_sub(MAX_DOI_LEN))..at];
        let is_delimiter = |c: char| c.is_whitespace() || "\"<({[,;|⏎".contains(c);
        let word = prefix.rsplit(is_delimiter).next().unwrap_or_default();
        let is_address = word.contains(RESOLVER) || word.contains("://");
        let begins = !word.ends_with(|c: char| c.is_alphanumeric() || "/=._-%".contains(c));
        if !is_address && !begins {
            return None;
        }
        let rest = &text[at..text.floor_char_boundary(at + MAX_DOI_LEN)];
        let end = at + doi_end(rest);
        let doi = doi(if is_address { &text[at - word.len()..end] } else { &text[at..end] })
            .filter(|it| !it.contains("://"))?;
        previous_end = end;
        Some((doi, at..end))
    })
}

/// Returns the offset at which a DOI at the start of a text ends at the latest: before a blank, a
/// quotation mark, or markup that separates it from what follows.
fn doi_end(text: &str) -> usize {
    /// Markup of links and lists after a DOI.
    const MARKUP: [&str; 9] = ["</", "][", "}{", "},", "'>", ",10.", ";10.", "http://", "https://"];
    let end = text.find(|c: char| c.is_whitespace() || "\"“”⏎".contains(c)).unwrap_or(text.len());
    let ends = MARKUP.iter().filter_map(|it| text[..end].find(it));
    ends.min().unwrap_or(end)
}

/// Returns the resolver URL of a DOI. Characters that are not allowed in a URL or would end it are
/// percent-encoded.
pub fn doi_url(doi: &str) -> String {
    format!("https://doi.org/{}", percent_encode(doi, "/.:;()-_"))
}

/// Returns true if a text is a DOI in normal form with only the common characters. Fast path for
/// nearly all DOIs.
fn is_plain(text: &str) -> bool {
    let Some(rest) = text.as_bytes().strip_prefix(b"10.") else { return false };
    let Some(slash) = memchr::memchr(b'/', rest) else { return false };
    let (registrant, suffix) = (&rest[..slash], &rest[slash + 1..]);
    let is_end = |it: &u8| it.is_ascii_lowercase() || it.is_ascii_digit();
    is_registrant(registrant)
        && suffix.last().is_some_and(is_end)
        && suffix.iter().all(|it| is_end(it) || b".-_/():;<>".contains(it))
}

fn is_registrant(text: &[u8]) -> bool {
    let is_part = |it: &u8| it.is_ascii_digit() || *it == b'.';
    text.split_at_checked(4).is_some_and(|(number, rest)| {
        number.iter().all(u8::is_ascii_digit) && rest.iter().all(is_part)
    })
}

/// Decodes percent-encoding and the HTML entities of `<`, `>` and `&`.
fn decode(lower: &str) -> Cow<'_, str> {
    let plain = percent_decode(Cow::Borrowed(lower));
    if !plain.contains('&') {
        return plain;
    }
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    Cow::Owned(plain.replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&"))
}

/// Finds the DOI in a text in lower case.
fn doi_in_lowercase(lower: &str) -> Option<&str> {
    let resolved = lower.rfind(RESOLVER).map(|at| &lower[at + RESOLVER.len()..]);
    let id = match resolved {
        Some(id) => strip_prefix_word(id),
        None if lower.contains("://") && !lower.starts_with("https://doi:") => doi_in_path(lower)?,
        None => strip_prefix_word(lower),
    };
    let id = trim_end(id);
    let (registrant, suffix) = id.strip_prefix("10.")?.split_once('/')?;
    let is_clean =
        !suffix.is_empty() && !suffix.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_registrant(registrant.as_bytes()) && is_clean).then_some(id)
}

/// Strips the punctuation of a sentence, and the slashes of an address, from the end.
fn trim_end(id: &str) -> &str {
    let mut id = id;
    loop {
        let trimmed = trim_punctuation(id).trim_end_matches('/');
        if trimmed.len() == id.len() {
            return id;
        }
        id = trimmed;
    }
}

fn strip_prefix_word(text: &str) -> &str {
    let mut text = text;
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || "<([{\"'“:=/".contains(c));
        match PREFIXES.iter().find_map(|it| text.strip_prefix(it)) {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// Strips query and fragment from a DOI. A `#` at the very end is part of it: the oldest DOIs end
/// with a check character that may be one.
fn strip_query(id: &str) -> &str {
    let id = id.split('?').next().unwrap_or_default().trim_end_matches('/');
    match id.find('#') {
        Some(at) if at + 1 < id.len() => &id[..at],
        _ => id,
    }
}

/// Finds the DOI in the path or query of a page's URL.
fn doi_in_path(address: &str) -> Option<&str> {
    let offsets = memmem::find_iter(address.as_bytes(), b"10.");
    let starts = offsets.filter(|&at| address[..at].ends_with(['/', '=', ':']));
    let mut ids = starts
        .map(|at| &address[at..])
        .filter(|it| it[3..].split_once('/').is_some_and(|(it, _)| is_registrant(it.as_bytes())));
    let id = ids.next()?;
    let mut id = strip_query(id.split('&').next().unwrap_or_default());
    while let Some(stripped) = VIEW_SUFFIXES.iter().find_map(|it| id.strip_suffix(it)) {
        id = stripped.trim_end_matches('/');
    }
    let versioned = id.rsplit_once('v').filter(|(stripped, version)| {
        VERSIONED_PREFIXES.iter().any(|it| id.starts_with(it))
            && stripped.ends_with(|c: char| c.is_ascii_digit())
            && super::is_digits(version, 1..=3)
    });
    Some(versioned.map_or(id, |(stripped, _)| stripped))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_is_known_however_it_is_written() {
        for text in [
            "10.1007/S10955-022",
            "10.1007/s10955-022.",
            "10.1007/s10955-022./",
            "doi:10.1007/s10955-022",
            "DOI 10.1007/s10955-022",
            "DOI: 10.1007/s10955-022,",
            "doi:doi:10.1007/s10955-022",
            "<10.1007/s10955-022>",
            "(10.1007/s10955-022)",
            "info:doi/10.1007/s10955-022",
            "urn:doi:10.1007/s10955-022",
            "https://doi.org/10.1007/s10955-022",
            "https://dx.doi.org/10.1007%2FS10955-022",
            "https://doi.org/doi:10.1007/s10955-022",
            "https://doi.org/https://doi.org/10.1007/s10955-022",
            "doi.org/10.1007/s10955-022/",
            "https://doi.org/10.1007/s10955-022?utm_source=x#top",
            "10.1007%252Fs10955-022",
        ] {
            assert_eq!(doi(text).as_deref(), Some("10.1007/s10955-022"), "{text}");
        }
        for text in [
            "10.5/x", "10.1007/a b", "10.1007/", "10.1007//", "10.1007/a%0ab", "110.1007/a", "NA",
            "0",
        ] {
            assert_eq!(doi(text), None, "{text}");
        }
    }

    #[test]
    fn a_doi_is_known_by_the_page_of_its_publisher() {
        for (text, id) in [
            ("https://onlinelibrary.example.com/doi/full/10.1002/ab.12", "10.1002/ab.12"),
            ("https://pubs.example.org/doi/10.1021/ab.9c/pdf?ref=x", "10.1021/ab.9c"),
            ("https://link.example.com/content/pdf/10.1007%2Fs1-2.pdf", "10.1007/s1-2"),
            ("https://link.example.com/article/10.1007/s1-2#Sec3", "10.1007/s1-2"),
            ("https://journals.example.org/a?id=10.1371/journal.x&rev=2", "10.1371/journal.x"),
            (
                "https://www.example.org/content/10.1101/2020.01.02.123v2.full.pdf",
                "10.1101/2020.01.02.123",
            ),
            ("https://www.example.org/articles/10.3389/fx.2020.1/full", "10.3389/fx.2020.1"),
        ] {
            assert_eq!(doi(text).as_deref(), Some(id), "{text}");
        }
        for text in
            ["https://example.org/v10.1000/a", "https://example.org/10.1/a", "http://10.0.0.1/a"]
        {
            assert_eq!(doi(text), None, "{text}");
        }
    }

    #[test]
    fn signs_are_decoded_on_the_way_in_and_encoded_in_the_link() {
        let id = "10.1175/1520(2003)60<12:ab>2.0.co;2";
        for text in [
            "10.1175/1520(2003)60<12:AB>2.0.CO;2",
            "10.1175/1520(2003)60%3C12:AB%3E2.0.CO;2",
            "10.1175/1520(2003)60%253C12:AB%253E2.0.CO;2",
            "https://doi.org/10.1175/1520(2003)60%3C12:ab%3E2.0.co%3B2",
            "10.1175/1520(2003)60&lt;12:AB&gt;2.0.CO;2",
        ] {
            assert_eq!(doi(text).as_deref(), Some(id), "{text}");
        }
        assert_eq!(doi_url(id), "https://doi.org/10.1175/1520(2003)60%3C12:ab%3E2.0.co;2");
        assert_eq!(
            doi("10.1002/(sici)1<2::aid>3.0.co;2-#").as_deref(),
            Some("10.1002/(sici)1<2::aid>3.0.co;2-#")
        );
        assert_eq!(doi_url("10.1002/a;2-#?"), "https://doi.org/10.1002/a;2-%23%3F");
    }

    #[test]
    fn a_doi_is_found_in_prose() {
        for (text, id) in [
            ("10.1000/AB", "10.1000/ab"),
            ("DOI:10.1000/ab. Cited By: 3", "10.1000/ab"),
            ("Vol 3 (see 10.1000/a(b))", "10.1000/a(b)"),
            ("at https://doi.org/10.1000%2Fab, and", "10.1000/ab"),
            ("read https://example.org/doi/10.1000/ab/full first", "10.1000/ab"),
            ("10.1000/a<b>c and more", "10.1000/a<b>c"),
            ("<p>10.1000/ab</p>", "10.1000/ab"),
        ] {
            assert_eq!(find_doi(text, |_| true).as_deref(), Some(id), "{text}");
        }
        for text in ["v10.1000/a", "10.5", "page 10. 1000/a"] {
            assert_eq!(find_doi(text, |_| true), None, "{text}");
        }
    }
}
