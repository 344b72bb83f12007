//! Writes papers as JSON Lines, in the shape that the reader of JSON accepts.
//!
//! Texts are unchanged, TeX included. Names are always strings, so that scripts handle one type: an
//! organisation is in braces and must not be split, and `others` ends a truncated list.

use serde_json::Value;

use crate::cite::field_names::json_names;
use crate::cite::kind_names::{KindColumn, kind_name};
use crate::domain::{BibField, ET_AL, Paper, author_names, has_et_al};

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
    line.put_known("type", kind_name(paper.kind, KindColumn::JsonLines));
    for (field, name) in json_names() {
        line.put_known(name, paper.field(field));
    }
    line.put_list("editors", people(paper.field(BibField::Editors)).into_iter());
    line.put_list("translators", people(paper.field(BibField::Translators)).into_iter());
    line.put_list("keywords", paper.field(BibField::Keywords).split(';').map(str::trim));
    line.put_known("abstract", abstract_text);
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

    fn put_known(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
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
