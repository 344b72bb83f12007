//! Dialects of BibTeX, entry types, and the fields that refine them.

use crate::domain::{BibField, Paper, PaperKind};

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

/// Returns the entry type. BibTeX has fewer types than BibLaTeX, and styles treat unknown types as
/// `misc`.
pub fn entry_type(kind: PaperKind, paper: &Paper<'_>, dialect: BibtexDialect) -> &'static str {
    let is_latex = dialect == BibtexDialect::Biblatex;
    match kind {
        PaperKind::Article | PaperKind::Newspaper | PaperKind::Magazine => "article",
        PaperKind::Conference => "inproceedings",
        PaperKind::Proceedings => "proceedings",
        PaperKind::Entry if is_latex => "inreference",
        PaperKind::Chapter | PaperKind::Entry => "incollection",
        PaperKind::Book => "book",
        PaperKind::Thesis if is_latex => "thesis",
        PaperKind::Thesis => degree(paper.field(BibField::Genre)),
        PaperKind::Report if is_latex => "report",
        PaperKind::Report => "techreport",
        PaperKind::Patent => "patent",
        PaperKind::Preprint if paper.arxiv.is_empty() => "unpublished",
        PaperKind::Preprint | PaperKind::Webpage if is_latex => "online",
        PaperKind::Dataset if is_latex => "dataset",
        PaperKind::Software if is_latex => "software",
        PaperKind::Preprint
        | PaperKind::Webpage
        | PaperKind::Dataset
        | PaperKind::Software
        | PaperKind::Unknown => "misc",
    }
}

/// Returns the BibTeX type of a thesis. BibTeX has only two; styles print the `type` field for any
/// other.
fn degree(genre: &str) -> &'static str {
    let genre = genre.to_lowercase();
    let is_lower = ["master", "bachelor", "diplom", "msc", "m.sc", "bsc", "b.sc"];
    if is_lower.iter().any(|it| genre.contains(it)) { "mastersthesis" } else { "phdthesis" }
}

/// Returns the value of the `type` field; empty if the entry type says it.
pub fn genre(kind: PaperKind, genre: &str, dialect: BibtexDialect) -> &str {
    match (dialect, kind, genre) {
        (BibtexDialect::Bibtex, PaperKind::Thesis, "PhD thesis" | "Master's thesis") => "",
        (BibtexDialect::Bibtex, PaperKind::Thesis, "") => "Thesis",
        (BibtexDialect::Bibtex, ..) => genre,
        (_, PaperKind::Thesis, "PhD thesis") => "phdthesis",
        (_, PaperKind::Thesis, "Master's thesis") => "mathesis",
        (_, PaperKind::Thesis, "Bachelor's thesis") => "bathesis",
        (_, PaperKind::Thesis, "Candidate thesis") => "candthesis",
        (_, PaperKind::Report, "Technical report") => "techreport",
        (_, PaperKind::Report, "Research report") => "resreport",
        _ => genre,
    }
}

/// Returns BibLaTeX's subtype of newspapers and magazines; empty for other kinds.
pub fn subtype(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Newspaper => "newspaper",
        PaperKind::Magazine => "magazine",
        _ => "",
    }
}

/// Returns true if `number` is the number in a series. The venue of a book is its series; parts of
/// books may have a series too.
pub fn is_numbered_in_series(paper: &Paper<'_>, kind: PaperKind) -> bool {
    let has_series = !paper.field(BibField::Series).is_empty();
    match kind {
        PaperKind::Book | PaperKind::Proceedings => has_series || !paper.venue.is_empty(),
        PaperKind::Chapter | PaperKind::Conference | PaperKind::Entry => has_series,
        _ => false,
    }
}

/// Returns the value of BibLaTeX's `pubstate` field.
pub fn pubstate(status: &str) -> &str {
    match status {
        "in press" => "inpress",
        "in preparation" => "inpreparation",
        status => status,
    }
}
