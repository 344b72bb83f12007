//! What a paper is known by, so that it is the same paper wherever it is met.

use std::borrow::Cow;

use super::generic_title::is_generic;
use super::ident::{arxiv_id_in, doi_in};
use super::{Draft, FIELD_END, Fact, Name, Paper, Segment, VARIANT, pmcid, pmid, tidy};
use crate::text::{fnv, fnv_of, fnv_of_words, fold, readable, words};

/// The identities of a paper. They outlive a run: the reader's marks are kept by them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// Papers that share one of these are one paper: `arxiv:2501.02950`, `doi:10.1000/182`,
    /// `pmid:123`, `pmcid:pmc123`.
    pub strong: Vec<String>,
    /// A hash of folded title and first author, which every paper has, `title:` and 16 digits. Those
    /// of two papers differ unless title and first author are alike.
    pub weak: String,
}

/// What keys are made of.
struct Parts<'a> {
    title: &'a str,
    first_author: &'a str,
    arxiv: &'a str,
    doi: &'a str,
    pmid: &'a str,
    pmcid: &'a str,
}

impl Keys {
    fn of(parts: &Parts<'_>) -> Self {
        let first_author = readable(parts.first_author);
        let author = Name::family_of(&first_author);
        let known = format!("{}|{}", alphanumeric(&readable(parts.title)), alphanumeric(&author));
        Self { strong: named(parts), weak: format!("title:{:016x}", fnv(&known)) }
    }

    /// The hashes of the strong ones, which cost little.
    pub fn strong_hashes(paper: &Paper<'_>) -> impl Iterator<Item = u64> {
        let strong = KINDS.into_iter().zip(strong(&Parts::from(paper)));
        let hash =
            |(kind, id): (_, Cow<'_, str>)| (!id.is_empty()).then(|| fnv_of([kind, ":", &id]));
        strong.filter_map(hash)
    }

    /// All of them, the strong ones first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.strong.iter().chain([&self.weak]).map(String::as_str)
    }
}

impl From<&Draft> for Keys {
    fn from(draft: &Draft) -> Self {
        let first = draft.authors.iter().map(|it| tidy(it)).find(|it| !it.is_empty());
        Self::of(&Parts {
            title: &tidy(&draft.title),
            first_author: &first.unwrap_or_default(),
            arxiv: &draft.arxiv,
            doi: &draft.doi,
            pmid: draft.fact(Fact::Pmid),
            pmcid: draft.fact(Fact::Pmcid),
        })
    }
}

impl From<&Paper<'_>> for Keys {
    fn from(paper: &Paper<'_>) -> Self {
        Self::of(&Parts::from(paper))
    }
}

impl<'a> From<&Paper<'a>> for Parts<'a> {
    fn from(paper: &Paper<'a>) -> Self {
        Self {
            title: paper.title,
            first_author: paper.first_author(),
            arxiv: paper.arxiv,
            doi: paper.doi,
            pmid: paper.fact(Fact::Pmid),
            pmcid: paper.fact(Fact::Pmcid),
        }
    }
}

/// What is known of a row, as numbers, by which rows are compared. Zero where nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// Of arXiv identifier, DOI, `PubMed` and `PubMed` Central.
    pub strong: [u64; 4],
    /// Of title and first author, where these say enough; where they do not, of the place in which
    /// the paper appeared besides.
    pub weak: u64,
}

impl Identity {
    /// Shorter titles than this, in letters and digits, are borne by many papers; without an author
    /// it takes a long one.
    const SHORT: usize = 10;
    const LONG: usize = 30;

    pub fn of(segment: &Segment, row: u32) -> Self {
        let paper = segment.paper(row);
        let parts = Parts::from(&paper);
        let title = folded_title(segment, row);
        let family = fold(&Name::family_of(&readable(parts.first_author)));
        let is_anonymous = is_anonymous(&family);
        let (known, len) = fnv_of_words([title, if is_anonymous { "" } else { &family }]);
        let is_generic = is_generic(title);
        let weak = match (is_generic, is_anonymous) {
            (false, false) if len >= Self::SHORT => known,
            (false, true) if len < Self::LONG => 0,
            (false, false) => 0,
            _ => beside(known, &paper, is_generic, is_anonymous),
        };
        let strong = strong(&parts).map(|id| if id.is_empty() { 0 } else { fnv(&id) });
        Self { strong, weak }
    }
}

/// Returns true if very many works bear the title of a row.
pub fn has_generic_title(segment: &Segment, row: u32) -> bool {
    is_generic(folded_title(segment, row))
}

/// Returns true if the folded family name of a first author names nobody.
fn is_anonymous(family: &str) -> bool {
    const NOBODY: [&str; 10] = [
        "anon",
        "anonym",
        "anonyme",
        "anonymous",
        "anonymus",
        "na",
        "nobody",
        "none",
        "null",
        "unknown",
    ];
    let mut words = words(family);
    match (words.next(), words.next()) {
        (Some(word), None) => NOBODY.contains(&word),
        (first, _) => first.is_none(),
    }
}

