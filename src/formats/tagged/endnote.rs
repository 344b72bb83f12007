//! The tagged format of `EndNote`, after that of `refer`: a per cent sign and a letter, a blank and a value.

use std::io::{self, BufRead};

use super::identifiers::{Sources, identify};
use super::reader::{self, Dialect};
use super::record::{Names, Record, flat, house, keywords, people, set_article_number};
use crate::domain::{AUTHOR_SEPARATOR, Draft, Fact, Kind, organisation};
use crate::formats::defect::Each;
use crate::formats::values::date::date;

const ENDNOTE: Dialect = Dialect { field, first: "0", last: None, draft };

pub fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    reader::read(&ENDNOTE, input, each)
}

/// A kind of reference, or a title and another field; a comment in TeX has neither.
pub fn is_it(head: &str) -> bool {
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
    let kind = kind(record);
    let mut draft = Draft {
        title: record.text(&["T"]),
        authors: authors(record),
        abstract_text: record.paragraphs(&["X"]),
        venue: record.text(&["J", "B"]),
        kind,
        ..Draft::default()
    };
    let is_book = matches!(kind, Kind::Book | Kind::Proceedings);
    if draft.title.is_empty() && is_book {
        draft.title = std::mem::take(&mut draft.venue);
    } else if is_book {
        // The venue of a book is a series.
        let series = std::mem::take(&mut draft.venue);
        draft.add_fact(Fact::Series, record.text(&["S"]));
        draft.add_fact(Fact::Series, series);
    }
    record.copy_date(&mut draft, &["D", "8"]);
    draft.add_fact(Fact::Date, more_than_the_year(record));
    let edition = match kind {
        Kind::Software | Kind::Dataset => Fact::Version,
        _ => Fact::Edition,
    };
    // The pages of a whole are how many it has.
    let is_extent = (is_book || kind == Kind::Thesis)
        && record.text(&["P"]).bytes().all(|it| it.is_ascii_digit());
    record.copy_facts(
        &mut draft,
        &[
            (Fact::Volume, &["V"]),
            (if is_book { Fact::SeriesNumber } else { Fact::Number }, &["N"]),
            (if is_extent { Fact::PageCount } else { Fact::Pages }, &["P"]),
            (house(kind), &["I"]),
            (Fact::Place, &["C"]),
            (Fact::Series, &["S"]),
            (edition, &["7"]),
            (Fact::Language, &["G"]),
            (Fact::Genre, &["9"]),
            (Fact::ShortTitle, &["!"]),
            (Fact::VolumeCount, &["6"]),
        ],
    );
    record.copy_key(&mut draft, &["F", "1"]);
    record.copy_serials(&mut draft, &["@"]);
    let words = record.all(&["K"]).flat_map(|it| it.split(['\n', ';'])).map(flat);
    if kind == Kind::Conference {
        draft.add_fact(Fact::Container, record.text(&["3"]));
    }
    draft.add_fact(Fact::Keywords, keywords(words));
    add_special_facts(&mut draft, record);
    let sources =
        Sources { dois: &["R"], notes: &["M", "L", "O", "Z", "2"], links: &["U", ">", "<"] };
    identify(&mut draft, record, &sources);
    draft
}

/// Takes what stands under tags that mean something else for each kind, and people beside the
/// authors.
fn add_special_facts(draft: &mut Draft, record: &Record) {
    if draft.kind == Kind::Chapter {
        draft.add_fact(Fact::Chapter, record.text(&["&"]));
    }
    if draft.kind == Kind::Report {
        draft.add_fact(Fact::Number, record.number_beside_serials(&["@"]));
    }
    set_article_number(draft, record.text(&["]"]));
    let notes = ["Z", "O"].into_iter().flat_map(|tag| record.texts(&[tag]));
    Record::copy_notes(draft, &notes.collect::<Vec<_>>());
    let annotation = record.texts(&["<"]).into_iter().find(|it| !it.contains("://"));
    draft.add_fact(Fact::Annotation, annotation.unwrap_or_default());
    record.copy_day(draft, Fact::Updated, &["="]);
    record.copy_day(draft, Fact::Accessed, &["["]);
    record.copy_day(draft, Fact::OriginalDate, &["("]);
    if record.text(&["0"]).eq_ignore_ascii_case("edited book") {
        let editors = std::mem::take(&mut draft.authors);
        draft.add_fact(Fact::Editors, editors.join(AUTHOR_SEPARATOR));
    }
    record.copy_names(draft, Fact::Editors, &["E", "Y"], Names::Any);
    record.copy_names(draft, Fact::Translators, &["?", "H"], Names::Any);
}

/// Persons, and what `refer` calls corporate authors. In `EndNote`, which names the kind, that tag
/// is the title in another language.
fn authors(record: &Record) -> Vec<String> {
    let mut authors = people(record.all(&["A"]), Names::Any);
    if record.text(&["0"]).is_empty() {
        authors
            .extend(record.texts(&["Q"]).iter().map(|it| organisation(it.trim_end_matches(','))));
    }
    authors
}

/// The date where `%8` leaves out the year that `%D` has.
fn more_than_the_year(record: &Record) -> String {
    let whole = format!("{} {}", record.text(&["D"]), record.text(&["8"]));
    date(&whole).map(|(_, date)| date).unwrap_or_default()
}

/// The kind that the record names. Proceedings with editors alone are a whole.
fn kind(record: &Record) -> Kind {
    let name = record.text(&["0"]);
    let kind = kind_of_type(&name);
    let has = |tags: &[&str]| record.all(tags).next().is_some();
    let is_whole = has(&["E"]) && !has(&["A", "B"]);
    let is_paper = name.eq_ignore_ascii_case("Conference Paper");
    if kind == Kind::Conference && is_whole && !is_paper { Kind::Proceedings } else { kind }
}

fn kind_of_type(reference_type: &str) -> Kind {
    match reference_type.to_lowercase().as_str() {
        "journal article" | "electronic article" => Kind::Article,
        "magazine article" => Kind::Magazine,
        "newspaper article" => Kind::Newspaper,
        "conference paper" | "conference proceedings" => Kind::Conference,
        "book section" | "electronic book section" => Kind::Chapter,
        "book" | "edited book" | "electronic book" => Kind::Book,
        "thesis" => Kind::Thesis,
        "report" | "government document" | "standard" => Kind::Report,
        "unpublished work" | "manuscript" | "preprint" => Kind::Preprint,
        "dataset" | "online database" | "aggregated database" => Kind::Dataset,
        "computer program" => Kind::Software,
        "web page" | "blog" | "electronic source" => Kind::Webpage,
        "patent" => Kind::Patent,
        "encyclopedia" | "dictionary" => Kind::Entry,
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
