//! The order of the list.

use tempfile::TempDir;

use super::harness::{Opening, Program};

const COUNTED: &str = r#"
{"title": "A", "date": "2024-03", "citationCount": 9, "upvotes": 2, "listed": "2026-11-25"}
{"title": "B", "year": 2024, "citationCount": 120, "listed": "2026-11-27"}
{"title": "C", "date": "2024-03-09", "upvotes": 30, "listed": "2026-11-26"}
{"title": "D", "year": 2025, "citationCount": 40, "upvotes": 4}
"#;

#[test]
fn s_opens_a_menu_of_orders() {
    insta::assert_snapshot!(Program::shelf().press("s").picture());
}

#[test]
fn a_letter_of_the_menu_sorts() {
    let program = Program::shelf().press("st");
    assert_eq!(program.hits()[0], "A na\\\"ive Bayes for Erd\\H{o}s Graphs");
    assert_eq!(program.header(), "shelf.jsonl  10 · by title");
    assert!(program.footer().starts_with("Sorted by title"));
    assert_eq!(Program::shelf().press("sy").hits()[0], "Key Memories of Small Brains");
}

#[test]
fn enter_on_a_row_of_the_menu_sorts() {
    assert!(Program::shelf().press("sj<Enter>").header().contains("by year"));
}

#[test]
fn capital_s_turns_the_order_round() {
    let forward = Program::shelf().press("sy").hits();
    let mut reversed = Program::shelf().press("syS").hits();
    assert_ne!(forward, reversed);
    reversed.reverse();
    assert_eq!(forward.len(), reversed.len());
    let program = Program::shelf().press("syS");
    assert!(program.header().ends_with("by year reversed"), "{}", program.header());
    assert_eq!(program.press("S").hits(), forward);
}

#[test]
fn the_cursor_stays_on_its_paper() {
    for keys in ["st", "sy", "sa", "S", "stS", ":sort year<Enter>"] {
        assert_eq!(
            Program::shelf().press("4j").press(keys).on(),
            "Éléments of Cafe\u{301} Acoustics"
        );
    }
}

#[test]
fn papers_without_a_year_come_last_by_year() {
    assert_eq!(Program::shelf().press("sy").hits()[9], "Notes Found in a Drawer");
}

#[test]
fn a_filter_keeps_the_order_chosen() {
    let program = Program::shelf().press("sy/the");
    let mut titles = program.hits();
    assert!(titles.len() > 1);
    let by_hand = Program::shelf().press("/the<Enter>sy").hits();
    assert_eq!(titles, by_hand);
    titles.dedup();
    assert_eq!(titles, by_hand);
}

#[test]
fn esc_leaves_the_menu_and_the_order() {
    let program = Program::shelf().press("s<Esc>");
    assert_eq!(program.header(), "shelf.jsonl  10");
}

#[test]
fn numbers_and_days_sort_with_the_greatest_first_and_the_unknown_last() {
    for (keys, order) in [
        ("sd", "DCAB"),
        (":sort date<Enter>", "DCAB"),
        ("sc", "BDAC"),
        ("sv", "CDAB"),
        ("sl", "BCAD"),
        (":sort citations reverse<Enter>", "CADB"),
        (":sort date listed<Enter>", "BCAD"),
    ] {
        let hits = Program::with(COUNTED).at(80, 24).press(keys).hits();
        assert_eq!(hits.concat(), order, "{keys}");
    }
}

/// Papers on birds and rocks in turns.
fn birds_and_rocks() -> Opening {
    let paper = |at: usize| {
        let subject = ["Finches and wrens", "Basalt and granite"][at % 2];
        format!(r#"{{"title": "{subject}, part {at}", "abstract": "We measure them."}}"#)
    };
    Program::with(&(0..60).map(paper).collect::<Vec<_>>().join("\n"))
}

/// Stars the first papers on birds.
fn star(program: Program, count: usize) -> Program {
    program.press(&format!("/finch<Enter>v{}j*<Esc><C-g>", count - 1))
}

fn birds(hits: &[String]) -> usize {
    hits.iter().take_while(|it| it.starts_with("Finches")).count()
}

#[test]
fn for_you_lists_papers_like_the_starred_ones_first() {
    let program = star(birds_and_rocks().at(120, 36), 20).press("su");
    assert!(program.header().contains("for you"), "{}", program.header());
    assert!(program.footer().starts_with("Sorted for you"), "{}", program.footer());
    assert_eq!(birds(&program.hits()), 30);
    // The order is that of triage too, and what is starred in it moves no row.
    let before = program.hits();
    let program = program.press("ggjjjgt**");
    assert!(program.header().starts_with("Triage"), "{}", program.header());
    assert_eq!(program.hits(), before);
    assert_eq!(birds(&program.press("q:sort for you<Enter>").hits()), 30);
}

#[test]
fn for_you_says_how_many_stars_are_missing_and_keeps_the_order() {
    let program = star(birds_and_rocks().at(120, 36).press("sy"), 19).press("su");
    let expected = "Not sorted for you: needs 20 starred papers in this list, has 19";
    assert!(program.footer().starts_with(expected), "{}", program.footer());
    assert!(program.header().contains("by year"), "{}", program.header());
}

#[test]
fn the_next_start_sorts_for_you_again_if_the_stars_are_still_there() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    let open = || birds_and_rocks().library(&library).at(120, 36);
    drop(star(open(), 20).press("suq"));
    let program = open();
    assert!(program.header().contains("for you"), "{}", program.header());
    assert_eq!(birds(&program.hits()), 30);
    drop(program.press("/finch<Enter>gg*<C-g>q"));
    let program = open();
    assert!(!program.header().contains("for you"), "{}", program.header());
}
