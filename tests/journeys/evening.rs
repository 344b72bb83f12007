//! A complete session: forty papers in triage, five kept, two decisions undone, a note, the basket
//! copied, and the session restored at the next start.

use tempfile::TempDir;

use super::harness::{Program, numbered};

#[test]
fn an_evening_of_skimming_is_all_there_the_next_day() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    let mut program = Program::with(&numbered(40)).library(&library).at(120, 36).press("gt");

    // Thirty decisions at twenty seconds each; every sixth paper goes into the basket.
    for number in 1..=30 {
        let verdict = match number % 6 {
            5 => "a",
            3 => "w",
            _ => "x",
        };
        program = program.pass(20).press(verdict);
    }
    assert!(
        program.header().starts_with("Triage  31 of 40, about 3 min left"),
        "{}",
        program.header()
    );
    assert!(program.header().ends_with("5 in basket"), "{}", program.header());

    // Two decisions are undone.
    program = program.press("uu");
    assert_eq!(program.on(), "Paper 29");
    assert!(program.header().ends_with("4 in basket"), "{}", program.header());
    program = program.press("a*");
    assert!(program.header().ends_with("1 starred · 5 in basket"), "{}", program.header());

    program.write("Compare with Paper 5.");
    program = program.press("e");
    assert!(program.footer().starts_with("Note saved: Paper 31"), "{}", program.footer());

    // The basket is copied.
    program = program.press("qByb");
    assert_eq!(program.copied().matches('@').count(), 5, "{}", program.copied());
    program = program.press("q");
    assert_eq!(program.on(), "Paper 31");
    assert!(program.press("q").has_quit());

    let program = Program::with(&numbered(40)).library(&library).at(120, 36);
    assert_eq!(program.on(), "Paper 31");
    assert!(program.header().contains("10 unread"), "{}", program.header());
    assert!(program.header().ends_with("1 starred · 5 in basket"), "{}", program.header());
    assert!(program.screen().contains("Compare with Paper 5."));
    let program = program.press("gt");
    assert!(program.header().starts_with("Triage  31 of 40"), "{}", program.header());
}
