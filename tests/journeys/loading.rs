//! Loading and reloading of papers, and defects.

use offprint::app::Event;
use offprint::formats::Defect;
use offprint::sources::LoadEvent;

use super::harness::{Program, SHELF, numbered};

const TORN: &str = "{\"title\": \"Whole\"}\n{\"title\": \"Torn\n{\"title\": \"Whole too\"}\n";

#[test]
fn records_that_could_not_be_read_are_counted_and_the_rest_is_shown() {
    let program = Program::with(TORN).at(120, 36);
    assert_eq!(program.hits(), ["Whole", "Whole too"]);
    insta::assert_snapshot!(format!("{}\n{}", program.header(), program.footer()));
}

#[test]
fn defects_lists_them_with_their_lines() {
    let program = Program::with(TORN).at(120, 36).press(":defects<Enter>");
    assert!(program.screen().contains("shelf.jsonl:2: "), "{}", program.screen());
}

#[test]
fn with_no_defects_the_list_of_them_says_so() {
    assert!(Program::shelf().press(":defects<Enter>").row(4).contains("No unreadable records"));
}

#[test]
fn progress_shows_in_the_header() {
    let loading = |bytes, total| Event::Load(LoadEvent::Progress { bytes, total, papers: 0 });
    let program = Program::empty(120, 36).feed(loading(512, Some(2048)));
    assert!(program.header().contains("loading 25 % of "), "{}", program.header());
    assert!(program.screen().contains("Loading…"));
    let program = program.feed(loading(5_120_000, None));
    assert!(program.header().contains("loading, 6 MB"), "{}", program.header());
    let program = program.feed(Event::Load(LoadEvent::Done));
    assert!(!program.header().contains("loading"));
    assert!(program.screen().contains("No papers in this source; R reloads it"));
}

#[test]
fn ctrl_c_stops_loading_and_capital_r_resumes() {
    let program = Program::empty(120, 36).press("<C-c>");
    assert!(program.header().contains("paused, R resumes"), "{}", program.header());
    assert!(!program.has_quit());
    let program = program.press("R");
    assert!(program.header().contains("loading"), "{}", program.header());
}

#[test]
fn a_failure_is_told_and_what_came_before_stays() {
    let program =
        Program::shelf().feed(Event::Load(LoadEvent::Failed("The disk is gone.".to_owned())));
    assert!(program.footer().starts_with("The disk is gone."));
    assert_eq!(program.hits().len(), 10);
}

#[test]
fn a_panic_of_a_thread_is_told() {
    let panicked = Event::ThreadPanic { job: "loader", why: "index out of bounds".to_owned() };
    let program = Program::shelf().feed(panicked);
    assert!(program.footer().starts_with("Internal error, loader stopped"), "{}", program.footer());
}

#[test]
fn more_papers_leave_the_cursor_on_its_paper() {
    let more = Program::with(&numbered(50)).at(120, 36).first_segment();
    let program = Program::shelf().press("sy4j");
    let on = program.on();
    let program = program.feed(Event::Load(LoadEvent::Segment(more)));
    assert_eq!((program.hits().len(), program.on()), (60, on));
}

#[test]
fn more_papers_are_searched_for_what_is_asked() {
    let more = Program::with(SHELF).at(120, 36).first_segment();
    let program = Program::shelf().press("/piano<Enter>j");
    let on = program.on();
    let program = program.feed(Event::Load(LoadEvent::Segment(more)));
    assert_eq!((program.hits().len(), program.on()), (4, on));
}

#[test]
fn one_defect_is_one_record() {
    let defect = Defect { source: "x".into(), ..Defect::new(3, "it is torn") };
    let program = Program::empty(120, 36)
        .feed(Event::Load(LoadEvent::Defect(defect)))
        .feed(Event::Load(LoadEvent::Done));
    assert!(program.footer().starts_with("1 unreadable record"), "{}", program.footer());
}

#[test]
fn the_built_in_papers_are_there_without_a_file() {
    let program = Program::builtin().at(120, 36);
    assert_eq!(program.header(), "Hugging Face Papers  198");
    insta::assert_snapshot!(program.press("/brain mem").picture());
}

/// Reloads the papers, as seen by the program.
fn again(program: Program) -> Program {
    let papers = program.first_segment();
    program
        .feed(Event::LoadRestart)
        .feed(Event::Load(LoadEvent::Segment(papers)))
        .feed(Event::Load(LoadEvent::Done))
}

#[test]
fn a_reload_keeps_filter_cursor_and_selection_in_its_order() {
    let program = Program::shelf().press("8j<Space>gg<Space>/the<Enter>j");
    let (on, selected) = (program.on(), program.selected());
    let program = again(program);
    assert_eq!((program.on(), program.selected()), (on, selected));
    assert_eq!(program.filter_line(), "/ the");
    assert!(program.footer().starts_with("Reloaded: 10 papers"), "{}", program.footer());
}

#[test]
fn after_a_reload_no_other_papers_are_selected_by_mistake() {
    let program = again(Program::shelf().press("<Space><Space><Esc><Space>"));
    assert_eq!(program.selected().len(), 1);
    assert_eq!(program.press("<Esc>uuu").selected().len(), 1);
}

#[test]
fn what_cannot_be_read_again_stays() {
    let program = Program::shelf().press("3jR");
    assert_eq!((program.hits().len(), program.on().as_str()), (10, "深層学習の記憶"));
    assert!(program.footer().starts_with("Reloading needs a terminal"));
}

#[test]
fn a_large_corpus_begins_with_the_newest_and_the_cursor_stays_on_its_paper() {
    let few = Program::with(&numbered(10_000)).at(120, 36);
    assert_eq!(few.on(), "Paper 1");
    let program = Program::with(&numbered(10_001)).at(120, 36);
    assert_eq!(program.on(), "Paper 9999", "the last of the last year");
    assert_eq!(program.screen().lines().nth(5).unwrap().matches("1999").count(), 1);
    let program = few.press("jj").feed(Event::Load(LoadEvent::Segment(program.first_segment())));
    assert_eq!(program.on(), "Paper 3");
    assert!(program.state().list.viewport.cursor > 5000);
    assert!(program.press("G").screen().contains("1900"));
}
