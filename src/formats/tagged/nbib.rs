//! Reads the format of `PubMed` (MEDLINE, `.nbib`): a tag of four characters, a hyphen, a blank,
//! and a value; continuation lines are indented. The tags are those of the MEDLINE/`PubMed` Data
//! Element Descriptions.

use std::io::{self, BufRead};

use super::identifiers::{IdentifierTags, add_identifiers};
use super::kinds;
use super::reader::{self, TaggedDialect};
use super::record::{TaggedRecord, keywords, on_one_line, publisher_field, set_article_number};
use crate::domain::{AUTHOR_SEPARATOR, BibField, Draft, PaperKind, brace_organisation};
use crate::formats::defect::DraftSink;
use crate::formats::values::{author_list, markup};

const NBIB: TaggedDialect = TaggedDialect { field, first: "PMID", last: None, draft };

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    reader::read(&NBIB, input, sink)
}

/// Returns true if the text has a PMID, or another owner of the record, such as ERIC, and a title.
pub fn matches_head(head: &str) -> bool {
    let has = |tag: &str| head.lines().filter_map(field).any(|(it, _)| it == tag);
    has("PMID") || has("OWN") && has("TI")
}

fn field(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.trim_start_matches('\u{feff}').split_at_checked(4)?;
    // ERIC puts a blank after tags of four letters.
    let is_full = !tag.ends_with(' ');
    let rest = if is_full { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
    let value = rest.strip_prefix('-').filter(|it| it.is_empty() || it.starts_with(' '))?;
    let tag = tag.trim_end();
    let is_tag = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit();
    (tag.len() > 1 && tag.bytes().all(is_tag)).then(|| (tag, value.trim()))
}

fn draft(record: &TaggedRecord) -> Draft {
    let kind =
        record.values(&["PT"]).map(kind_from_publication_type).find(|it| *it != PaperKind::Unknown);
    let title = record.text(&["TI"]);
    let book = record.text(&["BTI", "VTI"]);
    let journal = record.text(&["JT", "TA"]);
    let (title, venue) = match (title.is_empty(), journal.is_empty()) {
        (true, _) => (book, journal),
        (false, true) => (title, book),
        (false, false) => (title, journal),
    };
    let fallback = if venue.is_empty() { PaperKind::Unknown } else { PaperKind::Article };
    let mut draft = Draft {
        title: plain_title(&title).to_owned(),
        authors: names(record, "FAU", &["AU"]),
        abstract_text: record.paragraphs(&["AB", "OAB"]),
        venue,
        kind: kind.unwrap_or(fallback),
        ..Draft::default()
    };
    let publisher = publisher_field(draft.kind);
    record.copy_date(&mut draft, &["DP", "DEP"]);
    draft.add_field(BibField::Pmid, record.text(&["PMID"]));
    record.copy_fields(
        &mut draft,
        &[
            (BibField::Volume, &["VI"]),
            (BibField::Number, &["IP"]),
            (publisher, &["PB"]),
            (BibField::Place, &["PL"]),
            (BibField::Series, &["CTI"]),
            (BibField::Edition, &["EN"]),
            (BibField::Language, &["LA"]),
        ],
    );
    draft.add_field(BibField::Pages, expand_page_range(&record.text(&["PG"])));
    let number = article_number(record);
    if [String::new(), number.clone()].contains(&draft.field(BibField::Pages).to_owned()) {
        set_article_number(&mut draft, number);
    }
    TaggedRecord::copy_notes(&mut draft, &record.texts(&["GN"]));
    if matches!(draft.kind, PaperKind::Thesis | PaperKind::Report) {
        let genre =
            record.values(&["PT"]).find(|it| kind_from_publication_type(it) == PaperKind::Unknown);
        draft.add_field(BibField::Genre, genre.unwrap_or_default());
    }
    record.copy_iso_date(&mut draft, BibField::Updated, &["LR"]);
    record.copy_serials(&mut draft, &["IS", "ISSN", "ISBN"]);
    draft.add_field(BibField::Editors, names(record, "FED", &["ED"]).join(AUTHOR_SEPARATOR));
    // An asterisk marks a major topic of the paper.
    let words = record.values(&["OT", "KW"]).chain(record.values(&["MH"]));
    draft.add_field(BibField::Keywords, keywords(words.map(|it| on_one_line(it).replace('*', ""))));
    let sources = IdentifierTags {
        dois: &["LID", "AID"],
        notes: &["PMC", "SO"],
        links: &["LID", "AID", "URL"],
    };
    add_identifiers(&mut draft, record, &sources);
    draft
}

/// Strips the full stop that ends every title, and the brackets around a translated one.
fn plain_title(title: &str) -> &str {
    let Some(title) = title.strip_suffix('.') else { return title };
    let inner = title.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    inner.unwrap_or(title)
}

/// Returns the publisher's identifier of an article without pages, if it is short enough for a
/// reference.
fn article_number(record: &TaggedRecord) -> String {
    let ids = record.values(&["LID", "AID"]).filter_map(|it| it.strip_suffix("[pii]"));
    ids.map(str::trim).find(|it| is_article_number(it)).unwrap_or_default().to_owned()
}

/// Returns true if a publisher's identifier is an article number, such as `e0123456` or `1234`,
/// instead of one in the form `S0140-6736(20)30183-5`.
pub fn is_article_number(id: &str) -> bool {
    const MAX_ARTICLE_NUMBER_LEN: usize = 10;
    id.len() <= MAX_ARTICLE_NUMBER_LEN
        && id.bytes().any(|it| it.is_ascii_digit())
        && id.bytes().all(|it| it.is_ascii_alphanumeric() || b".-".contains(&it))
}

/// Returns the full names, or else the short ones, with organisations among them.
fn names(record: &TaggedRecord, full: &str, short: &[&str]) -> Vec<String> {
    let tag = if record.values(&[full]).next().is_some() { &[full] } else { short };
    let organisations: &[&str] = if full == "FAU" { &["CN"] } else { &[] };
    let tags = [tag, organisations].concat();
    let names =
        record.fields(&tags).map(|(tag, it)| match on_one_line(&markup::strip_markup(it)) {
            name if tag == "CN" => brace_organisation(name.trim_end_matches('.')),
            name if tag == full && name.contains(',') => full_name(&name),
            name if tag == full => author_list::insert_comma(&name),
            name => author_list::family_first(&name),
        });
    author_list::normalise_names(names.collect())
}

/// Moves the suffix of `King, Martin Luther Jr` to the form `King, Martin Luther, Jr`.
fn full_name(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((rest, suffix)) if name.contains(',') && author_list::is_suffix(suffix) => {
            format!("{rest}, {suffix}")
        }
        _ => name.to_owned(),
    }
}

