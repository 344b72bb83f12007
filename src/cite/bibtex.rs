//! A paper as a BibTeX entry.

use std::fmt::Write as _;

use super::tex;
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

/// Where a paper appeared.
enum Venue<'a> {
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
        field("primaryClass", &verbatim(paper.category()));
    }
    field("doi", &verbatim(paper.doi));
    let link = main_link(paper);
    if link.kind != LinkKind::Search {
        field("url", &verbatim(&link.url));
    }
    entry.push('}');
    entry
}

fn venue(venue: &str) -> Venue<'_> {
    let lower = venue.to_lowercase();
    if venue.is_empty() || lower.starts_with("arxiv") || lower.starts_with("corr") {
        return Venue::None;
    }
    let mut words = venue.split(|c: char| !c.is_alphanumeric());
    let is_conference = |word: &str| CONFERENCES.iter().any(|it| it.eq_ignore_ascii_case(word));
    let is_proceedings = PROCEEDINGS.iter().any(|it| lower.split(' ').any(|word| word == *it));
    if is_proceedings || words.any(is_conference) {
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
    let name = Name::parse(&readable(raw));
    if matches!(name.family.to_lowercase().as_str(), "others" | "al." | "et al.") {
        return "others".to_owned();
    }
    let parts = [&name.family, &name.suffix, &name.given].map(|it| part_of_name(it));
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Braces hide what BibTeX would take for the end of a name or of a part.
fn part_of_name(part: &str) -> String {
    let safe = tex::plain(part);
    let lower = part.to_lowercase();
    let divides = part.contains(',') || lower.split(' ').any(|word| word == "and");
    if divides { format!("{{{safe}}}") } else { safe }
}

/// Identifiers and addresses are not TeX; what would end the field is percent-encoded.
fn verbatim(text: &str) -> String {
    text.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C").replace(' ', "%20")
}
