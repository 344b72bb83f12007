//! The addresses of a paper: what follows from its identifiers, and what its text names.

use super::Paper;
use crate::text;

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    Arxiv,
    Doi,
    HuggingFace,
    Pdf,
    /// An address that the source or the abstract gives.
    Named,
    /// A search for the title, never the paper's own address.
    Search,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub kind: LinkKind,
    pub url: String,
}

impl LinkKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Arxiv => "arXiv",
            Self::Doi => "DOI",
            Self::HuggingFace => "Hugging Face",
            Self::Pdf => "PDF",
            Self::Named => "link",
            Self::Search => "search",
        }
    }
}

/// Whether the text names an address where code lies.
pub fn mentions_code(text: &str) -> bool {
    const HOSTS: [&str; 7] = [
        "github.com",
        "github.io",
        "gitlab.com",
        "bitbucket.org",
        "codeberg.org",
        "huggingface.co",
        "sourceforge.net",
    ];
    let text = text.as_bytes();
    let ends = |before: &[u8], host: &str| {
        let start = before.len().checked_sub(host.len());
        start.is_some_and(|start| before[start..].eq_ignore_ascii_case(host.as_bytes()))
    };
    memchr::memchr_iter(b'/', text).any(|at| HOSTS.iter().any(|host| ends(&text[..at], host)))
}

/// Every address of the paper, the one to open first. `abstract_text` may be empty.
pub fn links(paper: &Paper<'_>, abstract_text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut add = |kind, url: String| {
        if !links.iter().any(|it: &Link| it.url == url) {
            links.push(Link { kind, url });
        }
    };
    let arxiv = paper.arxiv;
    if !arxiv.is_empty() {
        add(LinkKind::Arxiv, format!("https://arxiv.org/abs/{arxiv}"));
    }
    if !paper.doi.is_empty() {
        add(LinkKind::Doi, format!("https://doi.org/{}", encode(paper.doi, "/.:;()-_")));
    }
    if !arxiv.is_empty() {
        add(LinkKind::HuggingFace, format!("https://huggingface.co/papers/{arxiv}"));
        add(LinkKind::Pdf, format!("https://arxiv.org/pdf/{arxiv}"));
    }
    for url in paper.urls() {
        let is_pdf = url.to_ascii_lowercase().ends_with(".pdf");
        add(if is_pdf { LinkKind::Pdf } else { LinkKind::Named }, url.to_owned());
    }
    if arxiv.is_empty() && paper.doi.is_empty() && paper.url_list.is_empty() {
        add(LinkKind::Search, search_url(&text::readable(paper.title)));
    }
    for link in text::links(abstract_text) {
        add(LinkKind::Named, link.url);
    }
    links
}

/// The address to open and to copy: the paper's own, or else a search for it.
pub fn main_link(paper: &Paper<'_>) -> Link {
    let search = || Link { kind: LinkKind::Search, url: search_url(&text::readable(paper.title)) };
    links(paper, "").into_iter().next().unwrap_or_else(search)
}

fn search_url(title: &str) -> String {
    format!("https://huggingface.co/papers?q={}", encode(title, "-_.~"))
}

/// Percent-encodes all but letters, digits and the characters in `kept`.
fn encode(text: &str, kept: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte) {
            encoded.push(byte.into());
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Kind;

    const PAPER: Paper<'_> = Paper {
        title: "A Title: na\\\"ive & bold",
        author_list: "",
        year: None,
        categories: "",
        venue: "",
        arxiv: "",
        doi: "",
        url_list: "",
        kind: Kind::Unknown,
        fact_list: "",
        key_hash: 0,
    };

    #[test]
    fn a_paper_without_identifiers_gets_a_search_that_says_so() {
        let link = main_link(&PAPER);
        assert_eq!(link.kind, LinkKind::Search);
        assert_eq!(
            link.url,
            "https://huggingface.co/papers?q=A%20Title%3A%20na%C3%AFve%20%26%20bold"
        );
    }

    #[test]
    fn code_is_where_a_host_of_code_is_named_with_a_path() {
        assert!(mentions_code("and/or at https://GitHub.com/a/b."));
        assert!(!mentions_code("github.com, /"));
    }

    #[test]
    fn the_page_comes_first_and_the_links_of_the_abstract_last() {
        let paper = Paper { arxiv: "2501.02950", doi: "10.1007/s1", ..PAPER };
        let urls: Vec<String> = links(&paper, "Code at https://example.org/code. And more.")
            .into_iter()
            .map(|it| it.url)
            .collect();
        assert_eq!(
            urls,
            [
                "https://arxiv.org/abs/2501.02950",
                "https://doi.org/10.1007/s1",
                "https://huggingface.co/papers/2501.02950",
                "https://arxiv.org/pdf/2501.02950",
                "https://example.org/code"
            ]
        );
    }
}
