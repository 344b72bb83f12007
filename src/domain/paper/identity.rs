//! The identity of a paper, by which it is recognised in every source.

use std::borrow::Cow;

use super::draft::Draft;

use super::field::BibField;

use super::name::PersonName;

use super::paper::Paper;
use crate::domain::identifier::{Identifier, arxiv_id_in, doi_in, pmcid, pmid};
use crate::text::{fnv, fnv_of_parts, fold, tex_to_unicode, tidy, words};

/// The identity keys of a paper. The library stores marks by them, so their form must not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityKeys {
    /// Keys of identifiers: `arxiv:2501.02950`, `doi:10.1000/182`, `pmid:123`, `pmcid:pmc123`.
    /// Papers that share one are the same.
    pub strong: Vec<String>,
    /// `title:` and 16 hexadecimal digits, a hash of title and first author's family name. Every
    /// paper has one; it is equal if these are equal up to case, accents and punctuation.
    pub weak: String,
}

/// The fields of a paper from which its keys are made.
pub struct IdentityParts<'a> {
    title: &'a str,
    pub first_author: &'a str,
    arxiv: &'a str,
    doi: &'a str,
    pmid: &'a str,
    pmcid: &'a str,
}

impl IdentityKeys {
    fn from_parts(parts: &IdentityParts<'_>) -> Self {
        let first_author = tex_to_unicode(parts.first_author);
        let author = PersonName::family_name(&first_author);
        let identity =
            format!("{}|{}", alphanumeric(&tex_to_unicode(parts.title)), alphanumeric(&author));
        Self { strong: named_strong_ids(parts), weak: format!("title:{:016x}", fnv(&identity)) }
    }

    /// Returns the hashes of the strong keys, without making the keys.
    pub fn strong_hashes(paper: &Paper<'_>) -> impl Iterator<Item = u64> {
        let strong = STRONG_KEY_KINDS.into_iter().zip(strong_ids(&IdentityParts::from(paper)));
        let hash = |(kind, id): (_, Cow<'_, str>)| {
            (!id.is_empty()).then(|| fnv_of_parts([kind, ":", &id]))
        };
        strong.filter_map(hash)
    }

    /// Returns the hash of the strong key of an identifier, as in [`IdentityKeys::strong_hashes`].
    pub fn hash_of_identifier(identifier: &Identifier) -> u64 {
        let kind = match identifier {
            Identifier::Arxiv(_) => 0,
            Identifier::Doi(_) => 1,
            Identifier::Pmid(_) => 2,
            Identifier::Pmcid(_) => 3,
        };
        fnv_of_parts([STRONG_KEY_KINDS[kind], ":", &identifier.id().to_ascii_lowercase()])
    }

    /// Iterates over all keys, the strong ones first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.strong.iter().chain([&self.weak]).map(String::as_str)
    }
}

impl From<&Draft> for IdentityKeys {
    fn from(draft: &Draft) -> Self {
        let first = draft.authors.iter().map(|it| tidy(it)).find(|it| !it.is_empty());
        Self::from_parts(&IdentityParts {
            title: &tidy(&draft.title),
            first_author: &first.unwrap_or_default(),
            arxiv: &draft.arxiv,
            doi: &draft.doi,
            pmid: draft.field(BibField::Pmid),
            pmcid: draft.field(BibField::Pmcid),
        })
    }
}

impl From<&Paper<'_>> for IdentityKeys {
    fn from(paper: &Paper<'_>) -> Self {
        Self::from_parts(&IdentityParts::from(paper))
    }
}

impl<'a> From<&Paper<'a>> for IdentityParts<'a> {
    fn from(paper: &Paper<'a>) -> Self {
        Self {
            title: paper.title,
            first_author: paper.first_author(),
            arxiv: paper.arxiv,
            doi: paper.doi,
            pmid: paper.field(BibField::Pmid),
            pmcid: paper.field(BibField::Pmcid),
        }
    }
}

/// The kinds of strong keys, in the order of [`strong_ids`].
const STRONG_KEY_KINDS: [&str; 4] = ["arxiv", "doi", "pmid", "pmcid"];

/// Returns the strong keys: each known identifier with its kind as prefix.
fn named_strong_ids(parts: &IdentityParts<'_>) -> Vec<String> {
    let ids_by_kind = STRONG_KEY_KINDS.into_iter().zip(strong_ids(parts));
    let present = ids_by_kind.filter(|(_, id)| !id.is_empty());
    present.map(|(kind, id)| format!("{kind}:{id}")).collect()
}

