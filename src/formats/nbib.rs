//! The format of `PubMed` (MEDLINE, `.nbib`): a tag in four cells, a hyphen, a blank and a value; a line
//! that goes on is indented. The tags are those of the MEDLINE/`PubMed` Data Element Descriptions.

use std::io::{self, BufRead};

use super::Each;
use super::tagged::{self, Dialect, Record, Sources, flat, house, identify, keywords, people};
use crate::domain::{AUTHOR_SEPARATOR, Draft, Fact, Kind};

const NBIB: Dialect = Dialect { field, first: "PMID", last: None, draft };

/// What may follow a given name. A single `V` is an initial more often.
const SUFFIXES: [&str; 10] = ["Jr", "Jr.", "Sr", "Sr.", "2nd", "3rd", "4th", "II", "III", "IV"];

pub(super) fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    tagged::read(&NBIB, input, each)
}

pub(super) fn is_it(head: &str) -> bool {
    head.lines().any(|line| field(line).is_some_and(|(tag, _)| tag == "PMID"))
}

fn field(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.trim_start_matches('\u{feff}').split_at_checked(4)?;
    let value = rest.strip_prefix('-').filter(|it| it.is_empty() || it.starts_with(' '))?;
    let tag = tag.trim_end();
    let is_tag = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit();
    (tag.len() > 1 && tag.bytes().all(is_tag)).then(|| (tag, value.trim()))
}

fn draft(record: &Record) -> Draft {
    let kind = record.all(&["PT"]).map(kind).find(|it| *it != Kind::Unknown);
    let title = record.text(&["TI"]);
    let book = record.text(&["BTI", "VTI"]);
    let journal = record.text(&["JT", "TA"]);
    let (title, venue) = match (title.is_empty(), journal.is_empty()) {
        (true, _) => (book, journal),
        (false, true) => (title, book),
        (false, false) => (title, journal),
    };
    let fallback = if venue.is_empty() { Kind::Unknown } else { Kind::Article };
    let mut draft = Draft {
        title: plain_title(&title).to_owned(),
        authors: names(record, "FAU", &["AU"]),
        abstract_text: record.paragraphs(&["AB", "OAB"]),
        venue,
        kind: kind.unwrap_or(fallback),
        ..Draft::default()
    };
    let house = house(draft.kind);
    record.copy_date(&mut draft, &["DP", "DEP"]);
    draft.add_fact(Fact::Pmid, record.text(&["PMID"]));
    record.copy_facts(
        &mut draft,
        &[
            (Fact::Volume, &["VI"]),
            (Fact::Number, &["IP"]),
            (house, &["PB"]),
            (Fact::Place, &["PL"]),
            (Fact::Series, &["CTI"]),
            (Fact::Edition, &["EN"]),
            (Fact::Language, &["LA"]),
            (Fact::Note, &["GN"]),
        ],
    );
    draft.add_fact(Fact::Pages, whole_range(&record.text(&["PG"])));
    record.copy_serials(&mut draft, &["IS", "ISSN", "ISBN"]);
    draft.add_fact(Fact::Editors, names(record, "FED", &["ED"]).join(AUTHOR_SEPARATOR));
    // A star marks what the paper is about mainly.
    let words = record.all(&["OT", "KW"]).chain(record.all(&["MH"]));
    draft.add_fact(Fact::Keywords, keywords(words.map(|it| flat(it).replace('*', ""))));
    let sources =
        Sources { dois: &["LID", "AID"], notes: &["PMC", "SO"], links: &["LID", "AID", "URL"] };
    identify(&mut draft, record, &sources);
    draft
}

/// Every title ends with a full stop; brackets are put around one that was translated.
fn plain_title(title: &str) -> &str {
    let Some(title) = title.strip_suffix('.') else { return title };
    let inner = title.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    inner.unwrap_or(title)
}

