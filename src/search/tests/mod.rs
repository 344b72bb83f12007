//! Tests of the searcher over small corpora.

mod abstracts;
mod caching;
mod features;
mod interest;
mod language;
mod metadata;
mod properties;
mod rank;
mod scripts;
mod similar;

use std::sync::Arc;

use super::*;
use crate::cite::SharedBibliography;
use crate::domain::{Corpus, Draft, Marks, PaperId, SegmentBuilder};

/// A paper: title, authors separated by `;`, abstract, year.
type PaperRow<'a> = (&'a str, &'a str, &'a str, i16);

fn draft(&(title, authors, abstract_text, year): &PaperRow<'_>) -> Draft {
    Draft {
        title: title.into(),
        authors: authors.split(';').map(|it| it.trim().into()).collect(),
        abstract_text: abstract_text.into(),
        year: Some(year),
        ..Draft::default()
    }
}

/// A corpus of segments of the given sizes, and a last one with the remaining papers.
fn corpus_of_segments(drafts: &[Draft], sizes: &[usize]) -> Corpus {
    let mut corpus = Corpus::default();
    let mut rest = drafts;
    for &size in sizes.iter().chain([&drafts.len()]) {
        let (now, later) = rest.split_at(size.min(rest.len()));
        let mut builder = SegmentBuilder::default();
        for draft in now {
            builder.push(draft);
        }
        if !builder.is_empty() {
            corpus.push(builder.seal());
        }
        rest = later;
    }
    corpus
}

fn corpus(rows: &[PaperRow<'_>]) -> Corpus {
    corpus_of_segments(&rows.iter().map(draft).collect::<Vec<_>>(), &[])
}

fn request(corpus: &Corpus, query: &str) -> Request {
    Request {
        bibliographies: SharedBibliography::default(),
        query_id: QueryId(7),
        query: Arc::new(Query::parse(query)),
        corpus: corpus.clone(),
        marks: Arc::new(Marks::default()),
        sort_key: SortKey::Relevance,
        direction: SortDirection::Forward,
        judged_marks: None,
    }
}

fn answer(request: &Request) -> Response {
    let mut last = None;
    Searcher::default().search(request, &|| false, &mut |answer| last = Some(answer));
    last.unwrap()
}

/// The rows of the hits in order, without those that are only similar.
fn found_rows(corpus: &Corpus, query: &str) -> Vec<u32> {
    exact_rows(&answer(&request(corpus, query)))
}

fn exact_rows(response: &Response) -> Vec<u32> {
    let exact = response.hits.len() - response.similar.hits.len();
    response.hits.ids().take(exact).map(|id| id.0).collect()
}

/// The rows and tiers of the hits in order, without those that are only similar.
fn tiers(corpus: &Corpus, query: &str) -> Vec<(u32, Tier)> {
    let Response { hits, similar, .. } = answer(&request(corpus, query));
    (0..hits.len() - similar.hits.len())
        .filter_map(|place| hits.hit(place))
        .filter_map(|hit| Some((hit.id().0, hit.tier()?)))
        .collect()
}
