//! A run for picking papers: the filter line has the keys, as in fzf.

use offprint::app::{ExitResult, RunMode, Settings};

use super::harness::{Program, SHELF};

fn open_with(pick_at_once: &[usize], query: &str) -> Program {
    let settings = Settings {
        run_mode: RunMode::Pick,
        pick_at_once: pick_at_once.to_vec(),
        ..Settings::default()
    };
    let opening = Program::with(SHELF).settings(settings);
    if query.is_empty() { opening.at(80, 24) } else { opening.query(query).at(80, 24) }
}

fn open() -> Program {
    open_with(&[], "")
}

/// The rows of the picked papers in the source, and the query.
fn picked(program: &Program) -> Option<(Vec<u32>, &str)> {
    match program.outcome() {
        Some(ExitResult::Picked { papers, query }) => {
            Some((papers.iter().map(|it| it.0).collect(), query))
        }
        _ => None,
    }
}

#[test]
fn letters_are_typed_into_the_filter_from_the_start_and_enter_picks() {
    let program = open().press("deep");
    assert_eq!(program.filter_line(), "/ deep");
    assert!(program.footer().starts_with("Enter pick"), "{}", program.footer());
    assert_eq!(picked(&program.press("<Enter>")), Some((vec![1], "deep")));
}

#[test]
fn tab_selects_and_moves_down_and_shift_tab_selects_and_moves_up() {
    assert_eq!(picked(&open().press("<Tab><Down><Tab><Enter>")), Some((vec![0, 2], "")));
    let upwards = open().press("<Down><Down><S-Tab><S-Tab><Enter>");
    assert_eq!(picked(&upwards), Some((vec![2, 1], "")));
}

#[test]
fn esc_and_an_interrupt_pick_nothing() {
    for keys in ["<Esc>", "deep<Esc>", "<Tab><Esc>", "<C-c>"] {
        assert_eq!(open().press(keys).outcome(), Some(&ExitResult::Quit), "{keys}");
    }
}

#[test]
fn the_filter_line_keeps_the_keys() {
    // In the list these letters would skip a paper and quit.
    for keys in ["<BS><BS>xq", "a<BS><BS>xq", "<C-g>xq"] {
        let program = open().press(keys);
        assert_eq!(program.filter_line(), "/ xq", "{keys}");
        assert!(!program.has_quit());
    }
    let program = open().press("<F1>q");
    assert_eq!(program.press("xq").filter_line(), "/ xq");
}

#[test]
fn a_search_without_a_choice_ends_at_once_if_that_is_requested() {
    assert_eq!(picked(&open_with(&[1], "deep nets")), Some((vec![1], "deep nets")));
    assert_eq!(picked(&open_with(&[0], "zzqx")), Some((vec![], "zzqx")));
    for (counts, query) in [(&[0][..], "deep nets"), (&[1], "zzqx"), (&[0, 1], "transformers")] {
        assert!(!open_with(counts, query).has_quit(), "{query}");
    }
    // Later searches are the user's.
    assert!(!open_with(&[0, 1], "").press("zzqx").has_quit());
    assert!(!open_with(&[0, 1], "").press("deep nets").has_quit());
}

#[test]
fn picking_in_few_rows_shows_the_filter_and_the_list() {
    let program = open().resize(60, 6).press("trans");
    insta::assert_snapshot!(program.screen());
}
