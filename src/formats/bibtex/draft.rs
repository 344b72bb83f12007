//! The paper that an entry is about.

use super::entry::Record;
use super::extra_fields::add_facts;
use super::journal_macros::journal;
use super::names::names;
use super::{cleaning, date, identifiers};
use crate::domain::{Draft, Fact, Kind};

/// Entries that are about other entries or about the style, not about papers.
const NO_PAPERS: [&str; 5] = ["xdata", "set", "control", "ieeetranbstctl", "customa"];

/// Whether an entry is about a paper at all.
pub fn is_paper(record: &Record) -> bool {
    !NO_PAPERS.contains(&record.kind.as_str())
}

/// The paper, unless it has no title.
pub fn draft(record: &Record) -> Option<Draft> {
    let kind = kind(record);
    let title = title(record, kind);
    if title.is_empty() {
        return None;
    }
    let (year, date) = date::date(record);
    let venue = venue(record, kind);
    let mut draft = Draft {
        title: cleaning::cleaned(&title).into_owned(),
        authors: names(record.whole("author")),
        abstract_text: cleaning::cleaned(record.get(&["abstract"])).into_owned(),
        year,
        categories: identifiers::categories(record),
        venue: cleaning::cleaned(journal(venue).unwrap_or(venue)).into_owned(),
        arxiv: identifiers::arxiv(record).unwrap_or_default(),
        doi: identifiers::own_doi(record).unwrap_or_default(),
        kind,
        ..Draft::default()
    };
    draft.urls = identifiers::urls(record, &draft.arxiv, &draft.doi);
    draft.add_fact(Fact::Key, record.key.as_str());
    draft.add_fact(Fact::Raw, record.raw.as_str());
    draft.add_fact(Fact::Date, date);
    add_facts(record, kind, venue, &mut draft);
    Some(draft)
}

fn title(record: &Record, kind: Kind) -> String {
    let fields: &[&str] = if matches!(kind, Kind::Book | Kind::Proceedings) {
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

/// The journal, the proceedings or the book. A preprint server is none.
fn venue(record: &Record, kind: Kind) -> &str {
    let journal = record.get(&["journal", "journaltitle", "shortjournal"]);
    let book = record.get(&["booktitle", "maintitle", "eventtitle"]);
    let published = published(record);
    let venue = match kind {
        Kind::Book | Kind::Proceedings => "",
        Kind::Conference | Kind::Chapter | Kind::Entry if !book.is_empty() => book,
        _ if !journal.is_empty() => journal,
        Kind::Unknown | Kind::Preprint | Kind::Dataset | Kind::Software | Kind::Webpage
            if !(published.is_empty() || record.has(&["booktitle"])) =>
        {
            published
        }
        _ => book,
    };
    if identifiers::is_preprint_server(venue) { "" } else { venue }
}

/// How something was published that is in no journal, unless that is an address.
fn published(record: &Record) -> &str {
    let text = record.get(&["howpublished"]);
    if text.contains("\\url") || text.contains("://") { "" } else { text }
}

fn kind(record: &Record) -> Kind {
    let journal = record.get(&["journal", "journaltitle"]);
    let is_preprint = || {
        identifiers::is_preprint_server(journal)
            || journal.is_empty() && identifiers::arxiv(record).is_some()
    };
    match record.kind.as_str() {
        "article" | "online" | "electronic" | "www" | "webpage" | "misc" if is_preprint() => {
            Kind::Preprint
        }
        "article" => match record.get(&["entrysubtype"]).to_ascii_lowercase().as_str() {
            "newspaper" => Kind::Newspaper,
            "magazine" => Kind::Magazine,
            _ => Kind::Article,
        },
        "suppperiodical" | "review" => Kind::Article,
        "inproceedings" | "conference" => Kind::Conference,
        "incollection" | "inbook" | "bookinbook" | "suppbook" | "suppcollection" => Kind::Chapter,
        "inreference" => Kind::Entry,
        "book" | "mvbook" | "collection" | "mvcollection" | "reference" | "mvreference"
        | "booklet" => Kind::Book,
        "proceedings" | "mvproceedings" => Kind::Proceedings,
        "phdthesis" | "mastersthesis" | "thesis" | "bachelorsthesis" => Kind::Thesis,
        "techreport" | "report" | "manual" => Kind::Report,
        "unpublished" | "preprint" => Kind::Preprint,
        "patent" => Kind::Patent,
        "dataset" => Kind::Dataset,
        "software" | "softwareversion" => Kind::Software,
        "online" | "electronic" | "www" | "webpage" => Kind::Webpage,
        _ => Kind::Unknown,
    }
}
