//! The input formats and their names.

/// An input format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The XML of the ACL Anthology.
    Acl,
    /// Atom: responses of arXiv's API, and feeds.
    Atom,
    /// BibTeX or BibLaTeX.
    Bibtex,
    /// A table with a header row, separated by commas, tabs, semicolons or bars.
    Csv,
    /// The XML of DBLP.
    DblpXml,
    /// The tagged lines of `EndNote` and `refer`: `%T`.
    EndNote,
    /// Typst's bibliographies in YAML.
    Hayagriva,
    /// The XML of journal articles.
    Jats,
    /// JSON of any layout except one object per line.
    Json,
    /// One JSON object per line.
    Jsonl,
    /// The text of a saved web page, with titles and abstracts on alternate lines.
    Listing,
    /// Mails that announce papers, one or an `mbox` file of them.
    Mail,
    /// The tagged lines of `PubMed` (MEDLINE): `PMID-`.
    Nbib,
    /// OAI-PMH: arXiv's interface for harvesters.
    Oai,
    /// The XML of `PubMed`.
    Pubmed,
    /// The tagged lines that most databases export: `TY  -`.
    Ris,
    /// RSS: arXiv's announcements, and the daily papers of Hugging Face.
    Rss,
    /// Web pages of papers: of publishers, of Hugging Face, and arXiv's HTML.
    WebPage,
    /// The tagged lines of the Web of Science: `PT J`.
    Wos,
}

impl Format {
    pub const ALL: [Self; 19] = [
        Self::Acl,
        Self::Atom,
        Self::Bibtex,
        Self::Csv,
        Self::DblpXml,
        Self::EndNote,
        Self::Hayagriva,
        Self::Jats,
        Self::Json,
        Self::Jsonl,
        Self::Listing,
        Self::Mail,
        Self::Nbib,
        Self::Oai,
        Self::Pubmed,
        Self::Ris,
        Self::Rss,
        Self::WebPage,
        Self::Wos,
    ];

    /// Returns the name for the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acl => "acl",
            Self::Atom => "atom",
            Self::Bibtex => "bibtex",
            Self::Csv => "csv",
            Self::DblpXml => "dblp-xml",
            Self::EndNote => "endnote",
            Self::Hayagriva => "hayagriva",
            Self::Jats => "jats",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Listing => "listing",
            Self::Mail => "mail",
            Self::Nbib => "nbib",
            Self::Oai => "oai",
            Self::Pubmed => "pubmed",
            Self::Ris => "ris",
            Self::Rss => "rss",
            Self::WebPage => "web-page",
            Self::Wos => "wos",
        }
    }
}
