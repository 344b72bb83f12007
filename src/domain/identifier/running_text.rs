//! Finds the identifiers of papers in running text, such as a reference or an address.

use std::ops::Range;

use super::arxiv::{ARCHIVES, arxiv_id};
use super::doi::find_dois;
use super::{Identifier, is_digits};

/// An identifier in a text, with its byte range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierMatch {
    pub identifier: Identifier,
    pub range: Range<usize>,
}

/// Returns the identifiers in a text in order, each once: arXiv identifiers of both forms, DOIs,
/// and numbers of `PubMed` after their label. Punctuation around them does not belong to them.
pub fn find_identifiers(text: &str) -> Vec<IdentifierMatch> {
    if !text.bytes().any(|it| it.is_ascii_digit()) {
        return Vec::new();
    }
    let mut matches: Vec<IdentifierMatch> = find_dois(text)
        .map(|(doi, range)| {
            let arxiv = arxiv_id(&doi).map(Identifier::Arxiv);
            IdentifierMatch { identifier: arxiv.unwrap_or(Identifier::Doi(doi)), range }
        })
        .collect();
    let in_dois: Vec<Range<usize>> = matches.iter().map(|it| it.range.clone()).collect();
    let mut add = |it: IdentifierMatch| {
        if !in_dois.iter().any(|doi| doi.start < it.range.end && it.range.start < doi.end) {
            matches.push(it);
        }
    };
    new_arxiv_ids(text).for_each(&mut add);
    old_arxiv_ids(text).for_each(&mut add);
    pubmed_numbers(text).for_each(&mut add);
    matches.sort_by_key(|it| it.range.start);
    let mut distinct: Vec<IdentifierMatch> = Vec::with_capacity(matches.len());
    for it in matches {
        if !distinct.iter().any(|other| other.identifier == it.identifier) {
            distinct.push(it);
        }
    }
    distinct
}

/// Returns the identifier of a text without blanks that is nothing else, such as `(2501.02950)`, or
/// that is an address with exactly one identifier in it.
pub fn sole_identifier(text: &str) -> Option<Identifier> {
    if text.contains(char::is_whitespace) || !text.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let [found] = <[IdentifierMatch; 1]>::try_from(find_identifiers(text)).ok()?;
    let around = [&text[..found.range.start], &text[found.range.end..]];
    let is_label = |it: &str| {
        let mut words = it.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
        words.all(|it| LABELS.iter().any(|label| it.eq_ignore_ascii_case(label)))
    };
    (text.contains("://") || around.iter().all(|it| is_label(it))).then_some(found.identifier)
}

/// Words around an identifier that only name its kind.
const LABELS: [&str; 7] = ["arxiv", "doi", "dx", "org", "pmid", "pmcid", "pmc"];

/// Finds identifiers of the form `2501.02950`.
fn new_arxiv_ids(text: &str) -> impl Iterator<Item = IdentifierMatch> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'.', bytes).filter_map(move |dot| {
        let start = dot.checked_sub(4)?;
        let digits = bytes[dot + 1..].iter().take_while(|it| it.is_ascii_digit()).count();
        let end = with_version(text, dot + 1 + digits);
        let is_end = ends_identifier(text, end);
        let is_start = begins_arxiv_id(text, start);
        let id = text.get(start..dot + 1 + digits).filter(|_| is_start && is_end)?;
        // Digits of a later year are an ordinary number.
        let id = arxiv_id(id).filter(|it| ("07".."50").contains(&&it[..2]))?;
        Some(IdentifierMatch { identifier: Identifier::Arxiv(id), range: start..end })
    })
}

/// Returns true if an arXiv identifier may begin here: at the start of a word, after a label, or
/// as a part of an address.
fn begins_arxiv_id(text: &str, start: usize) -> bool {
    let Some(before) = text.get(..start) else { return false };
    let ends_with = |label: &str| {
        before
            .len()
            .checked_sub(label.len())
            .is_some_and(|at| before.as_bytes()[at..].eq_ignore_ascii_case(label.as_bytes()))
    };
    match before.chars().next_back() {
        Some('/') => {
            let word = before.rfind(char::is_whitespace).map_or(0, |it| it + 1);
            let word = before.get(word..).unwrap_or_default().to_ascii_lowercase();
            word.contains("://")
                || ["arxiv", "hf.co/", "huggingface.co/", "www."].iter().any(|it| word.contains(it))
        }
        Some('.') => ends_with("arxiv."),
        Some('-') => ends_with("arxiv-"),
        Some('_') => ends_with("arxiv_"),
        Some('%' | '+' | '$' | '€' | '£') => false,
        Some(c) if c.is_alphanumeric() => ends_with("arxiv") || ends_with("%2f"),
        _ => true,
    }
}

