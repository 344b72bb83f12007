//! A paper in the tagged format of `EndNote`.

use super::tag_lines::{Author, Record, date, extent, house, notes, pages, people, urls};
use crate::cite::venue::kind;
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
pub fn record(paper: &Paper<'_>, abstract_text: &str) -> String {
    let kind = kind(paper);
    let mut record = Record::new(|tag| format!("%{tag} "));
    record.exact("0", reference_type(kind));
    record.text("T", paper.title);
    record.text("!", paper.fact(Fact::ShortTitle));
    for (tag, list) in [
        ("A", paper.author_list),
        ("E", paper.fact(Fact::Editors)),
        ("?", paper.fact(Fact::Translators)),
    ] {
        for author in people(list) {
            record.exact(tag, &name(&author));
        }
    }
    add_dates(&mut record, paper);
    add_container(&mut record, paper, kind);
    add_numbers(&mut record, paper, kind);
    record.facts(
        paper,
        &[("9", Fact::Genre), ("G", Fact::Language), ("@", Fact::Issn), ("@", Fact::Isbn)],
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
    for note in notes(paper) {
        record.exact("Z", &note);
    }
    record.text("<", paper.fact(Fact::Annotation));
    record.exact("F", paper.fact(Fact::Key));
    record.exact("=", paper.fact(Fact::Updated));
    record.exact(">", paper.fact(Fact::File));
    for url in urls(paper) {
        let is_pdf = url.to_ascii_lowercase().ends_with(".pdf");
        record.exact(if is_pdf { ">" } else { "U" }, &url);
    }
    record.end()
}

/// A comma ends a name that is not to be turned around, as `EndNote` marks organisations.
fn name(author: &Author) -> String {
    match author {
        Author::Person(_) => author.sorted(),
        Author::Organisation(_) | Author::Others => author.sorted() + ",",
    }
}

/// The year, or in its place how far the work is; and the rest of the date, or the season.
fn add_dates(record: &mut Record, paper: &Paper<'_>) {
    let (year, month, day) = date(paper);
    record.exact("D", &year);
    if year.is_empty() {
        record.text("D", paper.fact(Fact::Status));
    }
    if let Some(month) = month.and_then(|it| MONTHS.get(usize::from(it) - 1)) {
        let day = day.map(|it| it.to_string()).unwrap_or_default();
        record.exact("8", &format!("{month} {day}"));
    } else {
        record.text("8", paper.fact(Fact::Season));
    }
    record.exact("[", paper.fact(Fact::Accessed));
    record.exact("(", paper.fact(Fact::OriginalDate));
}

fn add_container(record: &mut Record, paper: &Paper<'_>, kind: Kind) {
    let is_in_book = matches!(kind, Kind::Conference | Kind::Chapter | Kind::Book | Kind::Entry);
    record.text(if is_in_book { "B" } else { "J" }, paper.venue);
    if kind == Kind::Conference {
        record.text("3", paper.fact(Fact::Container));
    }
    record.text("I", house(paper));
    record.facts(paper, &[("C", Fact::Place), ("S", Fact::Series)]);
}

/// Volumes, pages and the like. The number of an article without pages is the seventh custom field,
/// `%]`, as in the RIS of `EndNote`; programs that read the tagged format alone look for it under
/// `%P`, so it stands there as well. The number of a whole book is that in its series.
fn add_numbers(record: &mut Record, paper: &Paper<'_>, kind: Kind) {
    let fact = |fact| paper.fact(fact);
    record.facts(paper, &[("V", Fact::Volume), ("6", Fact::VolumeCount)]);
    let numbers = match kind {
        Kind::Book | Kind::Proceedings => [Fact::SeriesNumber, Fact::Number],
        _ => [Fact::Number, Fact::SeriesNumber],
    };
    let number = numbers.into_iter().find(|it| !fact(*it).is_empty());
    record.text("N", number.map(fact).unwrap_or_default());
    let (first, last) = pages(paper);
    let range = if last.is_empty() { first } else { format!("{first}-{last}") };
    let all = [&range, extent(paper, kind), fact(Fact::ArticleNumber)];
    record.text("P", all.into_iter().find(|it| !it.is_empty()).unwrap_or_default());
    record.text("]", fact(Fact::ArticleNumber));
    record.text("&", fact(Fact::Chapter));
    let is_versioned = matches!(kind, Kind::Dataset | Kind::Software);
    let version = is_versioned && !fact(Fact::Version).is_empty();
    record.text("7", fact(if version { Fact::Version } else { Fact::Edition }));
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
