//! A list that is fetched from the network, page after page.

use std::sync::Arc;

use offprint::app::Event;
use offprint::app::model::list_stack::{ListOrigin, OriginKind};
use offprint::search::SortKey;
use offprint::sources::{FetchProgress, LoadEvent};

use super::harness::{Program, SHELF, numbered};

/// The shelf with an empty list of a service over it.
fn opened(unsent_filter: &str) -> Program {
    Program::shelf().feed(Event::ListOpened(ListOrigin {
        name: "arXiv cs.CL".to_owned(),
        kind: OriginKind::Online,
        unsent_filter: unsent_filter.to_owned(),
        order: SortKey::default(),
    }))
}

fn page(count: usize) -> Event {
    Event::Load(LoadEvent::Segment(Program::with(&numbered(count)).at(120, 36).first_segment()))
}

fn progress(total: Option<u64>, waits_for: Option<&str>) -> Event {
    Event::Load(LoadEvent::Fetch(FetchProgress {
        name: Arc::from("arXiv cs.CL"),
        pages: 1,
        total,
        waits_for: waits_for.map(str::to_owned),
        filter: "".into(),
        is_ended: false,
    }))
}

#[test]
fn the_header_counts_the_papers_that_came_and_says_what_is_waited_for() {
    let program = opened("");
    assert!(program.header().starts_with("shelf.jsonl › arXiv cs.CL  0 · fetching"));
    assert!(program.screen().contains("Fetching…; ^C stops"), "{}", program.screen());
    let program = program.feed(page(120)).feed(progress(Some(341), Some("3 s between requests")));
    assert_eq!(program.header(), "shelf.jsonl › arXiv cs.CL  120 of 341 · 3 s between requests");
    let program = program.press("/paper 7<Enter>");
    assert!(program.header().contains(" of 120 · 3 s between requests"), "{}", program.header());
    let program = program.feed(progress(Some(341), None));
    assert!(program.header().contains(" of 120 · fetched 120 of 341"), "{}", program.header());
    let program = program.feed(Event::Load(LoadEvent::Done)).press("<Esc>");
    assert_eq!(program.header(), "shelf.jsonl › arXiv cs.CL  120");
}

#[test]
fn more_papers_than_announced_are_counted_alone() {
    let program = opened("").feed(page(120)).feed(progress(Some(100), None));
    assert!(program.header().ends_with("arXiv cs.CL  120 · fetching"), "{}", program.header());
}

#[test]
fn ctrl_c_stops_the_fetch_at_once_and_keeps_what_came() {
    let program = opened("").feed(page(120)).feed(progress(Some(341), None)).press("7j<C-c>");
    assert!(
        program.footer().starts_with("Fetch stopped: 120 of 341 kept; R fetches again"),
        "{}",
        program.footer()
    );
    assert_eq!(program.header(), "shelf.jsonl › arXiv cs.CL  120");
    assert_eq!(program.on(), "Paper 8");
    let program = program.press("<C-c>");
    assert!(program.footer().starts_with("Press q or ^C again"), "{}", program.footer());
    let nothing = opened("").press("<C-c>");
    assert!(nothing.footer().starts_with("Fetch stopped: 0 kept"), "{}", nothing.footer());
    assert!(
        nothing.screen().contains("No papers here; R reloads it, Esc goes back"),
        "{}",
        nothing.screen()
    );
}

#[test]
fn while_a_fetch_runs_another_is_not_begun() {
    let program = opened("").feed(page(3)).press("R");
    assert!(program.footer().starts_with("Still fetching; ^C stops"), "{}", program.footer());
}

#[test]
fn a_failure_is_told_and_the_list_so_far_stays() {
    let reason = "arXiv is limiting requests; next try in 45 s".to_owned();
    let program = opened("").feed(page(120)).feed(Event::Load(LoadEvent::Failed(reason)));
    let program = program.feed(Event::Load(LoadEvent::Done));
    assert!(program.footer().starts_with("arXiv is limiting requests; next try in 45 s"));
    assert_eq!(program.hits().len(), 120);
}

#[test]
fn a_list_that_is_fetched_again_stays_until_the_first_page_has_come() {
    let done = || Event::Load(LoadEvent::Done);
    let program = opened("").feed(page(9)).feed(done()).press("4j").feed(Event::RefetchStarted);
    assert!(program.header().ends_with("arXiv cs.CL  9 · fetching again"), "{}", program.header());
    assert_eq!((program.hits().len(), program.on().as_str()), (9, "Paper 5"));
    let again = program.feed(Event::LoadRestart).feed(page(30)).feed(done());
    assert_eq!((again.hits().len(), again.on().as_str()), (30, "Paper 5"));
    assert!(again.footer().starts_with("Reloaded: 30 papers"), "{}", again.footer());
    let stopped = again.feed(Event::RefetchStarted).press("<C-c>");
    assert!(
        stopped.footer().starts_with("Fetch stopped: the list is kept; R fetches again"),
        "{}",
        stopped.footer()
    );
    assert_eq!(stopped.header(), "shelf.jsonl › arXiv cs.CL  30");
    let failed = stopped.feed(Event::RefetchStarted).feed(Event::RefetchFailed);
    assert_eq!(failed.header(), "shelf.jsonl › arXiv cs.CL  30");
}

#[test]
fn what_a_service_cannot_express_is_the_filter_of_its_list() {
    let shelf = || {
        let segment = Program::with(SHELF).at(120, 36).first_segment();
        Event::Load(LoadEvent::Segment(segment))
    };
    let program = opened("is:unread piano").feed(shelf()).feed(Event::Load(LoadEvent::Done));
    assert_eq!(program.filter_line(), "/ is:unread piano");
    assert_eq!(program.hits().len(), 2);
    assert!(program.header().contains("2 of 10 · filtered here"), "{}", program.header());
    let program = program.press("<C-g>");
    assert_eq!(program.hits().len(), 10);
    assert!(!program.header().contains("filtered here"), "{}", program.header());
}

#[test]
fn a_list_that_was_left_while_it_was_fetched_says_so() {
    let program = opened("").feed(page(5)).feed(Event::ListOpened(ListOrigin::default()));
    let program = program.press("h");
    assert_eq!(program.hits().len(), 5);
    assert!(program.footer().starts_with("Loading was stopped"), "{}", program.footer());
    assert!(!program.header().contains("fetching"), "{}", program.header());
}

#[test]
fn a_hostile_progress_does_no_harm() {
    let program = opened("").feed(progress(Some(u64::MAX), Some("wait\u{1b}[2J")));
    assert!(!program.screen().contains('\u{1b}'));
    assert!(program.header().contains("wait"), "{}", program.header());
}
