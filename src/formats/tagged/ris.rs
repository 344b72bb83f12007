//! RIS: two letters, two blanks, a hyphen and a value; `TY` begins a record and `ER` ends it.

use std::io::{self, BufRead};

use super::identifiers::{Sources, identify};
use super::reader::{self, Dialect};
use super::record::{Names, Record, flat, house, keywords, pages, people, set_article_number};
use crate::domain::{AUTHOR_SEPARATOR, Draft, Fact, Kind, doi};
use crate::formats::defect::Each;

const RIS: Dialect = Dialect { field, first: "TY", last: Some("ER"), draft };

/// What databases write into the notes of every record.
const CHATTER: [&str; 4] = ["cited by", "export date", "doi", "pmid"];

pub fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    reader::read(&RIS, input, each)
}

/// A kind of reference, or a title and an end.
pub fn is_it(head: &str) -> bool {
    let has = |tags: &[&str]| head.lines().filter_map(field).any(|(it, _)| tags.contains(&it));
    has(&["TY"]) || has(&["ER"]) && has(&["TI", "T1"])
}

/// `TI  - A title`; a blank may be missing before the hyphen, and the value may be.
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

fn draft(record: &Record) -> Draft {
    let kind = kind(record);
    let mut draft = Draft {
        title: record.text(&["TI", "T1", "CT"]),
        authors: people(record.all(&["AU", "A1"]), Names::Comma),
        abstract_text: record.paragraphs(&["AB", "N2"]),
        venue: record.text(venues(kind)),
        kind,
        ..Draft::default()
    };
    if draft.title.is_empty() && kind == Kind::Book {
        draft.title = record.text(&["BT"]);
    }
    record.copy_date(&mut draft, &["PY", "Y1", "DA"]);
    record.copy_facts(
        &mut draft,
        &[
            (Fact::Volume, &["VL", "VO"]),
            (Fact::Number, &["IS", "CP"]),
            (house(kind), &["PB"]),
            (Fact::Series, series(kind)),
            (Fact::Language, &["LA"]),
            (Fact::ShortTitle, &["ST"]),
            (Fact::SeriesNumber, &["SV"]),
            (Fact::VolumeCount, &["NV"]),
        ],
    );
    add_places(&mut draft, record);
    add_pages(&mut draft, record);
    add_special_facts(&mut draft, record);
    Record::copy_notes(&mut draft, &notes(record));
    draft.add_fact(Fact::Annotation, record.text(&["RN"]));
    record.copy_key(&mut draft, &["ID"]);
    record.copy_serials(&mut draft, &["SN"]);
    if kind == Kind::Report {
        draft.add_fact(Fact::Number, record.number_beside_serials(&["SN"]));
    }
    let words = record.all(&["KW"]).flat_map(|it| it.split(['\n', ';'])).map(flat);
    if kind == Kind::Conference {
        draft.add_fact(Fact::Container, record.text(&["C3"]));
    }
    draft.add_fact(Fact::Keywords, keywords(words));
    add_people(&mut draft, record);
    let sources = Sources {
        dois: &["DO", "M3"],
        notes: &["AN", "M1", "M2", "N1", "C2", "ID"],
        links: &["UR", "LK", "L1", "L2", "L3", "L4"],
    };
    identify(&mut draft, record, &sources);
    draft
}

/// Returns the tags in which a work of that kind says what it is in. The second title of a book or
/// a report is that of its series.
fn venues(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Book | Kind::Proceedings | Kind::Report => &["JF", "JO"],
        _ => &["JF", "T2", "JO", "BT", "JA", "J1", "J2"],
    }
}

fn series(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Book | Kind::Proceedings | Kind::Report => &["T3", "T2"],
        _ => &["T3"],
    }
}

/// Adds the places. That of a conference stands in a field of its own, beside that of the
/// proceedings.
fn add_places(draft: &mut Draft, record: &Record) {
    let place = record.text(&["CY", "PP"]);
    let event = record.text(if draft.kind == Kind::Conference { &["C1"] } else { &[] });
    if place.is_empty() || event.is_empty() || place == event {
        draft.add_fact(Fact::Place, event);
    } else {
        draft.add_fact(Fact::EventPlace, event);
    }
    draft.add_fact(Fact::Place, place);
}

