//! Maps the fields of an entry to the optional fields of a draft.

use super::entry::{BibtexEntry, strip_braces};
use super::names::parse_names;
use super::{date, file_field, identifiers};
use crate::domain::{AUTHOR_SEPARATOR, BibField, Draft, PaperKind, is_preprint_server};
use crate::text::split_outside_braces;

/// Fields that are copied unchanged. If several are listed, the first non-empty one is used.
const FIELD_MAP: [(BibField, &[&str]); 19] = [
    (BibField::Pages, &["pages"]),
    (BibField::ArticleNumber, &["eid", "articleno", "article-number", "articlenumber"]),
    (BibField::Publisher, &["publisher"]),
    (BibField::Series, &["series"]),
    (BibField::Edition, &["edition"]),
    (BibField::Institution, &["institution", "school", "organization"]),
    (BibField::Issn, &["issn"]),
    (BibField::Isbn, &["isbn"]),
    (BibField::Pmid, &["pmid"]),
    (BibField::Pmcid, &["pmcid"]),
    (BibField::Language, &["language", "langid"]),
    (BibField::Volume, &["volume"]),
    (BibField::Version, &["version"]),
    (BibField::Event, &["eventtitle"]),
    (BibField::EventPlace, &["venue"]),
    (BibField::Chapter, &["chapter"]),
    (BibField::ShortTitle, &["shorttitle"]),
    (BibField::VolumeCount, &["volumes"]),
    (BibField::PageCount, &["pagetotal", "numpages"]),
];
/// The publication status by the words of BibLaTeX and of users.
const STATUS: [(&str, &str); 9] = [
    ("inpress", "in press"),
    ("in press", "in press"),
    ("forthcoming", "forthcoming"),
    ("to appear", "forthcoming"),
    ("submitted", "submitted"),
    ("inpreparation", "in preparation"),
    ("in preparation", "in preparation"),
    ("prepublished", "prepublished"),
    ("accepted", "accepted"),
];
/// The genre of theses and reports by the words of BibLaTeX and by kinds of entries.
const GENRES: [(&str, &str); 14] = [
    ("phdthesis", "PhD thesis"),
    ("phd", "PhD thesis"),
    ("ph.d. thesis", "PhD thesis"),
    ("mathesis", "Master's thesis"),
    ("mastersthesis", "Master's thesis"),
    ("mscthesis", "Master's thesis"),
    ("bathesis", "Bachelor's thesis"),
    ("bachelorsthesis", "Bachelor's thesis"),
    ("bachelorthesis", "Bachelor's thesis"),
    ("candthesis", "Candidate thesis"),
    ("habthesis", "Habilitation thesis"),
    ("techreport", "Technical report"),
    ("resreport", "Research report"),
    ("software", "Computer software"),
];
/// Values of `type` that repeat the kind of the entry, as some programs write them.
const REDUNDANT_GENRES: [&str; 12] = [
    "article", "journal article", "book", "book section", "book chapter", "conference paper",
    "conference proceedings", "proceedings paper", "thesis", "report", "preprint", "misc",
];

/// Adds all optional fields but the key, the raw entry and the date.
pub fn add_extra_fields(record: &BibtexEntry, kind: PaperKind, venue: &str, draft: &mut Draft) {
    for (field, fields) in FIELD_MAP {
        let text = record.get(fields);
        // In a journal called `arXiv` the volume is the arXiv identifier.
        if !(field == BibField::Volume && is_id(text)) {
            draft.add_field(field, text);
        }
    }
    draft.add_field(BibField::Editors, people(record, &["editor"]));
    draft.add_field(BibField::Translators, people(record, &["translator"]));
    add_number(record, kind, draft);
    add_places(record, draft);
    draft.add_field(BibField::Genre, genre(record));
    if !record.get(&["title"]).is_empty() && record.get(&["maintitle"]) != venue {
        draft.add_field(BibField::MainTitle, record.get(&["maintitle"]));
    }
    draft.add_field(
        BibField::Accessed,
        date::parse_partial(record.get(&["urldate", "lastchecked", "accessed"])),
    );
    draft.add_field(
        BibField::OriginalDate,
        date::parse_partial(record.get(&["origdate", "origyear"])),
    );
    draft.add_field(BibField::EndDate, date::range_end(record));
    draft.add_field(BibField::Season, date::season(record));
    draft.add_field(BibField::Keywords, list(record.get(&["keywords", "keyword", "tags"])));
    draft.add_field(BibField::Annotation, record.get(&["annote", "annotation"]));
    add_notes(record, venue, draft);
    let files = ["file", "files", "pdf"].map(|it| record.get_raw(it));
    let is_local = |it: &&str| !it.contains("://");
    let file = files.into_iter().filter(is_local).find_map(file_field::pdf_path);
    draft.add_field(BibField::File, file.unwrap_or_default());
    draft.add_field(BibField::Pmid, identifiers::pmid(record).unwrap_or_default());
    let version = identifiers::arxiv_version_in_entry(record, &draft.arxiv);
    draft.add_field(BibField::Version, version.unwrap_or_default());
}

