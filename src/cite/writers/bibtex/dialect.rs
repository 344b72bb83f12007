//! BibTeX dialects, and the amount of detail in an entry.

/// The dialect of an entry. BibTeX and BibLaTeX differ in some field names, in dates and in the
/// encoding of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BibtexDialect {
    Bibtex,
    Biblatex,
}

/// Amount of detail in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// The fields that a reference needs.
    #[default]
    Reference,
    /// All fields, with abstract, keywords, local file and further URLs.
    Full,
}
