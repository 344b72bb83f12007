//! Prompts: the keys that edit their text, and their history.

use std::fs;

use offprint::app::Mode;

use super::harness::Program;

#[test]
fn alt_and_ctrl_move_and_delete_by_words_in_every_prompt() {
    for (keys, text) in [
        ("<M-b>x", "deep xnets"),
        ("<C-Left>x", "deep xnets"),
        ("<M-Left>x", "deep xnets"),
        ("<Home><M-f>x", "deep xnets"),
        ("<Home><C-Right>x", "deep xnets"),
        ("<Home><M-Right>x", "deep xnets"),
        ("<M-BS>x", "deep x"),
        ("<C-BS>x", "deep x"),
        ("<C-M-h>x", "deep x"),
        ("<Home><M-d>x", "x nets"),
        ("<Home><C-Del>x", "x nets"),
    ] {
        let filter = Program::shelf().press("/deep nets").press(keys).filter_line();
        assert_eq!(filter, format!("/ {text}"), "{keys}");
        let command = Program::shelf().press(":deep nets").press(keys).footer();
        assert_eq!(command, format!(":{text}"), "{keys}");
        let find = Program::shelf().press("<Enter>/deep nets").press(keys).footer();
        assert!(find.starts_with(&format!("find {text}")), "{keys}: {find}");
    }
    assert_eq!(Program::shelf().press(":deep nets<M-b><C-k>x").footer(), ":deep x");
}

#[test]
fn backspace_in_an_empty_prompt_leaves_it_also_as_ctrl_h() {
    for key in ["<BS>", "<C-h>"] {
        for prompt in ["/", ":", "<Enter>/"] {
            let program = Program::shelf().press(prompt).press("a").press(key).press(key);
            assert!(matches!(program.state().mode, Mode::Panes), "{prompt} {key}");
        }
    }
}

#[test]
fn up_and_then_down_gives_the_draft_back() {
    for (up, down) in [("<Up>", "<Down>"), ("<C-k>", "<C-j>"), ("<C-p>", "<C-n>")] {
        let program = Program::shelf().press("/piano<Enter><C-g>/graph").press(up);
        assert_eq!(program.filter_line(), "/ piano");
        let program = program.press(down);
        assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ graph", 2), "{up}");
        assert_eq!(program.press(down).filter_line(), "/ graph");
    }
}

#[test]
fn up_without_an_earlier_filter_and_then_down_leaves_the_text() {
    let program = Program::shelf().press("/graph<Up>");
    assert_eq!(program.filter_line(), "/ graph");
    assert_eq!(program.press("<Down>").filter_line(), "/ graph");
}

#[test]
fn a_recalled_filter_that_was_edited_is_the_next_draft() {
    let program = Program::shelf().press("/piano<Enter><C-g>/graph<Up>s<Left>");
    let program = program.press("<Up><Down>");
    assert_eq!(program.filter_line(), "/ pianos");
}

#[test]
fn a_default_is_selected_and_typing_replaces_it() {
    let program = Program::shelf().press("Eb");
    assert!(program.footer().starts_with("export BibTeX to: shelf.bib "), "{}", program.footer());
    assert!(program.styled(35).contains("\"shelf.bib\" reversed"), "{}", program.styled(35));
    for (keys, text) in [
        ("a", "a"),
        ("<BS>", ""),
        ("<C-u>", ""),
        ("<C-w>bib2", "shelf.bib2"),
        ("<Left>x", "shelf.bixb"),
        ("<Home>x", "xshelf.bib"),
        ("<End>x", "shelf.bibx"),
    ] {
        let footer = Program::shelf().press("Eb").press(keys).footer();
        let shown = format!("export BibTeX to: {text}");
        assert!(footer.starts_with(shown.trim_end()), "{keys}: {footer}");
        assert!(!footer.contains("shelf.bibbib"), "{keys}: {footer}");
    }
    let program = Program::shelf().press("|bwc<Enter>|b");
    assert!(program.styled(35).contains("\"wc\" reversed"), "{}", program.styled(35));
}

#[test]
fn tab_completes_file_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["refs.bib", "references.bib"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    let path = folder.path().to_str().unwrap();
    for opening in ["Eb", ":w<Space>", ":export<Space>", "|b", ":pipe<Space>"] {
        let program = Program::shelf().press(opening).paste(&format!("{path}/r")).press("<Tab>");
        assert!(program.footer().contains(&format!("{path}/ref")), "{}", program.footer());
        let screen = program.screen();
        assert!(screen.contains(" refs.bib") && screen.contains(" references.bib"), "{screen}");
        let program = program.press("s<Tab>");
        assert!(program.footer().contains(&format!("{path}/refs.bib")), "{}", program.footer());
        assert!(!program.screen().contains("references.bib"));
    }
}

#[test]
fn up_recalls_the_files_of_earlier_exports() {
    let program = Program::shelf().press("Eb/no/such/folder/refs.bib<Enter>Eb<Up>");
    assert!(program.footer().contains("to: /no/such/folder/refs.bib"), "{}", program.footer());
    assert!(program.press("<Down>").footer().contains("to: shelf.bib"));
}

#[test]
fn the_prompts_say_what_they_take() {
    let tags = Program::shelf().press("t").footer();
    assert!(tags.ends_with("comma-separated, Tab completes"), "{tags}");
    let file = Program::shelf().press("Eb").footer();
    assert!(file.ends_with("Tab completes, Up recalls"), "{file}");
}
