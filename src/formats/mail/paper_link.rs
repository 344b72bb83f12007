//! Links in mails that lead to papers, through the redirections of alert services and mail servers.

use crate::domain::{arxiv_id_in, doi_in, percent_decode_once};

/// A link to a paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperLink {
    pub arxiv: String,
    pub doi: String,
    /// Without the redirections.
    pub url: String,
}

/// Maximum number of redirections around a link.
const MAX_REDIRECTIONS: usize = 4;
/// Parameters of redirections that have the address.
const TARGET_PARAMETERS: [&str; 5] = ["url", "q", "u", "target", "redirect"];
/// Maximum length of an address.
const MAX_URL_LEN: usize = 4000;

impl PaperLink {
    /// The paper that a link leads to; `None` for a link of another kind.
    pub fn parse(url: &str) -> Option<Self> {
        if url.len() > MAX_URL_LEN {
            return None;
        }
        let is_of_scholar = is_scholar_title(url);
        let url = without_redirections(url);
        let arxiv = arxiv_id_in(&url).map(|it| it.to_string()).unwrap_or_default();
        let doi = doi_in(&url).map(|it| it.to_string()).or_else(|| nature_doi(&url));
        let doi = doi.unwrap_or_default();
        let is_page = is_semantic_scholar_page(&url);
        let is_paper = !arxiv.is_empty() || !doi.is_empty() || is_of_scholar || is_page;
        is_paper.then(|| Self { arxiv, doi, url: without_tracking(&url) })
    }

    /// Returns true if both lead to the same paper.
    pub fn is_same(&self, other: &Self) -> bool {
        let is_equal = |a: &str, b: &str| !a.is_empty() && a == b;
        is_equal(&self.arxiv, &other.arxiv)
            || is_equal(&self.doi, &other.doi)
            || self.url == other.url
    }
}

/// Returns true for the link of a title in an alert of Google Scholar.
fn is_scholar_title(url: &str) -> bool {
    let (host, path) = host_and_path(url);
    host.starts_with("scholar.google.") && path.starts_with("scholar_url?")
}

/// Returns true for the page of a paper: `semanticscholar.org/paper/Title/40 hexadecimal digits`.
fn is_semantic_scholar_page(url: &str) -> bool {
    let (host, path) = host_and_path(url);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    host.ends_with("semanticscholar.org") && path.starts_with("paper/")
        || host == "api.semanticscholar.org" && path.starts_with("CorpusID:")
}

/// The DOI in an address of Nature, which leaves out its prefix: `nature.com/articles/s41586-…`.
fn nature_doi(url: &str) -> Option<String> {
    let (host, path) = host_and_path(url);
    let id = path.strip_prefix("articles/").filter(|_| host.ends_with("nature.com"))?;
    let id = id.split(['?', '#', '/', '.']).next().filter(|it| it.len() > 6)?;
    let is_id = id.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    is_id.then(|| format!("10.1038/{}", id.to_ascii_lowercase()))
}

fn host_and_path(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').unwrap_or((rest, ""))
}

/// The address that the parameters of a redirection have.
fn without_redirections(url: &str) -> String {
    let mut url = url.trim().to_owned();
    for _ in 0..MAX_REDIRECTIONS {
        let Some(target) = redirection_target(&url) else { break };
        url = target;
    }
    url
}

fn redirection_target(url: &str) -> Option<String> {
    // `https://urldefense.com/v3/__https://example.org/a__;…`
    if let Some((_, rest)) = url.split_once("/v3/__")
        && host_and_path(url).0.starts_with("urldefense")
    {
        return Some(rest.split("__;").next().unwrap_or(rest).to_owned());
    }
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let parameters = query.split('&').filter_map(|it| it.split_once('='));
    let targets = parameters.filter(|(name, _)| TARGET_PARAMETERS.contains(name));
    let decoded = |value: &str| percent_decode_once(value).unwrap_or_else(|| value.to_owned());
    let mut targets = targets.map(|(_, value)| decoded(value));
    targets.find(|it| it.starts_with("https://") || it.starts_with("http://"))
}

/// An address without the parameters that follow readers.
fn without_tracking(url: &str) -> String {
    let (page, query) = url.split_once('?').unwrap_or((url, ""));
    let is_own = |it: &&str| {
        let tracking = ["utm_", "email", "campaign", "mc_", "fbclid"];
        !it.is_empty() && !tracking.iter().any(|prefix| it.starts_with(prefix))
    };
    let query: Vec<&str> = query.split('&').filter(is_own).collect();
    if query.is_empty() { page.to_owned() } else { format!("{page}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_its_paper_through_redirections() {
        for (url, arxiv, doi, page) in [
            (
                "https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2601.00001&hl=en&sa=X",
                "2601.00001",
                "",
                "https://arxiv.org/pdf/2601.00001",
            ),
            (
                "https://scholar.google.se/scholar_url?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&d=2",
                "",
                "",
                "https://example.org/a?b=1",
            ),
            (
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdoi.org%2F10.1000%2Fsnow&data=x",
                "",
                "10.1000/snow",
                "https://doi.org/10.1000/snow",
            ),
            (
                "https://urldefense.com/v3/__https://doi.org/10.1000/snow__;!!x",
                "",
                "10.1000/snow",
                "https://doi.org/10.1000/snow",
            ),
            (
                "https://www.semanticscholar.org/paper/Snow/0123456789abcdef?utm_source=alert_email",
                "",
                "",
                "https://www.semanticscholar.org/paper/Snow/0123456789abcdef",
            ),
        ] {
            let link = PaperLink::parse(url).unwrap();
            assert_eq!((&*link.arxiv, &*link.doi, &*link.url), (arxiv, doi, page), "{url}");
        }
        for url in [
            "https://scholar.google.com/scholar_alerts?view_op=cancel",
            "https://www.semanticscholar.org/me/alerts",
            "https://example.org/",
            "mailto:a@b",
            "",
        ] {
            assert_eq!(PaperLink::parse(url), None, "{url}");
        }
    }
}