/// Finds identifiers of the form `hep-th/9901001` and `math.GT/0309136`.
fn old_arxiv_ids(text: &str) -> impl Iterator<Item = IdentifierMatch> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'/', bytes).filter_map(move |slash| {
        let number_end = slash + 1 + 7;
        let is_number = text.get(slash + 1..number_end).is_some_and(|it| is_digits(it, 7..=7));
        let end = with_version(text, number_end);
        if !is_number || !ends_identifier(text, end) {
            return None;
        }
        let is_archive = |it: &u8| it.is_ascii_alphabetic() || b"-.".contains(it);
        let len = bytes[..slash].iter().rev().take_while(|it| is_archive(it)).count();
        let (mut start, archive) = (slash - len, text.get(slash - len..slash)?);
        // An archive that is not known may have a label before it: `arXiv.math`.
        let is_known = |it: &str| ARCHIVES.iter().any(|known| known.eq_ignore_ascii_case(it));
        if !is_known(archive.split('.').next().unwrap_or_default())
            && let Some(at) = archive.find('.').filter(|_| archive.len() > 1)
        {
            start += at + 1;
        }
        let id = arxiv_id(text.get(start..number_end)?)?;
        Some(IdentifierMatch { identifier: Identifier::Arxiv(id), range: start..end })
    })
}

/// Returns the offset after a version such as `v3` at `at`, or `at` without one.
fn with_version(text: &str, at: usize) -> usize {
    let Some([b'v' | b'V', rest @ ..]) = text.as_bytes().get(at..) else { return at };
    match rest.iter().take_while(|it| it.is_ascii_digit()).count() {
        digits @ 1..=3 => at + 1 + digits,
        _ => at,
    }
}

/// Returns true if an identifier of digits may end here: not before a letter, a digit, or further
/// parts of a number.
fn ends_identifier(text: &str, end: usize) -> bool {
    let Some(rest) = text.get(end..) else { return false };
    let mut rest = rest.chars();
    let (next, second) = (rest.next(), rest.next());
    match next {
        Some('.' | '-' | '/') => second.is_none_or(|it| !it.is_ascii_digit()),
        Some('%') => false,
        Some(c) => !c.is_alphanumeric() && c != '_',
        None => true,
    }
}