/// The first page of a whole book is the number of its pages.
fn add_pages(draft: &mut Draft, record: &Record) {
    let (first, last) = (record.text(&["SP"]), record.text(&["EP"]));
    let is_whole = matches!(draft.kind, Kind::Book | Kind::Proceedings | Kind::Thesis);
    let is_count = |it: &str| it.bytes().all(|it| it.is_ascii_digit()) || it.ends_with(" p.");
    if is_whole && last.is_empty() && is_count(&first) {
        draft.add_fact(Fact::PageCount, first);
    } else {
        draft.add_fact(Fact::Pages, pages(&first, &last));
    }
    set_article_number(draft, record.text(&["C7"]));
}

/// Takes what stands under tags that mean something else for each kind.
fn add_special_facts(draft: &mut Draft, record: &Record) {
    let edition = match draft.kind {
        Kind::Software | Kind::Dataset => Fact::Version,
        _ => Fact::Edition,
    };
    draft.add_fact(edition, record.text(&["ET"]));
    let genre = record.text(&["M3"]);
    let is_of_its_own = !matches!(draft.kind, Kind::Unknown | Kind::Article | Kind::Conference);
    if is_of_its_own && doi(&genre).is_none() {
        draft.add_fact(Fact::Genre, genre);
    }
    let number = record.text(&["M1"]);
    match draft.kind {
        Kind::Book | Kind::Proceedings => draft.add_fact(Fact::SeriesNumber, number),
        Kind::Report => {
            draft.add_fact(Fact::Number, number);
            draft.add_fact(Fact::Number, record.number_beside_serials(&["SN"]));
        }
        Kind::Patent => draft.add_fact(Fact::Number, number),
        Kind::Chapter => draft.add_fact(Fact::Chapter, record.text(&["SE"])),
        _ => {}
    }
    record.copy_day(draft, Fact::Accessed, &["Y2"]);
    record.copy_day(draft, Fact::OriginalDate, &["OP"]);
    if record.text(&["TY"]).eq_ignore_ascii_case("INPR") {
        draft.add_fact(Fact::Status, "in press");
    }
}

/// The second author of a book is its series' editor where another tag has its own.
fn add_people(draft: &mut Draft, record: &Record) {
    let editors: &[&str] = match draft.kind {
        Kind::Book | Kind::Report | Kind::Proceedings => &["ED", "A3", "A2"],
        _ => &["ED", "A2"],
    };
    if record.text(&["TY"]).eq_ignore_ascii_case("EDBOOK") {
        let authors = std::mem::take(&mut draft.authors);
        draft.add_fact(Fact::Editors, authors.join(AUTHOR_SEPARATOR));
    }
    record.copy_names(draft, Fact::Editors, editors, Names::Comma);
    record.copy_names(draft, Fact::Translators, &["A4", "TA"], Names::Comma);
}

/// What a person may have noted.
fn notes(record: &Record) -> Vec<String> {
    let is_note = |note: &String| {
        let lower = note.to_lowercase();
        doi(note).is_none() && !CHATTER.iter().any(|it| lower.starts_with(it))
    };
    record.texts(&["N1"]).into_iter().filter(is_note).collect()
}

/// The kind that the record names. A conference without authors is all of its proceedings.
fn kind(record: &Record) -> Kind {
    let tag = record.text(&["TY"]);
    let kind = kind_of_tag(&tag);
    let has = |tags: &[&str]| record.all(tags).next().is_some();
    let is_whole = has(&["ED", "A2", "A3"]) && !has(&["AU", "A1", "T2", "BT", "C3"]);
    let is_paper = tag.eq_ignore_ascii_case("CPAPER");
    if kind == Kind::Conference && is_whole && !is_paper { Kind::Proceedings } else { kind }
}

/// The kind of a reference type. `CONF` is a paper in practice, whatever the specification says.
pub fn kind_of_tag(tag: &str) -> Kind {
    match tag.to_uppercase().as_str() {
        "JOUR" | "EJOUR" | "JFULL" | "INPR" => Kind::Article,
        "MGZN" => Kind::Magazine,
        "NEWS" => Kind::Newspaper,
        "CONF" | "CPAPER" => Kind::Conference,
        "CHAP" | "ECHAP" => Kind::Chapter,
        "BOOK" | "EBOOK" | "EDBOOK" => Kind::Book,
        "THES" => Kind::Thesis,
        "RPRT" | "GOVDOC" | "STAND" => Kind::Report,
        "UNPB" | "UNPD" | "MANSCPT" => Kind::Preprint,
        "DATA" | "AGGR" | "DBASE" => Kind::Dataset,
        "COMP" => Kind::Software,
        "ELEC" | "BLOG" | "WEB" => Kind::Webpage,
        "PAT" => Kind::Patent,
        "ENCYC" | "DICT" => Kind::Entry,
        _ => Kind::Unknown,
    }
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
