//! Classifies venues, and derives the kind of a paper from its venue.

use crate::domain::{Paper, PaperKind, is_preprint_server};

/// Acronyms of conferences that publish proceedings.
const CONFERENCES: [&str; 60] = [
    "AAAI", "AACL", "ACL", "ACML", "AISTATS", "ALT", "AMTA", "ASRU", "BMVC", "CAV", "CCN", "CCS",
    "CHI", "CIKM", "COLING", "COLM", "COLT", "CONLL", "CORL", "CVPR", "DAC", "EACL", "ECAI",
    "ECCV", "ECIR", "ECML", "EMNLP", "FAccT", "FOCS", "GECCO", "HRI", "ICASSP", "ICCV", "ICDE",
    "ICDM", "ICLR", "ICML", "ICRA", "ICSE", "IJCAI", "INTERSPEECH", "IROS", "ISIT", "KDD", "LREC",
    "MICCAI", "MLSYS", "NAACL", "NEURIPS", "NIPS", "OSDI", "PLDI", "POPL", "RSS", "SIGGRAPH",
    "SIGIR", "SIGMOD", "STOC", "UAI", "WACV",
];
/// Words in the names of other proceedings.
const PROCEEDINGS_WORDS: [&str; 6] =
    ["proceedings", "proc.", "conference", "workshop", "workshops", "symposium"];

/// Parts of the names of journals that are called proceedings.
const JOURNALS_NAMED_PROCEEDINGS: [&str; 4] =
    ["national academy", "royal society", "vldb endowment", "proceedings of the acm on"];

/// Kind of venue.
#[derive(Debug, PartialEq, Eq)]
enum VenueKind {
    Proceedings,
    Journal,
    /// Unknown or a preprint server.
    None,
}

/// Returns the kind of a paper; if the source gives none, derives it from venue and identifier.
pub fn publication_kind(paper: &Paper<'_>) -> PaperKind {
    match (paper.kind, classify_venue(paper.venue)) {
        (PaperKind::Unknown, VenueKind::Proceedings) => PaperKind::Conference,
        (PaperKind::Unknown, VenueKind::Journal) => PaperKind::Article,
        (PaperKind::Unknown, VenueKind::None) if !paper.arxiv.is_empty() => PaperKind::Preprint,
        (kind, _) => kind,
    }
}

fn classify_venue(venue: &str) -> VenueKind {
    let lower = venue.to_lowercase();
    if venue.is_empty() || is_preprint_server(venue) {
        return VenueKind::None;
    }
    let mut words = venue.split(|c: char| !c.is_alphanumeric());
    let is_conference = |word: &str| CONFERENCES.iter().any(|it| it.eq_ignore_ascii_case(word));
    let is_proceedings =
        PROCEEDINGS_WORDS.iter().any(|it| lower.split(' ').any(|word| word == *it));
    let is_journal = JOURNALS_NAMED_PROCEEDINGS.iter().any(|it| lower.contains(it))
        || lower == "proceedings of the ieee";
    if !is_journal && (is_proceedings || words.any(is_conference)) {
        VenueKind::Proceedings
    } else {
        VenueKind::Journal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proceedings_are_told_from_journals() {
        for name in ["ICLR 2024", "Findings of EMNLP 2023", "Workshop on Maps", "Proc. of Maps"] {
            assert_eq!(classify_venue(name), VenueKind::Proceedings, "{name}");
        }
        for name in [
            "Nature 2023",
            "Proceedings of the National Academy of Sciences",
            "Proceedings of the IEEE",
            "Journal of Machine Learning Research",
        ] {
            assert_eq!(classify_venue(name), VenueKind::Journal, "{name}");
        }
        for name in ["", "arXiv (cs.CL)", "CoRR"] {
            assert_eq!(classify_venue(name), VenueKind::None, "{name}");
        }
    }
}
