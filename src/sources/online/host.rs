//! The hosts of the services: their addresses, and how often each may be asked.

use std::time::Duration;

/// A host that is asked. The configuration can give it another address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// The query interface of arXiv.
    ArxivApi,
    /// The announcements of arXiv.
    ArxivFeed,
    /// The pages of papers at arXiv.
    ArxivPages,
    HuggingFace,
    SemanticScholar,
    OpenAlex,
    Crossref,
    Pubmed,
    EuropePmc,
    Biorxiv,
    Dblp,
    Inspire,
    AclAnthology,
    PapersWithCode,
    Unpaywall,
    OpenCitations,
    /// The host of an address that the user typed; the path of a request is the whole address.
    Web,
}

/// The limit of requests in a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Hosts with the same name share the limit.
    pub group: &'static str,
    pub requests: u32,
    pub per: Duration,
    pub connections: Connections,
}

/// The requests that may be on their way at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connections {
    /// One over all processes of the user.
    One,
    /// One for each of these locks, over all processes of the user.
    OneEach(&'static [&'static str]),
    Several,
}

/// The facts about the user for which an operator raises its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UserStanding {
    pub has_contact: bool,
    /// The user has a key for this host.
    pub has_key: bool,
}

impl Host {
    pub const ALL: [Self; 17] = [
        Self::ArxivApi,
        Self::ArxivFeed,
        Self::ArxivPages,
        Self::HuggingFace,
        Self::SemanticScholar,
        Self::OpenAlex,
        Self::Crossref,
        Self::Pubmed,
        Self::EuropePmc,
        Self::Biorxiv,
        Self::Dblp,
        Self::Inspire,
        Self::AclAnthology,
        Self::PapersWithCode,
        Self::Unpaywall,
        Self::OpenCitations,
        Self::Web,
    ];

    /// The name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::ArxivApi => "arxiv-api",
            Self::ArxivFeed => "arxiv-feed",
            Self::ArxivPages => "arxiv-pages",
            Self::HuggingFace => "hugging-face",
            Self::SemanticScholar => "semantic-scholar",
            Self::OpenAlex => "openalex",
            Self::Crossref => "crossref",
            Self::Pubmed => "pubmed",
            Self::EuropePmc => "europe-pmc",
            Self::Biorxiv => "biorxiv",
            Self::Dblp => "dblp",
            Self::Inspire => "inspire",
            Self::AclAnthology => "acl-anthology",
            Self::PapersWithCode => "papers-with-code",
            Self::Unpaywall => "unpaywall",
            Self::OpenCitations => "opencitations",
            Self::Web => "web",
        }
    }

    /// The name in messages.
    pub fn title(self) -> &'static str {
        match self {
            Self::ArxivApi | Self::ArxivFeed | Self::ArxivPages => "arXiv",
            Self::HuggingFace => "Hugging Face",
            Self::SemanticScholar => "Semantic Scholar",
            Self::OpenAlex => "OpenAlex",
            Self::Crossref => "Crossref",
            Self::Pubmed => "PubMed",
            Self::EuropePmc => "Europe PMC",
            Self::Biorxiv => "bioRxiv",
            Self::Dblp => "DBLP",
            Self::Inspire => "INSPIRE",
            Self::AclAnthology => "ACL Anthology",
            Self::PapersWithCode => "Papers with Code",
            Self::Unpaywall => "Unpaywall",
            Self::OpenCitations => "OpenCitations",
            Self::Web => "the server",
        }
    }

    /// The address without a path; empty for [`Host::Web`].
    pub fn base_url(self) -> &'static str {
        match self {
            Self::ArxivApi => "https://export.arxiv.org",
            Self::ArxivFeed => "https://rss.arxiv.org",
            Self::ArxivPages => "https://arxiv.org",
            Self::HuggingFace => "https://huggingface.co",
            Self::SemanticScholar => "https://api.semanticscholar.org",
            Self::OpenAlex => "https://api.openalex.org",
            Self::Crossref => "https://api.crossref.org",
            Self::Pubmed => "https://eutils.ncbi.nlm.nih.gov",
            Self::EuropePmc => "https://www.ebi.ac.uk",
            Self::Biorxiv => "https://api.biorxiv.org",
            Self::Dblp => "https://dblp.org",
            Self::Inspire => "https://inspirehep.net",
            Self::AclAnthology => "https://aclanthology.org",
            Self::PapersWithCode => "https://paperswithcode.co",
            Self::Unpaywall => "https://api.unpaywall.org",
            Self::OpenCitations => "https://api.opencitations.net",
            Self::Web => "",
        }
    }

    /// The limit of requests that the operator of the host sets.
    pub fn rate_limit(self, standing: UserStanding) -> RateLimit {
        let limit = |group, requests, seconds, connections| RateLimit {
            group,
            requests,
            per: Duration::from_secs(seconds),
            connections,
        };
        match self {
            Self::ArxivApi | Self::ArxivFeed => limit("arxiv", 1, 3, Connections::One),
            Self::ArxivPages => limit("arxiv-pages", 1, 15, Connections::One),
            Self::HuggingFace => limit("hugging-face", 100, 300, Connections::Several),
            Self::SemanticScholar => limit("semantic-scholar", 1, 1, Connections::One),
            Self::OpenAlex => limit("openalex", 10, 1, Connections::Several),
            Self::Crossref if standing.has_contact => limit(
                "crossref",
                10,
                1,
                Connections::OneEach(&["crossref-1", "crossref-2", "crossref-3"]),
            ),
            Self::Crossref => limit("crossref", 5, 1, Connections::One),
            Self::Pubmed if standing.has_key => limit("pubmed", 10, 1, Connections::Several),
            Self::Pubmed => limit("pubmed", 3, 1, Connections::Several),
            Self::EuropePmc => limit("europe-pmc", 5, 1, Connections::Several),
            Self::Biorxiv => limit("biorxiv", 1, 1, Connections::One),
            Self::Dblp => limit("dblp", 1, 5, Connections::One),
            Self::Inspire => limit("inspire", 15, 5, Connections::Several),
            Self::AclAnthology => limit("acl-anthology", 1, 1, Connections::One),
            Self::PapersWithCode => limit("papers-with-code", 2, 1, Connections::One),
            Self::Unpaywall => limit("unpaywall", 10, 1, Connections::Several),
            Self::OpenCitations => limit("opencitations", 2, 1, Connections::One),
            Self::Web => limit("web", 2, 1, Connections::Several),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_or_a_key_raises_a_limit() {
        let rate = |host: Host, has_contact, has_key| {
            let limit = host.rate_limit(UserStanding { has_contact, has_key });
            (limit.requests, limit.connections == Connections::One)
        };
        assert_eq!(rate(Host::Crossref, false, true), (5, true));
        assert_eq!(rate(Host::Crossref, true, false), (10, false));
        assert_eq!(rate(Host::Pubmed, true, false), (3, false));
        assert_eq!(rate(Host::Pubmed, false, true), (10, false));
    }

    #[test]
    fn every_host_has_a_name_of_its_own() {
        let names = Host::ALL.map(Host::name);
        assert!(names.iter().enumerate().all(|(at, it)| !names[..at].contains(it)));
        assert!(Host::ALL.iter().all(|it| *it == Host::Web || it.base_url().starts_with("https:")));
    }
}
