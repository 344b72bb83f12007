//! Writes papers as Hayagriva entries, the YAML bibliographies of Typst.
//!
//! Containers, series, conferences and originals are parents. Each has the type under which
//! hayagriva looks for the CSL variables of that work. The entry is built of hayagriva's types,
//! which escape braces and dollar signs and refuse a date or an address that hayagriva cannot
//! read: one such value would make the whole file unreadable.

use std::collections::BTreeMap;

use hayagriva::io::to_yaml_str;
use hayagriva::types::{
    Date, EntryType, FormatString, MaybeTyped, Numeric, Person, PersonRole, PersonsWithRoles,
    Publisher, QualifiedUrl, SerialNumber,
};
use hayagriva::{Entry, Library};

use super::links::display_text;
use super::tag_lines::{date, pages, publisher};
use crate::cite::language::language_tag;
use crate::cite::venue::publication_kind;
use crate::domain::{
    BibField, ET_AL, NameKind, Paper, PaperKind, PersonName, author_names, has_et_al,
    is_preprint_server, main_link,
};
use crate::text::sanitise;

/// The entry, without a line end after it.
pub fn entry(paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
    let mut library = Library::new();
    library.push(&node(paper, key, abstract_text));
    let text = to_yaml_str(&library).expect("text, numbers and lists of them are YAML");
    text.trim_end().to_owned()
}

fn node(paper: &Paper<'_>, key: &str, abstract_text: &str) -> Entry {
    let kind = publication_kind(paper);
    let mut entry = Entry::new(key, entry_type(kind, paper));
    put_title(&mut entry, paper.title, paper.field(BibField::ShortTitle));
    put_people(&mut entry, Entry::set_authors, paper.author_list);
    let translators = people(paper.field(BibField::Translators));
    if !translators.is_empty() {
        let role = PersonRole::Translator;
        entry.set_affiliated(vec![PersonsWithRoles::new(translators, role)]);
    }
    let (year, month, day) = date(paper);
    if let Ok(year) = year.parse() {
        let [month, day] = [month, day].map(|it| it.map(|it| it - 1));
        entry.set_date(Date { month, day, ..Date::from_year(year) });
    }
    put(&mut entry, Entry::set_genre, paper.field(BibField::Genre));
    put_pages(&mut entry, paper);
    let language = language_tag(paper.field(BibField::Language)).unwrap_or_default();
    if let Ok(language) = language.parse() {
        entry.set_language(language);
    }
    put_identifiers(&mut entry, paper, kind);
    put_address(&mut entry, paper);
    put(&mut entry, Entry::set_note, paper.field(BibField::Note));
    put(&mut entry, Entry::set_abstract_, abstract_text);
    let parents = parents(&mut entry, paper, kind);
    entry.set_parents(parents);
    entry
}

/// Adds a text, unless it is empty.
fn put(entry: &mut Entry, set: fn(&mut Entry, FormatString), text: &str) {
    let text = display_text(text);
    if !text.is_empty() {
        set(entry, text.into());
    }
}

/// Adds a number with the text around it, unless it is empty.
fn put_number<T>(entry: &mut Entry, set: fn(&mut Entry, MaybeTyped<T>), text: &str) {
    let text = display_text(text);
    if !text.is_empty() {
        set(entry, MaybeTyped::String(text));
    }
}

/// Adds a count. A text that is no number is left out, since the field takes numbers only.
fn put_count(entry: &mut Entry, set: fn(&mut Entry, Numeric), text: &str) {
    if let Ok(count) = text.parse::<u16>() {
        set(entry, Numeric::new(count.into()));
    }
}

fn put_people(entry: &mut Entry, set: fn(&mut Entry, Vec<Person>), list: &str) {
    let people = people(list);
    if !people.is_empty() {
        set(entry, people);
    }
}

/// Adds a title with its short form, if there is one.
fn put_title(entry: &mut Entry, title: &str, short: &str) {
    let (title, short) = (display_text(title), display_text(short));
    if short.is_empty() {
        put(entry, Entry::set_title, &title);
    } else {
        entry.set_title(FormatString::with_short(title, short));
    }
}

