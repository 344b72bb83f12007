//! Corpus queries for effects: abstracts, snippets, copies, and counts of searches and facets.

use std::collections::HashMap;
use std::sync::Arc;

use super::clipboard::CopyText;
use crate::app::model::facet_counts::{CountedFacets, FacetRequest, mark_or_tag_values};
use crate::app::model::facet_group::FacetGroup;
use crate::app::{Event, HighlightedSnippet, MarkCounts, SearchCount};
use crate::cite::{CiteOptions, KeyReport, OutputFormat, render};
use crate::domain::{Corpus, PaperId};
use crate::library::IssuedKey;
use crate::search::{Highlighter, Hits, QueryId, Request, Searcher, Stage, count_values};
use crate::text::tex_to_unicode;

pub fn fetch_abstract(corpus: &Corpus, id: PaperId) -> Event {
    Event::Abstract { id, abstract_text: corpus.abstract_text(id).map(Arc::from) }
}

pub fn highlight_snippets(
    corpus: &Corpus,
    query_id: QueryId,
    papers: &[PaperId],
    highlighter: &Highlighter,
) -> Event {
    let snippet = |id: &PaperId| {
        let text = corpus.abstract_text(*id).ok()?;
        let text = tex_to_unicode(&text);
        let snippet = highlighter.snippet(&text)?;
        // A row is one line. A blank is as long as a line break in bytes, so highlights keep their
        // ranges.
        let text = text[snippet.range].replace('\n', " ");
        Some((*id, HighlightedSnippet { text, highlights: snippet.highlights }))
    };
    Event::Snippets { query_id, found: papers.iter().filter_map(snippet).collect() }
}

/// The new citation keys of an output, as the library stores them.
pub fn issued_keys(corpus: &Corpus, keys: &KeyReport) -> Vec<IssuedKey> {
    let new_keys = keys.new_keys.iter();
    new_keys.filter_map(|(id, key)| Some(IssuedKey::new(&corpus.get(*id)?, key.clone()))).collect()
}

/// Counts the hits and the unread hits of each search.
pub fn count_searches(
    searcher: &mut Searcher,
    named: &[(String, Request)],
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Vec<SearchCount> {
    let mut counts = Vec::new();
    for (name, request) in named {
        searcher.search(request, interrupted, &mut |answer| {
            if answer.stage == Stage::Final {
                let tally =
                    MarkCounts::from_hits(&answer.hits, &request.marks, request.corpus.len());
                let (hits, unread) = (answer.hits.len(), tally.unread);
                counts.push(SearchCount { name: name.clone(), hits, unread });
            }
        });
    }
    counts
}

/// Counts the values of each group of the request.
pub fn count_facets(
    searcher: &mut Searcher,
    request: &FacetRequest,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> CountedFacets {
    let mut hits_by_query: HashMap<&str, Hits> = HashMap::new();
    let mut counts = CountedFacets::default();
    for (key, request) in &request.parts {
        let hits = hits_by_query.entry(&key.query).or_insert_with(|| {
            let mut hits = Hits::default();
            searcher.search(request, interrupted, &mut |answer| {
                if answer.stage == Stage::Final {
                    hits = answer.hits;
                }
            });
            hits
        });
        let (group, needle, corpus) = (key.group, &key.needle, &request.corpus);
        let values = match group {
            FacetGroup::Marks | FacetGroup::Tag => {
                let tally = MarkCounts::from_hits(hits, &request.marks, corpus.len());
                mark_or_tag_values(group, &tally, needle)
            }
            _ => count_values(hits, corpus, group.field(), needle, interrupted).unwrap_or_default(),
        };
        counts.set(key.clone(), values);
    }
    counts
}

/// Renders papers for a copy. Also returns the citation keys assigned by it.
///
/// # Errors
///
/// Returns a sentence that names the property that all of the papers lack.
pub fn render_copy(
    corpus: &Corpus,
    papers: &[PaperId],
    format: OutputFormat,
    style: &CiteOptions,
) -> Result<(CopyText, Vec<IssuedKey>), String> {
    let rendered = render(corpus, papers, format, style);
    if rendered.papers == 0 {
        return Err(format!("Nothing copied: {}.", format.describe_missing(papers.len())));
    }
    let mut description = rendered.describe();
    if rendered.omitted > 0 {
        let papers = if rendered.omitted == 1 { "paper has" } else { "papers have" };
        description = format!("{description} ({} more {papers} none)", rendered.omitted);
    }
    if let Some(keys) = rendered.keys.message() {
        description = format!("{description} ({keys})");
    }
    let issued_keys = issued_keys(corpus, &rendered.keys);
    Ok((CopyText { description, text: rendered.text, html: rendered.html }, issued_keys))
}
