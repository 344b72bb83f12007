//! Citation styles, exports and pipes.

use super::harness::Program;

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
    assert!(program.footer().contains("Citation style: ieee"));
    let program = program.press("yc");
    let copied = program.copied();
    assert!(copied.contains(", “"), "{copied}");
    let by_name = Program::shelf().press("j:style ieee<Enter>yc");
    assert_eq!(by_name.copied(), copied);
}

#[test]
fn a_style_that_there_is_not_is_named() {
    let program = Program::shelf().press(":style pink<Enter>");
    assert!(program.footer().contains("unknown style \"pink\""), "{}", program.footer());
}

#[test]
fn the_menu_of_an_export_names_every_form() {
    insta::assert_snapshot!("export", Program::shelf().press("E").picture());
    let footer = Program::shelf().press("<Space><Space>|r").footer();
    assert!(footer.starts_with("pipe RIS of 2 papers to: "), "{footer}");
}

#[test]
fn an_export_and_a_pipe_take_the_papers_that_a_copy_takes() {
    let asked = |keys: &str| Program::shelf().press(keys).footer();
    for (keys, papers) in [
        ("j", "BibLaTeX"),
        ("<Enter>J", "BibLaTeX"),
        ("/piano<Enter>", "BibLaTeX"),
        ("vj", "BibLaTeX of 2 papers"),
        ("<Space>jj<Space>/piano<Enter>", "BibLaTeX of 2 papers"),
        ("<Space>3", "BibLaTeX of 3 papers"),
        ("G3", "BibLaTeX"),
    ] {
        let export = asked(&format!("{keys}EB"));
        assert!(
            export.starts_with(&format!("export {papers} to: shelf.bib  ")),
            "{keys}: {export}"
        );
        let pipe = asked(&format!("{keys}|B"));
        assert!(pipe.starts_with(&format!("pipe {papers} to:  ")), "{keys}: {pipe}");
    }
}

#[test]
fn an_export_of_all_that_is_listed_is_asked_for_by_name() {
    let asked = |keys: &str| Program::shelf().press(keys).footer();
    for (keys, prompt) in [
        (":export-all<Enter>b", "export BibTeX of 10 papers to: shelf.bib "),
        (":pipe-all<Enter>b", "pipe BibTeX of 10 papers to: "),
        ("<Space>/piano<Enter>:export-all<Enter>b", "export BibTeX of 2 papers to: shelf.bib "),
    ] {
        assert!(asked(keys).starts_with(prompt), "{keys}: {}", asked(keys));
    }
    assert!(asked("/zzzzqq<Enter>:export-all<Enter>").starts_with("No paper to export"));
}

#[test]
fn the_menu_of_an_export_says_how_many_papers_go_out_and_offers_all() {
    let program = Program::shelf().press("E");
    assert!(program.screen().contains("Export 1 paper as"), "{}", program.screen());
    assert!(program.screen().contains("%  all 10 listed papers"), "{}", program.screen());
    let program = program.press("%");
    assert!(program.screen().contains("Export all 10 listed papers as"), "{}", program.screen());
    assert!(program.screen().contains("%  only 1 paper"), "{}", program.screen());
    assert!(program.press("%").screen().contains("Export 1 paper as"));
    let program = Program::shelf().press("<Space><Space>|");
    assert!(program.screen().contains("Pipe 2 selected papers as"), "{}", program.screen());
    let footer = program.press("%b").footer();
    assert!(footer.starts_with("pipe BibTeX of 10 papers to: "), "{footer}");
    let footer = Program::shelf().press("E<Enter>").footer();
    assert!(footer.starts_with("export BibTeX to: shelf.bib "), "{footer}");
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
    assert!(program.footer().contains("Preferred version: preprint"));
    let program = Program::shelf().press(":prefer both<Enter>");
    assert!(program.footer().contains("`:prefer published` or `:prefer preprint`"));
}

/// Two papers whose citation keys collide.
const RIVALS: [&str; 2] = [
    r#"{"title": "Deep Eels", "authors": ["Li Chen"], "year": 2014, "doi": "10.1234/e"}"#,
    r#"{"title": "Deep Quartz", "authors": ["Li Chen"], "year": 2014, "doi": "10.1234/q"}"#,
];

#[test]
fn a_key_that_was_copied_stays_with_its_paper() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let program = |lines: &str| Program::with(lines).library(&library).at(120, 36);
    let both = program(&RIVALS.join("\n")).press("<Space><Space>yk");
    assert_eq!(both.copied().trim(), "chen2014deep,chen2014deep-10.1234-q");
    let told = "duplicate citation key: chen2014deep written as chen2014deep-10.1234-q";
    assert!(both.footer().contains(told), "{}", both.footer());
    drop(both);
    // The paper keeps the key it was assigned, also alone and with another year.
    let later = RIVALS[1].replace("2014", "2016");
    let alone = program(&later);
    assert!(alone.screen().contains("chen2014deep-10.1234-q"), "{}", alone.screen());
    let alone = alone.press("yk");
    assert_eq!(alone.copied().trim(), "chen2014deep-10.1234-q");
    assert!(alone.press("yb").copied().contains("chen2014deep-10.1234-q"));
    let found = program(&later).press("/key:chen2014<Enter>");
    assert!(found.screen().contains("Deep Quartz"), "{}", found.screen());
    // Copying a key is not a change to the paper.
    let log = program(&later).press(":log<Enter>");
    assert!(!log.screen().contains("Deep Quartz ·"), "{}", log.screen());
    // Without the library, the key is derived from the current paper.
    let elsewhere = Program::with(&later).at(120, 36).press("yk");
    assert_eq!(elsewhere.copied().trim(), "chen2016deep");
}
