//! Papers that match the filter only approximately.

use super::harness::Program;

#[test]
fn similar_papers_are_counted_apart_and_say_how_they_differ() {
    let program = Program::shelf().press("/counted slowly");
    assert_eq!(program.on(), "Counting to Ten Thousand, Slowly");
    assert!(program.row(4).contains("similar: counting"), "{}", program.screen());
    let program = Program::shelf().press("/penguins at the piano");
    assert_eq!(program.on(), "Transformers at the Piano");
    assert!(program.header().starts_with("shelf.jsonl  0 of 10 · "), "{}", program.header());
    assert!(program.row(4).contains("without \"penguins\""), "{}", program.screen());
    let program = program.press("<Esc>/piano");
    assert_eq!(program.header(), "shelf.jsonl  2 of 10");
}

#[test]
fn a_narrow_row_says_how_its_paper_differs() {
    let program = Program::shelf().press("<Esc>").resize(60, 20).press("/penguins at the piano");
    let row = program.row(3);
    assert!(row.contains("Transformers at the Piano"), "{}", program.screen());
    assert!(row.contains("without \"peng"), "{}", program.screen());
}
