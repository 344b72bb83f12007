//! Converts an item to a paper. It takes the way of an item of Zotero's web interface, whose fields
//! have the same names, so that both are read alike.

use serde_json::{Map, Value, json};

use super::contents::{ZoteroCreator, ZoteroItem};
use crate::domain::{AUTHOR_SEPARATOR, BibField, Draft, doi};
use crate::formats::{FieldNames, html_to_plain_text, parse_json_record};
use crate::text::capitalise;

/// Base fields that are read, with the name under which records have them.
const FIELDS: [(&str, &str); 32] = [
    ("title", "title"),
    ("abstractNote", "abstractNote"),
    ("publicationTitle", "publicationTitle"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("pages", "pages"),
    ("publisher", "publisher"),
    ("institution", "institution"),
    ("university", "university"),
    ("place", "place"),
    ("series", "series"),
    ("seriesTitle", "series"),
    ("seriesNumber", "seriesNumber"),
    ("edition", "edition"),
    ("ISBN", "ISBN"),
    ("ISSN", "ISSN"),
    ("DOI", "DOI"),
    ("url", "url"),
    ("accessDate", "accessDate"),
    ("language", "language"),
    ("type", "genre"),
    ("number", "number"),
    ("archiveID", "archiveID"),
    ("archiveLocation", "archiveLocation"),
    ("versionNumber", "versionNumber"),
    ("numPages", "numPages"),
    ("numberOfVolumes", "numberOfVolumes"),
    ("shortTitle", "shortTitle"),
    ("conferenceName", "conferenceName"),
    ("meetingName", "meetingName"),
    ("citationKey", "citationKey"),
    ("status", "status"),
];

/// Types that no kind of paper covers. Their name is the genre.
const OTHER_TYPES: [&str; 18] = [
    "artwork", "audioRecording", "bill", "case", "document", "email", "film", "hearing",
    "instantMessage", "interview", "letter", "map", "podcast", "presentation", "radioBroadcast",
    "statute", "tvBroadcast", "videoRecording",
];

/// Converts an item.
///
/// # Errors
///
/// Returns the reason if it has no title.
pub fn draft(item: &ZoteroItem) -> Result<Draft, String> {
    let reason = |reason: &str| format!("{} {}: {reason}", item.type_name, item.key);
    let value = |name: &str| {
        item.fields.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value.trim())
    };
    let mut record = Map::new();
    let is_other = OTHER_TYPES.contains(&item.type_name.as_str());
    if !is_other {
        record.insert("itemType".to_owned(), item.type_name.clone().into());
    }
    for (name, key) in FIELDS {
        if !value(name).is_empty() && !record.contains_key(key) {
            record.insert(key.to_owned(), value(name).into());
        }
    }
    if value("publicationTitle").is_empty() && !value("journalAbbreviation").is_empty() {
        record.insert("publicationTitle".to_owned(), value("journalAbbreviation").into());
    }
    add_date(value("date"), &mut record);
    add_extra(value("extra"), &mut record);
    record.insert("creators".to_owned(), authors(item));
    let parsed = parse_json_record(&Value::Object(record).to_string(), &FieldNames::default());
    let mut draft = parsed.map_err(|it| reason(&it))?.ok_or_else(|| reason("no paper"))?;
    if is_other {
        draft.add_field(BibField::Genre, capitalise(&words_of(&item.type_name)));
    }
    add_surroundings(item, &mut draft);
    Ok(draft)
}

