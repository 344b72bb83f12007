//! The formats that are read, by name.

/// How papers are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The ACL Anthology in XML.
    Acl,
    /// Atom: what arXiv's API answers, and feeds.
    Atom,
    /// BibTeX or BibLaTeX.
    Bibtex,
    /// A table with a header, its cells parted by commas, tabs or semicolons.
    Csv,
    /// DBLP in XML.
    DblpXml,
    /// The tagged lines of `EndNote` and `refer`: `%T`.
    EndNote,
    /// The bibliographies of Typst, in YAML.
    Hayagriva,
    /// JSON of any layout but an object a line.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A saved page of titles and abstracts, on lines in turn.
    Listing,
    /// The tagged lines of `PubMed`, or MEDLINE: `PMID-`.
    Nbib,
    /// OAI-PMH: what arXiv hands to harvesters.
    Oai,
    /// `PubMed` in XML.
    Pubmed,
    /// The tagged lines that most databases write: `TY  -`.
    Ris,
    /// RSS: the news of arXiv, the daily papers of Hugging Face.
    Rss,
    /// The tagged lines of the Web of Science: `PT J`.
    Wos,
}

impl Format {
    pub const ALL: [Self; 16] = [
        Self::Acl,
        Self::Atom,
        Self::Bibtex,
        Self::Csv,
        Self::DblpXml,
        Self::EndNote,
        Self::Hayagriva,
        Self::Json,
        Self::Jsonl,
        Self::Listing,
        Self::Nbib,
        Self::Oai,
        Self::Pubmed,
        Self::Ris,
        Self::Rss,
        Self::Wos,
    ];

    /// As it is written on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acl => "acl",
            Self::Atom => "atom",
            Self::Bibtex => "bibtex",
            Self::Csv => "csv",
            Self::DblpXml => "dblp-xml",
            Self::EndNote => "endnote",
            Self::Hayagriva => "hayagriva",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Listing => "listing",
            Self::Nbib => "nbib",
            Self::Oai => "oai",
            Self::Pubmed => "pubmed",
            Self::Ris => "ris",
            Self::Rss => "rss",
            Self::Wos => "wos",
        }
    }
}