/// Adds the pages. The number of an article without pages is written there as well as among the
/// serial numbers, where the format has its place, since styles print the pages only.
fn put_pages(entry: &mut Entry, paper: &Paper<'_>) {
    let (first, last) = pages(paper);
    let range = if last.is_empty() { first } else { format!("{first}-{last}") };
    let article = paper.field(BibField::ArticleNumber);
    put_number(entry, Entry::set_page_range, if range.is_empty() { article } else { &range });
    put_count(entry, Entry::set_page_total, paper.field(BibField::PageCount));
    put_number(entry, Entry::set_chapter, paper.field(BibField::Chapter));
}

/// Adds the numbers that identify a paper; `serial` is the number of a report or of an article.
fn put_identifiers(entry: &mut Entry, paper: &Paper<'_>, kind: PaperKind) {
    let report = if kind.is_part() { "" } else { paper.field(BibField::Number) };
    let article = paper.field(BibField::ArticleNumber);
    let ids = [
        ("doi", paper.doi),
        ("arxiv", paper.arxiv),
        ("issn", paper.field(BibField::Issn)),
        ("isbn", paper.field(BibField::Isbn)),
        ("pmid", paper.field(BibField::Pmid)),
        ("pmcid", paper.field(BibField::Pmcid)),
        ("serial", if report.is_empty() { article } else { report }),
        ("version", paper.field(BibField::Version)),
    ];
    let ids: BTreeMap<String, String> = ids
        .into_iter()
        .filter(|(_, id)| !id.is_empty())
        .map(|(name, id)| (name.to_owned(), display_text(id)))
        .collect();
    if !ids.is_empty() {
        entry.set_serial_number(SerialNumber(ids));
    }
}

/// Adds the address to open, with the day on which it was visited.
fn put_address(entry: &mut Entry, paper: &Paper<'_>) {
    let url = main_link(paper).and_then(|it| display_text(&it.url).parse::<QualifiedUrl>().ok());
    if let Some(url) = url {
        let visit_date = paper.field(BibField::Accessed).parse().ok();
        entry.set_url(QualifiedUrl { visit_date, ..url });
    }
}

/// Returns the parents of an entry, and adds the fields of a whole to an entry that is no part.
fn parents(entry: &mut Entry, paper: &Paper<'_>, kind: PaperKind) -> Vec<Entry> {
    let mut parents = Vec::new();
    if kind.is_part() {
        let mut whole = Entry::new("", parent_type(kind));
        match paper.field(BibField::Container) {
            "" => put(&mut whole, Entry::set_title, paper.venue),
            container => put_title(&mut whole, container, paper.venue),
        }
        let collections = put_collection(&mut whole, paper);
        whole.set_parents(collections);
        put_number(&mut whole, Entry::set_issue, paper.field(BibField::Number));
        parents.push(whole);
    } else {
        parents.extend(server(paper, kind));
        parents.extend(put_collection(entry, paper));
    }
    let mut event = Entry::new("", EntryType::Conference);
    put(&mut event, Entry::set_title, paper.field(BibField::Event));
    put(&mut event, Entry::set_location, paper.field(BibField::EventPlace));
    let mut original = Entry::new("", EntryType::Original);
    if let Ok(date) = paper.field(BibField::OriginalDate).parse() {
        original.set_date(date);
    }
    parents.extend([event, original]);
    parents.retain(has_fields);
    parents
}

fn has_fields(parent: &Entry) -> bool {
    *parent != Entry::new("", *parent.entry_type())
}

/// The repository of the server that a preprint is on.
fn server(paper: &Paper<'_>, kind: PaperKind) -> Option<Entry> {
    let is_arxiv = paper.venue.is_empty() || is_preprint_server(paper.venue);
    let is_arxiv = is_arxiv && !paper.arxiv.is_empty();
    let mut server = Entry::new("", EntryType::Repository);
    put(&mut server, Entry::set_title, if is_arxiv { "arXiv" } else { paper.venue });
    (kind == PaperKind::Preprint).then_some(server)
}

