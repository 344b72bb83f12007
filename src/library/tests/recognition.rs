//! Papers that are looked up as they come in.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::*;

/// So many marked papers that a few of a source are looked up one by one.
fn many() -> Vec<Draft> {
    (0..100).map(|at| draft(&format!("Paper {at}"), &format!("2501.{at:05}"), "")).collect()
}

#[test]
fn few_papers_are_looked_up_without_reading_all_that_the_library_knows() {
    let (_folder, file) = file();
    let all: Vec<u32> = (0..100).collect();
    Reader::open(&file).reads(&many()).record(&all, &[STAR]);
    let mut papers = shelf();
    papers.truncate(1);
    papers.push(draft("Paper 7", "2501.00007v2", ""));
    let mut reader = Reader::open(&file).reads(&papers);
    assert!(reader.desk.sieve.is_none());
    assert!(reader.has(Mark::Starred, 1) && !reader.has(Mark::Starred, 0));
    reader.record(&[0], &[STAR]);
    // With more of them it is worth it, and what was marked before is known by it.
    let reader = reader.reads(&many());
    assert!(reader.desk.sieve.is_some());
    assert!((1..102).all(|id| reader.has(Mark::Starred, id)));
    assert!(reader.reads(&papers).has(Mark::Starred, 102));
}

#[test]
fn damage_that_is_met_as_papers_arrive_is_told_and_the_run_goes_on() {
    let (_folder, file) = file();
    Reader::open(&file).reads(&shelf()).record(&[0], &[STAR]);
    let reader = Reader::open(&file);
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute("UPDATE card SET paper = 'lost' WHERE card = 1", []).unwrap();
    let mut reader = reader.reads(&shelf());
    assert!(reader.has(Mark::Starred, 0), "what can be read is there");
    reader.record(&[1], &[STAR]);
    assert!(reader.has(Mark::Starred, 1));
    assert!(!Reader::open(&file).reads(&shelf()).has(Mark::Starred, 1), "for this run only");
}

#[test]
fn where_the_reader_was_is_told_before_what_takes_longer_to_look_up() {
    let (_folder, file) = file();
    let mut reader = Reader::open(&file).reads(&shelf());
    reader.record(&[0, 1], &[STAR]);
    reader.perform(&Task::Keep(Box::new(Place { paper: Some(PaperId(1)), ..Place::default() })));
    let mut desk = Reader::open(&file).desk;
    let papers = source_record::corpus(shelf(), &KeyPattern::default());
    let arriving = papers.segments().map(|(_, segment)| Loading::Segment(segment.clone()));
    let told: Vec<News> = arriving.filter_map(|it| desk.take(&it)).collect();
    let [News::Found(found)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(found.paper, Some(PaperId(1)));
    let told = desk.look_up_new();
    let [News::Marked(marked)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(marked.len(), 2);
    assert!(desk.look_up_new().is_empty());
}

#[test]
fn nothing_is_looked_up_any_more_once_the_program_ends_and_what_is_asked_is_done() {
    let (_folder, file) = file();
    Reader::open(&file).reads(&shelf()).record(&[0], &[STAR]);
    let is_over = Arc::new(AtomicBool::new(true));
    let mut desk = Reader::open(&file).desk.until(is_over);
    let papers = source_record::corpus(shelf(), &KeyPattern::default());
    for (_, segment) in papers.segments() {
        assert!(desk.arrive(&Loading::Segment(segment.clone())).is_empty());
    }
    assert!(desk.arrive(&Loading::Done).is_empty());
    let act = Act { deeds: vec![STAR], papers: vec![Which::Paper(PaperId(1))] };
    desk.perform(&Task::Record(act));
    assert!(Reader::open(&file).reads(&shelf()).has(Mark::Starred, 1));
}

#[test]
fn where_the_reader_was_is_found_though_the_paper_has_another_title_now() {
    let (_folder, file) = file();
    let place = Place { paper: Some(PaperId(1)), ..Place::default() };
    Reader::open(&file).reads(&many()).perform(&Task::Keep(Box::new(place)));
    let mut papers = many();
    papers[1].title = "Corrected since".to_owned();
    papers.rotate_left(1);
    let reader = Reader::open(&file).reads(&papers);
    let Some(News::Found(found)) = reader.last else { panic!("{:?}", reader.last) };
    assert_eq!(found.paper, Some(PaperId(0)));
}
