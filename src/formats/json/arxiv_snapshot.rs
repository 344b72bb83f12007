//! Fast path for records in the layout of the arXiv snapshot, of which there are millions. It
//! yields the same drafts as the general path in `formats::record`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write;
use std::ops::Range;

use super::fast_scanner::{JsonCursor, RawString};
use crate::domain::{
    BibField, BorrowedDraft, PaperKind, arxiv_id, arxiv_id_in, arxiv_version, arxiv_year, doi_in,
    find_doi,
};
use crate::formats::defect::AbstractMode;
use crate::formats::record::lenient::LenientValue;
use crate::formats::record::text::join_wrapped_lines;
use crate::formats::record::{authors, json};
use crate::formats::values::date::Date;
use crate::formats::values::{author_list, markup};
use crate::text::{find_in_cow, map_cow};

/// The members of a snapshot record, except submitter and license.
#[derive(Default)]
struct SnapshotRecord<'a> {
    id: Option<RawString<'a>>,
    authors: Option<RawString<'a>>,
    title: Option<RawString<'a>>,
    comments: Option<RawString<'a>>,
    journal_ref: Option<RawString<'a>>,
    doi: Option<RawString<'a>>,
    report_no: Option<RawString<'a>>,
    categories: Option<RawString<'a>>,
    abstract_text: Option<RawString<'a>>,
    versions: Option<CreatedDate>,
    update_date: Option<RawString<'a>>,
    authors_parsed: Option<()>,
}

/// Buffers for the parts of a draft that are not a slice of the record. Reused for every record.
#[derive(Default)]
pub struct SnapshotScratch {
    text: String,
    /// The byte ranges of authors' names in `text`.
    names: Vec<Range<usize>>,
}

/// The first valid date of the versions, if any.
#[derive(Default)]
struct CreatedDate(Option<Date>);

/// Returns the draft of a record in this layout. Returns `None` for any other or broken record,
/// which the general path then reads.
pub fn draft<'a>(
    text: &'a str,
    abstracts: AbstractMode,
    scratch: &'a mut SnapshotScratch,
) -> Option<BorrowedDraft<'a>> {
    let record = SnapshotRecord::parse(text, scratch)?;
    let title = plain(record.title)?;
    if title.is_empty() {
        return None;
    }
    let is_of_arxiv = record.versions.is_some();
    let updated = record.update_date.and_then(|it| Date::parse(&it.unescape()?));
    let date = match record.versions {
        Some(CreatedDate(Some(date))) => Some(date),
        _ => updated,
    };
    let (date_text, updated_text, names) =
        scratch.write_dates(date, updated.filter(|it| Some(*it) != date));
    let authors: Vec<_> = if names.len() == 0 {
        let split = |it: RawString<'_>| Some(author_list::split(&it.unescape()?));
        record.authors.map_or(Some(Vec::new()), split)?.into_iter().map(Cow::Owned).collect()
    } else {
        names.collect()
    };
    let (id, doi) = (identifier(record.id)?, identifier(record.doi)?);
    if arxiv_version(&id).is_some() {
        return None;
    }
    let mut draft = BorrowedDraft {
        title,
        authors: authors.into_iter().map(|it| map_cow(it, markup::strip_markup)).collect(),
        abstract_text: abstract_text(record.abstract_text, abstracts)?,
        year: date.map(|it| it.year),
        categories: map_cow(plain(record.categories)?, categories),
        venue: plain(record.journal_ref)?,
        arxiv: [&id, &doi]
            .into_iter()
            .find_map(|it| find_in_cow(it, arxiv_id_in))
            .unwrap_or_default(),
        doi: [&doi, &id]
            .into_iter()
            .find_map(own_doi)
            .or_else(|| find_doi(&doi, |it| arxiv_id(it).is_none()).map(Cow::Owned))
            .unwrap_or_default(),
        ..BorrowedDraft::default()
    };
    draft.year = draft.year.or_else(|| arxiv_year(&draft.arxiv));
    draft.add_field(BibField::Date, date_text);
    draft.add_field(BibField::Comment, plain(record.comments)?);
    let report = if draft.venue.is_empty() { BibField::Number } else { BibField::Note };
    draft.add_field(report, plain(record.report_no)?);
    draft.add_field(BibField::Updated, updated_text);
    if is_of_arxiv && draft.venue.is_empty() {
        draft.kind = PaperKind::Preprint;
    }
    Some(draft)
}

