//! Converts an entry to a draft.

use super::{cleaning, date, identifiers};

use super::entry::BibtexEntry;
use super::extra_fields::add_extra_fields;
use super::journal_macros::journal;
use super::names::parse_names;
use crate::domain::{BibField, Draft, PaperKind, is_preprint_server};

/// Kinds of entries that configure other entries or the style, and describe no paper.
const NON_PAPER_KINDS: [&str; 5] = ["xdata", "set", "control", "ieeetranbstctl", "customa"];

/// Returns true if an entry describes a paper.
pub fn is_paper(record: &BibtexEntry) -> bool {
    !NON_PAPER_KINDS.contains(&record.kind.as_str())
}

/// Returns the draft, or `None` if the entry has no title.
pub fn draft(record: &BibtexEntry) -> Option<Draft> {
    let kind = kind(record);
    let title = title(record, kind);
    if title.is_empty() {
        return None;
    }
    let (year, date) = date::date(record);
    let venue = venue(record, kind);
    let mut draft = Draft {
        title: cleaning::clean(&title).into_owned(),
        authors: parse_names(record.get_raw("author")),
        abstract_text: cleaning::clean(record.get(&["abstract"])).into_owned(),
        year,
        categories: identifiers::categories(record),
        venue: cleaning::clean(journal(venue).unwrap_or(venue)).into_owned(),
        arxiv: identifiers::arxiv(record).unwrap_or_default(),
        doi: identifiers::own_doi(record).unwrap_or_default(),
        kind,
        ..Draft::default()
    };
    draft.urls = identifiers::urls(record, &draft.arxiv, &draft.doi);
    draft.add_field(BibField::Key, record.key.as_str());
    draft.add_field(BibField::Raw, record.raw.as_str());
    draft.add_field(BibField::Date, date);
    add_extra_fields(record, kind, venue, &mut draft);
    Some(draft)
}

fn title(record: &BibtexEntry, kind: PaperKind) -> String {
    let fields: &[&str] = if matches!(kind, PaperKind::Book | PaperKind::Proceedings) {
        &["title", "maintitle", "booktitle"]
    } else {
        &["title", "maintitle"]
    };
    let title = record.get(fields);
    let subtitle = record.get(&["subtitle"]);
    match subtitle {
        "" => title.to_owned(),
        _ if title.is_empty() => subtitle.to_owned(),
        _ if title.ends_with([':', '?', '!', '.', '-', '–', '—']) => {
            format!("{title} {subtitle}")
        }
        _ => format!("{title}: {subtitle}"),
    }
}

/// Returns the journal, proceedings or book. Preprint servers are not venues.
fn venue(record: &BibtexEntry, kind: PaperKind) -> &str {
    let journal = record.get(&["journal", "journaltitle", "shortjournal"]);
    let book = record.get(&["booktitle", "maintitle", "eventtitle"]);
    let published = how_published(record);
    let venue = match kind {
        PaperKind::Book | PaperKind::Proceedings => "",
        PaperKind::Conference | PaperKind::Chapter | PaperKind::Entry if !book.is_empty() => book,
        _ if !journal.is_empty() => journal,
        PaperKind::Unknown
        | PaperKind::Preprint
        | PaperKind::Dataset
        | PaperKind::Software
        | PaperKind::Webpage
            if !(published.is_empty() || record.has(&["booktitle"])) =>
        {
            published
        }
        _ => book,
    };
    if is_preprint_server(venue) { "" } else { venue }
}

/// Returns `howpublished`, unless it is a URL.
fn how_published(record: &BibtexEntry) -> &str {
    let text = record.get(&["howpublished"]);
    if text.contains("\\url") || text.contains("://") { "" } else { text }
}

fn kind(record: &BibtexEntry) -> PaperKind {
    let journal = record.get(&["journal", "journaltitle"]);
    let is_preprint = || {
        is_preprint_server(journal) || journal.is_empty() && identifiers::arxiv(record).is_some()
    };
    match record.kind.as_str() {
        "article" | "online" | "electronic" | "www" | "webpage" | "misc" if is_preprint() => {
            PaperKind::Preprint
        }
        "article" => match record.get(&["entrysubtype"]).to_ascii_lowercase().as_str() {
            "newspaper" => PaperKind::Newspaper,
            "magazine" => PaperKind::Magazine,
            _ => PaperKind::Article,
        },
        "suppperiodical" | "review" => PaperKind::Article,
        "inproceedings" | "conference" => PaperKind::Conference,
        "incollection" | "inbook" | "bookinbook" | "suppbook" | "suppcollection" => {
            PaperKind::Chapter
        }
        "inreference" => PaperKind::Entry,
        "book" | "mvbook" | "collection" | "mvcollection" | "reference" | "mvreference"
        | "booklet" => PaperKind::Book,
        "proceedings" | "mvproceedings" => PaperKind::Proceedings,
        "phdthesis" | "mastersthesis" | "thesis" | "bachelorsthesis" => PaperKind::Thesis,
        "techreport" | "report" | "manual" => PaperKind::Report,
        "unpublished" | "preprint" => PaperKind::Preprint,
        "patent" => PaperKind::Patent,
        "dataset" => PaperKind::Dataset,
        "software" | "softwareversion" => PaperKind::Software,
        "online" | "electronic" | "www" | "webpage" => PaperKind::Webpage,
        _ => PaperKind::Unknown,
    }
}