/// The names in full, or else the short ones, with the organisations among them.
fn names(record: &Record, full: &str, short: &[&str]) -> Vec<String> {
    let is_known = record.all(&[full]).next().is_some();
    let organisations = if full == "FAU" { "CN" } else { full };
    if is_known {
        return record.all(&[full, organisations]).map(|it| full_name(&flat(it))).collect();
    }
    let tags = [short, &[organisations]].concat();
    people(record.all(&tags)).iter().map(|it| short_name(it)).collect()
}

/// `King, Martin Luther Jr` with the suffix where bibliographies have it.
fn full_name(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((rest, suffix)) if name.contains(',') && SUFFIXES.contains(&suffix) => {
            format!("{rest}, {suffix}")
        }
        _ => name.to_owned(),
    }
}

/// `King ML Jr`, in which nothing but its capitals tells the initials.
fn short_name(name: &str) -> String {
    let (name, suffix) = match name.rsplit_once(' ') {
        Some((rest, suffix)) if SUFFIXES.contains(&suffix) => (rest, format!(", {suffix}")),
        _ => (name, String::new()),
    };
    let is_initials = |it: &str| it.len() < 5 && it.chars().all(char::is_uppercase);
    match name.rsplit_once(' ') {
        Some((family, initials)) if is_initials(initials) && !family.contains(',') => {
            format!("{family}, {initials}{suffix}")
        }
        _ => format!("{name}{suffix}"),
    }
}

/// `616-7` is short for `616-617`.
fn whole_range(pages: &str) -> String {
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    match pages.split_once('-') {
        Some((first, last)) if is_number(first) && is_number(last) && last.len() < first.len() => {
            format!("{first}-{}{last}", &first[..first.len() - last.len()])
        }
        _ => pages.to_owned(),
    }
}

fn kind(publication_type: &str) -> Kind {
    match publication_type.trim() {
        "Journal Article" | "Review" | "Case Reports" | "Letter" | "Editorial" => Kind::Article,
        "Congress" | "Congresses" | "Conference Paper" | "Meeting Abstract" => Kind::Conference,
        "Book Chapter" => Kind::Chapter,
        "Book" | "Books" => Kind::Book,
        "Academic Dissertation" | "Dissertation" => Kind::Thesis,
        "Technical Report" => Kind::Report,
        "Preprint" => Kind::Preprint,
        "Dataset" => Kind::Dataset,
        "Software" => Kind::Software,
        "Web Archive" | "Blog" => Kind::Webpage,
        _ => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_tag_in_four_cells_or_goes_on() {
        for (line, expected) in [
            ("PMID- 1", Some(("PMID", "1"))),
            ("TI  - A - B", Some(("TI", "A - B"))),
            ("OAB -", Some(("OAB", ""))),
            ("      A - B", None),
            ("TI - A", None),
            ("fig - a", None),
            ("", None),
        ] {
            assert_eq!(field(line), expected, "{line}");
        }
    }

    #[test]
    fn a_name_is_made_that_can_be_split() {
        assert_eq!(short_name("de Hoon MJ"), "de Hoon, MJ");
        assert_eq!(short_name("King ML Jr"), "King, ML, Jr");
        assert_eq!(short_name("Selvamani"), "Selvamani");
        assert_eq!(full_name("King, Martin Luther Jr"), "King, Martin Luther, Jr");
        assert_eq!(full_name("Casbon, James A"), "Casbon, James A");
    }

    #[test]
    fn a_title_loses_its_full_stop_and_the_brackets_of_a_translation() {
        for (title, plain) in [
            ("A title.", "A title"),
            ("[A title].", "A title"),
            ("Why?", "Why?"),
            ("And so on...", "And so on.."),
            ("[A] title", "[A] title"),
        ] {
            assert_eq!(plain_title(title), plain);
        }
    }

    #[test]
    fn a_range_of_pages_is_written_out() {
        for (short, whole) in
            [("616-7", "616-617"), ("2308-10", "2308-2310"), ("7", "7"), ("S1-5", "S1-5")]
        {
            assert_eq!(whole_range(short), whole);
        }
    }
}
