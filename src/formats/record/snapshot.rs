//! Records in the layout of the arXiv snapshot, of which there are millions: read without the
//! detours that records of any layout need, to the same papers.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::date::Date;
use super::{people, unwrapped};
use crate::domain::{Draft, Fact, Kind, arxiv_id, doi};
use crate::formats::{Abstracts, authors, markup};

/// All that such a record may hold. What holds anything else is not of the layout.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Snapshot<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(rename = "submitter")]
    _submitter: IgnoredAny,
    #[serde(borrow)]
    authors: Text<'a>,
    #[serde(borrow)]
    title: Text<'a>,
    #[serde(borrow)]
    comments: Option<Text<'a>>,
    #[serde(borrow, rename = "journal-ref")]
    journal_ref: Option<Text<'a>>,
    #[serde(borrow)]
    doi: Option<Text<'a>>,
    #[serde(borrow, rename = "report-no")]
    report_no: Option<Text<'a>>,
    #[serde(borrow)]
    categories: Text<'a>,
    #[serde(rename = "license")]
    _license: IgnoredAny,
    #[serde(borrow, rename = "abstract")]
    abstract_text: &'a RawValue,
    #[serde(borrow)]
    versions: Vec<Version<'a>>,
    #[serde(borrow)]
    update_date: Text<'a>,
    authors_parsed: People,
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
    let title = record.title.plain();
    if title.is_empty() {
        return None;
    }
    let created = record.versions.iter().find_map(|it| Date::parse(&it.created.0));
    let date = created.or_else(|| Date::parse(&record.update_date.0));
    let names = match record.authors_parsed.0 {
        names if names.is_empty() => authors::split(&record.authors.0),
        names => names,
    };
    let (id, given) = (record.id.plain(), plain(record.doi.as_ref()));
    let mut draft = Draft {
        title,
        authors: names.into_iter().map(|it| markup::plain(&it).into_owned()).collect(),
        abstract_text: abstract_text(record.abstract_text, abstracts)?,
        year: date.map(|it| it.year),
        categories: categories(&record.categories.plain()),
        venue: plain(record.journal_ref.as_ref()),
        arxiv: arxiv_id(&id).or_else(|| arxiv_id(&given)).unwrap_or_default(),
        doi: [given, id].iter().find_map(|it| own_doi(it)).unwrap_or_default(),
        urls: Vec::new(),
        kind: Kind::Unknown,
        facts: Vec::new(),
    };
    if let Some(date) = date {
        draft.add_fact(Fact::Date, date.text());
    }
    draft.add_fact(Fact::Comment, plain(record.comments.as_ref()));
    let report = plain(record.report_no.as_ref());
    draft.add_fact(if draft.venue.is_empty() { Fact::Number } else { Fact::Note }, report);
    if draft.venue.is_empty() {
        draft.kind = Kind::Preprint;
    }
    Some(draft)
}

impl Text<'_> {
    fn plain(&self) -> String {
        unwrapped(&markup::plain(&self.0))
    }
}

fn plain(text: Option<&Text<'_>>) -> String {
    text.map(Text::plain).unwrap_or_default()
}

fn abstract_text(raw: &RawValue, abstracts: Abstracts) -> Option<String> {
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
    }
}
