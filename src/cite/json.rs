//! A paper as a line of JSON, in the shape that is read.

use serde_json::Value;

use crate::domain::{AUTHOR_SEPARATOR, Fact, Kind, Paper};

/// Facts and the names that they have. The record as the source has it is not among them.
const FACTS: [(Fact, &str); 21] = [
    (Fact::Key, "citation_key"),
    (Fact::Date, "date"),
    (Fact::Volume, "volume"),
    (Fact::Number, "issue"),
    (Fact::Pages, "pages"),
    (Fact::Publisher, "publisher"),
    (Fact::Place, "place"),
    (Fact::Series, "series"),
    (Fact::Edition, "edition"),
    (Fact::Institution, "institution"),
    (Fact::Container, "container_title"),
    (Fact::Issn, "issn"),
    (Fact::Isbn, "isbn"),
    (Fact::Pmid, "pmid"),
    (Fact::Pmcid, "pmcid"),
    (Fact::Note, "note"),
    (Fact::Comment, "comment"),
    (Fact::Language, "language"),
    (Fact::Upvotes, "upvotes"),
    (Fact::File, "attachments"),
    (Fact::Annotation, "annotation"),
];

/// The line, without its end. What nearly every paper has is null where it is unknown; the rest is
/// left out.
pub(super) fn line(paper: &Paper<'_>, abstract_text: &str) -> String {
    let known = |text| Some(text).filter(|it: &&str| !it.is_empty());
    let mut line = Line::default();
    line.put("title", paper.title);
    line.put("arxiv_id", known(paper.arxiv));
    line.put("authors", paper.authors().collect::<Vec<_>>());
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
    line.put_list("editors", paper.fact(Fact::Editors).split(AUTHOR_SEPARATOR));
    line.put_list("keywords", paper.fact(Fact::Keywords).split(';').map(str::trim));
    line.put_known("abstract", known(abstract_text));
    line.0 + "}"
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

pub(super) fn type_of(kind: Kind) -> Option<&'static str> {
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