/// Finds numbers of `PubMed` after `PMID`, `PMC` or in its addresses.
fn pubmed_numbers(text: &str) -> impl Iterator<Item = IdentifierMatch> {
    /// Labels with true for numbers of `PubMed` Central.
    const PUBMED_LABELS: [(&str, bool); 5] = [
        ("pmcid", true),
        ("pmc", true),
        ("pmid", false),
        ("pubmed.ncbi.nlm.nih.gov/", false),
        ("nih.gov/pubmed/", false),
    ];
    let lower = text.to_ascii_lowercase();
    PUBMED_LABELS.into_iter().flat_map(move |(label, is_central)| {
        let matches = lower.match_indices(label).filter_map(|(start, _)| {
            let is_word_start = !lower[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
            let after = &lower[start + label.len()..];
            let skipped = after.len() - after.trim_start_matches([':', ' ', '.']).len();
            let digits = after[skipped..].bytes().take_while(u8::is_ascii_digit).count();
            let end = start + label.len() + skipped + digits;
            let number = &lower[end - digits..end];
            let is_whole = !lower[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
            let id = if is_central {
                super::pmcid(number).map(Identifier::Pmcid)
            } else {
                super::pmid(number).map(Identifier::Pmid)
            };
            let is_found = (is_word_start || label.contains('/')) && is_whole;
            let identifier = id.filter(|_| is_found)?;
            Some(IdentifierMatch { identifier, range: start..end })
        });
        matches.collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<String> {
        find_identifiers(text).into_iter().map(|it| it.identifier.id().to_owned()).collect()
    }

    #[test]
    fn an_identifier_is_found_whatever_stands_around_it() {
        for text in [
            "2501.02950.",
            "see 2501.02950, and others",
            "(2501.02950)",
            "[arXiv:2501.02950]",
            "<https://arxiv.org/abs/2501.02950>",
            "arXiv: 2501.02950v2",
            "arXiv preprint arXiv:2501.02950 (2025).",
            "arXiv, 2501.02950",
            "\"2501.02950\"",
            "[A title](https://arxiv.org/abs/2501.02950v1).",
            "[[https://arxiv.org/pdf/2501.02950][A title]]",
            "#link(\"https://arxiv.org/abs/2501.02950\")[A title]",
            "<a href=\"https://arxiv.org/abs/2501.02950\">A title</a>",
            "at https://www.alphaxiv.org/abs/2501.02950v3.pdf now",
            "https://hf.co/papers/2501.02950",
            "https://api.semanticscholar.org/arXiv:2501.02950",
            "https://arxiv-sanity.example/?id=2501.02950&x=1",
            "https://doi.org/10.48550/arXiv.2501.02950",
            "doi:10.48550/arXiv.2501.02950.",
            "eprint = {2501.02950},",
        ] {
            assert_eq!(found(text), ["2501.02950"], "{text}");
        }
        for text in
            ["hep-th/9901001v2;", "arXiv:hep-th/9901001", "http://arxiv.org/abs/hep-th/9901001."]
        {
            assert_eq!(found(text), ["hep-th/9901001"], "{text}");
        }
        assert_eq!(found("in math.GT/0309136, 2003"), ["math/0309136"]);
    }

    #[test]
    fn a_doi_is_found_whatever_stands_around_it() {
        for text in [
            "10.1007/s10955-022-02966-8.",
            "doi 10.1007/s10955-022-02966-8",
            "J. Stat. 189 (2022). https://doi.org/10.1007/s10955-022-02966-8.",
            "(doi: 10.1007/S10955-022-02966-8).",
            "[T](https://doi.org/10.1007/s10955-022-02966-8)",
            "[[https://doi.org/10.1007/s10955-022-02966-8][A title]]",
            "\\href{https://doi.org/10.1007/s10955-022-02966-8}{A title}",
            "doi={10.1007/s10955-022-02966-8},year={2022}",
            "<a href='https://doi.org/10.1007%2Fs10955-022-02966-8'>A</a>",
            "https://link.example.com/article/10.1007/s10955-022-02966-8",
        ] {
            assert_eq!(found(text), ["10.1007/s10955-022-02966-8"], "{text}");
        }
        assert_eq!(found("see 10.1016/S0022-1236(02)00012-3)."), ["10.1016/s0022-1236(02)00012-3"]);
        assert_eq!(
            found("10.1000/a, 10.1000/b;10.1000/c"),
            ["10.1000/a", "10.1000/b", "10.1000/c"]
        );
    }

    #[test]
    fn a_number_of_pubmed_is_found_after_its_label() {
        assert_eq!(found("PMID: 16403221; PMCID: PMC1373603."), ["16403221", "PMC1373603"]);
        assert_eq!(found("https://pubmed.ncbi.nlm.nih.gov/16403221/"), ["16403221"]);
        assert_eq!(found("(PMC1373603)"), ["PMC1373603"]);
        assert_eq!(found("apmid 12, 16403221"), Vec::<String>::new());
    }

    #[test]
    fn an_ordinary_number_is_no_identifier() {
        for text in [
            "pages 1694-1707, 2025", "1,234.56789", "12.2501.02950", "0.2501.0295", "x2501.02950",
            "2501.02950x", "2501.02950-3", "2501.029501", "9901.12345", "$2501.02950",
            "Neuron 113(11)", "12/2501.02950", "and/1234567", "math/0309136.5", "10.5",
            "2501.02950%",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_token_with_punctuation_around_is_one_identifier() {
        for text in ["(2501.02950)", "[arXiv:2501.02950]", "https://hf.co/papers/2501.02950,"] {
            assert_eq!(
                sole_identifier(text),
                Some(Identifier::Arxiv("2501.02950".into())),
                "{text}"
            );
        }
        for text in ["see:2501.02950", "2501.02950|2501.02951", "2501.02950 a", "memory"] {
            assert_eq!(sole_identifier(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_identifier_in_any_text_is_valid_and_in_its_range(text in "(doi:|https?://|arxiv\\.org/abs/|10\\.1234/|math\\.GT/|%2F|0309136|2501\\.02950|PMC|[a-zé⏎]|[()<>.,;#/ v\n]|[0-9]{1,7}){0,14}") {
            for IdentifierMatch { identifier, range } in find_identifiers(&text) {
                prop_assert!(text.get(range).is_some());
                match identifier {
                    Identifier::Arxiv(id) => prop_assert_eq!(arxiv_id(&id), Some(id)),
                    Identifier::Doi(id) => prop_assert_eq!(super::super::doi(&id), Some(id)),
                    Identifier::Pmid(id) => prop_assert_eq!(super::super::pmid(&id), Some(id)),
                    Identifier::Pmcid(id) => prop_assert_eq!(super::super::pmcid(&id), Some(id)),
                }
            }
            let _ = Identifier::recognise(&text);
        }

        #[test]
        fn any_text_is_searched_for_identifiers(text in any::<String>()) {
            prop_assert!(find_identifiers(&text).iter().all(|it| text.get(it.range.clone()).is_some()));
        }
    }
}
