//! The two languages of entries, and how much an entry tells of a paper.

/// The two languages of entries. They differ in a few names, in dates and in how letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BibtexDialect {
    Bibtex,
    Biblatex,
}

/// How much of a paper is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// What a reference needs.
    #[default]
    Reference,
    /// All that is known: abstract, keywords, the local file and further addresses, too.
    Full,
}
