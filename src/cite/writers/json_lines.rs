//! Writes papers as JSON Lines, in the shape that the reader of JSON accepts.
//!
//! Texts are unchanged, TeX included. Names are always strings, so that scripts handle one type: an
//! organisation is in braces and must not be split, and `others` ends a truncated list.

use serde_json::Value;

use crate::domain::{BibField, ET_AL, Paper, PaperKind, author_names, has_et_al};

/// Bibliographic fields with their JSON names, without the raw entry.
pub const FIELD_NAMES: [(BibField, &str); 38] = [
    (BibField::Key, "citation_key"),
    (BibField::Date, "date"),
    (BibField::EndDate, "end_date"),
    (BibField::Season, "season"),
    (BibField::OriginalDate, "original_date"),
    (BibField::Status, "status"),
    (BibField::Genre, "genre"),
    (BibField::Volume, "volume"),
    (BibField::VolumeCount, "number_of_volumes"),
    (BibField::Number, "issue"),
    (BibField::Pages, "pages"),
    (BibField::ArticleNumber, "article_number"),
    (BibField::PageCount, "number_of_pages"),
    (BibField::Chapter, "chapter"),
    (BibField::Publisher, "publisher"),
    (BibField::Place, "place"),
    (BibField::MainTitle, "main_title"),
    (BibField::ShortTitle, "short_title"),
    (BibField::Series, "series"),
    (BibField::SeriesNumber, "series_number"),
    (BibField::Edition, "edition"),
    (BibField::Version, "version"),
    (BibField::Institution, "institution"),
    (BibField::Container, "container_title"),
    (BibField::Event, "event"),
    (BibField::EventPlace, "event_place"),
    (BibField::Issn, "issn"),
    (BibField::Isbn, "isbn"),
    (BibField::Pmid, "pmid"),
    (BibField::Pmcid, "pmcid"),
    (BibField::Note, "note"),
    (BibField::Comment, "comment"),
    (BibField::Language, "language"),
    (BibField::Accessed, "accessed"),
    (BibField::Upvotes, "upvotes"),
    (BibField::File, "attachments"),
    (BibField::Annotation, "annotation"),
    (BibField::Updated, "updated"),
];

/// Returns the line without its newline. Common fields are null if unknown, others are omitted.
pub fn line(paper: &Paper<'_>, abstract_text: &str) -> String {
    let non_empty = |text| Some(text).filter(|it: &&str| !it.is_empty());
    let mut line = JsonLine::default();
    line.put("title", paper.title);
    line.put("arxiv_id", non_empty(paper.arxiv));
    line.put("authors", people(paper.author_list));
    line.put("year", paper.year);
    line.put("category", non_empty(paper.category()));
    if paper.categories.contains(' ') {
        line.put_list("categories", paper.categories.split(' '));
    }
    line.put("venue", non_empty(paper.venue));
    line.put("doi", non_empty(paper.doi));
    line.put_list("urls", paper.urls());
    line.put_known("type", type_name(paper.kind));
    for (field, name) in FIELD_NAMES {
        line.put_known(name, non_empty(paper.field(field)));
    }
    line.put_list("editors", people(paper.field(BibField::Editors)).into_iter());
    line.put_list("translators", people(paper.field(BibField::Translators)).into_iter());
    line.put_list("keywords", paper.field(BibField::Keywords).split(';').map(str::trim));
    line.put_known("abstract", non_empty(abstract_text));
    line.0 + "}"
}

/// Returns the names of a stored list; a truncated one ends with `others`.
fn people(list: &str) -> Vec<&str> {
    author_names(list).chain(has_et_al(list).then_some(ET_AL)).collect()
}

/// A JSON object whose fields stay in order.
#[derive(Default)]
struct JsonLine(String);

impl JsonLine {
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
