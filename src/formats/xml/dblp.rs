//! DBLP in XML: its dump, and the pages of persons and of tables of contents.

use std::io::{self, BufRead};

use super::element::Element;
use super::reader::{self, Found};
use super::text;
use crate::domain::{AUTHOR_SEPARATOR, Draft, Fact, Kind, arxiv_id, repeats_identifier};
use crate::formats::defect::Each;
use crate::formats::values::date::date;

/// The elements that are publications. Persons (`www`, `person`) are none.
const RECORDS: [&str; 8] = [
    "article",
    "book",
    "data",
    "incollection",
    "inproceedings",
    "mastersthesis",
    "phdthesis",
    "proceedings",
];
/// Where a record can be seen by its key.
const SITE: &str = "https://dblp.org/rec/";
/// The journal that stands for arXiv.
const ARXIV: &str = "CoRR";

pub fn is_it(head: &str) -> bool {
    matches!(reader::root(head).as_deref(), Some("dblp" | "dblpperson" | "bht"))
}

pub fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    reader::records(input, &["dblp"], &RECORDS, &mut |_, record| paper(&record), each)
}

fn paper(record: &Element) -> Found {
    let mut draft = Draft { kind: kind(record), ..Draft::default() };
    text::without_dot(&record.text_at("title")).clone_into(&mut draft.title);
    draft.authors = names(record, "author");
    let volume = record.text_at("volume");
    let venues = ["journal", "booktitle", "school", "series"].map(|it| record.text_at(it));
    draft.venue = venues.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    let links = record.texts("ee");
    let in_volume = volume.strip_prefix("abs/").and_then(arxiv_id);
    draft.arxiv = links.iter().find_map(|it| arxiv_id(it)).or(in_volume).unwrap_or_default();
    draft.doi = links.iter().find_map(|it| text::own_doi(it)).unwrap_or_default();
    let is_other = |it: &String| !repeats_identifier(it, &draft.arxiv, &draft.doi);
    draft.urls = links.into_iter().filter(is_other).collect();
    let key = record.attribute("key");
    if draft.urls.is_empty() && draft.doi.is_empty() && draft.arxiv.is_empty() && !key.is_empty() {
        draft.urls.push(format!("{SITE}{key}"));
    }
    let date = date(&format!("{} {}", record.text_at("month"), record.text_at("year")));
    if let Some((year, date)) = date {
        draft.year = Some(year);
        draft.add_fact(Fact::Date, date);
    }
    if draft.kind == Kind::Preprint && draft.venue == ARXIV {
        draft.venue.clear();
    } else {
        draft.add_fact(Fact::Volume, volume);
    }
    let genre = match record.name() {
        "phdthesis" => "PhD thesis",
        "mastersthesis" => "Master's thesis",
        _ => "",
    };
    draft.add_fact(Fact::Genre, genre);
    draft.add_fact(Fact::Updated, record.attribute("mdate"));
    draft.add_fact(Fact::Editors, names(record, "editor").join(AUTHOR_SEPARATOR));
    for (fact, name) in [
        (Fact::Number, "number"),
        (Fact::Pages, "pages"),
        (Fact::Publisher, "publisher"),
        (Fact::Place, "address"),
        (Fact::Series, "series"),
        (Fact::Institution, "school"),
        (Fact::Isbn, "isbn"),
        (Fact::Note, "note"),
    ] {
        draft.add_fact(fact, record.text_at(name));
    }
    reader::finish(draft)
}

fn kind(record: &Element) -> Kind {
    match (record.name(), record.attribute("publtype")) {
        (_, "software") => Kind::Software,
        ("data", _) | (_, "data") => Kind::Dataset,
        ("article", _) if record.text_at("journal") == ARXIV => Kind::Preprint,
        ("article", _) => Kind::Article,
        ("inproceedings", _) => Kind::Conference,
        ("incollection", "encyclopedia") => Kind::Entry,
        ("incollection", _) => Kind::Chapter,
        ("mastersthesis" | "phdthesis", _) => Kind::Thesis,
        ("proceedings", _) => Kind::Proceedings,
        _ => Kind::Book,
    }
}

/// Names without the numbers that tell namesakes apart: `Wei Wang 0001`.
fn names(record: &Element, role: &str) -> Vec<String> {
    let name = |text: String| match text.rsplit_once(' ') {
        Some((name, number))
            if number.len() == 4 && number.bytes().all(|it| it.is_ascii_digit()) =>
        {
            name.to_owned()
        }
        _ => text,
    };
    record.texts(role).into_iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::testing::{drafts, read_all};

    #[test]
    fn a_dump_gives_papers_and_no_persons() {
        let dump = r#"<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp>
            <www key="homepages/w/W"><author>Wei Wang 0001</author><title>Home Page</title></www>
            <article mdate="2020-01-01" key="journals/a/W"><author orcid="0">Wei Wang 0001</author><author>J&uuml;rgen M&#252;ller</author>
            <title>On H<sub>2</sub>O &amp; <i>x</i>&hellip; Really.</title><journal>J. A</journal><volume>3</volume><number>4</number>
            <pages>1-9</pages><year>2019</year><month>May</month><ee>https://doi.org/10.1000/A</ee><url>db/a.html</url></article>
            <article key="journals/corr/abs-2501-00001" publtype="informal"><author>A</author><title>What?</title><journal>CoRR</journal>
            <volume>abs/2501.00001</volume><year>2025</year></article></dblp>"#;
        let papers = drafts(read, dump);
        assert_eq!(papers.len(), 2);
        assert_eq!(papers[0].title, "On H₂O & x… Really");
        assert_eq!(papers[0].authors, ["Wei Wang", "Jürgen Müller"]);
        assert_eq!((papers[0].doi.as_str(), papers[0].kind), ("10.1000/a", Kind::Article));
        let facts = [Fact::Date, Fact::Volume, Fact::Number, Fact::Pages];
        assert_eq!(facts.map(|it| papers[0].fact(it)), ["2019-05", "3", "4", "1-9"]);
        assert_eq!((papers[1].arxiv.as_str(), papers[1].kind), ("2501.00001", Kind::Preprint));
        assert_eq!((papers[1].title.as_str(), papers[1].venue.as_str()), ("What?", ""));
    }

    #[test]
    fn latin_1_is_read_as_it_is_declared() {
        let dump = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><dblp><phdthesis key=\"p/M\"><author>J\xfcrgen</author>
            <title>\xc4rger.</title><school>ETH</school><year>1999</year></phdthesis></dblp>";
        let (papers, reasons) = read_all(read, dump);
        assert_eq!(reasons, Vec::<String>::new());
        assert_eq!((papers[0].title.as_str(), papers[0].authors[0].as_str()), ("Ärger", "Jürgen"));
        assert_eq!(papers[0].urls, ["https://dblp.org/rec/p/M"]);
        assert_eq!(papers[0].fact(Fact::Institution), "ETH");
    }
}