/// Returns names in stored form.
fn people(record: &BibtexEntry, fields: &[&str]) -> String {
    let list = fields.iter().map(|it| record.get_raw(it)).find(|it| !it.is_empty());
    let names = parse_names(list.unwrap_or_default());
    names.join(AUTHOR_SEPARATOR)
}

fn is_id(text: &str) -> bool {
    is_preprint_server(text) || text.starts_with("abs/")
}

/// For a book or a part of one, the number is that in its series; otherwise it is an issue or
/// report number.
fn add_number(record: &BibtexEntry, kind: PaperKind, draft: &mut Draft) {
    let number = record.get(&["number", "issue"]);
    let is_in_series = kind.is_bound() && record.has(&["series"]);
    let field = if is_in_series { BibField::SeriesNumber } else { BibField::Number };
    if !is_id(number) {
        draft.add_field(field, number);
    }
}

/// Adds the place of publication. In exports of the ACM, `location` is the city of the conference
/// and `address` that of the publisher.
fn add_places(record: &BibtexEntry, draft: &mut Draft) {
    let (address, location) = (record.get(&["address"]), record.get(&["location"]));
    draft.add_field(BibField::Place, if address.is_empty() { location } else { address });
    if !address.is_empty() && location != address {
        draft.add_field(BibField::EventPlace, location);
    }
}

/// Returns a type more specific than the kind of the paper.
fn genre(record: &BibtexEntry) -> &str {
    let genre_of = |text: &str| {
        let lower = text.to_ascii_lowercase();
        GENRES.iter().find(|(name, _)| *name == lower).map(|(_, words)| *words)
    };
    let type_name = record.get(&["type"]);
    let is_empty = REDUNDANT_GENRES.iter().any(|it| it.eq_ignore_ascii_case(type_name));
    let genre_of_entry = || match record.kind.as_str() {
        "phdthesis" | "mastersthesis" | "bachelorsthesis" => genre_of(&record.kind),
        _ => None,
    };
    match type_name {
        "" => genre_of_entry().unwrap_or_default(),
        _ if is_empty => "",
        _ => genre_of(type_name).unwrap_or(type_name),
    }
}

/// Adds the status, the comment, and all other remarks as one note.
fn add_notes(record: &BibtexEntry, venue: &str, draft: &mut Draft) {
    let note = record.get(&["note"]);
    let state = record.get(&["pubstate"]);
    let state = status(state).unwrap_or(state);
    let status_in_note = status(note);
    let status_in_date = || status_in_note.or_else(|| status(record.get(&["year", "date"])));
    let state_or_date = Some(state).filter(|it| !it.is_empty()).or_else(status_in_date);
    draft.add_field(BibField::Status, state_or_date.unwrap_or_default());
    let comment = note.strip_prefix("Comment:").map(str::trim);
    draft.add_field(BibField::Comment, comment.unwrap_or_else(|| record.get(&["comment"])));
    let note = if comment.is_some() || status_in_note.is_some() { "" } else { note };
    let published = record.get(&["howpublished"]);
    let is_redundant =
        published == venue || published.contains("\\url") || published.contains("://");
    let published = if is_redundant { "" } else { published };
    let remarks = [note, record.get(&["titleaddon"]), record.get(&["addendum"]), published];
    let mut notes: Vec<&str> = Vec::new();
    for remark in remarks {
        if !(remark.is_empty() || notes.contains(&remark)) {
            notes.push(remark);
        }
    }
    draft.add_field(BibField::Note, notes.join("; "));
}

/// Returns the status if the text has nothing else.
fn status(text: &str) -> Option<&'static str> {
    let text = text.trim_matches(['(', ')', '.', ' ']).to_ascii_lowercase();
    STATUS.iter().find(|(name, _)| *name == text).map(|(_, words)| *words)
}

/// Splits keywords, strips braces around each, and joins them with `; `. Braces protect a keyword
/// that contains a comma.
fn list(text: &str) -> String {
    let words = split_outside_braces(text, |c| matches!(c, ',' | ';'));
    let words = words.into_iter().map(strip_braces).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join("; ")
}
