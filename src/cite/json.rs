//! A paper as a line of JSON, in the shape that is read.

use serde::Serialize;

use crate::domain::Paper;

#[derive(Serialize)]
struct Record<'a> {
    title: &'a str,
    arxiv_id: Option<&'a str>,
    authors: Vec<&'a str>,
    year: Option<i16>,
    category: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<&'a str>,
    venue: Option<&'a str>,
    doi: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    urls: Vec<&'a str>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    abstract_text: Option<&'a str>,
}

/// The line, without its end. What is unknown is null.
pub(super) fn line(paper: &Paper<'_>, abstract_text: &str) -> String {
    let known = |text| Some(text).filter(|it: &&str| !it.is_empty());
    let mut categories: Vec<&str> = paper.categories.split_whitespace().collect();
    if categories.len() < 2 {
        categories.clear();
    }
    let record = Record {
        title: paper.title,
        arxiv_id: known(paper.arxiv),
        authors: paper.authors().collect(),
        year: paper.year,
        category: known(paper.category()),
        categories,
        venue: known(paper.venue),
        doi: known(paper.doi),
        urls: paper.urls().collect(),
        abstract_text: known(abstract_text),
    };
    serde_json::to_string(&record).unwrap_or_default()
}
