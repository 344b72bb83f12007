//! Converts an entry of Hayagriva to a draft.

use hayagriva::Entry;
use hayagriva::types::{Date, EntryType, FormatString, Person, PersonRole};

use crate::domain::{
    AUTHOR_SEPARATOR, BibField, Draft, PaperKind, arxiv_id, brace_organisation, doi,
    repeats_identifier,
};
use crate::formats::tagged::record::publisher_field;

/// Converts an entry and its parents.
pub fn draft(entry: &Entry) -> Draft {
    let container = container(entry);
    let kind = kind(entry, container);
    let title = |it: &Entry| text(it.title());
    let (venue, full) = container.map(container_titles).unwrap_or_default();
    let is_arxiv = kind == PaperKind::Preprint && venue.eq_ignore_ascii_case("arxiv");
    let arxiv = serial(entry, "arxiv").and_then(|it| arxiv_id(&it)).unwrap_or_default();
    let doi = serial(entry, "doi").and_then(|it| doi(&it)).filter(|it| arxiv_id(it).is_none());
    let doi = doi.unwrap_or_default();
    let url = entry.url_any().map(|it| it.value.to_string());
    let url = url.filter(|it| !repeats_identifier(it, &arxiv, &doi));
    let mut draft = Draft {
        title: title(entry),
        authors: names(entry.authors().unwrap_or_default().iter()),
        abstract_text: text(entry.abstract_()),
        venue: if is_arxiv { String::new() } else { venue },
        arxiv,
        doi,
        urls: url.into_iter().collect(),
        kind,
        ..Draft::default()
    };
    if let Some(date) = entry.date_any() {
        draft.year = i16::try_from(date.year).ok();
        let is_more = date.month.is_some();
        draft.add_field(BibField::Date, if is_more { day(date) } else { String::new() });
    }
    draft.add_field(BibField::Key, entry.key());
    draft.add_field(BibField::Container, full);
    draft.add_field(BibField::ShortTitle, short(entry));
    draft.add_field(
        BibField::Accessed,
        entry.url_any().and_then(|it| it.visit_date.as_ref()).map(day).unwrap_or_default(),
    );
    let is_part = !is_standalone(entry) && kind != PaperKind::Preprint;
    let number = if is_part { BibField::ArticleNumber } else { BibField::Number };
    draft.add_field(number, serial(entry, "serial").unwrap_or_default());
    add_fields(&mut draft, entry);
    for parent in entry.parents() {
        add_parent(&mut draft, entry, parent, container);
    }
    // Some styles print only pages, so article numbers are repeated there.
    let is_repeated = draft.field(BibField::Pages) == draft.field(BibField::ArticleNumber);
    draft.fields.retain(|(field, _)| *field != BibField::Pages || !is_repeated);
    draft
}

/// Returns the work that contains the entry: a parent that is no series, event or earlier edition.
fn container(entry: &Entry) -> Option<&Entry> {
    let is_container = |it: &&Entry| match it.entry_type() {
        EntryType::Original | EntryType::Conference => false,
        EntryType::Anthology | EntryType::Book => !is_standalone(entry),
        _ => true,
    };
    let parents = entry.parents();
    let conference = || parents.iter().find(|it| *it.entry_type() == EntryType::Conference);
    parents
        .iter()
        .find(is_container)
        .or_else(|| conference().filter(|it| !is_standalone(entry) && it.title().is_some()))
}

/// Returns true if the entry is not a part of another work. A book as its parent is then a series
/// or a multi-volume work.
fn is_standalone(entry: &Entry) -> bool {
    !matches!(
        entry.entry_type(),
        EntryType::Article | EntryType::Chapter | EntryType::Anthos | EntryType::Entry
    )
}

/// Returns the title of a container: the short one and the full one, or the only one and an empty
/// string.
fn container_titles(container: &Entry) -> (String, String) {
    match short(container) {
        short if short.is_empty() => (text(container.title()), String::new()),
        short => (short, text(container.title())),
    }
}

fn add_parent(draft: &mut Draft, entry: &Entry, parent: &Entry, container: Option<&Entry>) {
    let title = text(parent.title());
    match parent.entry_type() {
        _ if container.is_some_and(|it| std::ptr::eq(it, parent)) => {
            add_fields(draft, parent);
            for series in parent.parents() {
                add_parent(draft, parent, series, None);
            }
        }
        EntryType::Original => {
            draft.add_field(BibField::OriginalDate, parent.date().map(day).unwrap_or_default());
        }
        EntryType::Conference => {
            draft.add_field(BibField::Event, title);
            draft.add_field(BibField::EventPlace, text(parent.location()));
        }
        EntryType::Anthology => {
            draft.add_field(BibField::Series, title);
            let number = parent.volume().map(ToString::to_string);
            draft.add_field(BibField::SeriesNumber, number.unwrap_or_default());
        }
        EntryType::Book if is_standalone(entry) => draft.add_field(BibField::MainTitle, title),
        _ => add_fields(draft, parent),
    }
}

