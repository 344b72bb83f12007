//! Records in the layout of the arXiv snapshot, of which there are millions: read without the
//! detours that records of any layout need, to the same papers.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{people, unwrapped};
use crate::domain::{Draft, Fact, Kind, arxiv_id, arxiv_year, doi};
use crate::formats::date::Date;
use crate::formats::{Abstracts, authors, markup};

/// All that such a record may hold, but who submitted it and under which license.
#[derive(Default)]
struct Snapshot<'a> {
    id: Option<Text<'a>>,
    authors: Option<&'a RawValue>,
    title: Option<Text<'a>>,
    comments: Option<Text<'a>>,
    journal_ref: Option<Text<'a>>,
    doi: Option<Text<'a>>,
    report_no: Option<Text<'a>>,
    categories: Option<Text<'a>>,
    abstract_text: Option<&'a RawValue>,
    versions: Option<Vec<Version<'a>>>,
    update_date: Option<Text<'a>>,
    authors_parsed: Option<People>,
}

/// A text, borrowed unless it is written with escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version<'a> {
    #[serde(rename = "version")]
    _version: IgnoredAny,
    #[serde(borrow)]
    created: Text<'a>,
}

/// The draft of a record that is of the layout; nothing for others, and for broken ones.
pub(in crate::formats) fn draft(text: &str, abstracts: Abstracts) -> Option<Draft> {
    let record: Snapshot<'_> = serde_json::from_str(text).ok()?;
    let title = plain(record.title);
    if title.is_empty() {
        return None;
    }
    let is_of_arxiv = record.versions.is_some();
    let created = record.versions.iter().flatten().find_map(|it| Date::parse(&it.created.0));
    let date = created.or_else(|| Date::parse(&record.update_date?.0));
    let names = match record.authors_parsed {
        Some(People(names)) if !names.is_empty() => names,
        _ => {
            let text: Option<Text<'_>> = serde_json::from_str(record.authors?.get()).ok()?;
            text.map(|it| authors::split(&it.0)).unwrap_or_default()
        }
    };
    let (id, given) = (plain(record.id), plain(record.doi));
    let mut draft = Draft {
        title: title.into_owned(),
        authors: names.into_iter().map(name).collect(),
        abstract_text: abstract_text(record.abstract_text, abstracts)?,
        year: date.map(|it| it.year),
        categories: categories(&plain(record.categories)),
        venue: plain(record.journal_ref).into_owned(),
        arxiv: arxiv_id(&id).or_else(|| arxiv_id(&given)).unwrap_or_default(),
        doi: [given, id].iter().find_map(|it| own_doi(it)).unwrap_or_default(),
        urls: Vec::new(),
        kind: Kind::Unknown,
        facts: Vec::new(),
    };
    draft.year = draft.year.or_else(|| arxiv_year(&draft.arxiv));
    if let Some(date) = date {
        draft.add_fact(Fact::Date, date.to_string());
    }
    draft.add_fact(Fact::Comment, plain(record.comments));
    let report = if draft.venue.is_empty() { Fact::Number } else { Fact::Note };
    draft.add_fact(report, plain(record.report_no));
    if is_of_arxiv && draft.venue.is_empty() {
        draft.kind = Kind::Preprint;
    }
    Some(draft)
}

impl<'de: 'a, 'a> Deserialize<'de> for Snapshot<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SnapshotVisitor)
    }
}

struct SnapshotVisitor;

impl<'de> Visitor<'de> for SnapshotVisitor {
    type Value = Snapshot<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut it = Snapshot::default();
        while let Some(Text(name)) = map.next_key()? {
            match &*name {
                "id" => set(&mut it.id, map.next_value()?)?,
                "authors" => set(&mut it.authors, Some(map.next_value()?))?,
                "title" => set(&mut it.title, map.next_value()?)?,
                "comments" => set(&mut it.comments, map.next_value()?)?,
                "journal-ref" => set(&mut it.journal_ref, map.next_value()?)?,
                "doi" => set(&mut it.doi, map.next_value()?)?,
                "report-no" => set(&mut it.report_no, map.next_value()?)?,
                "categories" => set(&mut it.categories, map.next_value()?)?,
                "abstract" => set(&mut it.abstract_text, Some(map.next_value()?))?,
                "versions" => set(&mut it.versions, Some(map.next_value()?))?,
                "update_date" => set(&mut it.update_date, map.next_value()?)?,
                "authors_parsed" => set(&mut it.authors_parsed, Some(map.next_value()?))?,
                "submitter" | "license" => drop(map.next_value::<IgnoredAny>()?),
                _ => return Err(A::Error::custom("another layout")),
            }
        }
        Ok(it)
    }
}

/// Title and abstract of a record, as [`draft`] has them, if it is of the layout. What else it holds
/// is passed over.
pub(in crate::formats) fn title_and_abstract(text: &str) -> Option<(String, String)> {
    let Gist { title, abstract_text } = serde_json::from_str(text).ok()?;
    let title = plain(title);
    let abstract_text = abstract_text.map(|it| markup::plain(it.0.trim()).into_owned());
    (!title.is_empty()).then(|| (title.into_owned(), abstract_text.unwrap_or_default()))
}

/// What of a record is looked at for its abstract.
#[derive(Default)]
struct Gist<'a> {
    title: Option<Text<'a>>,
    abstract_text: Option<Text<'a>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Gist<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(GistVisitor)
    }
}

