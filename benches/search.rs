//! A key typed into the filter, over ten thousand to millions of made-up papers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use offprint::domain::{Corpus, Draft, Marks, SegmentBuilder};
use offprint::search::{
    Answer, Direction, Field, Highlighter, Order, Query, Request, Searcher, Ticket,
};

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

/// The first answer over millions of papers, which fills the screen.
#[divan::bench(args = QUERIES, sample_count = 5)]
fn first_screen(bencher: Bencher<'_, '_>, query: &str) {
    until(bencher, &mut Searcher::default(), &request(&LARGE, query), |_| true);
}

/// What is emphasised in forty rows.
#[divan::bench]
fn highlights(bencher: Bencher<'_, '_>) {
    let query = Arc::new(Query::parse("deep graph trfmr"));
    let highlighter = Highlighter::new(query, &[]);
    let rows: Vec<_> = SMALL.papers().take(40).map(|(_, paper)| paper).collect();
    bencher.bench(|| {
        for row in &rows {
            black_box(highlighter.highlight(row.title, Field::Title));
            black_box(highlighter.highlight(row.author_list, Field::Authors));
        }
    });
}

/// Until every hit is there; counting them for the facets comes after.
fn settle(bencher: Bencher<'_, '_>, corpus: &Corpus, query: &str) {
    let mut searcher = Searcher::default();
    searcher.prepare(corpus, &|| false);
    until(bencher, &mut searcher, &request(corpus, query), |answer| {
        answer.searched == corpus.len()
    });
}

/// Until there is an answer such as is waited for.
fn until(
    bencher: Bencher<'_, '_>,
    searcher: &mut Searcher,
    request: &Request,
    is_awaited: impl Fn(&Answer) -> bool,
) {
    bencher.bench_local(|| {
        let seen = AtomicBool::new(false);
        searcher.answer(request, &|| seen.load(Ordering::Relaxed), &mut |answer| {
            seen.fetch_or(is_awaited(black_box(&answer)), Ordering::Relaxed);
        });
    });
}

fn request(corpus: &Corpus, query: &str) -> Request {
    Request {
        own: Default::default(),
        ticket: Ticket(0),
        query: Arc::new(Query::parse(query)),
        corpus: corpus.clone(),
        marks: Arc::new(Marks::default()),
        order: Order::Relevance,
        direction: Direction::Forward,
    }
}

/// Papers with titles of common and of made-up words, the same every time.
fn corpus(papers: u32) -> Corpus {
    let mut corpus = Corpus::default();
    let mut builder = SegmentBuilder::default();
    let mut dice = Dice(1);
    for _ in 0..papers {
        builder.push(&draft(&mut dice), 0);
        if builder.len() == SegmentBuilder::CAPACITY {
            corpus.push(std::mem::take(&mut builder).seal());
        }
    }
    corpus.push(builder.seal());
    corpus
}

fn draft(dice: &mut Dice) -> Draft {
    const COMMON: [&str; 20] = [
        "deep",
        "learning",
        "of",
        "graph",
        "neural",
        "networks",
        "with",
        "transformers",
        "for",
        "the",
        "attention",
        "in",
        "models",
        "theory",
        "transfer",
        "quantum",
        "data",
        "and",
        "on",
        "approach",
    ];
    const CATEGORIES: [&str; 4] = ["cs.LG", "cs.CL cs.LG", "hep-th", "math.CO"];
    let words = 4 + dice.below(9);
    let title: Vec<String> = (0..words)
        .map(|_| match dice.below(2) {
            0 => COMMON[dice.below(COMMON.len())].to_owned(),
            _ => made_up(dice),
        })
        .collect();
    let names = 1 + dice.below(5);
    Draft {
        title: title.join(" "),
        authors: (0..names).map(|_| format!("{} {}", made_up(dice), made_up(dice))).collect(),
        year: i16::try_from(1995 + dice.below(30)).ok(),
        categories: CATEGORIES[dice.below(CATEGORIES.len())].into(),
        ..Draft::default()
    }
}

fn made_up(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 16] = [
        "ta", "re", "mo", "li", "sen", "der", "an", "tro", "ki", "vel", "os", "pra", "un", "fer",
        "gy", "ch",
    ];
    (0..2 + dice.below(3)).map(|_| SYLLABLES[dice.below(SYLLABLES.len())]).collect()
}

/// Numbers that only look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % end
    }
}
