//! Writes papers in RIS, with the tags that Zotero and `EndNote` read.

use super::tag_lines::{
    Author, TagLines, authors, date, editors, notes, pages, parse_people, publisher, total_pages,
};
use crate::cite::kind_names::{KindColumn, kind_name};
use crate::cite::venue::publication_kind;
use crate::domain::{BibField, Paper, PaperKind};

/// Returns the record without a final newline.
pub fn record(paper: &Paper<'_>, abstract_text: &str) -> String {
    let kind = publication_kind(paper);
    let mut record = TagLines::new(|tag| format!("{tag}  - "));
    // Readers take a `CONF` without authors for the whole proceedings.
    let is_unsigned = kind == PaperKind::Conference && authors(paper).next().is_none();
    let name = if is_unsigned { "CPAPER" } else { kind_name(kind, KindColumn::Ris) };
    record.plain_text("TY", name);
    record.text("TI", paper.title);
    record.text("ST", paper.field(BibField::ShortTitle));
    add_people(&mut record, paper, kind);
    add_dates(&mut record, paper);
    record.text("M3", paper.field(BibField::Genre));
    add_container(&mut record, paper, kind);
    add_numbers(&mut record, paper, kind);
    record.text("LA", paper.field(BibField::Language));
    add_identifiers(&mut record, paper);
    record.keywords("KW", paper);
    record.text("AB", abstract_text);
    for note in notes(paper) {
        record.plain_text("N1", &note);
    }
    record.text("RN", paper.field(BibField::Annotation));
    record.plain_text("ID", paper.field(BibField::Key));
    record.plain_text("L1", paper.field(BibField::File));
    record.urls(paper, "UR", "L1");
    record.line("ER", "");
    record.finish()
}

/// Adds authors, editors and translators. `A2` is the editor of the container of a part; for a book
/// or a report, `EndNote` and Zotero read it as the editor of the series, so `ED` is used.
fn add_people(record: &mut TagLines, paper: &Paper<'_>, kind: PaperKind) {
    let editors_tag = match kind {
        PaperKind::Book | PaperKind::Proceedings | PaperKind::Report | PaperKind::Thesis => "ED",
        _ => "A2",
    };
    for author in authors(paper) {
        record.plain_text("AU", &name(&author));
    }
    for editor in editors(paper) {
        record.plain_text(editors_tag, &name(&editor));
    }
    for translator in parse_people(paper.field(BibField::Translators)) {
        record.plain_text("A4", &name(&translator));
    }
}

/// Formats a name. A comma inside an organisation's name would invert it, so a final comma is
/// added, which `EndNote` reads as "do not invert".
fn name(author: &Author) -> String {
    match author {
        Author::Organisation(name) if name.contains(',') => format!("{name},"),
        _ => author.sort_name(),
    }
}

/// Adds the date with the season as RIS specifies it: `2021/05/03/` or `2021///spring`. Without a
/// year, `PY` is the status, as `EndNote` writes it: `in press`.
fn add_dates(record: &mut TagLines, paper: &Paper<'_>) {
    let (year, month, day) = date(paper);
    record.plain_text("PY", &year);
    if year.is_empty() {
        record.text("PY", paper.field(BibField::Status));
    }
    let season = paper.field(BibField::Season);
    if !year.is_empty() && (month.is_some() || !season.is_empty()) {
        let two_digits = |it: Option<u8>| it.map(|it| format!("{it:02}")).unwrap_or_default();
        record.plain_text(
            "DA",
            &format!("{year}/{}/{}/{season}", two_digits(month), two_digits(day)),
        );
    }
    record.plain_text("Y2", &paper.field(BibField::Accessed).replace('-', "/"));
    record.plain_text("OP", paper.field(BibField::OriginalDate));
}

/// Adds container, places and publisher. `C1` is the place of a conference; `CY` that of its
/// proceedings, if different.
fn add_container(record: &mut TagLines, paper: &Paper<'_>, kind: PaperKind) {
    let (container, place) = (paper.field(BibField::Container), paper.field(BibField::Place));
    match kind {
        PaperKind::Conference => {
            record.text("T2", paper.venue);
            record.text("C3", container);
            let event = paper.field(BibField::EventPlace);
            record.text("C1", if event.is_empty() { place } else { event });
            record.text("CY", if event.is_empty() { event } else { place });
        }
        // `T2` of these types is the series, and a `CONF` with one is read as a part.
        PaperKind::Report | PaperKind::Proceedings => {
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
    record.text("T3", paper.field(BibField::Series));
    record.text("PB", publisher(paper));
}

/// Adds volume, issue, pages and similar numbers. `C7` is the number of an article without pages,
/// as `EndNote` and Web of Science export it; `SN` is that of a report, as Zotero and `EndNote`
/// read it; `M1` and `SV` are the numbers of a book and a part in a series. `ET` of software is its
/// version.
fn add_numbers(record: &mut TagLines, paper: &Paper<'_>, kind: PaperKind) {
    record.fields(paper, &[("VL", BibField::Volume), ("NV", BibField::VolumeCount)]);
    record.text(if kind == PaperKind::Report { "SN" } else { "IS" }, paper.field(BibField::Number));
    let is_book = matches!(kind, PaperKind::Book | PaperKind::Proceedings);
    record.text(if is_book { "M1" } else { "SV" }, paper.field(BibField::SeriesNumber));
    let (first, last) = pages(paper);
    record.plain_text("SP", &first);
    record.plain_text("EP", &last);
    record.text("SP", total_pages(paper, kind));
    record.text("C7", paper.field(BibField::ArticleNumber));
    record.text("SE", paper.field(BibField::Chapter));
    let edition = match kind {
        PaperKind::Dataset | PaperKind::Software if !paper.field(BibField::Version).is_empty() => {
            BibField::Version
        }
        _ => BibField::Edition,
    };
    record.fields(paper, &[("ET", edition), ("SN", BibField::Issn), ("SN", BibField::Isbn)]);
}

fn add_identifiers(record: &mut TagLines, paper: &Paper<'_>) {
    record.plain_text("DO", paper.doi);
    record.prefixed("AN", "arXiv:", paper.arxiv);
    record.prefixed("M2", "PMID: ", paper.field(BibField::Pmid));
    record.plain_text("C2", paper.field(BibField::Pmcid));
}
