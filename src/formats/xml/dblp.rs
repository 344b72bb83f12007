//! Reads the XML of DBLP: its dump, and the pages of persons and of tables of contents.

use std::io::{self, BufRead};

use super::element::Element;
use super::reader::{self, RecordResult};
use super::text;
use crate::domain::{AUTHOR_SEPARATOR, BibField, Draft, PaperKind, arxiv_id, repeats_identifier};
use crate::formats::defect::DraftSink;
use crate::formats::values::date::parse_date;

/// The elements of publications. Those of persons (`www`, `person`) are skipped.
const RECORD_ELEMENTS: [&str; 8] = [
    "article", "book", "data", "incollection", "inproceedings", "mastersthesis", "phdthesis",
    "proceedings",
];
/// The prefix of a record's URL, followed by its key.
const RECORD_URL_PREFIX: &str = "https://dblp.org/rec/";
/// The journal that DBLP uses for arXiv.
const ARXIV_JOURNAL: &str = "CoRR";

pub fn matches_head(head: &str) -> bool {
    matches!(reader::root_element(head).as_deref(), Some("dblp" | "dblpperson" | "bht"))
}

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    reader::read_records(input, &["dblp"], &RECORD_ELEMENTS, &mut |_, record| paper(&record), sink)
}

fn paper(record: &Element) -> RecordResult {
    let mut draft = Draft { kind: kind(record), ..Draft::default() };
    text::strip_final_dot(&record.text_at("title")).clone_into(&mut draft.title);
    draft.authors = names(record, "author");
    let volume = record.text_at("volume");
    let venues = ["journal", "booktitle", "school", "series"].map(|it| record.text_at(it));
    draft.venue = venues.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    let links = record.texts("ee");
    let in_volume = volume.strip_prefix("abs/").and_then(arxiv_id);
    draft.arxiv = links.iter().find_map(|it| arxiv_id(it)).or(in_volume).unwrap_or_default();
    draft.doi = links.iter().find_map(|it| text::own_doi(it)).unwrap_or_default();
    let is_new_url = |it: &String| !repeats_identifier(it, &draft.arxiv, &draft.doi);
    draft.urls = links.into_iter().filter(is_new_url).collect();
    let key = record.attribute("key");
    if draft.urls.is_empty() && draft.doi.is_empty() && draft.arxiv.is_empty() && !key.is_empty() {
        draft.urls.push(format!("{RECORD_URL_PREFIX}{key}"));
    }
    let date = parse_date(&format!("{} {}", record.text_at("month"), record.text_at("year")));
    if let Some((year, date)) = date {
        draft.year = Some(year);
        draft.add_field(BibField::Date, date);
    }
    if draft.kind == PaperKind::Preprint && draft.venue == ARXIV_JOURNAL {
        draft.venue.clear();
    } else {
        draft.add_field(BibField::Volume, volume);
    }
    let genre = match record.name() {
        "phdthesis" => "PhD thesis",
        "mastersthesis" => "Master's thesis",
        _ => "",
    };
    draft.add_field(BibField::Genre, genre);
    draft.add_field(BibField::Updated, record.attribute("mdate"));
    draft.add_field(BibField::Editors, names(record, "editor").join(AUTHOR_SEPARATOR));
    for (field, name) in [
        (BibField::Number, "number"),
        (BibField::Pages, "pages"),
        (BibField::Publisher, "publisher"),
        (BibField::Place, "address"),
        (BibField::Series, "series"),
        (BibField::Institution, "school"),
        (BibField::Isbn, "isbn"),
        (BibField::Note, "note"),
    ] {
        draft.add_field(field, record.text_at(name));
    }
    reader::finish_draft(draft)
}

fn kind(record: &Element) -> PaperKind {
    match (record.name(), record.attribute("publtype")) {
        (_, "software") => PaperKind::Software,
        ("data", _) | (_, "data") => PaperKind::Dataset,
        ("article", _) if record.text_at("journal") == ARXIV_JOURNAL => PaperKind::Preprint,
        ("article", _) => PaperKind::Article,
        ("inproceedings", _) => PaperKind::Conference,
        ("incollection", "encyclopedia") => PaperKind::Entry,
        ("incollection", _) => PaperKind::Chapter,
        ("mastersthesis" | "phdthesis", _) => PaperKind::Thesis,
        ("proceedings", _) => PaperKind::Proceedings,
        _ => PaperKind::Book,
    }
}

/// Returns names without the numbers that distinguish namesakes: `Wei Wang 0001`.
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
        assert_eq!((papers[0].doi.as_str(), papers[0].kind), ("10.1000/a", PaperKind::Article));
        let fields = [BibField::Date, BibField::Volume, BibField::Number, BibField::Pages];
        assert_eq!(fields.map(|it| papers[0].field(it)), ["2019-05", "3", "4", "1-9"]);
        assert_eq!((papers[1].arxiv.as_str(), papers[1].kind), ("2501.00001", PaperKind::Preprint));
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
        assert_eq!(papers[0].field(BibField::Institution), "ETH");
    }
}
