//! Writes papers in the format of `PubMed` (MEDLINE, `.nbib`).

use super::names::ET_AL;
use super::tag_lines::{Author, TagLines, authors, date, editors, notes, pages, publisher, urls};
use crate::cite::kind_names::{KindColumn, kind_name};
use crate::cite::venue::publication_kind;
use crate::domain::{BibField, Paper, PaperKind, PersonName};
use crate::text::{MONTHS, capitalise, tex_to_unicode, tidy};

/// Returns the record without a final newline. It begins with `PMID` even without a number, because
/// readers detect the beginning of a record by this tag.
pub fn record(paper: &Paper<'_>, abstract_text: &str) -> String {
    let kind = publication_kind(paper);
    let mut record = TagLines::new(|tag| format!("{tag:<4}- "));
    record.line("PMID", &tidy(paper.field(BibField::Pmid)));
    record.plain_text("LR", &paper.field(BibField::Updated).replace('-', ""));
    record.plain_text("IS", paper.field(BibField::Issn));
    record.fields(
        paper,
        &[("ISBN", BibField::Isbn), ("VI", BibField::Volume), ("IP", BibField::Number)],
    );
    record.plain_text("DP", &day(paper));
    let is_book = matches!(kind, PaperKind::Book | PaperKind::Proceedings);
    record.plain_text(if is_book { "BTI" } else { "TI" }, &title(paper.title));
    add_pages(&mut record, paper);
    record.text("AB", abstract_text);
    for author in authors(paper) {
        add_name(&mut record, ["FAU", "AU", "CN"], &author);
    }
    for editor in editors(paper) {
        add_name(&mut record, ["FED", "ED", "FED"], &editor);
    }
    record.plain_text("PT", kind_name(kind, KindColumn::Nbib));
    if matches!(kind, PaperKind::Thesis | PaperKind::Report) {
        record.text("PT", paper.field(BibField::Genre));
    }
    add_container(&mut record, paper, kind);
    record.text("PB", publisher(paper));
    record.fields(
        paper,
        &[
            ("LA", BibField::Language),
            ("PL", BibField::Place),
            ("CTI", BibField::Series),
            ("EN", BibField::Edition),
        ],
    );
    for note in notes(paper) {
        record.plain_text("GN", &note);
    }
    record.keywords("OT", paper);
    record.plain_text("PMC", paper.field(BibField::Pmcid));
    if !paper.doi.is_empty() {
        record.plain_text("AID", &format!("{} [doi]", paper.doi));
    }
    if !paper.arxiv.is_empty() {
        record.plain_text("AID", &format!("arXiv:{} [pii]", paper.arxiv));
    }
    for url in urls(paper) {
        record.plain_text("LID", &url);
    }
    record.finish()
}

/// Adds the pages. The number of an article without pages is written under both tags that `PubMed`
/// uses: as pages and as publisher's identifier.
fn add_pages(record: &mut TagLines, paper: &Paper<'_>) {
    let (first, last) = pages(paper);
    let range = if last.is_empty() { first } else { format!("{first}-{last}") };
    let article = paper.field(BibField::ArticleNumber);
    record.plain_text("PG", if range.is_empty() { article } else { &range });
    if !article.is_empty() {
        record.plain_text("LID", &format!("{article} [pii]"));
    }
}

/// Adds the journal or the book. With a full name, the venue is its abbreviation.
fn add_container(record: &mut TagLines, paper: &Paper<'_>, kind: PaperKind) {
    let container = paper.field(BibField::Container);
    let tag = if matches!(kind, PaperKind::Chapter | PaperKind::Entry) { "BTI" } else { "JT" };
    if container.is_empty() {
        record.text(tag, paper.venue);
    } else {
        record.text(tag, container);
        record.text("TA", paper.venue);
    }
}

/// Formats the date: `2021 May 3`, `2021 Spring`.
fn day(paper: &Paper<'_>) -> String {
    let (year, month, day) = date(paper);
    let month = month.and_then(|it| MONTHS.get(usize::from(it) - 1));
    let parts = [Some(year), month.map(|it| it[..3].to_owned()), day.map(|it| it.to_string())];
    let mut day = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let season = paper.field(BibField::Season);
    if month.is_none() && !day.is_empty() && !season.is_empty() {
        day.extend([" ", &capitalise(season)]);
    }
    day
}

/// Ends the title with a full stop, which readers strip. A title in brackets gets none, since it
/// would be read as a translation.
fn title(raw: &str) -> String {
    let title = tidy(&tex_to_unicode(raw)).into_owned();
    let is_whole = title.ends_with(['?', '!']) || title.starts_with('[') && title.ends_with(']');
    if is_whole || title.is_empty() { title } else { title + "." }
}

/// Adds a name in full and abbreviated, or an organisation.
fn add_name(record: &mut TagLines, [full, abbreviated, organisation]: [&str; 3], author: &Author) {
    match author {
        Author::Organisation(name) => record.plain_text(organisation, name),
        Author::EtAl => {
            record.plain_text(full, ET_AL);
            record.plain_text(abbreviated, ET_AL);
        }
        Author::Person(PersonName { given, family, suffix, .. }) => {
            let comma = if given.is_empty() && suffix.is_empty() { "" } else { "," };
            record.plain_text(full, &format!("{family}{comma} {given} {suffix}"));
            let words = given.split([' ', '-', '.']);
            let initials: String = words.filter_map(|it| it.chars().next()).collect();
            record.plain_text(abbreviated, &format!("{family} {initials} {suffix}"));
        }
    }
}
