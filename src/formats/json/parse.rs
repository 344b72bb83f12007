//! Parses one JSON object, in the layout of the arXiv snapshot or any other.

use serde_json::Value;

use super::arxiv_snapshot::{self, SnapshotScratch};
use super::scanner::is_list_member;
use crate::domain::{BorrowedDraft, Draft};
use crate::formats::defect::AbstractMode;
use crate::formats::record::field_names::FieldNames;
use crate::formats::record::field_record::Record;

/// Returns true if a record may have the layout of the arXiv snapshot. The beginning excludes most
/// others.
pub fn is_snapshot_line(text: &str, names: &FieldNames) -> bool {
    names.is_empty() && text.starts_with("{\"id\":")
}

/// Parses a record in the snapshot layout.
pub fn parse_snapshot<'a>(
    text: &'a str,
    names: &FieldNames,
    abstracts: AbstractMode,
    scratch: &'a mut SnapshotScratch,
) -> Option<BorrowedDraft<'a>> {
    is_snapshot_line(text, names).then(|| arxiv_snapshot::draft(text, abstracts, scratch))?
}

/// Parses a record. Returns `None` if it is not a paper.
///
/// # Errors
///
/// Returns a message if the record cannot be read.
pub fn parse(text: &str, names: &FieldNames) -> Result<Option<Draft>, String> {
    match parse_snapshot(text, names, AbstractMode::Read, &mut SnapshotScratch::default()) {
        Some(draft) => Ok(Some(draft.into())),
        None => parse_record(text, names, AbstractMode::Read),
    }
}

/// Parses a record in any layout.
pub fn parse_record(
    text: &str,
    names: &FieldNames,
    abstracts: AbstractMode,
) -> Result<Option<Draft>, String> {
    // Services respond with `null` for missing papers.
    if text.is_empty() || text == "null" {
        return Ok(None);
    }
    match Record::from_json(text, names, abstracts) {
        Ok(record) => match record.into_draft() {
            Err(_) if is_empty_response(text) => Ok(None),
            read => read,
        },
        Err(reason) => match replace_nan(text) {
            Some(text) => Record::from_json(&text, names, AbstractMode::Read)?.into_draft(),
            None => Err(reason),
        },
    }
}

/// Returns true for the response of a service that has found nothing: an object with an empty list
/// of papers.
fn is_empty_response(text: &str) -> bool {
    const MAX_RESPONSE_LEN: usize = 4096;
    fn has_empty_list(value: &Value) -> bool {
        value.as_object().into_iter().flatten().any(|(name, value)| {
            is_list_member(name)
                && (value.as_array().is_some_and(Vec::is_empty) || has_empty_list(value))
        })
    }
    text.len() <= MAX_RESPONSE_LEN && serde_json::from_str(text).is_ok_and(|it| has_empty_list(&it))
}

/// Replaces `NaN` outside strings by `null`. It is not JSON, but Python writes it for missing
/// values.
fn replace_nan(text: &str) -> Option<String> {
    let mut repaired = String::new();
    let mut is_inside = false;
    for piece in text.contains("NaN").then(|| text.split_inclusive('"'))? {
        if is_inside {
            repaired.push_str(piece);
        } else {
            repaired.push_str(&piece.replace("NaN", "null"));
        }
        let text_before = piece.trim_end_matches('"');
        let slashes = text_before.len() - text_before.trim_end_matches('\\').len();
        is_inside ^= !(is_inside && slashes % 2 == 1);
    }
    Some(repaired)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BibField;

    #[test]
    fn what_python_writes_for_what_is_missing_is_nothing() {
        let names = FieldNames::default();
        let text = "{\"doi\": NaN, \"title\": \"No, NaN is \\\"a\\\" title\", \"year\":NaN}";
        let draft = parse(text, &names).unwrap().unwrap();
        assert!(draft.doi.is_empty() && draft.year.is_none());
        assert_eq!(draft.title, "No, NaN is \"a\" title");
        assert!(parse("{\"title\": \"A\", \"year\": NaNa}", &names).is_err());
    }

    #[test]
    fn collections_are_names_and_not_keys() {
        let parsed = |collections: &str| {
            let text = format!("{{\"title\": \"A\", \"collections\": {collections}}}");
            let draft = parse(&text, &FieldNames::default()).unwrap().unwrap();
            draft.field(BibField::Collections).to_owned()
        };
        assert_eq!(parsed("[\"Thesis/Snow\", \"Later\"]"), "Thesis/Snow; Later");
        assert_eq!(parsed("\"Thesis/Snow; Later\""), "Thesis/Snow; Later");
        assert_eq!(parsed("[\"K7QX2ZP9\"]"), "");
    }

    #[test]
    fn names_of_ones_own_are_preferred_and_lead_into_objects() {
        let mut names = FieldNames::default();
        for pair in ["title=headline", "year=meta.issue.year", "abstract=meta.text"] {
            names.add(pair).unwrap();
        }
        let text = "{\"title\": \"Wrong\", \"headline\": \"Right\", \"authors\": [\"Ada\"], \
            \"meta\": {\"issue\": {\"year\": 1999}, \"text\": \"We map.\"}}";
        let draft = parse(text, &names).unwrap().unwrap();
        assert_eq!((&*draft.title, &*draft.abstract_text), ("Right", "We map."));
        assert_eq!((draft.year, draft.authors.len()), (Some(1999), 1));
        assert_eq!(parse("{\"title\": \"A\", \"meta\": 7}", &names).unwrap().unwrap().title, "A");
    }
}
