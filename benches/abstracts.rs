//! Benchmark of queries whose words occur only in abstracts, over the papers of a file: `cargo
//! bench --bench abstracts -- FILE [QUERY…]`.

#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use offprint::domain::{Corpus, Marks};
use offprint::search::{
    Hits, Query, QueryId, Request, Searcher, SortDirection, SortKey, Stage, needs_abstract,
};
use offprint::sources::{Source, load_corpus};

const QUERIES: [&str; 12] = [
    "simctg", "koopman", "hippocampus", "anisotropy", "transformer", "tra", "the", "hipocampus",
    "brain !memory", "deep reinforcement", "\"attention mechanism\"", "zzqxjk",
];
const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let Some((path, queries)) = arguments.split_first() else {
        println!("Name a file of papers: cargo bench --bench abstracts -- FILE [QUERY…]");
        return;
    };
    let (corpus, _) = load_corpus(Source::File(path.into())).expect("papers");
    let papers = f64::from(corpus.len().max(1));
    let mut searcher = Searcher::default();
    let began = Instant::now();
    searcher.index(&corpus, &|| false, &mut |_| ());
    let indexes = || corpus.segments().filter_map(|(_, segment)| segment.word_index());
    let bytes: usize = indexes().filter_map(|it| Some(it.bytes().ok()?.len())).sum();
    let seconds = began.elapsed().as_secs_f64();
    let each = bytes as f64 / papers;
    println!("{papers} papers indexed in {seconds:.1} s, {each:.1} B a paper");
    let given: Vec<&str> = queries.iter().map(String::as_str).collect();
    println!("{:>10} {:>10} {:>9} {:>9}  query", "first ms", "last ms", "hits", "abstracts");
    for query in if given.is_empty() { QUERIES.to_vec() } else { given } {
        let mut runs: Vec<_> = (0..RUNS).map(|_| measured(&mut searcher, &corpus, query)).collect();
        runs.sort_unstable_by_key(|it| it.last);
        let Measured { first, last, hits, in_abstracts } = runs[RUNS / 2];
        let millis = |it: Duration| it.as_secs_f64() * 1000.0;
        let (first, last) = (millis(first), millis(last));
        println!("{first:>10.1} {last:>10.1} {hits:>9} {in_abstracts:>9}  {query}");
    }
}

/// Time to the first response, and to the last response with a new hit.
#[derive(Clone, Copy)]
struct Measured {
    first: Duration,
    last: Duration,
    hits: usize,
    in_abstracts: usize,
}

fn measured(searcher: &mut Searcher, corpus: &Corpus, query: &str) -> Measured {
    let request = Request {
        bibliographies: offprint::cite::SharedBibliography::default(),
        query_id: QueryId(0),
        query: Arc::new(Query::parse(query)),
        corpus: corpus.clone(),
        marks: Arc::new(Marks::default()),
        sort_key: SortKey::Relevance,
        direction: SortDirection::Forward,
        judged_marks: None,
    };
    let began = Instant::now();
    let (mut first, mut last, mut hits) = (None, Duration::ZERO, Hits::default());
    searcher.search(&request, &|| false, &mut |answer| {
        let now = began.elapsed();
        first.get_or_insert(now);
        if answer.hits.len() != hits.len() {
            last = now;
        }
        if answer.stage != Stage::Final || answer.hits.len() != hits.len() {
            hits = answer.hits;
        }
    });
    let made = (0..hits.len()).filter_map(|place| hits.hit(place));
    let in_abstracts = made.filter(|it| needs_abstract(*it)).count();
    Measured { first: first.unwrap_or_default(), last, hits: hits.len(), in_abstracts }
}