impl SnapshotScratch {
    fn clear(&mut self) {
        self.text.clear();
        self.names.clear();
    }

    /// Writes two dates to the buffer. Returns them as text, with the names.
    fn write_dates(
        &mut self,
        date: Option<Date>,
        updated: Option<Date>,
    ) -> (Cow<'_, str>, Cow<'_, str>, impl ExactSizeIterator<Item = Cow<'_, str>>) {
        let start = self.text.len();
        // Writing to a `String` cannot fail.
        let _ = date.map(|it| write!(self.text, "{it}"));
        let end = self.text.len();
        let _ = updated.map(|it| write!(self.text, "{it}"));
        let text = &self.text;
        let names = self.names.iter().map(|it| Cow::Borrowed(&text[it.clone()]));
        (Cow::Borrowed(&text[start..end]), Cow::Borrowed(&text[end..]), names)
    }
}

impl<'a> SnapshotRecord<'a> {
    fn parse(text: &'a str, scratch: &mut SnapshotScratch) -> Option<Self> {
        let (mut record, mut steps) = (Self::default(), JsonCursor::new(text)?);
        scratch.clear();
        steps.object(|it, name| match name {
            "id" => set_once(&mut record.id, it.text()?.non_null()),
            "authors" => set_once(&mut record.authors, it.text()?.non_null()),
            "title" => set_once(&mut record.title, it.text()?.non_null()),
            "comments" => set_once(&mut record.comments, it.text()?.non_null()),
            "journal-ref" => set_once(&mut record.journal_ref, it.text()?.non_null()),
            "doi" => set_once(&mut record.doi, it.text()?.non_null()),
            "report-no" => set_once(&mut record.report_no, it.text()?.non_null()),
            "categories" => set_once(&mut record.categories, it.text()?.non_null()),
            "abstract" => set_once(&mut record.abstract_text, it.text()?.non_null()),
            "versions" => set_once(&mut record.versions, Some(parse_created(it)?)),
            "update_date" => set_once(&mut record.update_date, it.text()?.non_null()),
            "authors_parsed" => {
                set_once(&mut record.authors_parsed, Some(parse_authors(it, scratch)?))
            }
            "submitter" | "license" => it.text().map(drop),
            _ => None,
        })?;
        steps.is_at_end().then_some(record)
    }
}

/// Returns the title and abstract of a record in this layout, the same as [`draft`] does. All other
/// members are skipped.
pub fn title_and_abstract(text: &str) -> Option<(String, String)> {
    let (mut title, mut abstract_text, mut steps) = (None, None, JsonCursor::new(text)?);
    steps.object(|it, name| match name {
        "title" => set_once(&mut title, it.text()?.non_null()),
        "abstract" => set_once(&mut abstract_text, it.text()?.non_null()),
        // Versions are a list of objects, and authors a list of lists.
        name if OTHER_MEMBERS.contains(&name) => it.skip(2),
        _ => None,
    })?;
    let title = plain(title).filter(|it| !it.is_empty() && steps.is_at_end())?;
    let abstract_text = match abstract_text {
        Some(text) => markup::strip_markup(text.unescape()?.trim()).into_owned(),
        None => String::new(),
    };
    Some((title.into_owned(), abstract_text))
}

/// The members other than title and abstract.
const OTHER_MEMBERS: [&str; 12] = [
    "id", "submitter", "authors", "comments", "journal-ref", "doi", "report-no", "categories",
    "license", "versions", "update_date", "authors_parsed",
];