/// Expands `616-7` to `616-617`.
fn expand_page_range(pages: &str) -> String {
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    match pages.split_once('-') {
        Some((first, last)) if is_number(first) && is_number(last) && last.len() < first.len() => {
            format!("{first}-{}{last}", &first[..first.len() - last.len()])
        }
        _ => pages.to_owned(),
    }
}

fn kind_from_publication_type(publication_type: &str) -> PaperKind {
    match publication_type.trim() {
        name if name.starts_with("Reports - ") => PaperKind::Report,
        name if name.starts_with("Dissertations/Theses") => PaperKind::Thesis,
        name => kinds::MEDLINE.get(name).unwrap_or_default(),
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
            ("ISSN - 1234-5679", Some(("ISSN", "1234-5679"))),
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
        assert_eq!(author_list::family_first("de Hoon MJ"), "de Hoon, MJ");
        assert_eq!(author_list::family_first("King ML Jr"), "King, Jr, ML");
        assert_eq!(author_list::family_first("Selvamani"), "Selvamani");
        assert_eq!(full_name("King, Martin Luther Jr"), "King, Martin Luther, Jr");
        assert_eq!(full_name("Casbon, James A"), "Casbon, James A");
    }

    #[test]
    fn a_number_of_the_publisher_is_the_articles_where_it_is_short() {
        assert!(["e0123456", "1234", "103.e7"].into_iter().all(is_article_number));
        assert!(
            !["S0140-6736(20)1", "S014067362030183", "pii", ""].into_iter().any(is_article_number)
        );
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
        for (page_range, expected) in
            [("616-7", "616-617"), ("2308-10", "2308-2310"), ("7", "7"), ("S1-5", "S1-5")]
        {
            assert_eq!(expand_page_range(page_range), expected);
        }
    }
}
