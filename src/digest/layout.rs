//! The digest as plain data, from which every form is made. All text in it is sanitised, has no line
//! breaks, and is bounded.

use jiff::civil::Date;

use crate::domain::{BibField, IdentityKeys, LinkKind, Paper, PersonName, has_et_al, links};
use crate::domain::{gist, mentions_code};
use crate::text::{counted, fnv, sanitise, tex_to_unicode};

/// Maximum number of authors that are named.
const MAX_NAMED_AUTHORS: usize = 3;
const MAX_TITLE_LEN: usize = 400;
const MAX_NAME_LEN: usize = 100;
const MAX_GIST_LEN: usize = 600;
const MAX_URL_LEN: usize = 1000;
const MAX_LINKS: usize = 6;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The name of what is listed: `inbox`, a file, a saved search.
    pub name: String,
    pub day: Date,
    pub sections: Vec<DigestSection>,
    /// The lines at the end: counts, failures, how to change the digest.
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestSection {
    pub kind: SectionKind,
    pub papers: Vec<DigestPaper>,
}

/// The way in which papers were announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// Changes of papers that the user has marked.
    MarkedNews,
    New,
    CrossListed,
    Replaced,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestPaper {
    /// A name that stays the same in every digest and feed.
    pub urn: String,
    pub title: String,
    pub url: Option<String>,
    pub authors: String,
    /// Venue or categories.
    pub place: String,
    /// The reason why the paper is in the digest.
    pub reason: String,
    /// The sentence of the abstract that says what is new.
    pub gist: String,
    pub links: Vec<DigestLink>,
    /// The day on which it was listed.
    pub listed: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestLink {
    pub label: &'static str,
    pub url: String,
}

impl SectionKind {
    /// The section of a paper, by how the inbox says that it was announced.
    pub fn from_announcement(announcement: &str) -> Self {
        match announcement {
            "" | "new" => Self::New,
            "cross-listed" => Self::CrossListed,
            "replaced" => Self::Replaced,
            _ => Self::MarkedNews,
        }
    }

    pub fn heading(self) -> &'static str {
        match self {
            Self::MarkedNews => "News of your papers",
            Self::New => "New",
            Self::CrossListed => "Cross-listed",
            Self::Replaced => "Replaced",
        }
    }
}

impl Digest {
    pub fn paper_count(&self) -> usize {
        self.sections.iter().map(|it| it.papers.len()).sum()
    }

    pub fn papers(&self) -> impl Iterator<Item = &DigestPaper> {
        self.sections.iter().flat_map(|it| &it.papers)
    }

    /// The title, as in `Offprint digest: inbox, 2026-11-30`.
    pub fn title(&self) -> String {
        format!("Offprint digest: {}, {}", self.name, self.day)
    }

    /// The subject of a mail, as in `3 new papers (inbox): Snow on Slopes`.
    pub fn subject(&self) -> String {
        const MAX_SUBJECT_TITLE_LEN: usize = 120;
        let first = self.papers().next().map_or("", |it| it.title.as_str());
        let papers = counted(self.paper_count(), "new paper");
        format!("{papers} ({}): {}", self.name, bounded(first, MAX_SUBJECT_TITLE_LEN))
    }
}

/// Describes a paper. `reason` is why it is here, beside the sources that listed it.
pub fn digest_paper(paper: &Paper<'_>, abstract_text: &str, reason: Option<&str>) -> DigestPaper {
    let links = paper_links(paper, abstract_text);
    let title = clean(&tex_to_unicode(paper.title), MAX_TITLE_LEN);
    let gist = gist(abstract_text).unwrap_or_default();
    let keys = IdentityKeys::from(paper);
    let key = keys.iter().next().map(fnv).unwrap_or_default();
    DigestPaper {
        urn: format!("urn:offprint:{key:016x}"),
        title: if title.is_empty() { "(untitled)".to_owned() } else { title },
        url: links.first().map(|it| it.url.clone()),
        authors: first_authors(paper),
        place: clean(&tex_to_unicode(place(paper)), MAX_NAME_LEN),
        reason: reason_text(paper, reason),
        gist: clean(&tex_to_unicode(gist), MAX_GIST_LEN),
        links,
        listed: paper.field(BibField::Listed).parse().ok(),
    }
}

/// The venue, or else the categories.
fn place<'a>(paper: &Paper<'a>) -> &'a str {
    if paper.venue.is_empty() { paper.categories } else { paper.venue }
}

