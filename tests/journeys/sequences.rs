//! Key sequences: their continuations, and keys that end them.

use offprint::app::{LangMap, Settings};

use super::harness::{Program, SHELF};

#[test]
fn what_continues_a_sequence_is_shown() {
    let program = Program::shelf().press("y");
    insta::assert_snapshot!("after_y", program.picture());
    insta::assert_snapshot!("after_g", Program::shelf().press("g").picture());
}

#[test]
fn continuations_that_do_not_fit_are_counted() {
    let screen = Program::with(SHELF).at(40, 12).press("y").screen();
    assert!(screen.contains("… 16 more"), "{screen}");
}

#[test]
fn esc_and_ctrl_c_leave_a_sequence() {
    for key in ["<Esc>", "<C-c>"] {
        let program = Program::shelf().press("<Space>y").press(key);
        assert!(!program.screen().contains("BibTeX"), "{key}");
        assert_eq!(program.selected().len(), 1, "only the sequence is left, {key}");
        assert!(!program.footer().contains("quits"), "{key}");
    }
}

#[test]
fn a_key_that_does_not_continue_a_sequence_ends_it() {
    let program = Program::shelf().press("yqj");
    assert!(!program.has_quit());
    assert_eq!((program.copies(), program.on().as_str()), (0, "Deep Nets Without Tears"));
}

#[test]
fn a_count_goes_with_a_sequence() {
    assert_eq!(Program::shelf().press("3gg").on(), "A na\\\"ive Bayes for Erd\\H{o}s Graphs");
}

/// Keys with Alt that have no binding, among them keys that act on papers without Alt.
const UNBOUND_ALT_KEYS: &[&str] = &[
    "<M-j>", "<M-q>", "<M-x>", "<M-t>", "<M-A>", "<M-*>", "<M-y>", "<M-Enter>", "<M-Up>",
    "<M-Tab>", "<C-M-c>", "<M-Space>",
];

#[test]
fn an_alt_key_without_a_binding_does_nothing() {
    for start in ["", "/deep", "/deep<Enter>", "<Enter>", "?", "gt", "B", ":so", "s"] {
        let before = Program::shelf().press(start).picture();
        for key in UNBOUND_ALT_KEYS {
            let program = Program::shelf().press(start).press(key);
            assert_eq!(program.picture(), before, "{start}{key}");
            assert!(!program.has_quit());
        }
    }
}

#[test]
fn an_alt_key_answers_no_question() {
    let program = Program::builtin().at(120, 36).press("A<M-y><M-Enter>");
    assert!(program.screen().contains("Mark 198 papers read?"), "{}", program.screen());
    assert!(program.press("n").footer().starts_with("Cancelled"));
}

#[test]
fn a_key_without_a_binding_is_told_once_with_the_nearest_binding() {
    for (key, notice) in [
        ("X", "X is not bound; did you mean x (skip)?"),
        ("i", "i is not bound; did you mean yi (copy the arXiv id)?"),
        ("<F9>", "F9 is not bound; ? lists all keys"),
        ("<Del>", "Del is not bound; ? lists all keys"),
        ("yI", "yI is not bound; did you mean yi (copy the arXiv id)?"),
        ("yq", "yq is not bound; ? lists all keys"),
        ("s9", "9 is not in this menu; ? explains it"),
    ] {
        let program = Program::shelf().press("j").press(key);
        assert!(program.footer().starts_with(notice), "{key}: {}", program.footer());
        assert_eq!(program.on(), "Deep Nets Without Tears", "{key}");
    }
    let again = Program::shelf().press("XkX");
    assert!(!again.footer().contains("not bound"), "{}", again.footer());
}

#[test]
fn keys_of_another_layout_act_as_the_latin_ones_at_their_places() {
    for (typed, latin) in [
        ("оол", "jjk"),
        ("П", "G"),
        ("5пп", "5gg"),
        ("Жквщ", ":квщ"),
        ("<C-в>", "<C-d>"),
        ("ξξγγ", "jjgg"),
        ("ㅓㅓㅏ", "jjk"),
        ("ㅛ", "y"),
        ("חחל", "jjk"),
        ("ы", "s"),
        ("ыц", "sw"),
    ] {
        let expected = Program::shelf().press(latin).picture();
        assert_eq!(Program::shelf().press(typed).picture(), expected, "{typed}");
    }
    assert!(Program::shelf().press("й").has_quit());
    assert!(Program::shelf().press("<C-с><C-с>").has_quit());
    assert!(Program::shelf().press("ㅛㅠ").copied().starts_with('@'));
    assert!(Program::shelf().press("가").press("ㅂ").has_quit(), "r, k and q");
}

#[test]
fn letters_of_another_layout_are_text_in_a_prompt() {
    assert_eq!(Program::shelf().press("/память").filter_line(), "/ память");
    assert_eq!(Program::shelf().press(":й").footer(), ":й");
    let program = Program::shelf().press("/память<C-ц>");
    assert_eq!(program.filter_line(), "/", "with Ctrl they are commands");
    let program = Program::shelf().press("/deep<C-н>и");
    assert!(program.copied().starts_with('@'), "so are those that pick from a menu");
}

#[test]
fn a_key_of_another_layout_that_is_bound_keeps_its_binding() {
    let mut settings = Settings::default();
    settings.keymap.bind("list", "й", "star").unwrap();
    assert!(!Program::with(SHELF).settings(settings).at(120, 36).press("й").has_quit());
    let lang_map = LangMap::parse("jkkj").unwrap();
    let settings = Settings { lang_map, ..Settings::default() };
    let program = Program::with(SHELF).settings(settings).at(120, 36).press("kkj");
    assert_eq!(program.state().list.viewport.cursor, 1);
}