/// A hash of what is known by its title and author, and of where the paper appeared: its container,
/// with its pages where the title is generic, and its year where it has no author. Zero where one of
/// these is not known.
fn beside(known: u64, paper: &Paper<'_>, is_generic: bool, is_anonymous: bool) -> u64 {
    let container = match paper.fact(Fact::Container) {
        "" => paper.venue,
        full => full,
    };
    let container = alphanumeric(&readable(container));
    let pages = if is_generic { alphanumeric(paper.fact(Fact::Pages)) } else { String::new() };
    let year = paper.year.filter(|_| is_anonymous).map(|it| it.to_string());
    let is_known =
        !container.is_empty() && pages.is_empty() != is_generic && year.is_some() == is_anonymous;
    let place = [&*container, "|", &pages, "|", year.as_deref().unwrap_or_default()];
    if is_known { known ^ fnv_of(place) } else { 0 }
}

/// The title as it is folded for matching, without other spellings.
fn folded_title(segment: &Segment, row: u32) -> &str {
    let record = segment.folded().record(row);
    let end = memchr::memchr2(FIELD_END as u8, VARIANT as u8, record.as_bytes());
    &record[..end.unwrap_or(record.len())]
}

/// What strong identifiers are of, in the order of [`strong`].
const KINDS: [&str; 4] = ["arxiv", "doi", "pmid", "pmcid"];

/// The strong identifiers that are known, each behind the name of its kind.
fn named(parts: &Parts<'_>) -> Vec<String> {
    let named = KINDS.into_iter().zip(strong(parts));
    let known = named.filter(|(_, id)| !id.is_empty());
    known.map(|(kind, id)| format!("{kind}:{id}")).collect()
}

/// The identifiers, normalised: of arXiv, DOI, `PubMed` and `PubMed` Central.
fn strong<'a>(parts: &Parts<'a>) -> [Cow<'a, str>; 4] {
    let mut arxiv = arxiv_id_in(parts.arxiv).unwrap_or_default();
    let mut given = Cow::default();
    // A DOI that arXiv gave is the identifier there.
    match arxiv_id_in(parts.doi) {
        Some(id) if arxiv.is_empty() => arxiv = id,
        Some(_) => {}
        None => given = doi_in(parts.doi).unwrap_or_default(),
    }
    [arxiv, given, number(pmid, parts.pmid), number(pmcid, parts.pmcid)]
}

/// A number in `PubMed` in its normal form, in lower case; empty where it is a placeholder.
fn number(normal: fn(&str) -> Option<String>, text: &str) -> Cow<'static, str> {
    if text.is_empty() {
        return Cow::Borrowed("");
    }
    normal(text).map(|it| it.to_ascii_lowercase()).unwrap_or_default().into()
}

/// Letters and digits, folded.
fn alphanumeric(text: &str) -> String {
    words(&fold(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Corpus, PaperId, SegmentBuilder};

    fn draft(title: &str, author: &str) -> Draft {
        Draft { title: title.to_owned(), authors: vec![author.to_owned()], ..Draft::default() }
    }

    #[test]
    fn a_paper_is_known_by_its_identifiers_however_they_are_written() {
        let mut one = draft("A", "B");
        one.arxiv = "2501.02950v2".to_owned();
        one.doi = "https://doi.org/10.1000/ABC".to_owned();
        one.add_fact(Fact::Pmid, "17");
        assert_eq!(Keys::from(&one).strong, ["arxiv:2501.02950", "doi:10.1000/abc", "pmid:17"]);
        one.doi = "10.48550/arXiv.2501.02950".to_owned();
        assert_eq!(Keys::from(&one).strong, ["arxiv:2501.02950", "pmid:17"]);
    }

    #[test]
    fn accents_case_tex_and_given_names_do_not_make_another_paper() {
        let weak = |title: &str, author: &str| Keys::from(&draft(title, author)).weak;
        let one = weak("On the {G}\\\"odel–Problem", "Erdős, Pál");
        assert_eq!(one, weak("On the Gödel problem", "P. Erd\\H{o}s"));
        assert_ne!(one, weak("On the Gödel problem II", "P. Erdős"));
        assert_ne!(one, weak("On the Gödel problem", "K. Gödel"));
    }

    #[test]
    fn a_draft_has_the_keys_of_the_paper_that_it_becomes() {
        let mut one = draft(" A\ttitle ", "Irie,  Kazuki; Jr");
        one.doi = "10.1000/182".to_owned();
        let mut builder = SegmentBuilder::default();
        builder.push(&one);
        let mut corpus = Corpus::default();
        corpus.push(builder.seal());
        assert_eq!(Keys::from(&corpus.get(PaperId(0)).unwrap()), Keys::from(&one));
    }
}
