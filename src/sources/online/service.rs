//! The services and their names.

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
