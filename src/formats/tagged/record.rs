//! A record of tagged lines, and access to its values.

use std::collections::HashSet;

use crate::domain::{AUTHOR_SEPARATOR, BibField, Draft, PaperKind};
use crate::formats::defect::Defect;
use crate::formats::input::lines::MAX_LINE;
use crate::formats::values::date::{Date, parse_date, parse_season, parse_status};
use crate::formats::values::{author_list, markup};

/// The memory use of a field besides its text, in bytes, so that many empty fields are limited too.
const FIELD_OVERHEAD: usize = 32;

/// The prefix of a comment among other notes.
const COMMENT_PREFIX: &str = "Comment: ";

/// The tags and values of a record, in the order of the file.
pub struct TaggedRecord {
    line: u64,
    opener: String,
    fields: Vec<(String, String)>,
    tags: HashSet<String>,
    size: usize,
    error: Option<(u64, &'static str)>,
}

impl TaggedRecord {
    pub fn new(line: u64, opener: &str) -> Self {
        let opener = opener.to_owned();
        Self { line, opener, fields: Vec::new(), tags: HashSet::new(), size: 0, error: None }
    }

    /// Returns the line at which the record begins.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Returns the first tag of the record.
    pub fn opener(&self) -> &str {
        &self.opener
    }

    pub fn has(&self, tag: &str) -> bool {
        self.tags.contains(tag)
    }

    /// Returns true if any of the tags has a value.
    pub fn has_any(&self, tags: &[&str]) -> bool {
        self.values(tags).next().is_some()
    }

    pub fn has_only(&self, tag: &str) -> bool {
        self.tags.iter().all(|it| it == tag)
    }

    pub fn fault(&self) -> Option<Defect> {
        self.error.map(|(line, reason)| Defect::new(line, reason))
    }

    pub fn push(&mut self, tag: &str, value: &str) {
        if self.has_room(value.len() + FIELD_OVERHEAD) {
            self.tags.insert(tag.to_owned());
            self.fields.push((tag.to_owned(), value.trim().to_owned()));
        }
    }

    /// Appends a line to the last value.
    pub fn continue_value(&mut self, separator: &str, line: &str) {
        if self.has_room(separator.len() + line.len())
            && let Some((_, value)) = self.fields.last_mut()
        {
            value.push_str(separator);
            value.push_str(line);
        }
    }

    /// Marks the record as broken. Further lines still belong to it, but are dropped.
    pub fn set_error(&mut self, line: u64, reason: &'static str) {
        self.fields = Vec::new();
        self.tags.clear();
        self.error.get_or_insert((line, reason));
    }

    fn has_room(&mut self, added_len: usize) -> bool {
        self.size += added_len;
        if self.size > MAX_LINE {
            self.set_error(self.line, "record too long");
        }
        self.error.is_none()
    }

    /// Iterates over the non-blank values of any of the tags, in the order of the file.
    pub fn values<'a>(&'a self, tags: &'a [&str]) -> impl Iterator<Item = &'a str> {
        let values = self.fields.iter().filter(|(tag, _)| tags.contains(&tag.as_str()));
        values.map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
    }

    /// The same as [`TaggedRecord::values`], with the tags.
    pub fn fields<'a>(&'a self, tags: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        let fields = self.fields.iter().filter(|(tag, _)| tags.contains(&tag.as_str()));
        let fields = fields.map(|(tag, value)| (tag.as_str(), value.as_str()));
        fields.filter(|(_, value)| !value.trim().is_empty())
    }

    /// Returns the first value, on one line, of the first tag that has one.
    pub fn text(&self, tags: &[&str]) -> String {
        tags.iter().find_map(|tag| self.values(&[tag]).next().map(plain)).unwrap_or_default()
    }

    /// Returns all values of the first tag that has one, each on one line.
    pub fn texts(&self, tags: &[&str]) -> Vec<String> {
        let texts = |tag: &&str| self.values(&[tag]).map(plain).collect::<Vec<_>>();
        tags.iter().map(texts).find(|it| !it.is_empty()).unwrap_or_default()
    }

    /// Returns all values of the first tag that has one, as paragraphs separated by blank lines.
    pub fn paragraphs(&self, tags: &[&str]) -> String {
        let values = |tag: &&str| {
            let texts = self.values(std::slice::from_ref(tag)).map(markup::strip_markup);
            texts.flat_map(|it| it.split("\n\n").map(on_one_line).collect::<Vec<_>>()).collect()
        };
        let values: Option<Vec<String>> =
            tags.iter().map(values).find(|it: &Vec<_>| !it.is_empty());
        values.unwrap_or_default().join("\n\n")
    }

