//! Identifiers of papers: recognised in what people paste, and normalised.

use std::borrow::Cow;

use memchr::memmem;

/// An identifier that names one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ident {
    Arxiv(String),
    Doi(String),
}

impl Ident {
    /// Recognises an address or a bare identifier that is the whole of the text.
    pub fn recognise(text: &str) -> Option<Self> {
        let text = text.trim();
        arxiv_id(text).map(Self::Arxiv).or_else(|| doi(text).map(Self::Doi))
    }
}

/// Normalises an arXiv identifier to the form without version: `2501.02950`, `hep-th/9901001`.
/// Takes bare ones, `arXiv:` ones and the addresses of arXiv and Hugging Face.
///
/// The forms are those of arXiv's documentation: `YYMM.NNNN`, from 2015 `YYMM.NNNNN`, and before
/// April 2007 `archive/YYMMNNN` or `archive.XX/YYMMNNN`. A number that was read as one and so lost
/// or gained digits is none.
pub fn arxiv_id(text: &str) -> Option<String> {
    arxiv_id_in(text).map(Cow::into_owned)
}

/// Does as [`arxiv_id`]; the identifier is nearly always part of the text.
pub fn arxiv_id_in(text: &str) -> Option<Cow<'_, str>> {
    const ADDRESSES: [&str; 5] = [
        "arxiv.org/abs/",
        "arxiv.org/pdf/",
        "arxiv.org/html/",
        "huggingface.co/papers/",
        "doi.org/10.48550/arxiv.",
    ];
    if text.is_empty() || is_new_style(text) {
        return (!text.is_empty()).then_some(Cow::Borrowed(text));
    }
    in_lower_case(text, |lower| {
        // Each of them has one of these letters.
        let is_address = memchr::memchr2(b'x', b'f', lower.as_bytes()).is_some();
        if !is_address && lower.starts_with("10.") {
            // A DOI, of which there are many.
            return None;
        }
        let mut addresses = ADDRESSES.iter().filter(|_| is_address);
        let address = addresses.find_map(|host| behind(lower, host));
        let id = address
            .or_else(|| lower.strip_prefix("arxiv:"))
            .or_else(|| lower.strip_prefix("10.48550/arxiv."))
            .unwrap_or(lower);
        let id = id.split(['?', '#']).next().unwrap_or_default().trim();
        let id = id.strip_suffix(".pdf").unwrap_or(id).trim_end_matches('/');
        let id = without_version(id);
        (is_new_style(id) || is_old_style(id)).then_some(id)
    })
}

/// The year in which a paper came to arXiv, which its identifier tells.
pub fn arxiv_year(id: &str) -> Option<i16> {
    let id = arxiv_id(id)?;
    let number = id.rsplit('/').next()?;
    let year: i16 = number.get(..2)?.parse().ok()?;
    // The first papers are of 1991.
    Some(if year < 91 { 2000 + year } else { 1900 + year })
}

/// Normalises a DOI to the form without resolver, in lower case as the registry compares them.
pub fn doi(text: &str) -> Option<String> {
    doi_in(text).map(Cow::into_owned)
}

/// Does as [`doi`]; the identifier is mostly part of the text.
pub fn doi_in(text: &str) -> Option<Cow<'_, str>> {
    memchr::memchr(b'/', text.as_bytes())?;
    in_lower_case(text, |lower| {
        let id = behind(lower, "doi.org/").unwrap_or(lower);
        let id = id.strip_prefix("doi:").unwrap_or(id).trim();
        let (prefix, suffix) = id.split_once('/')?;
        let registrant = prefix.strip_prefix("10.")?;
        let is_number =
            registrant.len() >= 4 && registrant.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        let is_clean =
            !suffix.is_empty() && !suffix.contains(|c: char| c.is_whitespace() || c.is_control());
        (is_number && is_clean).then_some(id)
    })
}

/// Finds a part of the text in lower case, which most texts are already.
fn in_lower_case(text: &str, find: impl Fn(&str) -> Option<&str>) -> Option<Cow<'_, str>> {
    let text = text.trim();
    if text.bytes().any(|it| it.is_ascii_uppercase()) {
        find(&text.to_ascii_lowercase()).map(|it| Cow::Owned(it.to_owned()))
    } else {
        find(text).map(Cow::Borrowed)
    }
}

/// What stands behind the first of some words; quick in short texts.
fn behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let at = memmem::find(text.as_bytes(), words.as_bytes())?;
    Some(&text[at + words.len()..])
}

fn without_version(id: &str) -> &str {
    match id.rsplit_once('v') {
        Some((bare, version))
            if is_digits(version, 1..=3) && bare.ends_with(|c: char| c.is_ascii_digit()) =>
        {
            bare
        }
        _ => id,
    }
}

fn is_new_style(id: &str) -> bool {
    let bytes = id.as_bytes();
    let Some((month, [b'.', number @ ..])) = bytes.split_first_chunk::<4>() else { return false };
    let digits = if month < b"1501" { 4 } else { 5 };
    number.len() == digits
        && month.iter().chain(number).all(u8::is_ascii_digit)
        && (*b"01"..*b"13").contains(&[month[2], month[3]])
}

fn is_old_style(id: &str) -> bool {
    id.split_once('/').is_some_and(|(archive, number)| {
        is_digits(number, 7..=7)
            && archive.starts_with(|c: char| c.is_ascii_lowercase())
            && archive.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '.')
    })
}

fn is_digits(text: &str, len: std::ops::RangeInclusive<usize>) -> bool {
    len.contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arxiv_identifier_is_known_in_every_form_it_is_pasted_in() {
        for text in [
            "2501.02950",
            "2501.02950v3",
            "arXiv:2501.02950",
            "https://arxiv.org/abs/2501.02950v1",
            "http://arxiv.org/pdf/2501.02950.pdf",
            "https://huggingface.co/papers/2501.02950?ref=x",
            "https://doi.org/10.48550/arXiv.2501.02950",
        ] {
            assert_eq!(arxiv_id(text).as_deref(), Some("2501.02950"), "{text}");
        }
        assert_eq!(arxiv_id("hep-th/9901001v2").as_deref(), Some("hep-th/9901001"));
        assert_eq!(arxiv_id("math.GT/0309136").as_deref(), Some("math.gt/0309136"));
    }

    #[test]
    fn what_only_looks_like_one_is_not_one() {
        for text in
            ["2501", "2513.02950", "25010.2950", "1905.0955", "3.14159", "and/1234567x", "", "v1"]
        {
            assert_eq!(arxiv_id(text), None, "{text}");
        }
    }

    #[test]
    fn an_arxiv_identifier_tells_the_year() {
        let years = ["2501.02950v2", "0704.0001", "hep-th/9901001", "math/0309136", "704.1"];
        let told = [Some(2025), Some(2007), Some(1999), Some(2003), None];
        assert_eq!(years.map(arxiv_year), told);
    }

    #[test]
    fn a_doi_is_known_with_and_without_resolver() {
        for text in
            ["10.1007/S10955-022", "doi:10.1007/s10955-022", "https://doi.org/10.1007/s10955-022"]
        {
            assert_eq!(doi(text).as_deref(), Some("10.1007/s10955-022"), "{text}");
        }
        assert_eq!(doi("10.5/x"), None);
        assert_eq!(doi("10.1007/a b"), None);
    }
}
