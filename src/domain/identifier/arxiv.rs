//! Normalises arXiv identifiers.

use std::borrow::Cow;

use super::{after_words, is_digits, percent_decode, to_lower, trim_punctuation};

/// Prefixes of identifiers in the URLs of arXiv and its mirrors.
const URL_PREFIXES: [&str; 12] = [
    "arxiv.org/abs/", "arxiv.org/pdf/", "arxiv.org/html/", "arxiv.org/format/", "arxiv.org/ps/",
    "arxiv.org/e-print/", "arxiv.org/src/", "alphaxiv.org/abs/", "ar5iv.org/abs/",
    "xxx.lanl.gov/abs/", "huggingface.co/papers/", "doi.org/10.48550/arxiv.",
];

/// The maximal length in bytes of a text that is tested, after its query is cut off. Identifiers
/// are much shorter.
const MAX_ID_LEN: usize = 100;

/// Prefixes of identifiers outside URLs.
const PREFIXES: [&str; 8] = [
    "info:arxiv/", "oai:arxiv.org:", "urn:arxiv:", "arxiv:", "arxiv.", "arxiv ", "10.48550/arxiv.",
    "doi:10.48550/arxiv.",
];

/// The archives of identifiers before April 2007, those of the first years included.
pub const ARCHIVES: [&str; 34] = [
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn",
    "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex",
    "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th",
    "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int", "supr-con",
];

/// Normalises an arXiv identifier to the form without version and subject class: `2501.02950`,
/// `hep-th/9901001`, `math/0309136`. Accepts bare identifiers, `arXiv:` ones, and URLs of arXiv and
/// Hugging Face.
///
/// The forms are those of arXiv's documentation: `YYMM.NNNN`, from 2015 `YYMM.NNNNN`, and before
/// April 2007 `archive/YYMMNNN`, also written `archive.XX/YYMMNNN`. A number with too few or too
/// many digits, such as one that a spreadsheet rounded, is rejected.
pub fn arxiv_id(text: &str) -> Option<String> {
    arxiv_id_in(text).map(Cow::into_owned)
}

/// The same as [`arxiv_id`], without an allocation where the identifier is part of the text, as it
/// nearly always is.
pub fn arxiv_id_in(text: &str) -> Option<Cow<'_, str>> {
    if text.is_empty() || is_new_style(text) {
        return (!text.is_empty()).then_some(Cow::Borrowed(text));
    }
    if !text.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    match percent_decode(to_lower(text)) {
        Cow::Borrowed(lower) => id_in_lowercase(lower),
        Cow::Owned(lower) => id_in_lowercase(&lower).map(|it| Cow::Owned(it.into_owned())),
    }
}

/// Finds the identifier in a text in lower case.
fn id_in_lowercase(lower: &str) -> Option<Cow<'_, str>> {
    // Every URL and prefix in the tables has one of these letters.
    let may_be_named = memchr::memchr2(b'x', b'f', lower.as_bytes()).is_some();
    if !may_be_named && lower.starts_with("10.") {
        // A DOI. Rejected early because DOIs are frequent.
        return None;
    }
    let mut addresses = URL_PREFIXES.iter().filter(|_| may_be_named);
    let address = addresses.find_map(|host| after_words(lower, host));
    let prefixed = || PREFIXES.iter().find_map(|it| lower.strip_prefix(it));
    let id = address.or_else(|| prefixed().filter(|_| may_be_named)).unwrap_or(lower);
    normalise_id(id)
}

/// Strips query, punctuation, version and subject class from an identifier.
fn normalise_id(id: &str) -> Option<Cow<'_, str>> {
    let id = id.split(['?', '#']).next().filter(|it| it.len() <= MAX_ID_LEN)?;
    let id = trim_punctuation(id.trim()).trim_end_matches('/');
    let (id, _) = split_version(id.strip_suffix(".pdf").unwrap_or(id));
    if is_new_style(id) {
        return Some(Cow::Borrowed(id));
    }
    let (archive, number) = id.split_once('/')?;
    let name = archive.split_once('.').map_or(archive, |(name, _)| name);
    let is_number = is_digits(number, 7..=7) && is_month(number.as_bytes());
    if !is_number || !ARCHIVES.contains(&name) || !is_subject_class(&archive[name.len()..]) {
        return None;
    }
    Some(if name.len() == archive.len() {
        Cow::Borrowed(id)
    } else {
        Cow::Owned(format!("{name}/{number}"))
    })
}

/// Returns true for `.GT`, `.stat-mech` or an empty text.
fn is_subject_class(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix('.').is_some_and(|it| {
            !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphabetic() || it == b'-')
        })
}

/// Returns the year in which a paper was submitted, which its identifier encodes.
pub fn arxiv_year(id: &str) -> Option<i16> {
    let id = arxiv_id(id)?;
    let number = id.rsplit('/').next()?;
    let year: i16 = number.get(..2)?.parse().ok()?;
    // The first papers are of 1991.
    Some(if year < 91 { 2000 + year } else { 1900 + year })
}

