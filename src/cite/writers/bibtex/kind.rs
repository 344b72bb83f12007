//! The kinds of entries, and what says more of a paper than its kind.

use super::dialect::Dialect;
use crate::domain::{Fact, Kind, Paper};

/// The kind of the entry. BibTeX has fewer, and styles take one that they do not know for `misc`.
pub fn name(kind: Kind, paper: &Paper<'_>, dialect: Dialect) -> &'static str {
    let is_latex = dialect == Dialect::Biblatex;
    match kind {
        Kind::Article | Kind::Newspaper | Kind::Magazine => "article",
        Kind::Conference => "inproceedings",
        Kind::Proceedings => "proceedings",
        Kind::Entry if is_latex => "inreference",
        Kind::Chapter | Kind::Entry => "incollection",
        Kind::Book => "book",
        Kind::Thesis if is_latex => "thesis",
        Kind::Thesis => degree(paper.fact(Fact::Genre)),
        Kind::Report if is_latex => "report",
        Kind::Report => "techreport",
        Kind::Patent => "patent",
        Kind::Preprint if paper.arxiv.is_empty() => "unpublished",
        Kind::Preprint | Kind::Webpage if is_latex => "online",
        Kind::Dataset if is_latex => "dataset",
        Kind::Software if is_latex => "software",
        Kind::Preprint | Kind::Webpage | Kind::Dataset | Kind::Software | Kind::Unknown => "misc",
    }
}

/// BibTeX has two kinds of theses. What another is called stands in its `type`, which styles print
/// instead.
fn degree(genre: &str) -> &'static str {
    let genre = genre.to_lowercase();
    let is_lower = ["master", "bachelor", "diplom", "msc", "m.sc", "bsc", "b.sc"];
    if is_lower.iter().any(|it| genre.contains(it)) { "mastersthesis" } else { "phdthesis" }
}

/// The value of `type`, which says what the kind of the entry does not.
pub fn genre(kind: Kind, genre: &str, dialect: Dialect) -> &str {
    match (dialect, kind, genre) {
        (Dialect::Bibtex, Kind::Thesis, "PhD thesis" | "Master's thesis") => "",
        (Dialect::Bibtex, Kind::Thesis, "") => "Thesis",
        (Dialect::Bibtex, ..) => genre,
        (_, Kind::Thesis, "PhD thesis") => "phdthesis",
        (_, Kind::Thesis, "Master's thesis") => "mathesis",
        (_, Kind::Thesis, "Bachelor's thesis") => "bathesis",
        (_, Kind::Thesis, "Candidate thesis") => "candthesis",
        (_, Kind::Report, "Technical report") => "techreport",
        (_, Kind::Report, "Research report") => "resreport",
        _ => genre,
    }
}

/// Returns BibLaTeX's subtype of a periodical that is no journal, and nothing for other kinds.
pub fn subtype(kind: Kind) -> &'static str {
    match kind {
        Kind::Newspaper => "newspaper",
        Kind::Magazine => "magazine",
        _ => "",
    }
}

/// Returns true if the number of an entry is that in a series. The venue of a book is a series, and
/// parts of books may name theirs.
pub fn is_numbered_in_series(paper: &Paper<'_>, kind: Kind) -> bool {
    let has_series = !paper.fact(Fact::Series).is_empty();
    match kind {
        Kind::Book | Kind::Proceedings => has_series || !paper.venue.is_empty(),
        Kind::Chapter | Kind::Conference | Kind::Entry => has_series,
        _ => false,
    }
}

/// Returns the state of a work, as BibLaTeX calls it.
pub fn pubstate(status: &str) -> &str {
    match status {
        "in press" => "inpress",
        "in preparation" => "inpreparation",
        status => status,
    }
}