/// Sets a field. Fails if it is already set: the general path decides between duplicate members.
fn set_once<T>(field: &mut Option<T>, value: Option<T>) -> Option<()> {
    let is_twice = field.is_some() && value.is_some();
    *field = value.or_else(|| field.take());
    (!is_twice).then_some(())
}

/// Returns the text on one line, without markup.
fn plain(text: Option<RawString<'_>>) -> Option<Cow<'_, str>> {
    let Some(text) = text else { return Some(Cow::default()) };
    Some(join_wrapped_lines(map_cow(text.unescape()?, markup::strip_markup)))
}

/// Returns the text on one line, without entities.
fn identifier(text: Option<RawString<'_>>) -> Option<Cow<'_, str>> {
    let Some(text) = text else { return Some(Cow::default()) };
    Some(join_wrapped_lines(map_cow(text.unescape()?, markup::decode_entities)))
}

fn abstract_text(quoted: Option<RawString<'_>>, abstracts: AbstractMode) -> Option<Cow<'_, str>> {
    let Some(quoted) = quoted else { return Some(Cow::default()) };
    match json::unread_abstract(quoted.raw(), abstracts)? {
        LenientValue::Text(text) => Some(map_cow(text, |it| markup::strip_markup(it.trim()))),
        _ => None,
    }
}

/// Returns the categories separated by spaces, each once.
fn categories(text: &str) -> Cow<'_, str> {
    const MAX_LINEAR_CATEGORIES: usize = 8;
    if memchr::memchr3(b' ', b',', b';', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let words = || text.split([' ', ',', ';']).filter(|it| !it.is_empty());
    let is_first = |(at, word): (usize, &str)| !words().take(at).any(|it| it == word);
    let is_plain = memchr::memchr2(b',', b';', text.as_bytes()).is_none();
    if is_plain && words().nth(MAX_LINEAR_CATEGORIES).is_none() && words().enumerate().all(is_first)
    {
        return Cow::Borrowed(text);
    }
    let mut distinct = HashSet::new();
    Cow::Owned(words().filter(|it| distinct.insert(*it)).collect::<Vec<_>>().join(" "))
}

fn own_doi<'a>(text: &Cow<'a, str>) -> Option<Cow<'a, str>> {
    find_in_cow(text, doi_in).filter(|it| arxiv_id(it).is_none())
}

fn parse_created(steps: &mut JsonCursor<'_>) -> Option<CreatedDate> {
    let mut date = None;
    steps.list(|cursor| {
        let mut created = None;
        cursor.object(|cursor, name| match name {
            "version" => cursor.text().map(drop),
            "created" => set_once(&mut created, Some(cursor.text()?.non_null()?)),
            _ => None,
        })?;
        let created = created?.unescape()?;
        date = date.or_else(|| Date::parse(&created));
        Some(())
    })?;
    Some(CreatedDate(date))
}

/// Parses names, each a list of family name, given names, suffix, and possibly affiliations.
fn parse_authors(steps: &mut JsonCursor<'_>, scratch: &mut SnapshotScratch) -> Option<()> {
    steps.list(|cursor| {
        let (mut parts, mut count) = ([const { Cow::Borrowed("") }; 3], 0);
        cursor.list(|cursor| {
            let part = cursor.text()?.non_null();
            if let (Some(slot), Some(part)) = (parts.get_mut(count), part) {
                *slot = part.unescape()?;
            }
            count += 1;
            Some(())
        })?;
        let start = scratch.text.len();
        authors::push_name(parts.each_ref().map(|part| &**part), &mut scratch.text);
        let name = start..scratch.text.len();
        if !name.is_empty() {
            // A name in one part can have any form, which only the general path splits.
            scratch.text[name.clone()].find(',')?;
            scratch.names.push(name);
        }
        Some(())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Draft;
    use crate::formats::record::field_names::FieldNames;
    use crate::formats::record::field_record::Record;

    fn text() -> impl Strategy<Value = String> {
        let pieces = vec![
            "a", "B", " ", "  ", "\\n  ", ".", ",", "&amp;", "<i>x</i>", "é", "$x$", "\\\"", "1",
            "-", "10.1000/", "arXiv:", "0704.0001", "hep-th/9901001", "v2", ";", " and ",
            "\\u00e9", "</",
        ];
        prop::collection::vec(prop::sample::select(pieces), 0..6).prop_map(|it| it.concat())
    }

    fn field() -> impl Strategy<Value = String> {
        prop_oneof![4 => text().prop_map(|it| format!("\"{it}\"")), 1 => Just("null".to_owned())]
    }

    fn dates() -> impl Strategy<Value = String> {
        let dates = vec!["Mon, 2 Apr 2007 19:18:42 GMT", "soon", "2008-11-26", "31 Feb 1999", ""];
        prop::sample::select(dates).prop_map(str::to_owned)
    }

    prop_compose! {
        fn record()(
            [id, authors, title, comments, journal] in [field(), field(), field(), field(), field()],
            [doi, report, categories, abstract_text] in [field(), field(), field(), field()],
            versions in prop::collection::vec(dates(), 0..3),
            updated in dates(),
            people in prop::collection::vec(prop::collection::vec(text(), 0..5), 0..4),
        ) -> String {
            let version = |it: &String| format!("{{\"version\":\"v1\",\"created\":\"{it}\"}}");
            let versions = versions.iter().map(version).collect::<Vec<_>>().join(",");
            let person = |it: &Vec<String>| {
                format!("[{}]", it.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(","))
            };
            let people = people.iter().map(person).collect::<Vec<_>>().join(",");
            format!(
                "{{\"id\":{id},\"submitter\":null,\"authors\":{authors},\"title\":{title},\
                 \"comments\":{comments},\"journal-ref\":{journal},\"doi\":{doi},\
                 \"report-no\":{report},\"categories\":{categories},\"license\":null,\
                 \"abstract\":{abstract_text},\"versions\":[{versions}],\
                 \"update_date\":\"{updated}\",\"authors_parsed\":[{people}]}}"
            )
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn a_record_of_the_layout_is_read_as_any_record_is(text in record()) {
            for abstracts in [AbstractMode::Read, AbstractMode::Skip] {
                if let Some(draft) = draft(&text, abstracts, &mut SnapshotScratch::default()) {
                    let draft = Draft::from(draft);
                    let parsed = title_and_abstract(&text);
                    if abstracts == AbstractMode::Read {
                        prop_assert_eq!(parsed, Some((draft.title.clone(), draft.abstract_text.clone())));
                    }
                    let record = Record::from_json(&text, &FieldNames::default(), abstracts).unwrap();
                    prop_assert_eq!(Some(draft), record.into_draft().unwrap());
                }
            }
        }
    }

    #[test]
    fn what_is_not_of_the_layout_is_left_to_others() {
        let text = "{\"id\":\"0704.0001\",\"submitter\":\"A\",\"authors\":\"A\",\"title\":\"T\",\
            \"comments\":null,\"journal-ref\":null,\"doi\":null,\"report-no\":null,\
            \"categories\":\"a b\",\"license\":null,\"abstract\":\" One.\\n\",\"versions\":[],\
            \"update_date\":\"2008-11-26\",\"authors_parsed\":[[\"A\",\"B\",\"\"]]}";
        let read = |text: &str| {
            draft(text, AbstractMode::Read, &mut SnapshotScratch::default()).map(Draft::from)
        };
        assert_eq!(read(text).unwrap().authors, ["A, B"]);
        assert!(read(&text.replace("\"license\"", "\"licence\"")).is_none());
        assert!(read(&text.replace("\"T\"", "[\"T\"]")).is_none());
        assert!(read(&text.replace("\"T\"", "\"\"")).is_none());
        assert_eq!(title_and_abstract(text), Some(("T".to_owned(), "One.".to_owned())));
        assert!(title_and_abstract(&text.replace("\"license\"", "\"subtitle\"")).is_none());
        assert!(title_and_abstract(&text.replace("\"T\"", "\"\"")).is_none());
    }
}
