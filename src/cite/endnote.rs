//! A paper in the tagged format of `EndNote`.

use super::tagged::{Record, authors, date, editors, house, pages, urls};
use super::venue::kind;
use crate::domain::{Fact, Kind, Paper};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The record, without a line end after it.
pub(super) fn record(paper: &Paper<'_>, abstract_text: &str) -> String {
    let kind = kind(paper);
    let mut record = Record::new(|tag| format!("%{tag} "));
    record.exact("0", reference_type(kind));
    record.text("T", paper.title);
    for author in authors(paper) {
        record.exact("A", &author.sorted());
    }
    for editor in editors(paper) {
        record.exact("E", &editor.sorted());
    }
    let (year, month, day) = date(paper);
    record.exact("D", &year);
    if let Some(month) = month.and_then(|it| MONTHS.get(usize::from(it) - 1)) {
        let day = day.map(|it| it.to_string()).unwrap_or_default();
        record.exact("8", &format!("{month} {day}"));
    }
    let is_in_book = matches!(kind, Kind::Conference | Kind::Chapter | Kind::Book);
    record.text(if is_in_book { "B" } else { "J" }, paper.venue);
    if kind == Kind::Conference {
        record.text("3", paper.fact(Fact::Container));
    }
    let (first, last) = pages(paper);
    let range = if last.is_empty() { first } else { format!("{first}-{last}") };
    record.exact("P", &range);
    record.text("I", house(paper));
    record.facts(
        paper,
        &[
            ("V", Fact::Volume),
            ("N", Fact::Number),
            ("C", Fact::Place),
            ("S", Fact::Series),
            ("7", Fact::Edition),
            ("G", Fact::Language),
            ("@", Fact::Issn),
            ("@", Fact::Isbn),
        ],
    );
    record.exact("R", paper.doi);
    if !paper.arxiv.is_empty() {
        record.exact("M", &format!("arXiv:{}", paper.arxiv));
    }
    if !paper.fact(Fact::Pmid).is_empty() {
        record.exact("M", &format!("PMID: {}", paper.fact(Fact::Pmid)));
    }
    record.exact("2", paper.fact(Fact::Pmcid));
    record.keywords("K", paper);
    record.text("X", abstract_text);
    record.text("Z", paper.fact(Fact::Note));
    record.exact("F", paper.fact(Fact::Key));
    for url in urls(paper) {
        let is_pdf = url.to_ascii_lowercase().ends_with(".pdf");
        record.exact(if is_pdf { ">" } else { "U" }, &url);
    }
    record.end()
}

fn reference_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Unknown => "Generic",
        Kind::Article => "Journal Article",
        Kind::Conference => "Conference Paper",
        Kind::Chapter => "Book Section",
        Kind::Book => "Book",
        Kind::Thesis => "Thesis",
        Kind::Report => "Report",
        Kind::Preprint => "Unpublished Work",
        Kind::Dataset => "Dataset",
        Kind::Software => "Computer Program",
        Kind::Webpage => "Web Page",
        Kind::Newspaper => "Newspaper Article",
        Kind::Magazine => "Magazine Article",
        Kind::Proceedings => "Conference Proceedings",
        Kind::Patent => "Patent",
        Kind::Entry => "Encyclopedia",
    }
}