fn add_fields(draft: &mut Draft, entry: &Entry) {
    let (name_field, kind) = (publisher_field(draft.kind), draft.kind);
    let mut add = |field, value: Option<String>| draft.add_field(field, value.unwrap_or_default());
    add(BibField::Volume, entry.volume().map(ToString::to_string));
    add(BibField::VolumeCount, entry.volume_total().map(ToString::to_string));
    add(BibField::Number, entry.issue().map(ToString::to_string));
    add(BibField::Pages, entry.page_range().map(ToString::to_string));
    add(BibField::PageCount, entry.page_total().map(ToString::to_string));
    add(BibField::Chapter, entry.chapter().map(ToString::to_string));
    add(BibField::Edition, entry.edition().map(ToString::to_string));
    add(BibField::Genre, entry.genre().map(ToString::to_string));
    let publisher = entry.publisher();
    add(BibField::Institution, entry.organization().map(ToString::to_string));
    add(name_field, publisher.and_then(|it| it.name()).map(ToString::to_string));
    let location = publisher.and_then(|it| it.location()).or_else(|| entry.location());
    add(BibField::Place, location.map(ToString::to_string));
    add(
        BibField::Editors,
        Some(names(entry.editors().unwrap_or_default().iter()).join(AUTHOR_SEPARATOR)),
    );
    let affiliated = entry.affiliated().unwrap_or_default().iter();
    let translators = affiliated.filter(|it| it.role == PersonRole::Translator);
    add(
        BibField::Translators,
        Some(names(translators.flat_map(|it| &it.names)).join(AUTHOR_SEPARATOR)),
    );
    add(BibField::Note, entry.note().map(ToString::to_string));
    add(BibField::Language, entry.language().map(ToString::to_string));
    for (field, name) in [
        (BibField::Issn, "issn"),
        (BibField::Isbn, "isbn"),
        (BibField::Pmid, "pmid"),
        (BibField::Pmcid, "pmcid"),
        (BibField::Version, "version"),
    ] {
        add(field, serial(entry, name));
    }
    if kind == PaperKind::Software {
        add(BibField::Version, serial(entry, "serial"));
    }
}

fn text(text: Option<&FormatString>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

/// Returns the short form of the title.
fn short(entry: &Entry) -> String {
    let short = entry.title().and_then(|it| it.short.as_ref());
    short.map(ToString::to_string).unwrap_or_default()
}

/// Formats a date as far as it is known: `2021-05-03`, `2021-05`, `2021`.
fn day(date: &Date) -> String {
    let parts = [date.month, date.day].into_iter().map_while(|it| it);
    let year = if date.year < 0 { date.year.to_string() } else { format!("{:04}", date.year) };
    parts.fold(year, |day, part| format!("{day}-{:02}", part + 1))
}

/// Returns the serial number with this name.
fn serial(entry: &Entry, name: &str) -> Option<String> {
    entry.keyed_serial_number(name).map(str::to_owned)
}

fn names<'a>(people: impl Iterator<Item = &'a Person>) -> Vec<String> {
    people.map(name).collect()
}

/// Formats a name. A name of several words without given name is an organisation's, unless its
/// prefix is a lower-case particle.
fn name(person: &Person) -> String {
    let family = match &person.prefix {
        Some(prefix) => format!("{prefix} {}", person.name),
        None => person.name.clone(),
    };
    let is_particle = |it: &String| it.starts_with(char::is_lowercase);
    let is_person = person.given_name.is_some() || person.prefix.as_ref().is_some_and(is_particle);
    if !is_person && family.contains(char::is_whitespace) {
        return brace_organisation(&family);
    }
    let parts = [Some(family), person.suffix.clone(), person.given_name.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn kind(entry: &Entry, parent: Option<&Entry>) -> PaperKind {
    let parent = parent.map(Entry::entry_type);
    match (entry.entry_type(), parent) {
        (EntryType::Article, Some(EntryType::Proceedings | EntryType::Conference)) => {
            PaperKind::Conference
        }
        (EntryType::Article, Some(EntryType::Repository)) | (EntryType::Manuscript, _) => {
            PaperKind::Preprint
        }
        (EntryType::Article, Some(EntryType::Newspaper)) => PaperKind::Newspaper,
        (EntryType::Article, _) => PaperKind::Article,
        (EntryType::Chapter | EntryType::Anthos, _) => PaperKind::Chapter,
        (EntryType::Entry, _) => PaperKind::Entry,
        (EntryType::Book | EntryType::Anthology | EntryType::Reference, _) => PaperKind::Book,
        (EntryType::Proceedings, _) => PaperKind::Proceedings,
        (EntryType::Thesis, _) => PaperKind::Thesis,
        (EntryType::Report, _) => PaperKind::Report,
        (EntryType::Patent, _) => PaperKind::Patent,
        (EntryType::Repository, _) => PaperKind::Software,
        (EntryType::Web | EntryType::Blog | EntryType::Post, _) => PaperKind::Webpage,
        _ => PaperKind::Unknown,
    }
}
