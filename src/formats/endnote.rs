//! The tagged format of `EndNote`, after that of `refer`: a per cent sign and a letter, a blank and a value.

use std::io::{self, BufRead};

use super::Each;
use super::date::date;
use super::tagged::{self, Dialect, Record, Sources, flat, house, identify, keywords, people};
use crate::domain::{Draft, Fact, Kind};

const ENDNOTE: Dialect = Dialect { field, first: "0", last: None, draft };

pub(super) fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    tagged::read(&ENDNOTE, input, each)
}

/// A kind of reference, or a title and another field; a comment in TeX has neither.
pub(super) fn is_it(head: &str) -> bool {
    let tags = || head.lines().filter_map(field).map(|(tag, _)| tag);
    tags().any(|it| it == "0") || tags().any(|it| it == "T") && tags().any(|it| it != "T")
}

fn field(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start_matches(['\u{feff}', ' ', '\t']).strip_prefix('%')?;
    let (tag, value) = rest.split_at_checked(1)?;
    let is_tag = tag.bytes().all(|it| {
        it.is_ascii_uppercase() || it.is_ascii_digit() || b"@!#$^&*()[]<>?~+|'\"=:;".contains(&it)
    });
    let is_value = value.is_empty() || value.starts_with([' ', '\t']);
    (is_tag && is_value).then(|| (tag, value.trim()))
}

fn draft(record: &Record) -> Draft {
    let kind = kind(&record.text(&["0"]));
    let mut draft = Draft {
        title: record.text(&["T"]),
        authors: people(record.all(&["A", "Q"])),
        abstract_text: record.paragraphs(&["X"]),
        venue: record.text(&["J", "B"]),
        kind,
        ..Draft::default()
    };
    if draft.title.is_empty() && kind == Kind::Book {
        draft.title = std::mem::take(&mut draft.venue);
    }
    record.copy_date(&mut draft, &["D", "8"]);
    draft.add_fact(Fact::Date, more_than_the_year(record));
    record.copy_facts(
        &mut draft,
        &[
            (Fact::Volume, &["V"]),
            (Fact::Number, &["N"]),
            (Fact::Pages, &["P"]),
            (house(kind), &["I"]),
            (Fact::Place, &["C"]),
            (Fact::Series, &["S"]),
            (Fact::Edition, &["7"]),
            (Fact::Language, &["G"]),
            (Fact::Note, &["Z", "O"]),
        ],
    );
    record.copy_key(&mut draft, &["F", "1"]);
    record.copy_serials(&mut draft, &["@"]);
    let words = record.all(&["K"]).flat_map(|it| it.split(['\n', ';'])).map(flat);
    if kind == Kind::Conference {
        draft.add_fact(Fact::Container, record.text(&["3"]));
    }
    draft.add_fact(Fact::Keywords, keywords(words));
    record.copy_editors(&mut draft, &["E"]);
    let sources =
        Sources { dois: &["R"], notes: &["M", "L", "O", "Z", "2"], links: &["U", ">", "<"] };
    identify(&mut draft, record, &sources);
    draft
}

/// The date where `%8` leaves out the year that `%D` has.
fn more_than_the_year(record: &Record) -> String {
    let whole = format!("{} {}", record.text(&["D"]), record.text(&["8"]));
    date(&whole).map(|(_, date)| date).unwrap_or_default()
}

fn kind(reference_type: &str) -> Kind {
    match reference_type.to_lowercase().as_str() {
        "journal article" | "electronic article" | "magazine article" | "newspaper article" => {
            Kind::Article
        }
        "conference paper" | "conference proceedings" => Kind::Conference,
        "book section" | "electronic book section" => Kind::Chapter,
        "book" | "edited book" | "electronic book" => Kind::Book,
        "thesis" => Kind::Thesis,
        "report" => Kind::Report,
        "unpublished work" | "manuscript" | "preprint" => Kind::Preprint,
        "dataset" | "online database" | "aggregated database" => Kind::Dataset,
        "computer program" => Kind::Software,
        "web page" | "blog" | "electronic source" => Kind::Webpage,
        _ => Kind::Unknown,
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
        assert!(is_it("%0 Book\n%T A\n"));
        assert!(is_it("%A B\n%T C\n"));
        assert!(!is_it("% A comment\n%T\n\\documentclass{article}\n"));
    }
}
