//! Reads the tagged format of `EndNote`, derived from `refer`: a percent sign and a letter, a
//! blank, and a value.

use std::io::{self, BufRead};

use super::identifiers::{IdentifierTags, add_identifiers};
use super::kinds;
use super::reader::{self, TaggedDialect};
use super::record::{
    NameShape, TaggedRecord, edition_field, make_authors_editors, parse_names, publisher_field,
    set_article_number,
};
use crate::domain::{BibField, Draft, PaperKind, brace_organisation};
use crate::formats::defect::DraftSink;
use crate::formats::values::date::parse_date;

const ENDNOTE: TaggedDialect = TaggedDialect { field, first: "0", last: None, draft };

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    reader::read(&ENDNOTE, input, sink)
}

/// Returns true if the text has a reference type, or a title and another field. A comment in TeX
/// has neither.
pub fn matches_head(head: &str) -> bool {
    let tags = || head.lines().filter_map(field).map(|(tag, _)| tag);
    tags().any(|it| it == "0") || tags().any(|it| it == "T") && tags().any(|it| it != "T")
}

fn field(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start_matches(['\u{feff}', ' ', '\t']).strip_prefix('%')?;
    let (tag, value) = rest.split_at_checked(1)?;
    let is_tag = tag.bytes().all(|byte| {
        byte.is_ascii_uppercase()
            || byte.is_ascii_digit()
            || b"@!#$^&*()[]<>?~+|'\"=:;".contains(&byte)
    });
    let is_value = value.is_empty() || value.starts_with([' ', '\t']);
    (is_tag && is_value).then(|| (tag, value.trim()))
}

fn draft(record: &TaggedRecord) -> Draft {
    let kind = kind(record);
    let mut draft = Draft {
        title: record.text(&["T"]),
        authors: authors(record),
        abstract_text: record.paragraphs(&["X"]),
        venue: record.text(&["J", "B"]),
        kind,
        ..Draft::default()
    };
    let is_book = matches!(kind, PaperKind::Book | PaperKind::Proceedings);
    if draft.title.is_empty() && is_book {
        draft.title = std::mem::take(&mut draft.venue);
    } else if is_book {
        // The venue of a book is a series.
        let series = std::mem::take(&mut draft.venue);
        draft.add_field(BibField::Series, record.text(&["S"]));
        draft.add_field(BibField::Series, series);
    }
    record.copy_date(&mut draft, &["D", "8"]);
    draft.add_field(BibField::Date, date_beyond_year(record));
    // For a whole work, a single number of pages is their count.
    let is_extent = (is_book || kind == PaperKind::Thesis)
        && record.text(&["P"]).bytes().all(|it| it.is_ascii_digit());
    record.copy_fields(
        &mut draft,
        &[
            (BibField::Volume, &["V"]),
            (if is_book { BibField::SeriesNumber } else { BibField::Number }, &["N"]),
            (if is_extent { BibField::PageCount } else { BibField::Pages }, &["P"]),
            (publisher_field(kind), &["I"]),
            (BibField::Place, &["C"]),
            (BibField::Series, &["S"]),
            (edition_field(kind), &["7"]),
            (BibField::Language, &["G"]),
            (BibField::Genre, &["9"]),
            (BibField::ShortTitle, &["!"]),
            (BibField::VolumeCount, &["6"]),
        ],
    );
    record.copy_key(&mut draft, &["F", "1"]);
    record.copy_serials(&mut draft, &["@"]);
    if kind == PaperKind::Conference {
        draft.add_field(BibField::Container, record.text(&["3"]));
    }
    record.copy_keywords(&mut draft, &["K"]);
    add_special_fields(&mut draft, record);
    let sources =
        IdentifierTags { dois: &["R"], notes: &["M", "L", "O", "Z", "2"], links: &["U", ">", "<"] };
    add_identifiers(&mut draft, record, &sources);
    draft
}

/// Adds values of tags whose meaning depends on the kind, and people other than authors.
fn add_special_fields(draft: &mut Draft, record: &TaggedRecord) {
    if draft.kind == PaperKind::Chapter {
        draft.add_field(BibField::Chapter, record.text(&["&"]));
    }
    record.copy_report_number(draft, &["@"]);
    set_article_number(draft, record.text(&["]"]));
    let notes = ["Z", "O"].into_iter().flat_map(|tag| record.texts(&[tag]));
    TaggedRecord::copy_notes(draft, &notes.collect::<Vec<_>>());
    let annotation = record.texts(&["<"]).into_iter().find(|it| !it.contains("://"));
    draft.add_field(BibField::Annotation, annotation.unwrap_or_default());
    record.copy_iso_date(draft, BibField::Updated, &["="]);
    record.copy_iso_date(draft, BibField::Accessed, &["["]);
    record.copy_iso_date(draft, BibField::OriginalDate, &["("]);
    if record.text(&["0"]).eq_ignore_ascii_case("edited book") {
        make_authors_editors(draft);
    }
    record.copy_names(draft, BibField::Editors, &["E", "Y"], NameShape::Any);
    record.copy_names(draft, BibField::Translators, &["?", "H"], NameShape::Any);
}

/// Returns the authors, with those that `refer` calls corporate. In `EndNote`, which has a
/// reference type, that tag is a translated title.
fn authors(record: &TaggedRecord) -> Vec<String> {
    let mut authors = parse_names(record.values(&["A"]), NameShape::Any);
    if record.text(&["0"]).is_empty() {
        authors.extend(
            record.texts(&["Q"]).iter().map(|it| brace_organisation(it.trim_end_matches(','))),
        );
    }
    authors
}

/// Returns the date if `%8` lacks the year, which is then in `%D`.
fn date_beyond_year(record: &TaggedRecord) -> String {
    let date_text = format!("{} {}", record.text(&["D"]), record.text(&["8"]));
    parse_date(&date_text).map(|(_, date)| date).unwrap_or_default()
}

/// Returns the kind of the record. Proceedings with only editors are a whole volume.
fn kind(record: &TaggedRecord) -> PaperKind {
    let name = record.text(&["0"]);
    let kind = kinds::ENDNOTE.get(&name.to_lowercase()).unwrap_or_default();
    let is_whole = record.has_any(&["E"]) && !record.has_any(&["A", "B"]);
    let is_paper = name.eq_ignore_ascii_case("Conference Paper");
    if kind == PaperKind::Conference && is_whole && !is_paper {
        PaperKind::Proceedings
    } else {
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_tag_or_goes_on() {
        for (line, expected) in [
            ("%T A title", Some(("T", "A title"))),
            ("%@ 1234-5678", Some(("@", "1234-5678"))),
            ("%X", Some(("X", ""))),
            ("%This", None),
            ("% a comment", None),
            ("%é", None),
            ("50 % T", None),
        ] {
            assert_eq!(field(line), expected, "{line}");
        }
    }

    #[test]
    fn a_comment_in_tex_is_no_reference() {
        assert!(matches_head("%0 Book\n%T A\n"));
        assert!(matches_head("%A B\n%T C\n"));
        assert!(!matches_head("% A comment\n%T\n\\documentclass{article}\n"));
    }
}
