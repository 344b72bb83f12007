//! The rows of the list: marks, matches under the cursor, dates and columns.

use std::ffi::OsStr;

use offprint::app::model::columns::ListColumns;
use offprint::app::{Settings, Theme};
use offprint::cite::Bibliography;
use offprint::domain::Draft;

use super::harness::{Program, SHELF};

const DATED: &str = r#"
{"title": "Maps of the North", "authors": ["Ada Moss"], "date": "2021-05-03", "venue": "Journal of Maps and Roads", "citationCount": 17}
{"title": "Maps of the South", "authors": ["Bo Fen"], "date": "2020-11", "cited_by_count": "2048"}
{"title": "Maps of the East", "year": 2019}
"#;

fn with_columns(names: &[&str]) -> Settings {
    let columns = ListColumns::from_names(names.iter().copied()).unwrap();
    Settings { columns, ..Settings::default() }
}

#[test]
fn a_blank_stands_between_marks_and_title() {
    for (width, row) in [(120, 3), (80, 3), (60, 3), (28, 3)] {
        let program = Program::with(SHELF).at(width, 24).press("*w");
        assert!(program.row(row).contains("»★ Key"), "{width}: {}", program.row(row));
    }
}

#[test]
fn a_paper_of_a_bibliography_has_a_mark_of_one_cell_at_every_width() {
    let mut own = Bibliography::with_name(OsStr::new("refs.bib"));
    own.add(&Draft {
        title: "Deep Nets Without Tears".to_owned(),
        arxiv: "2101.00002".to_owned(),
        ..Draft::default()
    });
    let settings = Settings::default();
    settings.bibliography.set(own);
    for width in [120, 80, 60, 28] {
        let program = Program::with(SHELF).settings(settings.clone()).at(width, 24);
        let screen = program.screen();
        let row = screen.lines().find(|it| it.contains("Deep Nets")).unwrap();
        assert!(row.contains("@ Deep Nets"), "{width}: {screen}");
        let marked = screen.lines().filter(|it| it.contains("@ ")).count();
        assert_eq!(marked, 1, "{width}: {screen}");
    }
}

#[test]
fn under_the_cursor_matches_and_marks_are_told_without_colour() {
    for theme in [Theme::Terminal, Theme::Dark, Theme::Light] {
        let program =
            Program::with(SHELF).theme(theme).at(120, 36).press("*/trans<Enter><Space>gg*");
        let bar = program.styled(3);
        let runs: Vec<&str> = bar.lines().filter(|it| it.contains("reversed")).collect();
        assert!(!runs.iter().any(|it| has_colour(it)), "{theme:?}: {bar}");
        assert!(
            runs.iter().any(|it| it.contains("Trans") && it.contains("bold underlined")),
            "{bar}"
        );
        assert!(runs.iter().any(|it| it.contains("★") && it.contains("bold")), "{bar}");
    }
}

/// Returns true if a styled run names a colour.
fn has_colour(run: &str) -> bool {
    let style = run.rsplit('"').next().unwrap_or_default();
    style
        .split(' ')
        .any(|word| word.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit()))
}

#[test]
fn month_and_day_are_shown_where_they_are_known_and_there_is_room() {
    let program = Program::with(DATED).at(80, 24);
    assert!(program.row(3).ends_with(" 2021-05-03"), "{}", program.row(3));
    assert!(program.row(4).ends_with(" 2020-11"), "{}", program.row(4));
    assert!(program.row(5).ends_with(" 2019"), "{}", program.row(5));
    assert!(program.screen().contains("2021-05-03 · Journal of Maps"), "{}", program.screen());
    let program = Program::with(DATED).at(50, 24);
    assert!(program.row(3).ends_with(" 2021"), "{}", program.row(3));
}

#[test]
fn columns_are_chosen_in_the_configuration() {
    let settings = with_columns(&["year", "venue", "citations"]);
    let program = Program::with(DATED).settings(settings.clone()).at(100, 24);
    let rows: Vec<String> = (3..6).map(|row| program.row(row)).collect();
    insta::assert_snapshot!(rows.join("\n"));
    let narrow = Program::with(DATED).settings(settings).at(50, 24);
    assert!(narrow.row(3).contains("2021  Journal of Ma"), "{}", narrow.row(3));
    assert!(!narrow.row(3).contains("17"), "{}", narrow.row(3));
    let none = Program::with(DATED).settings(with_columns(&[])).at(100, 24);
    assert!(!none.row(3).contains("2021"), "{}", none.row(3));
}

#[test]
fn votes_and_the_day_of_listing_are_columns() {
    let papers = r#"
{"title": "Maps of the North", "upvotes": 41, "listed": "2026-11-27"}
{"title": "Maps of the South"}
"#;
    let settings = with_columns(&["listed", "votes"]);
    let program = Program::with(papers).settings(settings).at(100, 24);
    assert!(program.row(3).ends_with(" 2026-11-27      41"), "{}", program.row(3));
    assert!(program.row(4).ends_with("South"), "{}", program.row(4));
}

#[test]
fn a_retracted_paper_has_a_mark_and_is_filtered() {
    let papers = r#"
{"title": "Sound Maps", "authors": ["Ada Moss"]}
{"title": "Made-up Maps", "authors": ["Bo Fen"], "status": "Retracted", "citationCount": 3, "upvotes": 1}
"#;
    let program = Program::with(papers).at(80, 24).press("j");
    assert!(program.row(4).contains("RETRACTED Made-up Maps"), "{}", program.row(4));
    assert!(!program.row(3).contains("RETRACTED"), "{}", program.row(3));
    let screen = program.screen();
    assert!(screen.contains("Retracted, as its source says"), "{screen}");
    assert!(screen.contains("3 citations · 1 vote"), "{screen}");
    assert_eq!(program.press("/is:retracted<Enter>").hits(), ["Made-up Maps"]);
    let others = Program::with(papers).at(80, 24).press("/!is:retracted<Enter>").hits();
    assert_eq!(others, ["Sound Maps"]);
}
