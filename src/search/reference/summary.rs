//! The outcome of the search for references, for messages.

use crate::domain::PaperId;

/// A reference of a pasted text with the papers that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedReference {
    /// The text of the reference, or the title of a record.
    pub text: String,
    /// Several papers if they are equally good; none if the reference is not found.
    pub papers: Vec<PaperId>,
    pub basis: Option<MatchBasis>,
}

/// The part of a reference that decided on its paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchBasis {
    /// An arXiv identifier, a DOI, or a number of `PubMed`.
    Identifier,
    /// A URL of the paper.
    Address,
    CitationKey,
    Title,
    AuthorsAndYear,
}

/// Counts of the references in a pasted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferenceSummary {
    pub total: usize,
    pub found: usize,
    /// The basis of the first reference that is found.
    pub basis: MatchBasis,
}

impl MatchBasis {
    /// The name, as it follows "found by".
    pub fn name(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Address => "address",
            Self::CitationKey => "citation key",
            Self::Title => "title",
            Self::AuthorsAndYear => "authors and year",
        }
    }
}

impl ReferenceSummary {
    /// Returns `None` if no reference is found.
    pub fn new(references: &[ResolvedReference]) -> Option<Self> {
        let basis = references.iter().find_map(|it| it.basis)?;
        let found = references.iter().filter(|it| it.basis.is_some()).count();
        Some(Self { total: references.len(), found, basis })
    }
}
