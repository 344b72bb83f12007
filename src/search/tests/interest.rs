//! The order by the stars of the reader.

use super::*;
use crate::domain::{Mark, PaperMarks};

const STARS: usize = 20;

/// Papers on birds and rocks in turns.
fn drafts(count: usize) -> Vec<Draft> {
    let paper = |at: usize| {
        let subject = ["finches and wrens", "basalt and granite"][at % 2];
        draft(&(&format!("Part {at}"), "A. Author", &format!("We measure {subject}."), 2020))
    };
    (0..count).map(paper).collect()
}

/// Marks in which the first papers on birds are starred.
fn starred(count: usize) -> Arc<Marks> {
    let mut marks = Marks::default();
    for at in 0..count {
        let star = PaperMarks { marks: vec![Mark::Starred], ..PaperMarks::default() };
        marks.set(PaperId(2 * at as u32), &star);
    }
    Arc::new(marks)
}

fn for_you(corpus: &Corpus, query: &str, judged: &Arc<Marks>) -> Request {
    let judged_marks = Some(Arc::clone(judged));
    Request { sort_key: SortKey::ForYou, judged_marks, ..request(corpus, query) }
}

fn rows(searcher: &mut Searcher, request: &Request) -> Vec<u32> {
    let mut last = None;
    searcher.search(request, &|| false, &mut |answer| last = Some(answer));
    last.unwrap().hits.ids().map(|it| it.0).collect()
}

fn are_birds(rows: &[u32]) -> bool {
    rows.iter().all(|it| it % 2 == 0)
}

#[test]
fn papers_like_the_starred_ones_come_first() {
    let corpus = corpus_of_segments(&drafts(60), &[16, 16]);
    for query in ["", "we measure"] {
        let hits = rows(&mut Searcher::default(), &for_you(&corpus, query, &starred(STARS)));
        assert_eq!(hits.len(), 60);
        assert!(are_birds(&hits[..30]), "{hits:?}");
        let reverse = Request {
            direction: SortDirection::Reverse,
            ..for_you(&corpus, query, &starred(STARS))
        };
        assert!(are_birds(&rows(&mut Searcher::default(), &reverse)[30..]));
    }
}

#[test]
fn with_too_few_stars_or_no_marks_the_order_is_that_of_relevance() {
    let corpus = corpus_of_segments(&drafts(60), &[]);
    let few = for_you(&corpus, "", &starred(STARS - 1));
    let none = Request { judged_marks: None, ..few.clone() };
    for request in [few, none] {
        let hits = rows(&mut Searcher::default(), &request);
        assert_eq!(hits, (0..60).collect::<Vec<_>>());
    }
}

#[test]
fn papers_that_arrive_later_are_sorted_by_the_same_stars() {
    let drafts = drafts(80);
    let judged = starred(STARS);
    let mut searcher = Searcher::default();
    let few = corpus_of_segments(&drafts[..50], &[16]);
    assert_eq!(rows(&mut searcher, &for_you(&few, "", &judged)).len(), 50);
    let mut all = few.clone();
    for (_, segment) in corpus_of_segments(&drafts[50..], &[]).segments() {
        all.push(Arc::clone(segment));
    }
    let hits = rows(&mut searcher, &for_you(&all, "", &judged));
    assert_eq!(hits.len(), 80);
    assert!(are_birds(&hits[..40]), "{hits:?}");
    // Another corpus has other papers under the same numbers.
    let reversed: Vec<Draft> = drafts[..50].iter().rev().cloned().collect();
    let other = corpus_of_segments(&reversed, &[16]);
    let hits = rows(&mut searcher, &for_you(&other, "", &judged));
    assert!(hits[..25].iter().all(|it| it % 2 == 1), "{hits:?}");
}

#[test]
fn other_marks_do_not_change_the_order_until_it_is_learnt_again() {
    let corpus = corpus_of_segments(&drafts(60), &[]);
    let judged = starred(STARS);
    let mut searcher = Searcher::default();
    let first = rows(&mut searcher, &for_you(&corpus, "", &judged));
    let later = Request { marks: starred(25), ..for_you(&corpus, "", &judged) };
    assert_eq!(rows(&mut searcher, &later), first);
    let mut rocks = Marks::default();
    for at in 0..STARS as u32 {
        let star = PaperMarks { marks: vec![Mark::Starred], ..PaperMarks::default() };
        rocks.set(PaperId(2 * at + 1), &star);
    }
    let hits = rows(&mut searcher, &for_you(&corpus, "", &Arc::new(rocks)));
    assert!(!hits[..30].iter().any(|it| it % 2 == 0), "{hits:?}");
}
