//! RIS: two letters, two blanks, a hyphen and a value; `TY` begins a record and `ER` ends it.

use std::io::{self, BufRead};

use super::Each;
use super::tagged::{
    self, Dialect, Record, Sources, flat, house, identify, keywords, pages, people,
};
use crate::domain::{Draft, Fact, Kind, doi};

const RIS: Dialect = Dialect { field, first: "TY", last: Some("ER"), draft };

/// What databases write into the notes of every record.
const CHATTER: [&str; 4] = ["cited by", "export date", "doi", "pmid"];

pub(super) fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    tagged::read(&RIS, input, each)
}

pub(super) fn is_it(head: &str) -> bool {
    head.lines().any(|line| field(line).is_some_and(|(tag, _)| tag == "TY"))
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
    let kind = kind(&record.text(&["TY"]));
    let mut draft = Draft {
        title: record.text(&["TI", "T1", "CT"]),
        authors: people(record.all(&["AU", "A1"])),
        abstract_text: record.paragraphs(&["AB", "N2"]),
        venue: record.text(&["JF", "T2", "JO", "BT", "JA", "J1", "J2"]),
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
            (Fact::Volume, &["VL"]),
            (Fact::Number, &["IS"]),
            (house(kind), &["PB"]),
            (Fact::Place, if kind == Kind::Conference { &["C1", "CY"] } else { &["CY", "PP"] }),
            (Fact::Series, &["T3"]),
            (Fact::Edition, &["ET"]),
            (Fact::Language, &["LA"]),
        ],
    );
    draft.add_fact(Fact::Pages, pages(&record.text(&["SP", "C7"]), &record.text(&["EP"])));
    draft.add_fact(Fact::Note, notes(record));
    record.copy_key(&mut draft, &["ID"]);
    record.copy_serials(&mut draft, &["SN"]);
    let words = record.all(&["KW"]).flat_map(|it| it.split(['\n', ';'])).map(flat);
    if kind == Kind::Conference {
        draft.add_fact(Fact::Container, record.text(&["C3"]));
    }
    draft.add_fact(Fact::Keywords, keywords(words));
    record.copy_editors(&mut draft, &["A2", "ED"]);
    let sources = Sources {
        dois: &["DO", "M3"],
        notes: &["AN", "M1", "M2", "N1", "C2", "ID"],
        links: &["UR", "LK", "L1", "L2", "L3", "L4"],
    };
    identify(&mut draft, record, &sources);
    draft
}

/// What a person may have noted.
fn notes(record: &Record) -> String {
    let is_note = |note: &String| {
        let lower = note.to_lowercase();
        doi(note).is_none() && !CHATTER.iter().any(|it| lower.starts_with(it))
    };
    record.texts(&["N1"]).into_iter().filter(is_note).collect::<Vec<_>>().join("; ")
}

fn kind(tag: &str) -> Kind {
    match tag.to_uppercase().as_str() {
        "JOUR" | "EJOUR" | "JFULL" | "MGZN" | "NEWS" | "INPR" => Kind::Article,
        "CONF" | "CPAPER" => Kind::Conference,
        "CHAP" | "ECHAP" => Kind::Chapter,
        "BOOK" | "EBOOK" | "EDBOOK" => Kind::Book,
        "THES" => Kind::Thesis,
        "RPRT" => Kind::Report,
        "UNPB" | "UNPD" | "MANSCPT" => Kind::Preprint,
        "DATA" | "AGGR" | "DBASE" => Kind::Dataset,
        "COMP" => Kind::Software,
        "ELEC" | "BLOG" | "WEB" => Kind::Webpage,
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