/// Returns the version of an identifier (the number after `v`), if it is not the first.
pub fn arxiv_version(text: &str) -> Option<u16> {
    memchr::memchr2(b'v', b'V', text.as_bytes())?;
    arxiv_id_in(text)?;
    let lower = to_lower(text);
    let id = lower.split(['?', '#']).next().map(trim_punctuation)?.trim_end_matches('/');
    let id = id.strip_suffix(".pdf").unwrap_or(id);
    split_version(id).1.parse().ok().filter(|it| *it > 1)
}

/// Splits an identifier into the part before `v` and the digits of its version.
fn split_version(id: &str) -> (&str, &str) {
    let parts = id.rsplit_once('v').filter(|(base, version)| {
        is_digits(version, 1..=3) && base.ends_with(|c: char| c.is_ascii_digit())
    });
    parts.unwrap_or((id, ""))
}

fn is_new_style(id: &str) -> bool {
    let bytes = id.as_bytes();
    let Some((month, [b'.', number @ ..])) = bytes.split_first_chunk::<4>() else { return false };
    let digits = if month < b"1501" { 4 } else { 5 };
    number.len() == digits && month.iter().chain(number).all(u8::is_ascii_digit) && is_month(month)
}

/// Returns true if the third and fourth digit are a month.
fn is_month(digits: &[u8]) -> bool {
    digits.get(2..4).is_some_and(|it| (&b"01"[..]..&b"13"[..]).contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arxiv_identifier_is_known_in_every_form_it_is_pasted_in() {
        for text in [
            "2501.02950",
            "2501.02950v3",
            "2501.02950.",
            "arXiv:2501.02950",
            "arXiv:2501.02950v2,",
            "ARXIV: 2501.02950",
            "arXiv 2501.02950",
            "arXiv.2501.02950",
            "oai:arXiv.org:2501.02950",
            "info:arxiv/2501.02950",
            "https://arxiv.org/abs/2501.02950v1",
            "http://arxiv.org/pdf/2501.02950.pdf",
            "https://export.arxiv.org/abs/2501.02950",
            "https://www.alphaxiv.org/abs/2501.02950",
            "https://huggingface.co/papers/2501.02950?ref=x",
            "https://doi.org/10.48550/arXiv.2501.02950",
            "https://doi.org/10.48550%2FarXiv.2501.02950",
            "doi:10.48550/arXiv.2501.02950",
        ] {
            assert_eq!(arxiv_id(text).as_deref(), Some("2501.02950"), "{text}");
        }
        for text in [
            "hep-th/9901001v2",
            "arXiv:hep-th/9901001",
            "https://arxiv.org/abs/hep-th/9901001v3",
            "https://arxiv.org/abs/hep-th%2F9901001",
            "http://xxx.lanl.gov/abs/hep-th/9901001",
        ] {
            assert_eq!(arxiv_id(text).as_deref(), Some("hep-th/9901001"), "{text}");
        }
    }

    #[test]
    fn an_old_identifier_is_the_same_with_its_subject_class_and_without() {
        for text in [
            "math/0309136",
            "math.GT/0309136",
            "arXiv:math.GT/0309136v2",
            "https://arxiv.org/abs/math.GT/0309136",
            "https://arxiv.org/pdf/math/0309136v1.pdf",
        ] {
            assert_eq!(arxiv_id(text).as_deref(), Some("math/0309136"), "{text}");
        }
        assert_eq!(arxiv_id("cond-mat.stat-mech/0003001").as_deref(), Some("cond-mat/0003001"));
        assert_eq!(arxiv_id("cs.CL/0001001").as_deref(), Some("cs/0001001"));
    }

    #[test]
    fn an_identifier_names_its_version() {
        let texts = [
            "2501.02950v3",
            "https://arxiv.org/pdf/math.GT/0309136v12.pdf",
            "arXiv:2501.02950V2.",
            "2501.02950v1",
            "2501.02950",
            "recv2",
        ];
        let versions = [Some(3), Some(12), Some(2), None, None, None];
        assert_eq!(texts.map(arxiv_version), versions);
    }

    #[test]
    fn what_only_looks_like_one_is_not_one() {
        for text in [
            "2501", "2513.02950", "25010.2950", "1905.0955", "3.14159", "and/1234567x", "", "v1",
            "example.org/0309136", "smith/9901001", "math/9913001", "math.1/0309136",
        ] {
            assert_eq!(arxiv_id(text), None, "{text}");
        }
    }

    #[test]
    fn an_arxiv_identifier_tells_the_year() {
        let years = ["2501.02950v2", "0704.0001", "hep-th/9901001", "math/0309136", "704.1"];
        let expected = [Some(2025), Some(2007), Some(1999), Some(2003), None];
        assert_eq!(years.map(arxiv_year), expected);
    }
}