/// Adds what Zotero keeps beside the fields.
fn add_surroundings(item: &ZoteroItem, draft: &mut Draft) {
    let people = |roles: &[&str]| {
        let with_role = item.creators.iter().filter(|it| roles.contains(&&*it.role) && !it.is_main);
        with_role.map(name).collect::<Vec<_>>().join(AUTHOR_SEPARATOR)
    };
    draft.fields.retain(|(it, _)| !matches!(it, BibField::Editors | BibField::Translators));
    draft.add_field(BibField::Editors, people(&["editor", "seriesEditor"]));
    draft.add_field(BibField::Translators, people(&["translator"]));
    let others = other_people(item);
    if !others.is_empty() {
        let note = draft.field(BibField::Note).to_owned();
        draft.fields.retain(|(it, _)| *it != BibField::Note);
        let parts = [note.trim_end_matches('.'), &others].into_iter().filter(|it| !it.is_empty());
        draft.add_field(BibField::Note, parts.collect::<Vec<_>>().join(". "));
    }
    draft.add_field(BibField::Key, item.citation_key.as_str());
    draft.add_field(BibField::Keywords, item.tags.join("; "));
    draft.add_field(BibField::Collections, item.collections.join("; "));
    let notes: Vec<String> = item.notes.iter().map(|it| html_to_plain_text(it)).collect();
    let notes: Vec<&str> = notes.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    draft.add_field(BibField::Annotation, notes.join("\n\n"));
    let file = item.file.as_ref().map(|it| it.to_string_lossy().into_owned());
    draft.add_field(BibField::File, file.unwrap_or_default());
    draft.add_field(BibField::Updated, item.modified.get(..10).unwrap_or_default());
    if item.is_retracted {
        draft.fields.retain(|(it, _)| *it != BibField::Status);
        draft.add_field(BibField::Status, "retracted");
    }
}

/// The authors as records have them: those with the main role of the type.
fn authors(item: &ZoteroItem) -> Value {
    let is_author = |it: &&ZoteroCreator| it.is_main || it.role == "author";
    let people = item.creators.iter().filter(is_author).map(|it| {
        if it.is_single || it.first_name.trim().is_empty() {
            json!({"creatorType": "author", "name": it.last_name})
        } else {
            json!({"creatorType": "author", "firstName": it.first_name, "lastName": it.last_name})
        }
    });
    Value::Array(people.collect())
}

/// A name in the form of authors.
fn name(creator: &ZoteroCreator) -> String {
    let (first, last) = (creator.first_name.trim(), creator.last_name.trim());
    match (first, last) {
        ("", last) if last.contains(' ') => format!("{{{last}}}"),
        ("", name) | (name, "") => name.to_owned(),
        (first, last) => format!("{last}, {first}"),
    }
}

/// The creators with roles that no field has: `Performer: Moss, Ada; Cast member: Fen, Iris`.
fn other_people(item: &ZoteroItem) -> String {
    const FIELDS: [&str; 4] = ["author", "editor", "seriesEditor", "translator"];
    let others = item.creators.iter().filter(|it| !it.is_main && !FIELDS.contains(&&*it.role));
    let text = |it: &ZoteroCreator| format!("{}: {}", capitalise(&words_of(&it.role)), name(it));
    others.map(text).collect::<Vec<_>>().join("; ")
}

/// The words of a name in camel case: `castMember` is `cast member`.
fn words_of(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// Adds a date in the form of Zotero, `2021-05-00 May 2021`: the date as far as it is known, and as
/// the user typed it.
fn add_date(date: &str, record: &mut Map<String, Value>) {
    let (iso, typed) = date.split_once(' ').unwrap_or((date, ""));
    let is_iso = iso.len() == 10 && iso.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    let known = iso.trim_end_matches("-00");
    let text = if is_iso && !known.starts_with("0000") { known } else { date };
    let text = if text.starts_with("0000") { typed } else { text };
    if !text.is_empty() {
        record.insert("date".to_owned(), text.into());
    }
    if is_iso && known.len() == 4 && !typed.is_empty() {
        record.insert("season".to_owned(), typed.into());
    }
}

/// Adds what the user or a plug-in has put into the field for the rest: lines such as
/// `DOI: 10.1000/182`. The reader of records finds others.
fn add_extra(extra: &str, record: &mut Map<String, Value>) {
    let mut rest = Vec::new();
    for line in extra.lines() {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "doi" if doi(value).is_some() => {
                record.entry("DOI").or_insert_with(|| value.into());
            }
            "citation key" | "bibtex" if !value.is_empty() => {
                record.entry("citationKey").or_insert_with(|| value.into());
            }
            _ => rest.push(line),
        }
    }
    if !rest.is_empty() {
        record.insert("extra".to_owned(), rest.join("\n").into());
    }
}