struct GistVisitor;

impl<'de> Visitor<'de> for GistVisitor {
    type Value = Gist<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut it = Gist::default();
        while let Some(Text(name)) = map.next_key()? {
            match &*name {
                "title" => set(&mut it.title, map.next_value()?)?,
                "abstract" => set(&mut it.abstract_text, map.next_value()?)?,
                name if OTHERS.contains(&name) => drop(map.next_value::<IgnoredAny>()?),
                _ => return Err(A::Error::custom("another layout")),
            }
        }
        Ok(it)
    }
}

/// The names beside those of title and abstract.
const OTHERS: [&str; 12] = [
    "id",
    "submitter",
    "authors",
    "comments",
    "journal-ref",
    "doi",
    "report-no",
    "categories",
    "license",
    "versions",
    "update_date",
    "authors_parsed",
];

/// A name that is there twice is for those who know which of the two is meant.
fn set<T, E: Error>(field: &mut Option<T>, value: Option<T>) -> Result<(), E> {
    let is_twice = field.is_some() && value.is_some();
    *field = value.or_else(|| field.take());
    if is_twice { Err(E::custom("a name that is there twice")) } else { Ok(()) }
}

/// The text on one line, without markup.
fn plain(text: Option<Text<'_>>) -> Cow<'_, str> {
    match text {
        None => Cow::Borrowed(""),
        Some(Text(Cow::Borrowed(text))) => unwrapped(markup::plain(text)),
        Some(Text(Cow::Owned(text))) => match markup::plain(&text) {
            Cow::Owned(plain) => unwrapped(Cow::Owned(plain)),
            Cow::Borrowed(_) => unwrapped(Cow::Owned(text)),
        },
    }
}

fn name(name: String) -> String {
    match markup::plain(&name) {
        Cow::Owned(plain) => plain,
        Cow::Borrowed(_) => name,
    }
}

fn abstract_text(raw: Option<&RawValue>, abstracts: Abstracts) -> Option<String> {
    let Some(raw) = raw else { return Some(String::new()) };
    match super::json::left(raw, abstracts)? {
        super::Loose::Text(text) => Some(markup::plain(text.trim()).into_owned()),
        _ => None,
    }
}

/// Every category once.
fn categories(text: &str) -> String {
    let mut distinct = String::with_capacity(text.len());
    for word in text.split([' ', ',', ';']).filter(|it| !it.is_empty()) {
        if !distinct.split(' ').any(|it| it == word) {
            if !distinct.is_empty() {
                distinct.push(' ');
            }
            distinct.push_str(word);
        }
    }
    distinct
}

fn own_doi(text: &str) -> Option<String> {
    doi(text).filter(|it| arxiv_id(it).is_none())
}

/// Names, each as a list of its parts.
struct People(Vec<String>);

impl<'de> Deserialize<'de> for People {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PeopleVisitor)
    }
}

struct PeopleVisitor;

impl<'de> Visitor<'de> for PeopleVisitor {
    type Value = People;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of names")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut people = Vec::with_capacity(4);
        while let Some(Person(name)) = seq.next_element()? {
            if !name.is_empty() {
                people.push(name);
            }
        }
        Ok(People(people))
    }
}

struct Person(String);

impl<'de> Deserialize<'de> for Person {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PersonVisitor)
    }
}

struct PersonVisitor;

impl<'de> Visitor<'de> for PersonVisitor {
    type Value = Person;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the parts of a name")
    }

    /// Family name, given names, suffix, and perhaps where they work.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut parts: [Option<Text<'de>>; 3] = [const { None }; 3];
        for part in &mut parts {
            *part = seq.next_element()?;
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        let [family, given, suffix] = parts.each_ref().map(|it| it.as_ref().map_or("", |it| &it.0));
        Ok(Person(people::joined(family, given, suffix)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::{Names, record::Record};

    fn text() -> impl Strategy<Value = String> {
        let pieces = vec![
            "a",
            "B",
            " ",
            "  ",
            "\\n  ",
            ".",
            ",",
            "&amp;",
            "<i>x</i>",
            "é",
            "$x$",
            "\\\"",
            "1",
            "-",
            "10.1000/",
            "arXiv:",
            "0704.0001",
            "hep-th/9901001",
            "v2",
            ";",
            " and ",
            "\\u00e9",
            "</",
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
            for abstracts in [Abstracts::Read, Abstracts::Left] {
                if let Some(draft) = draft(&text, abstracts) {
                    let gist = title_and_abstract(&text);
                    if abstracts == Abstracts::Read {
                        prop_assert_eq!(gist, Some((draft.title.clone(), draft.abstract_text.clone())));
                    }
                    let record = Record::of_json(&text, &Names::default(), abstracts).unwrap();
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
        let read = |text: &str| draft(text, Abstracts::Read);
        assert_eq!(read(text).unwrap().authors, ["A, B"]);
        assert!(read(&text.replace("\"license\"", "\"licence\"")).is_none());
        assert!(read(&text.replace("\"T\"", "[\"T\"]")).is_none());
        assert!(read(&text.replace("\"T\"", "\"\"")).is_none());
        assert_eq!(title_and_abstract(text), Some(("T".to_owned(), "One.".to_owned())));
        assert!(title_and_abstract(&text.replace("\"license\"", "\"subtitle\"")).is_none());
        assert!(title_and_abstract(&text.replace("\"T\"", "\"\"")).is_none());
    }
}
