//! Reads RIS: a tag of two letters, two blanks, a hyphen and a value; `TY` begins a record and `ER`
//! ends it.

use std::io::{self, BufRead};

use super::identifiers::{IdentifierTags, add_identifiers};
use super::kinds;
use super::reader::{self, TaggedDialect};
use super::record::{
    NameShape, TaggedRecord, edition_field, make_authors_editors, pages, parse_names,
    publisher_field, set_article_number,
};
use crate::domain::{BibField, Draft, PaperKind, doi};
use crate::formats::defect::DraftSink;

const RIS: TaggedDialect = TaggedDialect { field, first: "TY", last: Some("ER"), draft };

/// Notes that databases add to every record.
const IGNORED_NOTES: [&str; 4] = ["cited by", "export date", "doi", "pmid"];

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    reader::read(&RIS, input, sink)
}

/// Returns true if the text has a reference type, or a title and an end of a record.
pub fn matches_head(head: &str) -> bool {
    let has = |tags: &[&str]| head.lines().filter_map(field).any(|(it, _)| tags.contains(&it));
    has(&["TY"]) || has(&["ER"]) && has(&["TI", "T1"])
}

/// Parses `TI  - A title`. One blank before the hyphen may be missing, and the value may be empty.
fn field(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['\u{feff}', ' ', '\t']);
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.as_bytes()[0].is_ascii_uppercase()
        && (tag.as_bytes()[1].is_ascii_uppercase() || tag.as_bytes()[1].is_ascii_digit());
    if !is_tag {
        return None;
    }
    let value = match rest.strip_prefix("  -") {
        Some(value) => value,
        None => rest.strip_prefix(" -").filter(|it| it.is_empty() || it.starts_with(' '))?,
    };
    Some((tag, value.trim()))
}

fn draft(record: &TaggedRecord) -> Draft {
    let kind = kind(record);
    // The secondary title of a book or report is its series.
    let (venues, series): (&[&str], &[&str]) = match kind {
        PaperKind::Book | PaperKind::Proceedings | PaperKind::Report => {
            (&["JF", "JO"], &["T3", "T2"])
        }
        _ => (&["JF", "T2", "JO", "BT", "JA", "J1", "J2"], &["T3"]),
    };
    let mut draft = Draft {
        title: record.text(&["TI", "T1", "CT"]),
        authors: parse_names(record.values(&["AU", "A1"]), NameShape::Comma),
        abstract_text: record.paragraphs(&["AB", "N2"]),
        venue: record.text(venues),
        kind,
        ..Draft::default()
    };
    if draft.title.is_empty() && kind == PaperKind::Book {
        draft.title = record.text(&["BT"]);
    }
    record.copy_date(&mut draft, &["PY", "Y1", "DA"]);
    record.copy_fields(
        &mut draft,
        &[
            (BibField::Volume, &["VL", "VO"]),
            (BibField::Number, &["IS", "CP"]),
            (publisher_field(kind), &["PB"]),
            (BibField::Series, series),
            (BibField::Language, &["LA"]),
            (BibField::ShortTitle, &["ST"]),
            (BibField::SeriesNumber, &["SV"]),
            (BibField::VolumeCount, &["NV"]),
        ],
    );
    add_places(&mut draft, record);
    add_pages(&mut draft, record);
    add_special_fields(&mut draft, record);
    TaggedRecord::copy_notes(&mut draft, &notes(record));
    draft.add_field(BibField::Annotation, record.text(&["RN"]));
    record.copy_key(&mut draft, &["ID"]);
    record.copy_serials(&mut draft, &["SN"]);
    if kind == PaperKind::Conference {
        draft.add_field(BibField::Container, record.text(&["C3"]));
    }
    record.copy_keywords(&mut draft, &["KW"]);
    add_people(&mut draft, record);
    let sources = IdentifierTags {
        dois: &["DO", "M3"],
        notes: &["AN", "M1", "M2", "N1", "C2", "ID"],
        links: &["UR", "LK", "L1", "L2", "L3", "L4"],
    };
    add_identifiers(&mut draft, record, &sources);
    draft
}

/// Adds the places. In a conference paper, `C1` is the place of the conference, and `CY` that of
/// the publisher.
fn add_places(draft: &mut Draft, record: &TaggedRecord) {
    let place = record.text(&["CY", "PP"]);
    let event = record.text(if draft.kind == PaperKind::Conference { &["C1"] } else { &[] });
    if place.is_empty() || event.is_empty() || place == event {
        draft.add_field(BibField::Place, event);
    } else {
        draft.add_field(BibField::EventPlace, event);
    }
    draft.add_field(BibField::Place, place);
}

