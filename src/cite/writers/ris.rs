//! A paper in RIS, under the tags that Zotero and `EndNote` read back.

use super::tag_lines::{
    Author, Record, authors, date, editors, extent, house, notes, pages, people, urls,
};
use crate::cite::venue::kind;
use crate::domain::{Fact, Kind, Paper};

/// The record, without a line end after it.
pub fn record(paper: &Paper<'_>, abstract_text: &str) -> String {
    let kind = kind(paper);
    let mut record = Record::new(|tag| format!("{tag}  - "));
    record.exact("TY", reference_type(kind, authors(paper).next().is_none()));
    record.text("TI", paper.title);
    record.text("ST", paper.fact(Fact::ShortTitle));
    add_people(&mut record, paper, kind);
    add_dates(&mut record, paper);
    record.text("M3", paper.fact(Fact::Genre));
    add_container(&mut record, paper, kind);
    add_numbers(&mut record, paper, kind);
    record.text("LA", paper.fact(Fact::Language));
    add_identifiers(&mut record, paper);
    record.keywords("KW", paper);
    record.text("AB", abstract_text);
    for note in notes(paper) {
        record.exact("N1", &note);
    }
    record.text("RN", paper.fact(Fact::Annotation));
    record.exact("ID", paper.fact(Fact::Key));
    record.exact("L1", paper.fact(Fact::File));
    for url in urls(paper) {
        let is_pdf = url.to_ascii_lowercase().ends_with(".pdf");
        record.exact(if is_pdf { "L1" } else { "UR" }, &url);
    }
    record.line("ER", "");
    record.end()
}

/// Authors, editors and translators. The `A2` of a part is the editor of the whole; that of a book
/// or a report is the editor of its series in `EndNote` and Zotero, so `ED` has its own.
fn add_people(record: &mut Record, paper: &Paper<'_>, kind: Kind) {
    let editors_tag = match kind {
        Kind::Book | Kind::Proceedings | Kind::Report | Kind::Thesis => "ED",
        _ => "A2",
    };
    for author in authors(paper) {
        record.exact("AU", &name(&author));
    }
    for editor in editors(paper) {
        record.exact(editors_tag, &name(&editor));
    }
    for translator in people(paper.fact(Fact::Translators)) {
        record.exact("A4", &name(&translator));
    }
}

/// A person has a comma, an organisation none. One whose own name has a comma ends with another, by
/// which `EndNote` marks a name that is not to be turned around.
fn name(author: &Author) -> String {
    match author {
        Author::Organisation(name) if name.contains(',') => format!("{name},"),
        _ => author.sorted(),
    }
}

/// The date with the season as the specification has it, `2021/05/03/` or `2021///spring`. In place
/// of a year `EndNote` writes how far the work is: `in press`.
fn add_dates(record: &mut Record, paper: &Paper<'_>) {
    let (year, month, day) = date(paper);
    record.exact("PY", &year);
    if year.is_empty() {
        record.text("PY", paper.fact(Fact::Status));
    }
    let season = paper.fact(Fact::Season);
    if !year.is_empty() && (month.is_some() || !season.is_empty()) {
        let two = |it: Option<u8>| it.map(|it| format!("{it:02}")).unwrap_or_default();
        record.exact("DA", &format!("{year}/{}/{}/{season}", two(month), two(day)));
    }
    record.exact("Y2", &paper.fact(Fact::Accessed).replace('-', "/"));
    record.exact("OP", paper.fact(Fact::OriginalDate));
}

/// Adds the container of a paper, its places and its publisher. `C1` is the place of a conference,
/// and `CY` that of its proceedings if it is another.
fn add_container(record: &mut Record, paper: &Paper<'_>, kind: Kind) {
    let (container, place) = (paper.fact(Fact::Container), paper.fact(Fact::Place));
    match kind {
        Kind::Conference => {
            record.text("T2", paper.venue);
            record.text("C3", container);
            let event = paper.fact(Fact::EventPlace);
            record.text("C1", if event.is_empty() { place } else { event });
            record.text("CY", if event.is_empty() { event } else { place });
        }
        // Their second title is that of a series, and a conference that has one is no whole.
        Kind::Report | Kind::Proceedings => {
            record.text("JF", if container.is_empty() { paper.venue } else { container });
            record.text("CY", place);
        }
        _ if container.is_empty() => {
            record.text("T2", paper.venue);
            record.text("CY", place);
        }
        _ => {
            record.text("T2", container);
            record.text("J2", paper.venue);
            record.text("CY", place);
        }
    }
    record.text("T3", paper.fact(Fact::Series));
    record.text("PB", house(paper));
}

/// Volumes, pages and the like. The number of an article without pages is `C7`, as the exports of
/// `EndNote` and of the Web of Science have it; that of a report is `SN`, as Zotero and `EndNote`
/// read it; that of a book in its series is `M1`, and of a part `SV`. The version of a program is its edition.
fn add_numbers(record: &mut Record, paper: &Paper<'_>, kind: Kind) {
    record.facts(paper, &[("VL", Fact::Volume), ("NV", Fact::VolumeCount)]);
    record.text(if kind == Kind::Report { "SN" } else { "IS" }, paper.fact(Fact::Number));
    let is_book = matches!(kind, Kind::Book | Kind::Proceedings);
    record.text(if is_book { "M1" } else { "SV" }, paper.fact(Fact::SeriesNumber));
    let (first, last) = pages(paper);
    record.exact("SP", &first);
    record.exact("EP", &last);
    record.text("SP", extent(paper, kind));
    record.text("C7", paper.fact(Fact::ArticleNumber));
    record.text("SE", paper.fact(Fact::Chapter));
    let edition = match kind {
        Kind::Dataset | Kind::Software if !paper.fact(Fact::Version).is_empty() => Fact::Version,
        _ => Fact::Edition,
    };
    record.facts(paper, &[("ET", edition), ("SN", Fact::Issn), ("SN", Fact::Isbn)]);
}

fn add_identifiers(record: &mut Record, paper: &Paper<'_>) {
    record.exact("DO", paper.doi);
    if !paper.arxiv.is_empty() {
        record.exact("AN", &format!("arXiv:{}", paper.arxiv));
    }
    if !paper.fact(Fact::Pmid).is_empty() {
        record.exact("M2", &format!("PMID: {}", paper.fact(Fact::Pmid)));
    }
    record.exact("C2", paper.fact(Fact::Pmcid));
}

/// The reference type of a kind. Readers take a `CONF` without authors for all of its proceedings.
fn reference_type(kind: Kind, is_without_authors: bool) -> &'static str {
    match kind {
        Kind::Unknown => "GEN",
        Kind::Article => "JOUR",
        Kind::Conference if is_without_authors => "CPAPER",
        Kind::Conference | Kind::Proceedings => "CONF",
        Kind::Chapter => "CHAP",
        Kind::Book => "BOOK",
        Kind::Thesis => "THES",
        Kind::Report => "RPRT",
        Kind::Preprint => "UNPB",
        Kind::Dataset => "DATA",
        Kind::Software => "COMP",
        Kind::Webpage => "ELEC",
        Kind::Newspaper => "NEWS",
        Kind::Magazine => "MGZN",
        Kind::Patent => "PAT",
        Kind::Entry => "ENCYC",
    }
}
