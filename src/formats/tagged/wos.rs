//! The tagged format of the Web of Science: two letters, a blank and a value; a line that goes on is
//! indented, and `ER` alone ends a record.

use std::io::{self, BufRead};

use super::identifiers::{Sources, identify};
use super::reader::{self, Dialect};
use super::record::{Names, Record, flat, keywords, pages, people};
use crate::domain::{AUTHOR_SEPARATOR, Draft, Fact, Kind, organisation};
use crate::formats::defect::Each;
use crate::formats::values::date::date;

const WOS: Dialect = Dialect { field, first: "PT", last: Some("ER"), draft };

pub fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    reader::read(&WOS, input, each)
}

/// A banner or a kind of publication comes first, and a record has authors or a title.
pub fn is_it(head: &str) -> bool {
    let head = head.trim_start_matches(['\u{feff}', '\r', '\n']);
    let begins = ["FN ", "VR ", "PT "].iter().any(|it| head.starts_with(it));
    let has = |tag| head.lines().filter_map(field).any(|(it, _)| it == tag);
    begins && has("PT") && (has("AU") || has("TI"))
}

/// The banner's lines belong to no record, and what ends the file ends a record, too.
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

fn draft(record: &Record) -> Draft {
    let mut draft = Draft {
        title: record.text(&["TI"]),
        authors: authors(record),
        abstract_text: record.paragraphs(&["AB"]),
        venue: record.text(&["SO", "CT", "JI", "J9"]),
        kind: kind(&record.text(&["PT"]), &record.text(&["DT"])),
        ..Draft::default()
    };
    let whole = format!("{} {}", record.text(&["PY"]), record.text(&["PD"]));
    match date(&whole) {
        Some((year, date)) => {
            draft.year = Some(year);
            draft.add_fact(Fact::Date, date);
        }
        None => record.copy_date(&mut draft, &["EA", "CY"]),
    }
    match (record.text(&["CL"]), record.text(&["PI"])) {
        (held, place) if held.is_empty() || place.is_empty() => {
            draft.add_fact(Fact::Place, held + &place);
        }
        (held, place) => {
            draft.add_fact(Fact::EventPlace, held);
            draft.add_fact(Fact::Place, place);
        }
    }
    record.copy_facts(
        &mut draft,
        &[
            (Fact::Container, &["CT"]),
            (Fact::Volume, &["VL"]),
            (Fact::Number, &["IS"]),
            (Fact::Publisher, &["PU"]),
            (Fact::Series, &["SE"]),
            (Fact::Language, &["LA"]),
            (Fact::Pmid, &["PM"]),
        ],
    );
    if draft.kind == Kind::Book {
        draft.add_fact(Fact::PageCount, record.text(&["PG"]));
    }
    draft.add_fact(Fact::Pages, pages(&record.text(&["BP"]), &record.text(&["EP"])));
    draft.add_fact(Fact::ArticleNumber, record.text(&["AR"]));
    record.copy_serials(&mut draft, &["SN", "EI", "BN"]);
    let words = record.all(&["DE", "ID"]).map(flat).collect::<Vec<_>>().join(";");
    draft.add_fact(Fact::Keywords, keywords(words.split(';').map(flat)));
    draft.add_fact(Fact::Editors, lines(record, &["BE"]).join(AUTHOR_SEPARATOR));
    let sources = Sources { dois: &["DI", "D2"], notes: &["AR", "SO"], links: &["UR"] };
    identify(&mut draft, record, &sources);
    draft
}

/// Each on a line of its own, in full where they are known so, and organisations after them.
fn authors(record: &Record) -> Vec<String> {
    let full = lines(record, &["AF", "BF"]);
    let mut names = if full.is_empty() { lines(record, &["AU", "BA"]) } else { full };
    let groups = record.all(&["CA", "GP"]).flat_map(|it| it.split(['\n', ';'])).map(flat);
    names.extend(groups.filter(|it| !it.is_empty()).map(|it| organisation(&it)));
    names
}

fn lines(record: &Record, tags: &[&str]) -> Vec<String> {
    people(record.all(tags).flat_map(str::lines), Names::Comma)
}

fn kind(publication: &str, document: &str) -> Kind {
    let kinds = [
        ("Proceedings Paper", Kind::Conference),
        ("Meeting Abstract", Kind::Conference),
        ("Book Chapter", Kind::Chapter),
        ("Data Set", Kind::Dataset),
        ("Dissertation", Kind::Thesis),
        ("Software", Kind::Software),
        ("Preprint", Kind::Preprint),
        ("News Item", Kind::Newspaper),
    ];
    let named = kinds.iter().find(|(name, _)| document.contains(name)).map(|(_, kind)| *kind);
    named.unwrap_or(match publication {
        "J" => Kind::Article,
        "B" | "S" => Kind::Book,
        "C" => Kind::Conference,
        "P" => Kind::Patent,
        _ => Kind::Unknown,
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
        assert!(is_it("FN x\nVR 1.0\nPT J\nAU A, B\n"));
        assert!(is_it("\u{feff}PT J\nTI A\n"));
        assert!(!is_it("PT is\nhow it begins\n"));
        assert!(!is_it("AU A\nPT J\n"));
    }
}
