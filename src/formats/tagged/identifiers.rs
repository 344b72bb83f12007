//! Finds the identifiers and URLs of a tagged record in all tags that may contain them.

use super::record::TaggedRecord;
use crate::domain::{
    BibField, Draft, PaperKind, arxiv_id, find_doi, pmcid, pmid, repeats_identifier,
};
use crate::text::Distinct;

/// The tags to search, in order of preference.
pub struct IdentifierTags<'a> {
    /// Tags for DOIs.
    pub dois: &'a [&'a str],
    /// Tags whose text may mention an identifier.
    pub notes: &'a [&'a str],
    /// Tags for URLs and attached files.
    pub links: &'a [&'a str],
}

/// Adds identifiers, URLs that do not follow from them, and a local PDF.
pub fn add_identifiers(draft: &mut Draft, record: &TaggedRecord, sources: &IdentifierTags<'_>) {
    let IdentifierTags { dois, notes, links } = sources;
    let tags = [*dois, *notes, *links].concat();
    let texts: Vec<&str> =
        tags.iter().flat_map(|tag| record.values(std::slice::from_ref(tag))).collect();
    let find = |find: fn(&str) -> Option<String>| texts.iter().find_map(|it| find(it));
    draft.arxiv = find(arxiv_in).unwrap_or_default();
    draft.doi = find(doi_in).unwrap_or_default();
    draft.add_field(BibField::Pmid, find(pmid_in).unwrap_or_default());
    draft.add_field(BibField::Pmcid, find(pmcid_in).unwrap_or_default());
    let mut urls: Distinct<String> = std::mem::take(&mut draft.urls).into_iter().collect();
    for word in links.iter().flat_map(|tag| record.values(std::slice::from_ref(tag))) {
        add_link(draft, &mut urls, word);
    }
    draft.urls = urls.into_vec();
    if let Some(id) = arxiv_in(&draft.venue) {
        draft.venue.clear();
        draft.kind = PaperKind::Preprint;
        draft.arxiv = id;
    }
}

/// Adds the URLs in a value, or the file that it names.
fn add_link(draft: &mut Draft, urls: &mut Distinct<String>, value: &str) {
    let mut is_address = false;
    for word in value.split_whitespace().map(|it| it.trim_end_matches(';')) {
        let url = if word.starts_with("//") { format!("https:{word}") } else { word.to_owned() };
        let lower = url.to_ascii_lowercase();
        if !["http://", "https://", "ftp://"].iter().any(|it| lower.starts_with(it)) {
            continue;
        }
        is_address = true;
        if !repeats_identifier(&url, &draft.arxiv, &draft.doi) {
            urls.add(url);
        }
    }
    if !is_address && value.to_ascii_lowercase().ends_with(".pdf") {
        draft.add_field(BibField::File, value.strip_prefix("file://").unwrap_or(value));
    }
}

/// Returns an arXiv identifier that the text marks as one.
fn arxiv_in(text: &str) -> Option<String> {
    let mut is_named = false;
    text.split(|c: char| c.is_whitespace() || "()[]<>,;".contains(c)).find_map(|word| {
        let lower = word.to_ascii_lowercase();
        let is_called = is_named || lower.contains("arxiv");
        is_named = matches!(lower.as_str(), "arxiv" | "arxiv:");
        is_called.then(|| arxiv_id(word.trim_end_matches('.'))).flatten()
    })
}

/// Returns a DOI other than arXiv's, at the beginning of the text or a word, or in a URL.
fn doi_in(text: &str) -> Option<String> {
    find_doi(text, |it| arxiv_id(it).is_none())
}

/// Returns the number in `PMID: 16403221` or in a URL of `PubMed`.
fn pmid_in(text: &str) -> Option<String> {
    const PMID_LABELS: [&str; 4] =
        ["pmid:", "pmid ", "ncbi.nlm.nih.gov/pubmed/", "pubmed.ncbi.nlm.nih.gov/"];
    let lower = text.to_ascii_lowercase();
    let rest = PMID_LABELS
        .iter()
        .find_map(|it| lower.split_once(it))
        .map(|(_, rest)| rest.trim_start())?;
    pmid(&rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())])
}

/// Returns a PMCID if the text is nothing else: `PMC1373603`.
fn pmcid_in(text: &str) -> Option<String> {
    pmcid(text.trim().strip_prefix("PMC").filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_is_found_in_a_note_and_in_a_link() {
        for (text, id) in [
            ("10.1000/AB", "10.1000/ab"),
            ("doi: 10.1000/ab", "10.1000/ab"),
            ("DOI:10.1000/ab. Cited By: 3", "10.1000/ab"),
            ("(see 10.1000/a(b))", "10.1000/a(b)"),
            ("http://dx.doi.org/10.1000/ab", "10.1000/ab"),
            ("at https://doi.org/10.1000/ab, and", "10.1000/ab"),
            ("https://example.org/doi/10.1000/ab/full", "10.1000/ab"),
            (
                "10.1002/(SICI)1097(1998)49:8<693::AID-3>3.0.CO;2-O",
                "10.1002/(sici)1097(1998)49:8<693::aid-3>3.0.co;2-o",
            ),
        ] {
            assert_eq!(doi_in(text).as_deref(), Some(id), "{text}");
        }
        for text in ["10.48550/arXiv.2501.02950", "v10.1000/a", "10.5"] {
            assert_eq!(doi_in(text), None, "{text}");
        }
    }

    #[test]
    fn an_arxiv_identifier_is_found_where_it_is_called_one() {
        for text in [
            "arXiv:2501.02950v2",
            "arXiv preprint arXiv:2501.02950",
            "arXiv: 2501.02950 [cs.CL]",
            "see https://arxiv.org/abs/2501.02950.",
            "10.48550/arXiv.2501.02950",
        ] {
            assert_eq!(arxiv_in(text).as_deref(), Some("2501.02950"), "{text}");
        }
        assert_eq!(arxiv_in("arXiv and 2501 or 2501.02950"), None);
    }

    #[test]
    fn the_numbers_of_pubmed_are_found() {
        assert_eq!(pmid_in("PMID: 16403221").as_deref(), Some("16403221"));
        assert_eq!(
            pmid_in("https://pubmed.ncbi.nlm.nih.gov/16403221/").as_deref(),
            Some("16403221")
        );
        assert_eq!(pmid_in("16403221"), None);
        assert_eq!(pmcid_in("PMC1373603").as_deref(), Some("PMC1373603"));
    }
}
