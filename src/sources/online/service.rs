//! The services, and how each is asked.

use super::address::Question;
use super::error::FetchError;
use super::request::{HttpReply, HttpRequest, Lifetime, PageReading};
use super::service_query::QuerySyntax;
use super::settings::OnlineSettings;

/// A service that has papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    HuggingFace,
    Arxiv,
    SemanticScholar,
    OpenAlex,
    Crossref,
    Pubmed,
    EuropePmc,
    Biorxiv,
    Medrxiv,
    Dblp,
    Inspire,
    AclAnthology,
    PapersWithCode,
    Unpaywall,
    OpenCitations,
    /// Any file, feed or page with an address of its own.
    Web,
}

impl Service {
    pub const ALL: [Self; 16] = [
        Self::HuggingFace,
        Self::Arxiv,
        Self::SemanticScholar,
        Self::OpenAlex,
        Self::Crossref,
        Self::Pubmed,
        Self::EuropePmc,
        Self::Biorxiv,
        Self::Medrxiv,
        Self::Dblp,
        Self::Inspire,
        Self::AclAnthology,
        Self::PapersWithCode,
        Self::Unpaywall,
        Self::OpenCitations,
        Self::Web,
    ];

    /// The word before the colon of an address.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::HuggingFace => "hf",
            Self::Arxiv => "arxiv",
            Self::SemanticScholar => "s2",
            Self::OpenAlex => "openalex",
            Self::Crossref => "crossref",
            Self::Pubmed => "pubmed",
            Self::EuropePmc => "europepmc",
            Self::Biorxiv => "biorxiv",
            Self::Medrxiv => "medrxiv",
            Self::Dblp => "dblp",
            Self::Inspire => "inspire",
            Self::AclAnthology => "acl",
            Self::PapersWithCode => "pwc",
            Self::Unpaywall => "unpaywall",
            Self::OpenCitations => "opencitations",
            Self::Web => "https",
        }
    }

    /// The name in messages.
    pub fn title(self) -> &'static str {
        match self {
            Self::HuggingFace => "Hugging Face",
            Self::Arxiv => "arXiv",
            Self::SemanticScholar => "Semantic Scholar",
            Self::OpenAlex => "OpenAlex",
            Self::Crossref => "Crossref",
            Self::Pubmed => "PubMed",
            Self::EuropePmc => "Europe PMC",
            Self::Biorxiv => "bioRxiv",
            Self::Medrxiv => "medRxiv",
            Self::Dblp => "DBLP",
            Self::Inspire => "INSPIRE",
            Self::AclAnthology => "ACL Anthology",
            Self::PapersWithCode => "Papers with Code",
            Self::Unpaywall => "Unpaywall",
            Self::OpenCitations => "OpenCitations",
            Self::Web => "the web",
        }
    }
}

/// How a service is asked. Without I/O, so that it is tested without a socket.
pub trait ServiceProtocol: Sync {
    /// What its queries can express.
    fn syntax(&self) -> QuerySyntax;

    /// The request for the first page.
    ///
    /// # Errors
    ///
    /// Returns [`FetchError::Unsupported`] if the service has no such list.
    fn first(
        &self,
        question: &Question<'_>,
        settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError>;

    /// Finds the papers of a reply and the request for the next page.
    ///
    /// # Errors
    ///
    /// Returns an error if the reply is a message of the service instead of papers.
    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError>;

    /// The time for which the reply to a request is kept. `today` is the day in UTC, as in
    /// `2026-11-30`.
    fn lifetime(&self, request: &HttpRequest, today: &str) -> Lifetime;
}