    /// Copies fields unchanged. For each, the first tag with a value is used.
    pub fn copy_fields(&self, draft: &mut Draft, fields: &[(BibField, &[&str])]) {
        for (field, tags) in fields {
            draft.add_field(*field, self.text(tags));
        }
    }

    /// Copies ISSNs and ISBNs, which are distinguished by their lengths.
    pub fn copy_serials(&self, draft: &mut Draft, tags: &[&str]) {
        for serial in self.values(tags).flat_map(serials) {
            let digits = serial.bytes().filter(u8::is_ascii_alphanumeric).count();
            draft.add_field(if digits == 8 { BibField::Issn } else { BibField::Isbn }, serial);
        }
    }

    /// Copies the number of a report from a tag for ISSN and ISBN.
    pub fn copy_report_number(&self, draft: &mut Draft, tags: &[&str]) {
        let number = self.values(tags).find(|it| serials(it).is_empty()).map(on_one_line);
        if draft.kind == PaperKind::Report {
            draft.add_field(BibField::Number, number.unwrap_or_default());
        }
    }

    /// Copies keywords separated by semicolons or line ends.
    pub fn copy_keywords(&self, draft: &mut Draft, tags: &[&str]) {
        let words = self.values(tags).flat_map(|it| it.split(['\n', ';'])).map(on_one_line);
        draft.add_field(BibField::Keywords, keywords(words));
    }

    /// Copies notes. Those that begin with [`COMMENT_PREFIX`] become the comment.
    pub fn copy_notes(draft: &mut Draft, notes: &[String]) {
        let (comments, notes): (Vec<&str>, Vec<&str>) =
            notes.iter().map(String::as_str).partition(|it| it.starts_with(COMMENT_PREFIX));
        let comments = comments.iter().map(|it| it[COMMENT_PREFIX.len()..].trim());
        draft.add_field(BibField::Comment, comments.collect::<Vec<_>>().join("; "));
        draft.add_field(BibField::Note, notes.join("; "));
    }

    /// Copies the citation key, unless it is a database's identifier of the record.
    pub fn copy_key(&self, draft: &mut Draft, tags: &[&str]) {
        let key = Some(self.text(tags)).filter(|it| looks_like_key(it));
        draft.add_field(BibField::Key, key.unwrap_or_default());
    }

    /// Copies the names of the first tag that has any.
    pub fn copy_names(&self, draft: &mut Draft, field: BibField, tags: &[&str], shape: NameShape) {
        let lists = tags.iter().map(|tag| parse_names(self.values(&[tag]), shape));
        let names = lists.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
        draft.add_field(field, names.join(AUTHOR_SEPARATOR));
    }

    /// Copies a date, as far as it is known.
    pub fn copy_iso_date(&self, draft: &mut Draft, field: BibField, tags: &[&str]) {
        let day = tags.iter().find_map(|tag| Date::parse(&self.text(&[tag])));
        draft.add_field(field, day.map(Date::to_date_or_year).unwrap_or_default());
    }

    /// Copies the year of the first tag that has one, and the most precise date of that year.
    pub fn copy_date(&self, draft: &mut Draft, tags: &[&str]) {
        let dates = tags.iter().flat_map(|tag| self.texts(&[tag]));
        let dates: Vec<_> = dates.filter_map(|it| parse_date(&it)).collect();
        draft.year = dates.first().map(|(year, _)| *year);
        // `max_by_key` returns the last maximum, so the order is reversed.
        let same_year = dates.into_iter().rev().filter(|(year, _)| draft.year == Some(*year));
        let best = same_year.map(|(_, text)| text).max_by_key(String::len);
        draft.add_field(BibField::Date, best.unwrap_or_default());
        let texts: Vec<String> = tags.iter().flat_map(|tag| self.texts(&[tag])).collect();
        let season = texts.iter().find_map(|it| parse_season(it)).filter(|_| draft.year.is_some());
        draft.add_field(BibField::Season, season.unwrap_or_default());
        let status = texts.iter().find_map(|it| parse_status(it));
        draft.add_field(BibField::Status, status.unwrap_or_default());
    }
}

/// Returns the field for the publisher of such a paper.
pub fn publisher_field(kind: PaperKind) -> BibField {
    match kind {
        PaperKind::Thesis | PaperKind::Report => BibField::Institution,
        _ => BibField::Publisher,
    }
}

/// Returns the field for the edition or version of such a paper.
pub fn edition_field(kind: PaperKind) -> BibField {
    match kind {
        PaperKind::Software | PaperKind::Dataset => BibField::Version,
        _ => BibField::Edition,
    }
}

