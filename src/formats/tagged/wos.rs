//! Reads the tagged format of the Web of Science: two letters, a blank and a value; continuation
//! lines are indented, and a line `ER` ends a record.

use std::io::{self, BufRead};

use super::identifiers::{IdentifierTags, add_identifiers};
use super::reader::{self, TaggedDialect};
use super::record::{NameShape, TaggedRecord, keywords, on_one_line, pages, parse_names};
use crate::domain::{AUTHOR_SEPARATOR, BibField, Draft, PaperKind, brace_organisation};
use crate::formats::defect::DraftSink;
use crate::formats::values::date::parse_date;

const WOS: TaggedDialect = TaggedDialect { field, first: "PT", last: Some("ER"), draft };

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    reader::read(&WOS, input, sink)
}

/// Returns true if the text begins with a banner or a publication type, and has authors or a title.
pub fn matches_head(head: &str) -> bool {
    let head = head.trim_start_matches(['\u{feff}', '\r', '\n']);
    let begins = ["FN ", "VR ", "PT "].iter().any(|it| head.starts_with(it));
    let has = |tag| head.lines().filter_map(field).any(|(it, _)| it == tag);
    begins && has("PT") && (has("AU") || has("TI"))
}

/// Parses a line. Banner lines belong to no record; the end of the file also ends a record.
fn field(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let (tag, value) = line.split_at_checked(2)?;
    let is_tag = tag.as_bytes()[0].is_ascii_uppercase()
        && (tag.as_bytes()[1].is_ascii_uppercase() || tag.as_bytes()[1].is_ascii_digit());
    let is_value = value.is_empty() || value.starts_with(' ');
    match tag {
        _ if !is_tag || !is_value => None,
        "FN" | "VR" => None,
        "EF" => Some(("ER", "")),
        _ => Some((tag, value.trim())),
    }
}

fn draft(record: &TaggedRecord) -> Draft {
    let mut draft = Draft {
        title: record.text(&["TI"]),
        authors: authors(record),
        abstract_text: record.paragraphs(&["AB"]),
        venue: record.text(&["SO", "CT", "JI", "J9"]),
        kind: kind(&record.text(&["PT"]), &record.text(&["DT"])),
        ..Draft::default()
    };
    let date_text = format!("{} {}", record.text(&["PY"]), record.text(&["PD"]));
    match parse_date(&date_text) {
        Some((year, date)) => {
            draft.year = Some(year);
            draft.add_field(BibField::Date, date);
        }
        None => record.copy_date(&mut draft, &["EA", "CY"]),
    }
    match (record.text(&["CL"]), record.text(&["PI"])) {
        (city, place) if city.is_empty() || place.is_empty() => {
            draft.add_field(BibField::Place, city + &place);
        }
        (city, place) => {
            draft.add_field(BibField::EventPlace, city);
            draft.add_field(BibField::Place, place);
        }
    }
    record.copy_fields(
        &mut draft,
        &[
            (BibField::Container, &["CT"]),
            (BibField::Volume, &["VL"]),
            (BibField::Number, &["IS"]),
            (BibField::Publisher, &["PU"]),
            (BibField::Series, &["SE"]),
            (BibField::Language, &["LA"]),
            (BibField::Pmid, &["PM"]),
        ],
    );
    if draft.kind == PaperKind::Book {
        draft.add_field(BibField::PageCount, record.text(&["PG"]));
    }
    draft.add_field(BibField::Pages, pages(&record.text(&["BP"]), &record.text(&["EP"])));
    draft.add_field(BibField::ArticleNumber, record.text(&["AR"]));
    record.copy_serials(&mut draft, &["SN", "EI", "BN"]);
    let words = record.values(&["DE", "ID"]).map(on_one_line).collect::<Vec<_>>().join(";");
    draft.add_field(BibField::Keywords, keywords(words.split(';').map(on_one_line)));
    draft.add_field(BibField::Editors, lines(record, &["BE"]).join(AUTHOR_SEPARATOR));
    let sources = IdentifierTags { dois: &["DI", "D2"], notes: &["AR", "SO"], links: &["UR"] };
    add_identifiers(&mut draft, record, &sources);
    draft
}

/// Returns the authors, one per line, in full if the record has full names, followed by
/// organisations.
fn authors(record: &TaggedRecord) -> Vec<String> {
    let full = lines(record, &["AF", "BF"]);
    let mut names = if full.is_empty() { lines(record, &["AU", "BA"]) } else { full };
    let groups = record.values(&["CA", "GP"]).flat_map(|it| it.split(['\n', ';'])).map(on_one_line);
    names.extend(groups.filter(|it| !it.is_empty()).map(|it| brace_organisation(&it)));
    names
}

fn lines(record: &TaggedRecord, tags: &[&str]) -> Vec<String> {
    parse_names(record.values(tags).flat_map(str::lines), NameShape::Comma)
}

fn kind(publication: &str, document: &str) -> PaperKind {
    let kinds = [
        ("Proceedings Paper", PaperKind::Conference),
        ("Meeting Abstract", PaperKind::Conference),
        ("Book Chapter", PaperKind::Chapter),
        ("Data Set", PaperKind::Dataset),
        ("Dissertation", PaperKind::Thesis),
        ("Software", PaperKind::Software),
        ("Preprint", PaperKind::Preprint),
        ("News Item", PaperKind::Newspaper),
    ];
    let kind_of_document =
        kinds.iter().find(|(name, _)| document.contains(name)).map(|(_, kind)| *kind);
    kind_of_document.unwrap_or(match publication {
        "J" => PaperKind::Article,
        "B" | "S" => PaperKind::Book,
        "C" => PaperKind::Conference,
        "P" => PaperKind::Patent,
        _ => PaperKind::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_tag_or_goes_on() {
        for (line, expected) in [
            ("TI A title", Some(("TI", "A title"))),
            ("ER", Some(("ER", ""))),
            ("EF", Some(("ER", ""))),
            ("FN Clarivate", None),
            ("   of it", None),
            ("TITLE", None),
            ("é", None),
        ] {
            assert_eq!(field(line), expected, "{line}");
        }
    }

    #[test]
    fn prose_that_begins_with_two_capitals_is_no_export() {
        assert!(matches_head("FN x\nVR 1.0\nPT J\nAU A, B\n"));
        assert!(matches_head("\u{feff}PT J\nTI A\n"));
        assert!(!matches_head("PT is\nhow it begins\n"));
        assert!(!matches_head("AU A\nPT J\n"));
    }
}
