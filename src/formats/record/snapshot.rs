//! Records in the layout of the arXiv snapshot, of which there are millions: read without the
//! detours that records of any layout need, to the same papers.

use std::borrow::Cow;

use super::steps::{Quoted, Steps};
use super::{people, unwrapped};
use crate::domain::{Draft, Fact, Kind, arxiv_id, arxiv_year, doi};
use crate::formats::date::Date;
use crate::formats::{Abstracts, authors, markup};

/// All that such a record may hold, but who submitted it and under which license.
#[derive(Default)]
struct Snapshot<'a> {
    id: Option<Quoted<'a>>,
    authors: Option<Quoted<'a>>,
    title: Option<Quoted<'a>>,
    comments: Option<Quoted<'a>>,
    journal_ref: Option<Quoted<'a>>,
    doi: Option<Quoted<'a>>,
    report_no: Option<Quoted<'a>>,
    categories: Option<Quoted<'a>>,
    abstract_text: Option<Quoted<'a>>,
    versions: Option<Created>,
    update_date: Option<Quoted<'a>>,
    authors_parsed: Option<Vec<String>>,
}

/// The first date at which a version was made, if one tells.
#[derive(Default)]
struct Created(Option<Date>);

/// The draft of a record that is of the layout; nothing for others, and for broken ones.
pub(in crate::formats) fn draft(text: &str, abstracts: Abstracts) -> Option<Draft> {
    let record = Snapshot::of(text)?;
    let title = plain(record.title)?;
    if title.is_empty() {
        return None;
    }
    let is_of_arxiv = record.versions.is_some();
    let date = match record.versions {
        Some(Created(Some(date))) => Some(date),
        _ => record.update_date.and_then(|it| Date::parse(&it.text()?)),
    };
    let names = match record.authors_parsed {
        Some(names) if !names.is_empty() => names,
        _ => record.authors.map_or(Some(Vec::new()), |it| Some(authors::split(&it.text()?)))?,
    };
    let (id, given) = (plain(record.id)?, plain(record.doi)?);
    let mut draft = Draft {
        title: title.into_owned(),
        authors: names.into_iter().map(name).collect(),
        abstract_text: abstract_text(record.abstract_text, abstracts)?,
        year: date.map(|it| it.year),
        categories: categories(&plain(record.categories)?),
        venue: plain(record.journal_ref)?.into_owned(),
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
    draft.add_fact(Fact::Comment, plain(record.comments)?);
    let report = if draft.venue.is_empty() { Fact::Number } else { Fact::Note };
    draft.add_fact(report, plain(record.report_no)?);
    if is_of_arxiv && draft.venue.is_empty() {
        draft.kind = Kind::Preprint;
    }
    Some(draft)
}

impl<'a> Snapshot<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (mut record, mut steps) = (Self::default(), Steps::over(text)?);
        steps.object(|it, name| match name {
            "id" => set(&mut record.id, it.text()?.said()),
            "authors" => set(&mut record.authors, it.text()?.said()),
            "title" => set(&mut record.title, it.text()?.said()),
            "comments" => set(&mut record.comments, it.text()?.said()),
            "journal-ref" => set(&mut record.journal_ref, it.text()?.said()),
            "doi" => set(&mut record.doi, it.text()?.said()),
            "report-no" => set(&mut record.report_no, it.text()?.said()),
            "categories" => set(&mut record.categories, it.text()?.said()),
            "abstract" => set(&mut record.abstract_text, it.text()?.said()),
            "versions" => set(&mut record.versions, Some(created(it)?)),
            "update_date" => set(&mut record.update_date, it.text()?.said()),
            "authors_parsed" => set(&mut record.authors_parsed, Some(people(it)?)),
            "submitter" | "license" => it.text().map(drop),
            _ => None,
        })?;
        steps.is_at_end().then_some(record)
    }
}

/// Title and abstract of a record, as [`draft`] has them, if it is of the layout. What else it holds
/// is passed over.
pub(in crate::formats) fn title_and_abstract(text: &str) -> Option<(String, String)> {
    let (mut title, mut abstract_text, mut steps) = (None, None, Steps::over(text)?);
    steps.object(|it, name| match name {
        "title" => set(&mut title, it.text()?.said()),
        "abstract" => set(&mut abstract_text, it.text()?.said()),
        // Versions are a list of objects, and authors one of lists.
        name if OTHERS.contains(&name) => it.skip(2),
        _ => None,
    })?;
    let title = plain(title).filter(|it| !it.is_empty() && steps.is_at_end())?;
    let abstract_text = match abstract_text {
        Some(it) => markup::plain(it.text()?.trim()).into_owned(),
        None => String::new(),
    };
    Some((title.into_owned(), abstract_text))
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
fn set<T>(field: &mut Option<T>, value: Option<T>) -> Option<()> {
    let is_twice = field.is_some() && value.is_some();
    *field = value.or_else(|| field.take());
    (!is_twice).then_some(())
}

/// The text on one line, without markup.
fn plain(text: Option<Quoted<'_>>) -> Option<Cow<'_, str>> {
    let Some(text) = text else { return Some(Cow::Borrowed("")) };
    Some(match text.text()? {
        Cow::Borrowed(text) => unwrapped(markup::plain(text)),
        Cow::Owned(text) => match markup::plain(&text) {
            Cow::Owned(plain) => unwrapped(Cow::Owned(plain)),
            Cow::Borrowed(_) => unwrapped(Cow::Owned(text)),
        },
    })
}

fn name(name: String) -> String {
    match markup::plain(&name) {
        Cow::Owned(plain) => plain,
        Cow::Borrowed(_) => name,
    }
}

fn abstract_text(quoted: Option<Quoted<'_>>, abstracts: Abstracts) -> Option<String> {
    let Some(quoted) = quoted else { return Some(String::new()) };
    match super::json::left(quoted.raw(), abstracts)? {
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

fn created(steps: &mut Steps<'_>) -> Option<Created> {
    let mut date = None;
    steps.list(|it| {
        let mut created = None;
        it.object(|it, name| match name {
            "version" => it.text().map(drop),
            "created" => set(&mut created, Some(it.text()?.said()?)),
            _ => None,
        })?;
        let created = created?.text()?;
        date = date.or_else(|| Date::parse(&created));
        Some(())
    })?;
    Some(Created(date))
}

/// Names, each as a list of its parts: family name, given names, suffix, and perhaps where they
/// work.
fn people(steps: &mut Steps<'_>) -> Option<Vec<String>> {
    let mut names = Vec::with_capacity(4);
    steps.list(|it| {
        let (mut parts, mut count) = ([const { Cow::Borrowed("") }; 3], 0);
        it.list(|it| {
            let part = it.text()?.said();
            if let (Some(slot), Some(part)) = (parts.get_mut(count), part) {
                *slot = part.text()?;
            }
            count += 1;
            Some(())
        })?;
        let [family, given, suffix] = &parts;
        let name = people::joined(family, given, suffix);
        if !name.is_empty() {
            names.push(name);
        }
        Some(())
    })?;
    Some(names)
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
