//! A paper as a BibTeX entry.

use std::fmt::Write as _;

use super::{collective::is_collective, tex};
use crate::domain::{LinkKind, Name, Paper, main_link};
use crate::text::readable;

/// Venues whose papers appear in proceedings.
const CONFERENCES: [&str; 60] = [
    "AAAI",
    "AACL",
    "ACL",
    "ACML",
    "AISTATS",
    "ALT",
    "AMTA",
    "ASRU",
    "BMVC",
    "CAV",
    "CCN",
    "CCS",
    "CHI",
    "CIKM",
    "COLING",
    "COLM",
    "COLT",
    "CONLL",
    "CORL",
    "CVPR",
    "DAC",
    "EACL",
    "ECAI",
    "ECCV",
    "ECIR",
    "ECML",
    "EMNLP",
    "FAccT",
    "FOCS",
    "GECCO",
    "HRI",
    "ICASSP",
    "ICCV",
    "ICDE",
    "ICDM",
    "ICLR",
    "ICML",
    "ICRA",
    "ICSE",
    "IJCAI",
    "INTERSPEECH",
    "IROS",
    "ISIT",
    "KDD",
    "LREC",
    "MICCAI",
    "MLSYS",
    "NAACL",
    "NEURIPS",
    "NIPS",
    "OSDI",
    "PLDI",
    "POPL",
    "RSS",
    "SIGGRAPH",
    "SIGIR",
    "SIGMOD",
    "STOC",
    "UAI",
    "WACV",
];
/// Words by which proceedings of any other kind are known.
const PROCEEDINGS: [&str; 6] =
    ["proceedings", "proc.", "conference", "workshop", "workshops", "symposium"];

/// Journals that are called proceedings.
const JOURNALS: [&str; 4] =
    ["national academy", "royal society", "vldb endowment", "proceedings of the acm on"];

/// Where a paper appeared.
pub(super) enum Venue<'a> {
    Proceedings(&'a str),
    Journal(&'a str),
    /// Nowhere that is known; a preprint server is no venue.
    None,
}

/// The entry, without a line end after it.
pub(super) fn entry(paper: &Paper<'_>, key: &str) -> String {
    let venue = venue(paper.venue);
    let kind = match venue {
        Venue::Proceedings(_) => "inproceedings",
        Venue::Journal(_) => "article",
        Venue::None => "misc",
    };
    let mut entry = format!("@{kind}{{{key},\n");
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(entry, "  {name} = {{{value}}},");
        }
    };
    field("title", &tex::title(paper.title));
    field("author", &paper.authors().map(author).collect::<Vec<_>>().join(" and "));
    field("year", &paper.year.map(|it| it.to_string()).unwrap_or_default());
    match venue {
        Venue::Proceedings(name) => field("booktitle", &tex::plain(&readable(name))),
        Venue::Journal(name) => {
            let name = readable(name);
            field("journal", &tex::plain(without_year(&name, paper.year)));
        }
        Venue::None => {}
    }
    if !paper.arxiv.is_empty() {
        field("eprint", &verbatim(paper.arxiv));
        field("archivePrefix", "arXiv");
        field("primaryClass", class(paper.category()));
    }
    field("doi", &verbatim(paper.doi));
    let link = main_link(paper);
    if link.kind != LinkKind::Search {
        field("url", &verbatim(&link.url));
    }
    entry.push('}');
    entry
}

pub(super) fn venue(venue: &str) -> Venue<'_> {
    let lower = venue.to_lowercase();
    if venue.is_empty() || lower.starts_with("arxiv") || lower.starts_with("corr") {
        return Venue::None;
    }
    let mut words = venue.split(|c: char| !c.is_alphanumeric());
    let is_conference = |word: &str| CONFERENCES.iter().any(|it| it.eq_ignore_ascii_case(word));
    let is_proceedings = PROCEEDINGS.iter().any(|it| lower.split(' ').any(|word| word == *it));
    let is_journal =
        JOURNALS.iter().any(|it| lower.contains(it)) || lower == "proceedings of the ieee";
    if !is_journal && (is_proceedings || words.any(is_conference)) {
        Venue::Proceedings(venue)
    } else {
        Venue::Journal(venue)
    }
}

/// A journal's name does not need the year that the entry has anyway.
fn without_year(journal: &str, year: Option<i16>) -> &str {
    let bare = year.and_then(|it| journal.strip_suffix(&format!(" {it}")));
    bare.unwrap_or(journal)
}

/// `Family, Given` or `Family, Suffix, Given`.
fn author(raw: &str) -> String {
    let name = readable(raw);
    if is_collective(&name) {
        return format!("{{{}}}", tex::plain(&name));
    }
    let name = Name::parse(&name);
    if matches!(name.family.to_lowercase().as_str(), "others" | "al." | "et al.") {
        return "others".to_owned();
    }
    let parts = [&name.family, &name.suffix, &name.given].map(|it| part_of_name(it));
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Braces hide what BibTeX would take for the end of a part.
fn part_of_name(part: &str) -> String {
    let safe = tex::plain(part);
    if part.contains(',') { format!("{{{safe}}}") } else { safe }
}

/// The category, if it is one of arXiv's.
fn class(category: &str) -> &str {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b".-".contains(&it);
    if category.bytes().all(is_plain) { category } else { "" }
}

/// Identifiers and addresses are not TeX; what would end the field or begin a formula is
/// percent-encoded.
fn verbatim(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if "{}\\$ ".contains(c) {
            let _ = write!(safe, "%{:02X}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proceedings_are_told_from_journals() {
        for name in ["ICLR 2024", "Findings of EMNLP 2023", "Workshop on Maps", "Proc. of Maps"] {
            assert!(matches!(venue(name), Venue::Proceedings(_)), "{name}");
        }
        for name in [
            "Nature 2023",
            "Proceedings of the National Academy of Sciences",
            "Proceedings of the IEEE",
            "Journal of Machine Learning Research",
        ] {
            assert!(matches!(venue(name), Venue::Journal(_)), "{name}");
        }
        for name in ["", "arXiv (cs.CL)", "CoRR"] {
            assert!(matches!(venue(name), Venue::None), "{name}");
        }
    }

    #[test]
    fn names_are_written_as_bibliographies_sort_them() {
        for (name, written) in [
            ("Laurens van der Maaten", "van der Maaten, Laurens"),
            ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
            ("J\\\"urgen M\\\"uller", "M{\\\"u}ller, J{\\\"u}rgen"),
            ("Smith and Sons", "{Smith and Sons}"),
            ("The ATLAS Collaboration", "{The ATLAS Collaboration}"),
            ("et al.", "others"),
            ("Plato", "Plato"),
        ] {
            assert_eq!(author(name), written);
        }
    }
}
