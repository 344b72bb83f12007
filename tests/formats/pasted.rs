//! Papers are found again by what was printed of them: in every output format and style.

use std::sync::Arc;

use offprint::cite::{
    CiteCommand, CiteOptions, OutputFormat, SharedBibliography, Style, StyleCache, render,
};
use offprint::domain::{Corpus, KeyPattern, Marks, PaperId};
use offprint::search::{
    Query, QueryId, Request, Response, Searcher, SortDirection, SortKey, join_pasted_lines,
};
use offprint::sources::builtin_corpus;

/// Every so many papers of the corpus are printed.
const STEP: usize = 7;

fn answer(searcher: &mut Searcher, corpus: &Corpus, text: &str) -> Response {
    let request = Request {
        bibliographies: SharedBibliography::default(),
        query_id: QueryId::default(),
        query: Arc::new(Query::parse(text)),
        corpus: corpus.clone(),
        marks: Arc::new(Marks::default()),
        sort_key: SortKey::Relevance,
        direction: SortDirection::Forward,
        judged_marks: None,
    };
    let mut last = None;
    searcher.search(&request, &|| false, &mut |answer| last = Some(answer));
    last.unwrap()
}

/// Pastes each paper as it is printed into the filter, and asserts that it is the first hit.
#[track_caller]
fn assert_found_again(form: OutputFormat, options: &CiteOptions, name: &str) {
    let corpus = builtin_corpus(&KeyPattern::default());
    let mut searcher = Searcher::default();
    let mut missed = Vec::new();
    let ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).step_by(STEP).collect();
    assert!(ids.len() >= 25);
    for id in ids {
        let printed = render(&corpus, &[id], form, options).text;
        let pasted = join_pasted_lines(&printed);
        let pasted = pasted.split_whitespace().collect::<Vec<_>>().join(" ");
        if !pasted.is_empty() && answer(&mut searcher, &corpus, &pasted).hits.get(0) != Some(id) {
            missed.push(pasted);
        }
    }
    assert!(missed.is_empty(), "{name}: {} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn a_paper_is_found_by_each_output_format() {
    for form in OutputFormat::ALL {
        assert_found_again(form, &CiteOptions::default(), form.field_name());
    }
}

#[test]
fn a_paper_is_found_by_a_reference_in_each_style() {
    let cache = StyleCache::default();
    for name in ["apa", "ieee", "mla", "vancouver", "nature", "chicago", "harvard", "acm", "acl"] {
        let style = Style::find(name).unwrap();
        let options = CiteOptions { style, style_cache: cache.clone(), ..CiteOptions::default() };
        assert_found_again(OutputFormat::Reference, &options, name);
    }
}

#[test]
fn a_paper_is_found_by_each_cite_command() {
    for command in
        [CiteCommand::Latex, CiteCommand::Natbib, CiteCommand::Pandoc, CiteCommand::Typst]
    {
        let name = format!("{command:?}");
        let options = CiteOptions { command, ..CiteOptions::default() };
        assert_found_again(OutputFormat::CiteCommand, &options, &name);
    }
}

#[test]
fn a_printed_list_of_references_is_found_in_its_order() {
    let corpus = builtin_corpus(&KeyPattern::default());
    let ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).step_by(STEP).collect();
    for name in ["ieee", "nature"] {
        let style = Style::find(name).unwrap();
        let options = CiteOptions { style, ..CiteOptions::default() };
        let printed = render(&corpus, &ids, OutputFormat::Reference, &options).text;
        let answer = answer(&mut Searcher::default(), &corpus, &join_pasted_lines(&printed));
        let summary = answer.references.unwrap();
        assert_eq!((summary.found, summary.total), (ids.len(), ids.len()), "{name}");
        assert_eq!(answer.hits.ids().collect::<Vec<_>>(), ids, "{name}");
    }
}

/// Without a link or a number, only the title is left in a reference.
#[test]
fn a_reference_without_its_address_is_found_by_its_title() {
    let corpus = builtin_corpus(&KeyPattern::default());
    let cache = StyleCache::default();
    let mut searcher = Searcher::default();
    for name in ["apa", "ieee", "mla", "vancouver", "nature", "chicago"] {
        let style = Style::find(name).unwrap();
        let options = CiteOptions { style, style_cache: cache.clone(), ..CiteOptions::default() };
        let mut missed = Vec::new();
        for (id, _) in corpus.papers().step_by(STEP) {
            let printed = render(&corpus, &[id], OutputFormat::Reference, &options).text;
            let is_address =
                |it: &&str| it.contains("10.") || it.contains("://") || it.contains(':');
            let words: Vec<&str> = printed
                .split_whitespace()
                .filter(|it| !is_address(it) || it.ends_with(':'))
                .collect();
            if answer(&mut searcher, &corpus, &words.join(" ")).hits.get(0) != Some(id) {
                missed.push(words.join(" "));
            }
        }
        assert!(missed.is_empty(), "{name}: {} missed:\n{}", missed.len(), missed.join("\n"));
    }
}
