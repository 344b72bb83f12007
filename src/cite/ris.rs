//! A paper in RIS, under the tags that Zotero and `EndNote` read back.

use super::tagged::{Record, authors, date, editors, house, pages, urls};
use super::venue::kind;
use crate::domain::{Fact, Kind, Paper};

/// The record, without a line end after it.
pub(super) fn record(paper: &Paper<'_>, abstract_text: &str) -> String {
    let kind = kind(paper);
    let mut record = Record::new(|tag| format!("{tag}  - "));
    record.exact("TY", reference_type(kind));
    record.text("TI", paper.title);
    for author in authors(paper) {
        record.exact("AU", &author.sorted());
    }
    for editor in editors(paper) {
        record.exact("A2", &editor.sorted());
    }
    let (year, month, day) = date(paper);
    record.exact("PY", &year);
    if let Some(month) = month {
        let day = day.map(|it| format!("{it:02}")).unwrap_or_default();
        record.exact("DA", &format!("{year}/{month:02}/{day}/"));
    }
    record.text("T2", paper.venue);
    let (first, last) = pages(paper);
    record.exact("SP", &first);
    record.exact("EP", &last);
    record.text("PB", house(paper));
    let is_conference = kind == Kind::Conference;
    record.text(if is_conference { "C1" } else { "CY" }, paper.fact(Fact::Place));
    if is_conference {
        record.text("C3", paper.fact(Fact::Container));
    }
    record.facts(
        paper,
        &[
            ("T3", Fact::Series),
            ("VL", Fact::Volume),
            ("IS", Fact::Number),
            ("ET", Fact::Edition),
            ("SN", Fact::Issn),
            ("SN", Fact::Isbn),
            ("LA", Fact::Language),
        ],
    );
    record.exact("DO", paper.doi);
    if !paper.arxiv.is_empty() {
        record.exact("AN", &format!("arXiv:{}", paper.arxiv));
    }
    if !paper.fact(Fact::Pmid).is_empty() {
        record.exact("M2", &format!("PMID: {}", paper.fact(Fact::Pmid)));
    }
    record.exact("C2", paper.fact(Fact::Pmcid));
    record.keywords("KW", paper);
    record.text("AB", abstract_text);
    record.text("N1", paper.fact(Fact::Note));
    record.exact("ID", paper.fact(Fact::Key));
    for url in urls(paper) {
        let is_pdf = url.to_ascii_lowercase().ends_with(".pdf");
        record.exact(if is_pdf { "L1" } else { "UR" }, &url);
    }
    record.line("ER", "");
    record.end()
}

fn reference_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Unknown => "GEN",
        Kind::Article => "JOUR",
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