/// The first authors and how many more there are.
fn first_authors(paper: &Paper<'_>) -> String {
    let full_name =
        |name: &str| clean(&PersonName::parse(&tex_to_unicode(name)).full_name(), MAX_NAME_LEN);
    let names: Vec<String> = paper.authors().take(MAX_NAMED_AUTHORS).map(full_name).collect();
    let more = paper.authors().count().saturating_sub(names.len());
    let names = names.join(", ");
    match more {
        0 if has_et_al(paper.author_list) => format!("{names} and others"),
        0 => names,
        more => format!("{names} and {more} more"),
    }
}

fn reason_text(paper: &Paper<'_>, reason: Option<&str>) -> String {
    let origins = paper.origins().map(|it| clean(it, MAX_NAME_LEN)).collect::<Vec<_>>().join(", ");
    let origins = (!origins.is_empty()).then(|| format!("listed by {origins}"));
    let reason = reason.map(|it| clean(it, MAX_TITLE_LEN));
    reason.into_iter().chain(origins).collect::<Vec<_>>().join(" · ")
}

/// The page, the abstract, the PDF, the HTML and the code of a paper.
fn paper_links(paper: &Paper<'_>, abstract_text: &str) -> Vec<DigestLink> {
    let mut found = Vec::new();
    for link in links(paper, abstract_text) {
        let label = match link.kind {
            LinkKind::Arxiv => "abstract",
            LinkKind::Doi => "DOI",
            LinkKind::HuggingFace => "Hugging Face",
            LinkKind::Pdf => "PDF",
            LinkKind::FromSource | LinkKind::InAbstract if mentions_code(&link.url) => "code",
            LinkKind::FromSource => "page",
            LinkKind::InAbstract => continue,
        };
        found.push(DigestLink { label, url: link.url });
    }
    if !paper.arxiv.is_empty() {
        let url = format!("https://arxiv.org/html/{}", paper.arxiv);
        found.insert(1, DigestLink { label: "HTML", url });
    }
    found.retain(|it| is_web_url(&it.url));
    found.truncate(MAX_LINKS);
    found
}

/// Returns true for what a mail may link to. Other schemes could run code.
fn is_web_url(url: &str) -> bool {
    let is_allowed =
        |it: char| !it.is_control() && !it.is_whitespace() && !"<>\"'`\\{}|^".contains(it);
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.len() <= MAX_URL_LEN
        && url.chars().all(is_allowed)
}

/// The text in one line, without control characters.
fn clean(text: &str, max_len: usize) -> String {
    let text = sanitise(text);
    bounded(&text.split_whitespace().collect::<Vec<_>>().join(" "), max_len)
}

/// The text, or its beginning with an ellipsis.
fn bounded(text: &str, max_len: usize) -> String {
    match text.char_indices().nth(max_len) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A digest of one paper with a hostile title.
    pub fn hostile_digest(title: &str) -> Digest {
        let paper = Paper {
            title,
            author_list: "Moss, Ada",
            arxiv: "2611.00001",
            url_list: "javascript:alert(1) https://github.com/a/b",
            categories: "cs.CL",
            ..Paper::default()
        };
        let paper = digest_paper(&paper, "We show that snow falls.", Some("like *Fog*"));
        Digest {
            name: "inbox".to_owned(),
            day: jiff::civil::date(2026, 11, 30),
            sections: vec![DigestSection { kind: SectionKind::New, papers: vec![paper] }],
            notes: vec!["1 of 1 paper".to_owned()],
        }
    }

    #[test]
    fn a_paper_has_its_links_and_none_that_runs_code() {
        let digest = hostile_digest("Snow");
        let paper = digest.papers().next().unwrap();
        let links: Vec<&str> = paper.links.iter().map(|it| it.label).collect();
        assert_eq!(links, ["abstract", "HTML", "PDF", "code"]);
        assert_eq!(paper.url.as_deref(), Some("https://arxiv.org/abs/2611.00001"));
        assert_eq!(paper.authors, "Ada Moss");
        assert_eq!(paper.gist, "We show that snow falls.");
        assert_eq!(digest.subject(), "1 new paper (inbox): Snow");
    }

    #[test]
    fn every_text_is_one_bounded_line() {
        let digest = hostile_digest(&format!("A\r\nBcc: x@y.org\u{202e}{}", "é".repeat(5000)));
        let paper = digest.papers().next().unwrap();
        assert!(!paper.title.contains(char::is_control) && !paper.title.contains('\u{202e}'));
        assert_eq!(paper.title.chars().count(), MAX_TITLE_LEN + 1);
    }
}