/// Adds the fields of a whole: the journal, the proceedings, or the paper if it is no part. Returns
/// the series and the work of several volumes that the whole is in.
fn put_collection(entry: &mut Entry, paper: &Paper<'_>) -> Vec<Entry> {
    put_people(entry, Entry::set_editors, paper.field(BibField::Editors));
    put_number(entry, Entry::set_volume, paper.field(BibField::Volume));
    put_count(entry, Entry::set_volume_total, paper.field(BibField::VolumeCount));
    put_number(entry, Entry::set_edition, paper.field(BibField::Edition));
    let (name, place) =
        (display_text(publisher(paper)), display_text(paper.field(BibField::Place)));
    if name.is_empty() {
        put(entry, Entry::set_location, &place);
    } else {
        let place = (!place.is_empty()).then(|| place.into());
        entry.set_publisher(Publisher::new(Some(name.clone().into()), place));
    }
    if display_text(paper.field(BibField::Institution)) != name {
        put(entry, Entry::set_organization, paper.field(BibField::Institution));
    }
    let mut series = Entry::new("", EntryType::Anthology);
    put(&mut series, Entry::set_title, paper.field(BibField::Series));
    put_number(&mut series, Entry::set_volume, paper.field(BibField::SeriesNumber));
    let mut main = Entry::new("", EntryType::Book);
    put(&mut main, Entry::set_title, paper.field(BibField::MainTitle));
    [series, main].into_iter().filter(has_fields).collect()
}

/// The people of a list.
fn people(list: &str) -> Vec<Person> {
    let person = |name: String, given_name: String, suffix: String, is_whole: bool| {
        let has_comma = name.contains(',') || given_name.contains(',');
        Person {
            name,
            // Hayagriva writes a name without an alias as one text. Reading that text, it takes
            // lower-case words of an organisation for a particle and a suffix for the given name,
            // and refuses a third comma.
            alias: (is_whole || has_comma || !suffix.is_empty()).then(String::new),
            given_name: Some(given_name).filter(|it| !it.is_empty()),
            suffix: Some(suffix).filter(|it| !it.is_empty()),
            prefix: None,
            comma_suffix: false,
        }
    };
    let parsed = |raw: &str| {
        let PersonName { kind, given, family, suffix } = PersonName::parse(raw);
        let [given, family, suffix] = [given, family, suffix].map(|it| sanitise(&it).into_owned());
        let is_whole = kind == NameKind::Organisation;
        (!family.is_empty()).then(|| person(family, given, suffix, is_whole))
    };
    let others = || person(ET_AL.to_owned(), String::new(), String::new(), true);
    author_names(list).filter_map(parsed).chain(has_et_al(list).then(others)).collect()
}

fn entry_type(kind: PaperKind, paper: &Paper<'_>) -> EntryType {
    match kind {
        PaperKind::Unknown if paper.venue.is_empty() => EntryType::Misc,
        PaperKind::Preprint if paper.venue.is_empty() && paper.arxiv.is_empty() => {
            EntryType::Manuscript
        }
        PaperKind::Unknown
        | PaperKind::Article
        | PaperKind::Conference
        | PaperKind::Preprint
        | PaperKind::Newspaper
        | PaperKind::Magazine => EntryType::Article,
        PaperKind::Chapter => EntryType::Chapter,
        PaperKind::Book => EntryType::Book,
        PaperKind::Thesis => EntryType::Thesis,
        PaperKind::Report => EntryType::Report,
        PaperKind::Dataset | PaperKind::Software => EntryType::Repository,
        PaperKind::Webpage => EntryType::Web,
        PaperKind::Proceedings => EntryType::Proceedings,
        PaperKind::Patent => EntryType::Patent,
        PaperKind::Entry => EntryType::Entry,
    }
}

fn parent_type(kind: PaperKind) -> EntryType {
    match kind {
        PaperKind::Conference => EntryType::Proceedings,
        PaperKind::Chapter => EntryType::Book,
        PaperKind::Entry => EntryType::Reference,
        PaperKind::Newspaper => EntryType::Newspaper,
        _ => EntryType::Periodical,
    }
}
