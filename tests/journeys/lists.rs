//! Lists that are opened from a list, and the way back.

use std::fs;
use std::path::Path;

use offprint::app::{Event, Level};
use offprint::library::SavedSearch;
use proptest::collection::vec;
use proptest::prelude::*;

use super::harness::{Program, SHELF, numbered};

/// Opens a list of this many papers over the one on the screen.
fn open(program: Program, folder: &Path, count: usize) -> Program {
    let path = folder.join(format!("{count}.jsonl"));
    fs::write(&path, numbered(count)).unwrap();
    program.press(&format!(":open {}<Enter>", path.display()))
}

#[test]
fn a_list_opens_over_another_and_the_way_back_leads_to_its_place() {
    let folder = tempfile::tempdir().unwrap();
    for back in ["h", "<Left>", "<Esc>", "q", ":back<Enter>"] {
        let program = Program::shelf().press("/trans<Enter>sy<Space>");
        let (on, hits) = (program.on(), program.hits());
        let program = open(program, folder.path(), 3);
        assert!(program.header().starts_with("shelf.jsonl › 3.jsonl  3"), "{}", program.header());
        assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ filter", 3));
        assert!(program.selected().is_empty());
        let program = program.press("G").press(back);
        assert!(program.header().starts_with("shelf.jsonl  2 of 10"), "{}", program.header());
        assert!(program.header().contains("by year"), "{}", program.header());
        assert_eq!(program.filter_line(), "/ trans");
        assert_eq!((program.on(), program.hits()), (on, hits), "{back}");
        assert_eq!(program.selected().len(), 1);
        assert!(!program.has_quit());
    }
}

#[test]
fn the_row_under_the_cursor_stays_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::with(&numbered(300)).at(120, 36).press("150Gzz");
    let before = program.screen();
    let program = open(program, folder.path(), 5).press("Gh");
    let counts = |screen: &str| screen.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(counts(&program.screen()), counts(&before));
}

#[test]
fn escape_first_clears_what_is_on_top() {
    let folder = tempfile::tempdir().unwrap();
    let program = open(Program::shelf(), folder.path(), 3).press("/2<Enter><Space><Esc>");
    assert_eq!((program.hits().len(), program.selected().len()), (1, 0));
    let program = program.press("<Esc>");
    assert_eq!(program.hits().len(), 3);
    let program = program.press("<Esc>");
    assert_eq!(program.hits().len(), 10);
    assert!(!program.press("<Esc><Esc>h").has_quit());
}

#[test]
fn lists_lie_on_a_stack() {
    let folder = tempfile::tempdir().unwrap();
    let program = open(open(Program::shelf(), folder.path(), 3), folder.path(), 4);
    insta::assert_snapshot!(program.picture());
    assert!(program.header().starts_with("shelf.jsonl › 3.jsonl › 4.jsonl"));
    let program = program.press("q");
    assert!(program.header().starts_with("shelf.jsonl › 3.jsonl  3"), "{}", program.header());
    assert!(program.press("qq").has_quit());
    let narrow = open(open(Program::with(SHELF).at(60, 20), folder.path(), 3), folder.path(), 4);
    assert!(narrow.header().starts_with("… › 4.jsonl"), "{}", narrow.header());
}

#[test]
fn the_stack_has_a_bound() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::shelf();
    for _ in 0..20 {
        program = open(program, folder.path(), 1);
    }
    assert!(program.header().starts_with("… › 1.jsonl  1"), "{}", program.header());
    let program = open(program, folder.path(), 2);
    assert!(program.footer().starts_with("Not opened: at most 20 lists"), "{}", program.footer());
    assert_eq!(program.hits().len(), 1);
}

#[test]
fn what_was_marked_above_is_marked_below() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("same.jsonl");
    fs::write(&path, SHELF.trim_start()).unwrap();
    let program = Program::shelf().press("*/is:starred<Enter>");
    assert_eq!(program.hits().len(), 1);
    let program = program.press(&format!(":open {}<Enter>", path.display()));
    assert!(program.header().contains("1 starred"), "{}", program.header());
    let program = program.press("*j*h");
    assert_eq!(program.hits(), ["Deep Nets Without Tears"]);
}

#[test]
fn what_is_no_list_is_told() {
    let program = Program::shelf().press(":open refs.bob<Enter>");
    let footer = program.footer();
    assert!(footer.starts_with("refs.bob: no such file or directory"), "{footer}");
    assert_eq!(program.hits().len(), 10);
    let program = program.press(":open arxv:cs.CL<Enter>");
    assert!(program.footer().contains("did you mean `arxiv:cs.CL`?"), "{}", program.footer());
    let program = program.press("/drawer<Enter>gr");
    assert!(program.footer().starts_with("No arXiv id, DOI or PMID"), "{}", program.footer());
    assert!(program.header().starts_with("shelf.jsonl  1 of 10"));
}

#[test]
fn addresses_are_completed_and_recalled() {
    let program = Program::shelf().press(":open arx<Tab>");
    assert!(program.footer().starts_with(":open arxiv:"), "{}", program.footer());
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("refs.jsonl"), numbered(3)).unwrap();
    let begun = folder.path().join("re");
    let program = Program::shelf().press(&format!(":open {}<Tab><Enter>", begun.display()));
    assert!(program.header().starts_with("shelf.jsonl › refs.jsonl  3"), "{}", program.header());
    let program = program.press("h:<Up>");
    assert!(program.footer().ends_with("refs.jsonl"), "{}", program.footer());
}

#[test]
fn a_search_of_the_list_below_is_not_that_of_the_list_above() {
    let folder = tempfile::tempdir().unwrap();
    let search = Event::InitialSearch(SavedSearch::from_query("piano"));
    let program = open(Program::shelf().feed(search), folder.path(), 4);
    assert_eq!(program.hits().len(), 4);
    assert_eq!(program.press("h").hits().len(), 2);
}

#[test]
fn related_papers_are_a_list_over_the_list() {
    for (keys, title) in [
        ("gr", "References of 2401.00001"),
        ("gb", "Cited by of 2401.00001"),
        (":similar<Enter>", "Similar to 2401.00001"),
    ] {
        let program = Program::shelf().press(keys);
        let header = program.header();
        assert!(header.starts_with(&format!("shelf.jsonl › {title}  0")), "{header}");
        let told = program.state().notices.all();
        assert!(told.iter().all(|it| it.level == Level::Error) && told.len() == 1, "{told:?}");
        assert_eq!(program.press("q").hits().len(), 10);
    }
}

/// The paper, the hits, the filter and the selection.
fn view(program: &Program) -> (String, Vec<String>, String, Vec<String>) {
    (program.on(), program.hits(), program.filter_line(), program.selected())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn each_list_is_as_it_was_left(
        steps in vec(prop::sample::select(vec![
            "open", "open", "h", "j", "G", "/paper 1<Enter>", "<Space>", "sy", "S", "sl", "%", "<C-g>",
        ]), 1..24),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Program::with(&numbered(30)).at(120, 36);
        let mut left = Vec::new();
        for (number, step) in steps.into_iter().enumerate() {
            program = match step {
                "open" => {
                    left.push(view(&program));
                    open(program, folder.path(), number + 1)
                }
                "h" => {
                    let back = program.press("h");
                    if let Some(before) = left.pop() {
                        prop_assert_eq!(view(&back), before);
                    }
                    back
                }
                keys => program.press(keys),
            };
        }
        while let Some(before) = left.pop() {
            program = program.press("h");
            prop_assert_eq!(view(&program), before);
        }
        prop_assert!(!program.has_quit());
    }
}
