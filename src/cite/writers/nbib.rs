//! A paper in the format of `PubMed` (MEDLINE, `.nbib`).

use super::names::ET_AL;
use super::tag_lines::{Author, Record, authors, date, editors, house, notes, pages, urls};
use crate::cite::venue::kind;
use crate::domain::{Fact, Kind, Name, Paper};
use crate::text::{readable, tidy};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The record, without a line end after it. It begins with the number in `PubMed` even where there
/// is none, since readers know a record by that.
pub fn record(paper: &Paper<'_>, abstract_text: &str) -> String {
    let kind = kind(paper);
    let mut record = Record::new(|tag| format!("{tag:<4}- "));
    record.line("PMID", &tidy(paper.fact(Fact::Pmid)));
    record.exact("LR", &paper.fact(Fact::Updated).replace('-', ""));
    record.exact("IS", paper.fact(Fact::Issn));
    record.facts(paper, &[("ISBN", Fact::Isbn), ("VI", Fact::Volume), ("IP", Fact::Number)]);
    record.exact("DP", &day(paper));
    let is_book = matches!(kind, Kind::Book | Kind::Proceedings);
    record.exact(if is_book { "BTI" } else { "TI" }, &title(paper.title));
    add_pages(&mut record, paper);
    record.text("AB", abstract_text);
    for author in authors(paper) {
        add_name(&mut record, ["FAU", "AU", "CN"], &author);
    }
    for editor in editors(paper) {
        add_name(&mut record, ["FED", "ED", "FED"], &editor);
    }
    record.exact("PT", publication_type(kind));
    if matches!(kind, Kind::Thesis | Kind::Report) {
        record.text("PT", paper.fact(Fact::Genre));
    }
    add_container(&mut record, paper, kind);
    record.text("PB", house(paper));
    record.facts(
        paper,
        &[
            ("LA", Fact::Language),
            ("PL", Fact::Place),
            ("CTI", Fact::Series),
            ("EN", Fact::Edition),
        ],
    );
    for note in notes(paper) {
        record.exact("GN", &note);
    }
    record.keywords("OT", paper);
    record.exact("PMC", paper.fact(Fact::Pmcid));
    if !paper.doi.is_empty() {
        record.exact("AID", &format!("{} [doi]", paper.doi));
    }
    if !paper.arxiv.is_empty() {
        record.exact("AID", &format!("arXiv:{} [pii]", paper.arxiv));
    }
    for url in urls(paper) {
        record.exact("LID", &url);
    }
    record.end()
}

/// The pages. The number of an article without pages stands under both tags under which `PubMed` has
/// it: as its pages, and as the publisher's identifier.
fn add_pages(record: &mut Record, paper: &Paper<'_>) {
    let (first, last) = pages(paper);
    let range = if last.is_empty() { first } else { format!("{first}-{last}") };
    let article = paper.fact(Fact::ArticleNumber);
    record.exact("PG", if range.is_empty() { article } else { &range });
    if !article.is_empty() {
        record.exact("LID", &format!("{article} [pii]"));
    }
}

/// Adds the journal or the book in which the paper appeared. A title beside which there is a
/// shorter one stands before it, as those of journals do.
fn add_container(record: &mut Record, paper: &Paper<'_>, kind: Kind) {
    let container = paper.fact(Fact::Container);
    let tag = if matches!(kind, Kind::Chapter | Kind::Entry) { "BTI" } else { "JT" };
    if container.is_empty() {
        record.text(tag, paper.venue);
    } else {
        record.text(tag, container);
        record.text("TA", paper.venue);
    }
}

/// `2021 May 3`, `2021 Spring`
fn day(paper: &Paper<'_>) -> String {
    let (year, month, day) = date(paper);
    let month = month.and_then(|it| MONTHS.get(usize::from(it) - 1));
    let parts = [Some(year), month.map(ToString::to_string), day.map(|it| it.to_string())];
    let mut day = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let season = paper.fact(Fact::Season);
    if let Some(first) = season.get(..1).filter(|_| month.is_none() && !day.is_empty()) {
        day.extend([" ", &first.to_ascii_uppercase(), &season[1..]]);
    }
    day
}

/// A title ends with a full stop here, which its readers take off. One in brackets would be taken
/// for a translation with it.
fn title(raw: &str) -> String {
    let title = tidy(&readable(raw)).into_owned();
    let is_whole = title.ends_with(['?', '!']) || title.starts_with('[') && title.ends_with(']');
    if is_whole || title.is_empty() { title } else { title + "." }
}

/// Adds a name in full and in short, or that of an organisation.
fn add_name(record: &mut Record, [full, short, organisation]: [&str; 3], author: &Author) {
    match author {
        Author::Organisation(name) => record.exact(organisation, name),
        Author::Others => {
            record.exact(full, ET_AL);
            record.exact(short, ET_AL);
        }
        Author::Person(Name { given, family, suffix, .. }) => {
            let comma = if given.is_empty() && suffix.is_empty() { "" } else { "," };
            record.exact(full, &format!("{family}{comma} {given} {suffix}"));
            let words = given.split([' ', '-', '.']);
            let initials: String = words.filter_map(|it| it.chars().next()).collect();
            record.exact(short, &format!("{family} {initials} {suffix}"));
        }
    }
}

fn publication_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Unknown => "",
        Kind::Article => "Journal Article",
        Kind::Conference | Kind::Proceedings => "Congress",
        Kind::Chapter => "Book Chapter",
        Kind::Book => "Book",
        Kind::Thesis => "Academic Dissertation",
        Kind::Report => "Technical Report",
        Kind::Preprint => "Preprint",
        Kind::Dataset => "Dataset",
        Kind::Software => "Software",
        Kind::Webpage => "Web Archive",
        Kind::Newspaper => "Newspaper Article",
        Kind::Magazine => "Magazine Article",
        Kind::Patent => "Patent",
        Kind::Entry => "Encyclopedia",
    }
}
