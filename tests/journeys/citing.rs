//! The style of references, exports and pipes.

use crate::harness::Program;

#[test]
fn styles_are_picked_with_the_paper_before_ones_eyes() {
    let program = Program::shelf().press("j:style<Enter>");
    insta::assert_snapshot!("styles", program.picture());
    let moved = Program::shelf().press("j:style<Enter>jjjj");
    insta::assert_snapshot!("styles_ieee", moved.picture());
}

#[test]
fn the_style_that_was_picked_is_copied() {
    let program = Program::shelf().press("j:style<Enter>/ieee<Enter><Enter>");
    assert!(program.footer().contains("References are in the style ieee now."));
    let program = program.press("yc");
    let copied = program.copied();
    assert!(copied.contains(", “"), "{copied}");
    let by_name = Program::shelf().press("j:style ieee<Enter>yc");
    assert_eq!(by_name.copied(), copied);
}

#[test]
fn a_style_that_there_is_not_is_named() {
    let program = Program::shelf().press(":style pink<Enter>");
    assert!(program.footer().contains("\"pink\" is no built-in style"), "{}", program.footer());
}

#[test]
fn the_menu_of_an_export_names_every_form() {
    insta::assert_snapshot!("export", Program::shelf().press("E").picture());
    insta::assert_snapshot!(Program::shelf().press("Es").footer(), @r"export BibLaTeX of 10 papers to shelf.bib");
    insta::assert_snapshot!(Program::shelf().press("<Space><Space>|d").footer(), @"pipe RIS of 2 papers to");
}

#[test]
fn a_line_left_empty_or_by_esc_writes_nothing() {
    for keys in ["Ea<Esc>", "Ea<C-u><Enter>", "E<Esc>", "|a<Enter>"] {
        let program = Program::shelf().press(keys);
        assert!(program.state().is_browsing(), "{keys}");
        assert!(!program.footer().contains("→"), "{keys}");
    }
}

#[test]
fn preprints_are_preferred_on_demand() {
    let program = Program::shelf().press(":prefer preprint<Enter>");
    assert!(program.footer().contains("cited as preprints"));
    let program = Program::shelf().press(":prefer both<Enter>");
    assert!(program.footer().contains("prefer published, or prefer preprint"));
}
