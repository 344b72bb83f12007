//! Tests of the dialogue: lines in, lines out.

use std::io::Cursor;

use super::*;
use crate::app::Settings;
use crate::cite::CiteOptions;
use crate::shell::Loader;
use crate::sources::{ReadOptions, Source};

const PAPERS: &str = r#"{"title": "Key Memories", "authors": ["Ada Lindqvist", "Bo Karlsson"], "abstract": "Small brains keep few memories.\n\nSparse codes suffice.", "year": 2024, "arxiv_id": "2401.00001"}
{"title": "Deep Nets Without Tears", "authors": ["Bo Karlsson"], "abstract": "A gentle course.", "year": 2021}
{"title": "Notes Found in a Drawer", "abstract": "Nobody signed them."}
"#;

/// The answers to the lines, without the greeting and the first listing.
fn answers(input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("papers.jsonl");
    std::fs::write(&path, PAPERS).unwrap();
    let mut program = Headless::new(Settings::default(), CiteOptions::default(), 80, 24);
    let sources = Loader::open(&[Source::File(path)], &ReadOptions::default()).unwrap();
    program.load(sources, None);
    let mut output = Vec::new();
    PlainSession::new(program, Cursor::new(input.as_bytes()), &mut output).run().unwrap();
    let text = String::from_utf8(output).unwrap();
    let (_, answers) = text.split_once("\n> ").unwrap();
    answers.replace("\n> ", "\n").trim_end().to_owned()
}

#[test]
fn a_filter_lists_what_matches() {
    let listed = "1 of 3 papers match title:tears\n1. Deep Nets Without Tears, Karlsson, 2021";
    assert_eq!(answers("/title:tears\n"), listed);
    let cleared = answers("/title:tears\n/\n");
    assert!(cleared.contains("\n3. Notes Found in a Drawer"), "{cleared}");
    assert_eq!(answers("/zzqx\n"), "0 of 3 papers match zzqx\nNo papers");
}

#[test]
fn a_number_reads_the_paper_a_paragraph_a_line() {
    let paper = answers("1\n");
    assert!(paper.starts_with("Key Memories\n\nAda Lindqvist, Bo Karlsson\n2024 "), "{paper}");
    assert!(paper.contains("\nSmall brains keep few memories."), "{paper}");
    assert!(paper.contains("\nhttps://arxiv.org/abs/2401.00001"), "{paper}");
    assert_eq!(answers("2\nyt\nshow-copy\n").lines().last(), Some("Deep Nets Without Tears"));
}

#[test]
fn keys_and_names_run_the_same_actions() {
    for star in ["*", "star", ":star"] {
        assert_eq!(answers(&format!("{star}\n")), "Starred: Key Memories", "{star}");
    }
    assert!(answers("*\nu\n").contains("Undone"), "{}", answers("*\nu\n"));
    assert_eq!(answers("j\n"), "2. Deep Nets Without Tears, Karlsson, 2021");
    assert_eq!(answers("2j\n"), "3. Notes Found in a Drawer");
    assert!(answers("*\nlist\n").contains("2024 [starred]"));
    assert_eq!(answers("select\nselect\n"), "1 selected\n2 selected");
    assert!(answers("frobnicate\n").starts_with("Unknown command: frobnicate"));
}

#[test]
fn a_prompt_is_answered_by_a_line_and_cancelled_by_a_dot() {
    let tagged = answers("tag\nbrains, codes\nlist\n");
    assert!(tagged.contains("tag brains, tag codes"), "{tagged}");
    let cancelled = answers("tag\n.\nlist\n");
    assert!(!cancelled.contains("tag brains"), "{cancelled}");
}

#[test]
fn a_menu_is_listed_and_a_row_chosen_by_its_label() {
    let sorted = answers("sort\nt\n");
    assert!(sorted.starts_with("Sort by\n"), "{sorted}");
    assert!(sorted.contains("1. Deep Nets"), "{sorted}");
    assert!(answers("sort\nwrong\n").contains("No such choice"), "{}", answers("sort\nwrong\n"));
    assert!(answers("searches\n").starts_with("No saved searches\n"));
    let closed = answers("sort\n\n2\n");
    assert!(closed.contains("A gentle course."), "{closed}");
}

#[test]
fn a_note_ends_with_a_dot() {
    let noted = answers("note\nRead again.\nTwice.\n.\n1\n");
    assert!(noted.contains("Note saved: Key Memories"), "{noted}");
    assert!(noted.contains("\nRead again.\nTwice."), "{noted}");
    assert!(answers("note\n.\n").ends_with("Note unchanged"));
}

#[test]
fn help_is_found_by_a_word() {
    assert!(answers("help\n").contains("quit          quit"));
    let found = answers("help bibtex\n");
    assert!(found.contains("copy-bibtex (yb): "), "{found}");
    assert_eq!(answers("? frobnicate\n"), "No matches");
}

#[test]
fn quit_and_the_end_of_the_input_end_the_dialogue() {
    for line in ["q\n", "quit\n", ":q\n", "Q\nlist\n", ""] {
        assert_eq!(answers(line), "", "{line}");
    }
}

#[test]
fn no_answer_has_a_control_sequence() {
    let input =
        "\u{1b}[A\n?\n/\u{7}deep\nE\n\nB\nq\nF\n\nf\n\ngt\nx\nq\n\t\n9999999999999999999999\n";
    let text = answers(input);
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
}