/// Makes the authors of an edited book its editors.
pub fn make_authors_editors(draft: &mut Draft) {
    let editors = std::mem::take(&mut draft.authors).join(AUTHOR_SEPARATOR);
    draft.add_field(BibField::Editors, editors);
}

/// Returns the text on one line, without markup.
fn plain(text: &str) -> String {
    on_one_line(&markup::strip_markup(text))
}

/// Returns the text on one line.
pub fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The form of names in a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameShape {
    /// A person's name has a comma; a name without one is an organisation.
    Comma,
    /// Any order; a comma at the end marks an organisation.
    Any,
}

/// Parses names. A value may contain several, separated by semicolons.
pub fn parse_names<'a>(values: impl Iterator<Item = &'a str>, shape: NameShape) -> Vec<String> {
    let mut names = Vec::new();
    for value in values {
        for name in markup::strip_markup(value).split(';').map(on_one_line) {
            match shape {
                NameShape::Comma => names.push(author_list::insert_comma(&name)),
                NameShape::Any if name.ends_with(',') => {
                    names.push(author_list::insert_comma(&name));
                }
                NameShape::Any => names.push(name),
            }
        }
    }
    author_list::normalise_names(names)
}

/// Sets the article number. Pages that repeat it, as some programs write, are removed.
pub fn set_article_number(draft: &mut Draft, number: String) {
    if !number.is_empty() && draft.field(BibField::Pages) == number {
        draft.fields.retain(|(field, _)| *field != BibField::Pages);
    }
    draft.add_field(BibField::ArticleNumber, number);
}

/// Joins keywords, each once.
pub fn keywords(words: impl Iterator<Item = String>) -> String {
    let mut seen_words = HashSet::new();
    let words = words.map(|it| it.replace(';', ","));
    let words = words.filter(|it| !it.is_empty() && seen_words.insert(it.to_lowercase()));
    words.collect::<Vec<_>>().join("; ")
}

/// Joins first and last page. The first may be a range already.
pub fn pages(first: &str, last: &str) -> String {
    let is_range = first.contains(['-', '–', '—']);
    match (first, last) {
        ("", single) | (single, "") => single.to_owned(),
        _ if first == last || is_range => first.to_owned(),
        _ => format!("{first}-{last}"),
    }
}

/// Returns true if a person may have chosen the key. A number or a code in capitals is a
/// database's.
fn looks_like_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().filter(u8::is_ascii_lowercase).count() > 1
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_:.+/".contains(&it))
}

/// Finds numbers of eight, ten or thirteen digits, of which the last may be an X.
fn serials(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | 'X' | 'x');
    let runs = text.split(|c: char| !is_part(c)).map(|it| it.trim_matches('-'));
    let digits = |it: &str| it.bytes().filter(u8::is_ascii_alphanumeric).count();
    let is_serial =
        |it: &&str| matches!(digits(it), 8 | 10 | 13) && !it[..it.len() - 1].contains(['X', 'x']);
    runs.filter(|it| !it.is_empty()).filter(is_serial).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_journals_and_books_are_told_apart() {
        let mut record = TaggedRecord::new(1, "SN");
        record.push("SN", "1471-2105 (Electronic)");
        record.push("SN", "ISBN 978-3-86680-192-9");
        record.push("SN", "none, 12, 1471-2105-9");
        let mut draft = Draft::default();
        record.copy_serials(&mut draft, &["SN"]);
        assert_eq!(draft.field(BibField::Issn), "1471-2105");
        assert_eq!(draft.field(BibField::Isbn), "978-3-86680-192-9");
    }

    #[test]
    fn a_range_of_pages_is_made_of_its_ends() {
        for (first, last, whole) in [
            ("1", "9", "1-9"),
            ("1", "", "1"),
            ("", "9", "9"),
            ("1-9", "9", "1-9"),
            ("5", "5", "5"),
        ] {
            assert_eq!(pages(first, last), whole);
        }
    }

    #[test]
    fn what_a_database_calls_a_record_is_no_key() {
        assert!(["Vaswani2017", "gershman2025keyvalue"].into_iter().all(looks_like_key));
        assert!(!["12345", "S0140673", "two words", ""].into_iter().any(looks_like_key));
    }

    #[test]
    fn a_record_beyond_all_measure_is_given_up() {
        let mut record = TaggedRecord::new(7, "TY");
        record.push("AB", &"x".repeat(MAX_LINE / 2));
        assert_eq!(record.fault(), None);
        record.continue_value("\n", &"x".repeat(MAX_LINE / 2));
        assert_eq!(record.fault().map(|it| it.line), Some(7));
    }
}
