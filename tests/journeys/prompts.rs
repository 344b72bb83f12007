//! Prompts: the keys that edit their text, and their history.

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
