//! The URLs of a paper: those derived from its identifiers, given by its source, or found in its
//! abstract.

use super::paper::Paper;
use crate::domain::identifier::{doi_url, is_hugging_face_page, percent_encode};
use crate::text::{self, Distinct};

/// The kind of a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    Arxiv,
    Doi,
    HuggingFace,
    Pdf,
    /// Given by the source.
    FromSource,
    /// Found in the abstract. Often of code or data, so it is never used as the paper's own URL.
    InAbstract,
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
            Self::FromSource => "link",
            Self::InAbstract => "abstract",
        }
    }
}

/// Returns true if the text has a URL of a code host, such as `github.com`.
pub fn mentions_code(text: &str) -> bool {
    const CODE_HOSTS: [&str; 7] = [
        "github.com", "github.io", "gitlab.com", "bitbucket.org", "codeberg.org", "huggingface.co",
        "sourceforge.net",
    ];
    let text = text.as_bytes();
    let ends = |host_prefix: &[u8], host: &str| {
        let start = host_prefix.len().checked_sub(host.len());
        start.is_some_and(|start| host_prefix[start..].eq_ignore_ascii_case(host.as_bytes()))
    };
    memchr::memchr_iter(b'/', text).any(|at| CODE_HOSTS.iter().any(|host| ends(&text[..at], host)))
}

/// Returns the URLs of a paper without duplicates, the one to open first, those of the abstract
/// last. `abstract_text` may be empty.
pub fn links(paper: &Paper<'_>, abstract_text: &str) -> Vec<Link> {
    let (mut links, mut seen_urls) = (Vec::new(), Distinct::default());
    let mut add = |kind, url: String| {
        if seen_urls.add(url.clone()) {
            links.push(Link { kind, url });
        }
    };
    let arxiv = paper.arxiv;
    if !arxiv.is_empty() {
        add(LinkKind::Arxiv, format!("https://arxiv.org/abs/{arxiv}"));
    }
    if !paper.doi.is_empty() {
        add(LinkKind::Doi, doi_url(paper.doi));
    }
    for page in paper.urls().filter(|it| is_hugging_face_page(it)) {
        add(LinkKind::HuggingFace, page.to_owned());
    }
    if !arxiv.is_empty() {
        add(LinkKind::Pdf, format!("https://arxiv.org/pdf/{arxiv}"));
    }
    for url in paper.urls() {
        let is_pdf = url.to_ascii_lowercase().ends_with(".pdf");
        add(if is_pdf { LinkKind::Pdf } else { LinkKind::FromSource }, url.to_owned());
    }
    for link in text::find_urls(abstract_text) {
        add(LinkKind::InAbstract, link.url);
    }
    links
}

/// Returns the paper's own URL, to open, copy and cite. `None` for a paper without identifier and
/// URL.
pub fn main_link(paper: &Paper<'_>) -> Option<Link> {
    links(paper, "").into_iter().next()
}

/// Returns the URL of a search for the paper's title on Hugging Face. Opening it sends the title
/// there, so it is not among [`links`].
pub fn search_url(paper: &Paper<'_>) -> String {
    let title = text::tex_to_unicode(paper.title);
    format!("https://huggingface.co/papers?q={}", percent_encode(&title, "-_.~"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::paper::field::PaperKind;

    const PAPER: Paper<'_> = Paper {
        title: "A Title: na\\\"ive & bold",
        author_list: "",
        year: None,
        categories: "",
        venue: "",
        arxiv: "",
        doi: "",
        url_list: "",
        kind: PaperKind::Unknown,
        field_list: "",
        key_hash: 0,
    };

    #[test]
    fn a_paper_without_identifier_and_address_has_no_link() {
        assert_eq!(main_link(&PAPER), None);
        let mentioned = links(&PAPER, "Code at https://example.org/code.");
        assert_eq!(mentioned.len(), 1);
        assert_eq!(mentioned[0].kind, LinkKind::InAbstract);
        assert_eq!(
            search_url(&PAPER),
            "https://huggingface.co/papers?q=A%20Title%3A%20na%C3%AFve%20%26%20bold"
        );
    }

    #[test]
    fn a_page_on_hugging_face_is_one_that_the_source_gives() {
        let kinds = |url_list| {
            let paper = Paper { arxiv: "2501.02950", url_list, ..PAPER };
            links(&paper, "").into_iter().map(|it| it.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(""), [LinkKind::Arxiv, LinkKind::Pdf]);
        assert_eq!(
            kinds("https://huggingface.co/papers/2501.02950"),
            [LinkKind::Arxiv, LinkKind::HuggingFace, LinkKind::Pdf]
        );
        assert!(!is_hugging_face_page("https://huggingface.co/papers?q=a"));
        assert!(!is_hugging_face_page("https://huggingface.co/datasets/a"));
        assert!(is_hugging_face_page("http://www.huggingface.co/papers/2501.02950"));
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
                "https://arxiv.org/pdf/2501.02950",
                "https://example.org/code"
            ]
        );
    }
}
