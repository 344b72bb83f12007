//! Writes papers in the tagged format of `EndNote`.

use super::tag_lines::{
    Author, TagLines, date, notes, pages, parse_people, publisher, total_pages,
};
use crate::cite::kind_names::{KindColumn, kind_name};
use crate::cite::venue::publication_kind;
use crate::domain::{BibField, Paper, PaperKind};
use crate::text::MONTHS;

/// Returns the record without a final newline.
pub fn record(paper: &Paper<'_>, abstract_text: &str) -> String {
    let kind = publication_kind(paper);
    let mut record = TagLines::new(|tag| format!("%{tag} "));
    record.plain_text("0", kind_name(kind, KindColumn::EndNote));
    record.text("T", paper.title);
    record.text("!", paper.field(BibField::ShortTitle));
    for (tag, list) in [
        ("A", paper.author_list),
        ("E", paper.field(BibField::Editors)),
        ("?", paper.field(BibField::Translators)),
    ] {
        for author in parse_people(list) {
            record.plain_text(tag, &name(&author));
        }
    }
    add_dates(&mut record, paper);
    add_container(&mut record, paper, kind);
    add_numbers(&mut record, paper, kind);
    record.fields(
        paper,
        &[
            ("9", BibField::Genre),
            ("G", BibField::Language),
            ("@", BibField::Issn),
            ("@", BibField::Isbn),
        ],
    );
    record.plain_text("R", paper.doi);
    record.prefixed("M", "arXiv:", paper.arxiv);
    record.prefixed("M", "PMID: ", paper.field(BibField::Pmid));
    record.plain_text("2", paper.field(BibField::Pmcid));
    record.keywords("K", paper);
    record.text("X", abstract_text);
    for note in notes(paper) {
        record.plain_text("Z", &note);
    }
    record.text("<", paper.field(BibField::Annotation));
    record.plain_text("F", paper.field(BibField::Key));
    record.plain_text("=", paper.field(BibField::Updated));
    record.plain_text(">", paper.field(BibField::File));
    record.urls(paper, "U", ">");
    record.finish()
}

/// Formats a name. A final comma marks organisations, which `EndNote` must not invert.
fn name(author: &Author) -> String {
    match author {
        Author::Person(_) => author.sort_name(),
        Author::Organisation(_) | Author::EtAl => author.sort_name() + ",",
    }
}

/// Adds year or, without one, status; then the rest of the date, or the season.
fn add_dates(record: &mut TagLines, paper: &Paper<'_>) {
    let (year, month, day) = date(paper);
    record.plain_text("D", &year);
    if year.is_empty() {
        record.text("D", paper.field(BibField::Status));
    }
    if let Some(month) = month.and_then(|it| MONTHS.get(usize::from(it) - 1)) {
        let day = day.map(|it| it.to_string()).unwrap_or_default();
        record.plain_text("8", &format!("{month} {day}"));
    } else {
        record.text("8", paper.field(BibField::Season));
    }
    record.plain_text("[", paper.field(BibField::Accessed));
    record.plain_text("(", paper.field(BibField::OriginalDate));
}

fn add_container(record: &mut TagLines, paper: &Paper<'_>, kind: PaperKind) {
    let is_in_book = matches!(
        kind,
        PaperKind::Conference | PaperKind::Chapter | PaperKind::Book | PaperKind::Entry
    );
    record.text(if is_in_book { "B" } else { "J" }, paper.venue);
    if kind == PaperKind::Conference {
        record.text("3", paper.field(BibField::Container));
    }
    record.text("I", publisher(paper));
    record.fields(paper, &[("C", BibField::Place), ("S", BibField::Series)]);
}

/// Adds volume, issue, pages and similar numbers. The number of an article without pages is custom
/// field 7 (`%]`), as in `EndNote`'s RIS, and also `%P`, where other readers of the format look.
/// The number of a book is its number in the series.
fn add_numbers(record: &mut TagLines, paper: &Paper<'_>, kind: PaperKind) {
    let field = |field| paper.field(field);
    record.fields(paper, &[("V", BibField::Volume), ("6", BibField::VolumeCount)]);
    let numbers = match kind {
        PaperKind::Book | PaperKind::Proceedings => [BibField::SeriesNumber, BibField::Number],
        _ => [BibField::Number, BibField::SeriesNumber],
    };
    let number = numbers.into_iter().find(|it| !field(*it).is_empty());
    record.text("N", number.map(field).unwrap_or_default());
    let (first, last) = pages(paper);
    let range = if last.is_empty() { first } else { format!("{first}-{last}") };
    let all = [&range, total_pages(paper, kind), field(BibField::ArticleNumber)];
    record.text("P", all.into_iter().find(|it| !it.is_empty()).unwrap_or_default());
    record.text("]", field(BibField::ArticleNumber));
    record.text("&", field(BibField::Chapter));
    let is_versioned = matches!(kind, PaperKind::Dataset | PaperKind::Software);
    let version = is_versioned && !field(BibField::Version).is_empty();
    record.text("7", field(if version { BibField::Version } else { BibField::Edition }));
}
