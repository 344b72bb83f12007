//! The same paper in two records.

use offprint::app::Event;
use offprint::sources::LoadEvent;

use super::harness::Program;

const TWICE: &str = r#"
{"title": "Looking at Clocks", "authors": ["Ada Lindqvist"], "abstract": "We look at clocks.", "year": 2022, "categories": "cs.CV", "arxiv_id": "2201.00001"}
{"title": "Something in Between", "authors": ["Bo Karlsson"], "year": 2020}
{"title": "Watching Clocks", "type": "article-journal", "authors": ["Lindqvist, Ada"], "year": 2023, "venue": "Journal of Time", "doi": "10.1234/clocks", "arxiv_id": "2201.00001"}
"#;

#[test]
fn a_paper_in_two_records_is_one_row_with_the_facts_of_both() {
    let program = Program::with(TWICE).at(120, 20);
    assert_eq!(program.header(), "shelf.jsonl  2");
    assert_eq!(program.hits(), ["Watching Clocks", "Something in Between"]);
    insta::assert_snapshot!(program.picture());
}

#[test]
fn its_records_are_named_with_what_says_which_is_cited() {
    let screen = Program::with(TWICE).at(160, 20).screen();
    assert!(
        screen.contains("2 records: arXiv:2201.00001, doi:10.1234/clocks (:prefer"),
        "{screen}"
    );
    let other = Program::with(TWICE).at(160, 20).press("j").screen();
    assert!(!other.contains("records"), "{other}");
}

#[test]
fn a_word_in_either_record_finds_it_and_so_do_words_of_both() {
    for filter in ["looking", "watching", "looking watching", "cat:cs.CV venue:time", "abs:look"] {
        let program = Program::with(TWICE).at(120, 20).press("/").paste(filter).press("<Enter>");
        assert_eq!(program.hits(), ["Watching Clocks"], "{filter}");
        assert!(program.header().contains("1 of 2"), "{}", program.header());
    }
    let program = Program::with(TWICE).at(120, 20).press("/year:2022<Enter>");
    assert_eq!(program.hits(), Vec::<String>::new());
}

#[test]
fn records_that_are_joined_after_the_filter_was_answered_are_one_row() {
    let loaded = Program::with(TWICE).at(120, 20);
    for filter in ["", "clocks"] {
        let overlay = loaded.state().corpus.duplicates().unwrap();
        let segment = LoadEvent::Segment(loaded.first_segment());
        let mut program = Program::empty(120, 20).press("/").paste(filter).press("<Enter>");
        for it in [segment, LoadEvent::Duplicates(overlay), LoadEvent::Done] {
            program = program.feed(Event::Load(it));
        }
        assert_eq!(program.hits()[0], "Watching Clocks");
        let shown = if filter.is_empty() { "2" } else { "1 of 2" };
        assert_eq!(program.header(), shown);
    }
}

#[test]
fn it_is_copied_once() {
    let program = Program::with(TWICE).at(120, 20).press("<Space><Space>yt");
    assert_eq!(program.copied(), "Watching Clocks\nSomething in Between");
    let program = program.press("gg<Esc>yi");
    assert_eq!(program.copied(), "2201.00001");
}

#[test]
fn sorting_knows_it_once() {
    let program = Program::with(TWICE).at(120, 20).press("sy");
    assert_eq!(program.hits(), ["Watching Clocks", "Something in Between"]);
    assert_eq!(program.press("S").hits(), ["Something in Between", "Watching Clocks"]);
}

#[test]
fn papers_that_share_a_wrong_identifier_or_a_generic_title_stay_rows_of_their_own() {
    let lines = r#"
{"title": "Eels of the delta", "authors": ["Ada Moss"], "doi": "10.1234/wrong"}
{"title": "Granite under glaciers", "authors": ["Bo Reed"], "doi": "10.1234/wrong"}
{"title": "Introduction", "authors": ["Cy Lund"], "venue": "Acta", "year": 2001}
{"title": "Introduction", "authors": ["Cy Lund"], "venue": "Acta", "year": 2002}
"#;
    let program = Program::with(lines).at(120, 20);
    assert_eq!(program.header(), "shelf.jsonl  4");
    assert_eq!(program.press("/key:lund<Enter>").hits(), ["Introduction", "Introduction"]);
}

#[test]
fn a_paper_is_found_by_the_key_of_either_record() {
    let keyed = TWICE
        .replace(r#""title": "Looking"#, r#""citation_key": "moss:a", "title": "Looking"#)
        .replace(r#""title": "Watching"#, r#""citation_key": "reed:b", "title": "Watching"#);
    for key in ["moss:a", "reed:b"] {
        let program = Program::with(&keyed).at(120, 20).press("/").paste(&format!("key:{key}"));
        assert_eq!(program.press("<Enter>").hits(), ["Watching Clocks"], "{key}");
    }
}