/// Adds the pages. In a whole book, the start page is the number of pages.
fn add_pages(draft: &mut Draft, record: &TaggedRecord) {
    let (first, last) = (record.text(&["SP"]), record.text(&["EP"]));
    let is_whole =
        matches!(draft.kind, PaperKind::Book | PaperKind::Proceedings | PaperKind::Thesis);
    let is_count = |it: &str| it.bytes().all(|it| it.is_ascii_digit()) || it.ends_with(" p.");
    if is_whole && last.is_empty() && is_count(&first) {
        draft.add_field(BibField::PageCount, first);
    } else {
        draft.add_field(BibField::Pages, pages(&first, &last));
    }
    set_article_number(draft, record.text(&["C7"]));
}

/// Adds values of tags whose meaning depends on the kind.
fn add_special_fields(draft: &mut Draft, record: &TaggedRecord) {
    draft.add_field(edition_field(draft.kind), record.text(&["ET"]));
    let genre = record.text(&["M3"]);
    let is_genre =
        !matches!(draft.kind, PaperKind::Unknown | PaperKind::Article | PaperKind::Conference);
    if is_genre && doi(&genre).is_none() {
        draft.add_field(BibField::Genre, genre);
    }
    let number = record.text(&["M1"]);
    match draft.kind {
        PaperKind::Book | PaperKind::Proceedings => draft.add_field(BibField::SeriesNumber, number),
        PaperKind::Report | PaperKind::Patent => draft.add_field(BibField::Number, number),
        PaperKind::Chapter => draft.add_field(BibField::Chapter, record.text(&["SE"])),
        _ => {}
    }
    record.copy_report_number(draft, &["SN"]);
    record.copy_iso_date(draft, BibField::Accessed, &["Y2"]);
    record.copy_iso_date(draft, BibField::OriginalDate, &["OP"]);
    if record.text(&["TY"]).eq_ignore_ascii_case("INPR") {
        draft.add_field(BibField::Status, "in press");
    }
}

/// Adds editors and translators. For a book, the secondary authors are the editors of the series,
/// used only if no other tag has editors.
fn add_people(draft: &mut Draft, record: &TaggedRecord) {
    let editors: &[&str] = match draft.kind {
        PaperKind::Book | PaperKind::Report | PaperKind::Proceedings => &["ED", "A3", "A2"],
        _ => &["ED", "A2"],
    };
    if record.text(&["TY"]).eq_ignore_ascii_case("EDBOOK") {
        make_authors_editors(draft);
    }
    record.copy_names(draft, BibField::Editors, editors, NameShape::Comma);
    record.copy_names(draft, BibField::Translators, &["A4", "TA"], NameShape::Comma);
}

/// Returns the notes that the user may have written.
fn notes(record: &TaggedRecord) -> Vec<String> {
    let is_note = |note: &String| {
        let lower = note.to_lowercase();
        doi(note).is_none() && !IGNORED_NOTES.iter().any(|it| lower.starts_with(it))
    };
    record.texts(&["N1"]).into_iter().filter(is_note).collect()
}

/// Returns the kind of the record. A conference with only editors is the whole proceedings.
fn kind(record: &TaggedRecord) -> PaperKind {
    let tag = record.text(&["TY"]);
    let kind = kind_from_ris_type(&tag);
    let is_whole =
        record.has_any(&["ED", "A2", "A3"]) && !record.has_any(&["AU", "A1", "T2", "BT", "C3"]);
    let is_paper = tag.eq_ignore_ascii_case("CPAPER");
    if kind == PaperKind::Conference && is_whole && !is_paper {
        PaperKind::Proceedings
    } else {
        kind
    }
}

/// Returns the kind of a reference type. `CONF` means a conference paper in practice, although the
/// specification says proceedings.
pub fn kind_from_ris_type(tag: &str) -> PaperKind {
    kinds::RIS.get(&tag.to_uppercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_tag_or_goes_on() {
        for (line, expected) in [
            ("TI  - A - B", Some(("TI", "A - B"))),
            ("ER  -", Some(("ER", ""))),
            ("ER - ", Some(("ER", ""))),
            ("\u{feff}TY  -JOUR", Some(("TY", "JOUR"))),
            ("M1 -dimensional", None),
            ("é - x", None),
            ("Ti  - x", None),
            ("", None),
        ] {
            assert_eq!(field(line), expected, "{line}");
        }
    }
}
