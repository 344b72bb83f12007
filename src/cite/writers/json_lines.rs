//! A paper as a line of JSON, in the shape that is read.
//!
//! Texts are as they are stored, with TeX where there is some. So are names: every one is a text, so
//! that a script meets one type only; one in braces is an organisation's and is not to be split, and
//! `others` stands last where there are more people than are named.

use serde_json::Value;

use crate::domain::{Fact, Kind, OTHERS, Paper, has_others, names};

/// Facts and the names that they have. The record as the source has it is not among them.
pub const FACTS: [(Fact, &str); 38] = [
    (Fact::Key, "citation_key"),
    (Fact::Date, "date"),
    (Fact::EndDate, "end_date"),
    (Fact::Season, "season"),
    (Fact::OriginalDate, "original_date"),
    (Fact::Status, "status"),
    (Fact::Genre, "genre"),
    (Fact::Volume, "volume"),
    (Fact::VolumeCount, "number_of_volumes"),
    (Fact::Number, "issue"),
    (Fact::Pages, "pages"),
    (Fact::ArticleNumber, "article_number"),
    (Fact::PageCount, "number_of_pages"),
    (Fact::Chapter, "chapter"),
    (Fact::Publisher, "publisher"),
    (Fact::Place, "place"),
    (Fact::MainTitle, "main_title"),
    (Fact::ShortTitle, "short_title"),
    (Fact::Series, "series"),
    (Fact::SeriesNumber, "series_number"),
    (Fact::Edition, "edition"),
    (Fact::Version, "version"),
    (Fact::Institution, "institution"),
    (Fact::Container, "container_title"),
    (Fact::Event, "event"),
    (Fact::EventPlace, "event_place"),
    (Fact::Issn, "issn"),
    (Fact::Isbn, "isbn"),
    (Fact::Pmid, "pmid"),
    (Fact::Pmcid, "pmcid"),
    (Fact::Note, "note"),
    (Fact::Comment, "comment"),
    (Fact::Language, "language"),
    (Fact::Accessed, "accessed"),
    (Fact::Upvotes, "upvotes"),
    (Fact::File, "attachments"),
    (Fact::Annotation, "annotation"),
    (Fact::Updated, "updated"),
];

/// The line, without its end. What nearly every paper has is null where it is unknown; the rest is
/// left out.
pub fn line(paper: &Paper<'_>, abstract_text: &str) -> String {
    let known = |text| Some(text).filter(|it: &&str| !it.is_empty());
    let mut line = Line::default();
    line.put("title", paper.title);
    line.put("arxiv_id", known(paper.arxiv));
    line.put("authors", people(paper.author_list));
    line.put("year", paper.year);
    line.put("category", known(paper.category()));
    if paper.categories.contains(' ') {
        line.put_list("categories", paper.categories.split(' '));
    }
    line.put("venue", known(paper.venue));
    line.put("doi", known(paper.doi));
    line.put_list("urls", paper.urls());
    line.put_known("type", type_of(paper.kind));
    for (fact, name) in FACTS {
        line.put_known(name, known(paper.fact(fact)));
    }
    line.put_list("editors", people(paper.fact(Fact::Editors)).into_iter());
    line.put_list("translators", people(paper.fact(Fact::Translators)).into_iter());
    line.put_list("keywords", paper.fact(Fact::Keywords).split(';').map(str::trim));
    line.put_known("abstract", known(abstract_text));
    line.0 + "}"
}

/// The names of a list as it is stored, with `others` where there are more.
fn people(list: &str) -> Vec<&str> {
    names(list).chain(has_others(list).then_some(OTHERS)).collect()
}

/// An object whose fields keep their order.
#[derive(Default)]
struct Line(String);

impl Line {
    fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.push_str(if self.0.is_empty() { "{" } else { "," });
        self.0.extend([&Value::from(name).to_string(), ":", &value.into().to_string()]);
    }

    fn put_known(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    fn put_list<'a>(&mut self, name: &str, values: impl Iterator<Item = &'a str>) {
        let values: Vec<&str> = values.filter(|it| !it.is_empty()).collect();
        if !values.is_empty() {
            self.put(name, values);
        }
    }
}

pub fn type_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Unknown => return None,
        Kind::Article => "journal-article",
        Kind::Conference => "conference-paper",
        Kind::Chapter => "book-chapter",
        Kind::Book => "book",
        Kind::Thesis => "thesis",
        Kind::Report => "report",
        Kind::Preprint => "preprint",
        Kind::Dataset => "dataset",
        Kind::Software => "software",
        Kind::Webpage => "webpage",
        Kind::Newspaper => "newspaper-article",
        Kind::Magazine => "magazine-article",
        Kind::Proceedings => "proceedings",
        Kind::Patent => "patent",
        Kind::Entry => "encyclopedia-entry",
    })
}