/// Returns the normalised arXiv identifier, DOI, PMID and PMCID; unknown ones are empty.
pub fn strong_ids<'a>(parts: &IdentityParts<'a>) -> [Cow<'a, str>; 4] {
    let mut arxiv = arxiv_id_in(parts.arxiv).unwrap_or_default();
    let mut doi = Cow::default();
    // A DOI that arXiv registered (`10.48550/arxiv.…`) is an arXiv identifier.
    match arxiv_id_in(parts.doi) {
        Some(id) if arxiv.is_empty() => arxiv = id,
        Some(_) => {}
        None => doi = doi_in(parts.doi).unwrap_or_default(),
    }
    [arxiv, doi, pubmed_number(pmid, parts.pmid), pubmed_number(pmcid, parts.pmcid)]
}

/// Normalises a PMID or PMCID, in lower case. Empty for a placeholder.
fn pubmed_number(normal: fn(&str) -> Option<String>, text: &str) -> Cow<'static, str> {
    if text.is_empty() {
        return Cow::Borrowed("");
    }
    normal(text).map(|it| it.to_ascii_lowercase()).unwrap_or_default().into()
}

/// Returns the letters and digits of a text, folded.
pub fn alphanumeric(text: &str) -> String {
    words(&fold(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::corpus::Corpus;
    use crate::domain::paper::paper::PaperId;
    use crate::domain::segment::segment_builder::SegmentBuilder;

    fn draft(title: &str, author: &str) -> Draft {
        Draft { title: title.to_owned(), authors: vec![author.to_owned()], ..Draft::default() }
    }

    #[test]
    fn a_paper_is_known_by_its_identifiers_however_they_are_written() {
        let mut draft = draft("A", "B");
        draft.arxiv = "2501.02950v2".to_owned();
        draft.doi = "https://doi.org/10.1000/ABC".to_owned();
        draft.add_field(BibField::Pmid, "17");
        assert_eq!(
            IdentityKeys::from(&draft).strong,
            ["arxiv:2501.02950", "doi:10.1000/abc", "pmid:17"]
        );
        draft.doi = "10.48550/arXiv.2501.02950".to_owned();
        assert_eq!(IdentityKeys::from(&draft).strong, ["arxiv:2501.02950", "pmid:17"]);
    }

    #[test]
    fn the_hash_of_an_identifier_is_that_of_its_key() {
        let mut draft = draft("A", "B");
        (draft.arxiv, draft.doi) = ("2501.02950".to_owned(), "10.1000/ABC".to_owned());
        draft.add_field(BibField::Pmid, "17");
        draft.add_field(BibField::Pmcid, "PMC18");
        let identifiers = [
            Identifier::Arxiv("2501.02950".to_owned()),
            Identifier::Doi("10.1000/abc".to_owned()),
            Identifier::Pmid("17".to_owned()),
            Identifier::Pmcid("PMC18".to_owned()),
        ];
        let keys = IdentityKeys::from(&draft).strong;
        let hashes: Vec<u64> = identifiers.iter().map(IdentityKeys::hash_of_identifier).collect();
        assert_eq!(hashes, keys.iter().map(|it| fnv(it)).collect::<Vec<_>>());
    }

    #[test]
    fn accents_case_tex_and_given_names_do_not_make_another_paper() {
        let weak = |title: &str, author: &str| IdentityKeys::from(&draft(title, author)).weak;
        let key = weak("On the {G}\\\"odel–Problem", "Erdős, Pál");
        assert_eq!(key, weak("On the Gödel problem", "P. Erd\\H{o}s"));
        assert_ne!(key, weak("On the Gödel problem II", "P. Erdős"));
        assert_ne!(key, weak("On the Gödel problem", "K. Gödel"));
    }

    #[test]
    fn a_draft_has_the_keys_of_the_paper_that_it_becomes() {
        let mut draft = draft(" A\ttitle ", "Irie,  Kazuki; Jr");
        draft.doi = "10.1000/182".to_owned();
        let mut builder = SegmentBuilder::default();
        builder.push(&draft);
        let mut corpus = Corpus::default();
        corpus.push(builder.seal());
        assert_eq!(
            IdentityKeys::from(&corpus.get(PaperId(0)).unwrap()),
            IdentityKeys::from(&draft)
        );
    }
}
