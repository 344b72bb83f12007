//! Benchmark of a key typed into the filter, over ten thousand to millions of made-up papers.

mod made_up;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use offprint::domain::{Corpus, Marks};
use offprint::search::{
    Highlighter, Query, QueryField, QueryId, Request, Response, Searcher, SortDirection, SortKey,
};

use made_up::corpus;

const QUERIES: [&str; 7] =
    ["t", "tra", "transf", "deep graph net", "trfmr", "year:2019 cat:cs.LG", "zzqxjk"];

static SMALL: LazyLock<Corpus> = LazyLock::new(|| corpus(10_000));
static MIDDLE: LazyLock<Corpus> = LazyLock::new(|| corpus(300_000));
static LARGE: LazyLock<Corpus> = LazyLock::new(|| corpus(2_700_000));

fn main() {
    divan::main();
}

#[divan::bench(args = QUERIES)]
fn ten_thousand(bencher: Bencher<'_, '_>, query: &str) {
    settle(bencher, &SMALL, query);
}

#[divan::bench(args = QUERIES, sample_count = 20)]
fn three_hundred_thousand(bencher: Bencher<'_, '_>, query: &str) {
    settle(bencher, &MIDDLE, query);
}

#[divan::bench(args = QUERIES, sample_count = 5)]
fn two_point_seven_million(bencher: Bencher<'_, '_>, query: &str) {
    settle(bencher, &LARGE, query);
}

/// The first response over millions of papers, which fills the screen.
#[divan::bench(args = QUERIES, sample_count = 5)]
fn first_screen(bencher: Bencher<'_, '_>, query: &str) {
    until(bencher, &mut Searcher::default(), &request(&LARGE, query), |_| true);
}

/// Highlighting of forty rows.
#[divan::bench]
fn highlights(bencher: Bencher<'_, '_>) {
    let query = Arc::new(Query::parse("deep graph trfmr"));
    let highlighter = Highlighter::new(query, &[]);
    let rows: Vec<_> = SMALL.papers().take(40).map(|(_, paper)| paper).collect();
    bencher.bench(|| {
        for row in &rows {
            black_box(highlighter.highlight(row.title, QueryField::Title));
            black_box(highlighter.highlight(row.author_list, QueryField::Authors));
        }
    });
}

/// Time until every hit is found; facets are counted later.
fn settle(bencher: Bencher<'_, '_>, corpus: &Corpus, query: &str) {
    let mut searcher = Searcher::default();
    searcher.index(corpus, &|| false, &mut |_| ());
    until(bencher, &mut searcher, &request(corpus, query), |answer| {
        answer.searched_papers == corpus.len()
    });
}

/// Runs the request until a response satisfies the predicate.
fn until(
    bencher: Bencher<'_, '_>,
    searcher: &mut Searcher,
    request: &Request,
    is_awaited: impl Fn(&Response) -> bool,
) {
    bencher.bench_local(|| {
        let seen = AtomicBool::new(false);
        searcher.search(request, &|| seen.load(Ordering::Relaxed), &mut |answer| {
            seen.fetch_or(is_awaited(black_box(&answer)), Ordering::Relaxed);
        });
    });
}

fn request(corpus: &Corpus, query: &str) -> Request {
    Request {
        bibliographies: offprint::cite::SharedBibliography::default(),
        query_id: QueryId(0),
        query: Arc::new(Query::parse(query)),
        corpus: corpus.clone(),
        marks: Arc::new(Marks::default()),
        sort_key: SortKey::Relevance,
        direction: SortDirection::Forward,
        judged_marks: None,
    }
}
