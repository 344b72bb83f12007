//! Triage: one paper per screen, one key per decision.

use super::harness::{Program, SHELF, long, numbered};

#[test]
fn a_verdict_goes_on_to_the_next_unread_paper() {
    let program = Program::shelf().press("gt");
    assert_eq!(program.on(), "Key Memories of Small Brains");
    assert!(program.header().starts_with("Triage  1 of 10"), "{}", program.header());
    insta::assert_snapshot!(program.picture());
    let program = program.press("x");
    assert_eq!(program.on(), "Deep Nets Without Tears");
    assert!(program.footer().starts_with("Skipped: Key Memories"), "{}", program.footer());
    assert!(program.header().starts_with("Triage  2 of 10"), "{}", program.header());
    let program = program.press("w*a");
    assert!(program.header().starts_with("Triage  5 of 10"), "{}", program.header());
    assert!(program.header().ends_with("1 starred · 1 in basket"), "{}", program.header());
    assert_eq!(program.press("q/is:later<Enter>").hits(), ["Deep Nets Without Tears"]);
}

#[test]
fn u_takes_a_verdict_back_and_returns_to_its_paper() {
    let program = Program::shelf().press("gtx*");
    assert_eq!(program.on(), "A na\\\"ive Bayes for Erd\\H{o}s Graphs");
    let program = program.press("u");
    assert_eq!(program.on(), "Deep Nets Without Tears");
    assert!(program.footer().starts_with("Undone: star ("), "{}", program.footer());
    let program = program.press("u");
    assert_eq!(program.on(), "Key Memories of Small Brains");
    assert!(program.header().starts_with("Triage  1 of 10"), "{}", program.header());
}

#[test]
fn space_pages_and_does_nothing_more() {
    let papers = format!("{}\n{}", long("First", 900), long("Second", 10));
    let program = Program::with(&papers).at(80, 24).press("gt<Space>");
    let top = |it: &Program| it.state().view.paper_text.as_ref().map_or(0, |it| it.top);
    assert!(top(&program) > 0);
    let program = program.press("G<Space><Space>");
    assert_eq!(program.on(), "First");
    assert!(!program.header().contains("read"));
}

#[test]
fn what_is_left_is_told_from_the_pace_of_the_reader() {
    let mut program = Program::with(&numbered(100)).at(120, 36).press("gt");
    for _ in 0..3 {
        program = program.pass(12).press("x");
    }
    assert!(
        program.header().starts_with("Triage  4 of 100, about 19 min left"),
        "{}",
        program.header()
    );
    let program = program.pass(3600).press("x");
    assert!(program.header().contains("about 19 min left"), "an hour for one paper is a pause");
}

#[test]
fn triage_goes_over_what_is_unread_and_ends_with_it() {
    let program = Program::with(SHELF).at(120, 36).press("A");
    assert!(program.press("gt").footer().starts_with("No unread papers here"));
    let program = Program::shelf().press("/piano<Enter>gtx*");
    assert_eq!(program.state().view.pane, offprint::app::Pane::List);
    assert!(program.footer().starts_with("No unread papers left"), "{}", program.footer());
}

#[test]
fn a_verdict_on_what_was_put_aside_takes_it_off_the_pile() {
    let program = Program::shelf().press("gtwwq/is:later<Enter>");
    assert_eq!(program.hits().len(), 2);
    let program = program.press("gt");
    assert!(program.header().starts_with("Triage  1 of 2"), "{}", program.header());
    let program = program.press("*q/<Enter>");
    assert_eq!(program.hits().len(), 1, "{}", program.screen());
}

#[test]
fn triage_fits_a_small_screen() {
    let program = Program::with(SHELF).at(40, 12).press("gtx");
    insta::assert_snapshot!(program.picture());
}
