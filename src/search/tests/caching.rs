//! Tests of the caches between queries.

use super::*;
use crate::cite::Bibliography;
use crate::domain::{BibField, Mark, PaperMarks};

fn deep() -> Corpus {
    corpus(&[("Deep nets", "Ada", "", 2019), ("Deeper nets", "Bob", "", 2020), ("Else", "", "", 1)])
}

fn ask(searcher: &mut Searcher, request: &Request) -> Response {
    let mut last = None;
    searcher.search(request, &|| false, &mut |it| last = Some(it));
    last.unwrap()
}

#[test]
fn a_letter_taken_back_is_no_new_search() {
    let (corpus, mut searcher) = (deep(), Searcher::default());
    let short = Request { query_id: QueryId(1), ..request(&corpus, "dee") };
    let long = Request { query: Arc::new(Query::parse("deepe")), ..short.clone() };
    let before = ask(&mut searcher, &short);
    assert!(ask(&mut searcher, &long).hits.get(0) == Some(PaperId(1)));
    let again = Request { query_id: QueryId(3), ..short };
    let mut answers = Vec::new();
    searcher.search(&again, &|| panic!("searched"), &mut |it| answers.push(it));
    let [answer] = answers.as_slice() else { panic!("{} answers", answers.len()) };
    assert_eq!((answer.query_id, answer.stage), (QueryId(3), Stage::Final));
    assert!(answer.hits.ids().eq(before.hits.ids()) && answer.facets == before.facets);
}

#[test]
fn what_is_sorted_anew_is_not_counted_anew() {
    let (corpus, mut searcher) = (deep(), Searcher::default());
    for query in ["", "nets"] {
        let first = request(&corpus, query);
        let before = ask(&mut searcher, &first);
        let other = Request {
            sort_key: SortKey::Title,
            direction: SortDirection::Reverse,
            ..first.clone()
        };
        let after = ask(&mut searcher, &other);
        assert!(!after.hits.ids().eq(before.hits.ids()));
        assert!(Arc::ptr_eq(&after.facets.unwrap(), &before.facets.unwrap()));
    }
}

#[test]
fn other_marks_and_other_papers_are_searched_anew() {
    let (mut corpus, mut searcher) = (deep(), Searcher::default());
    let first = request(&corpus, "is:starred");
    assert_eq!(ask(&mut searcher, &first).hits.len(), 0);
    let mut marks = Marks::default();
    marks.set(PaperId(1), &PaperMarks { marks: vec![Mark::Starred], ..PaperMarks::default() });
    let marked = Request { marks: Arc::new(marks), ..first };
    assert_eq!(ask(&mut searcher, &marked).hits.len(), 1);
    let nets = Request { query: Arc::new(Query::parse("nets")), ..marked };
    assert_eq!(ask(&mut searcher, &nets).hits.len(), 2);
    let mut more = SegmentBuilder::default();
    more.push(&draft(&("More nets", "", "", 2021)));
    corpus.push(more.seal());
    assert_eq!(ask(&mut searcher, &Request { corpus, ..nets }).hits.len(), 3);
}

#[test]
fn what_was_asked_before_the_bibliographies_were_read_is_searched_anew() {
    let (corpus, mut searcher) = (deep(), Searcher::default());
    let request = request(&corpus, "has:key");
    assert_eq!(ask(&mut searcher, &request).hits.len(), 0);
    let mut bibliography = Bibliography::default();
    let mut entry = draft(&("Deep nets", "Ada", "", 2019));
    entry.add_field(BibField::Key, "ada2019deep");
    bibliography.add(&entry);
    request.bibliographies.set(bibliography);
    assert_eq!(ask(&mut searcher, &request).hits.len(), 1);
}

#[test]
fn hits_from_before_the_bibliographies_were_read_are_not_narrowed() {
    let mut rows = vec![("Deep nets", "Ada", "", 2019)];
    rows.extend([("Else", "", "", 2020); 30]);
    let (corpus, mut searcher) = (corpus(&rows), Searcher::default());
    let short = request(&corpus, "has:key dee");
    assert_eq!(ask(&mut searcher, &short).hits.len(), 0);
    let mut bibliography = Bibliography::default();
    let mut entry = draft(&("Deep nets", "Ada", "", 2019));
    entry.add_field(BibField::Key, "ada2019deep");
    bibliography.add(&entry);
    short.bibliographies.set(bibliography);
    let long = Request { query: Arc::new(Query::parse("has:key deep")), ..short };
    assert_eq!(ask(&mut searcher, &long).hits.len(), 1);
}

/// Returns true if the response stays cached over a hundred other requests. It is requested again
/// after each of them, or only at the end.
fn is_remembered(query: &str, is_asked_among: bool) -> bool {
    let (corpus, mut searcher) = (deep(), Searcher::default());
    let asked = request(&corpus, query);
    let first = ask(&mut searcher, &asked).facets.unwrap();
    let is_same =
        |searcher: &mut Searcher| Arc::ptr_eq(&ask(searcher, &asked).facets.unwrap(), &first);
    for number in 0..100 {
        let query = Arc::new(Query::parse(&format!("net{number}")));
        ask(&mut searcher, &Request { query, ..asked.clone() });
        if is_asked_among && !is_same(&mut searcher) {
            return false;
        }
    }
    is_same(&mut searcher)
}

#[test]
fn what_was_counted_over_every_paper_is_not_forgotten_among_other_answers() {
    assert!(is_remembered("", false));
    assert!(!is_remembered("else", false));
}

#[test]
fn what_is_asked_for_again_and_again_is_not_forgotten_among_others() {
    assert!(is_remembered("else", true));
}
