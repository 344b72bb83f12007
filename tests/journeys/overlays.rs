//! Help, messages and defects.

use offprint::app::{Mode, Pane, all_actions};

use super::harness::Program;

fn is_open(program: &Program) -> bool {
    matches!(program.state().mode, Mode::Popup(_))
}

#[test]
fn question_mark_shows_the_keys() {
    let program = Program::shelf().press("?");
    insta::assert_snapshot!(program.picture());
    for leaving in ["<Esc>", "q", "<C-c>", "h"] {
        let program = Program::shelf().press("?").press(leaving);
        assert!(!is_open(&program) && !program.has_quit(), "{leaving}");
    }
}

#[test]
fn help_has_every_action_of_the_table() {
    let program = Program::builtin().at(120, 300).press("?");
    let screen = program.screen();
    for entry in all_actions() {
        assert!(screen.contains(entry.summary), "{}", entry.name);
    }
}

#[test]
fn help_is_narrowed_as_one_types() {
    let program = Program::shelf().press("?/bibtex");
    assert!(program.screen().contains("copy BibTeX"));
    assert!(!program.screen().contains("half a page"));
    insta::assert_snapshot!(program.picture());
}

#[test]
fn any_letter_can_be_typed_to_narrow_help() {
    for word in ["half", "quit", "jump", "link", "go back", "QR", "42?"] {
        let keys = format!("?/{}", word.replace(' ', "<Space>"));
        let program = Program::shelf().press(&keys);
        assert!(is_open(&program), "{word}");
        assert!(program.row(3).contains(&format!("/ {word}")), "{word}: {}", program.row(3));
    }
}

#[test]
fn a_narrowing_is_kept_with_enter_and_dropped_with_esc() {
    let program = Program::shelf().press("?/bibtex<Enter>");
    assert!(is_open(&program) && !program.screen().contains("half a page"));
    let program = Program::shelf().press("?/bibtex<Esc>");
    assert!(is_open(&program) && program.screen().contains("half a page"));
}

#[test]
fn enter_on_a_row_of_help_runs_it() {
    let program = Program::shelf().press("?/bibtex<Enter>");
    let program = program.press("<Enter>");
    assert!(program.copied().starts_with('@'), "{}", program.screen());
    assert!(!is_open(&program));
}

#[test]
fn the_footer_says_what_can_be_done_in_help() {
    let footer = Program::shelf().press("?").footer();
    assert!(footer.starts_with("Enter run  / filter  q close  "), "{footer}");
}

#[test]
fn help_moves_by_rows_pages_and_to_its_ends() {
    let at = |keys: &str| match Program::shelf().press("?").press(keys).state().mode {
        Mode::Popup(ref overlay) => overlay.viewport.cursor,
        _ => usize::MAX,
    };
    assert_eq!(at("3jk"), 2);
    assert_eq!(at("Ggg"), 0);
    assert_eq!(at("5G"), 4);
    assert!(at("G") > 60);
    assert!(at("<Space>") > 20 && at("<Space>b") == 0);
}

#[test]
fn messages_lists_what_was_told() {
    let program = Program::shelf().press("ykyl:messages<Enter>");
    let screen = program.screen();
    assert!(screen.contains("citation key") && screen.contains("link, 32 B copied"), "{screen}");
}

#[test]
fn a_paste_over_help_goes_to_the_filter() {
    let program = Program::shelf().press("?").paste("piano");
    assert!(!is_open(&program));
    assert_eq!((program.state().view.pane, program.hits().len()), (Pane::List, 2));
}

#[test]
fn the_row_under_the_cursor_stays_in_sight_when_the_window_shrinks() {
    let program = Program::shelf().press("?20j").resize(120, 16);
    let shown = (3..15).any(|row| program.styled(row).contains("reversed"));
    assert!(shown, "{}", program.screen());
}

#[test]
fn help_is_found_by_the_words_of_other_programs() {
    for word in [
        "undo", "redo", "export", "sort", "delete", "remove", "clipboard", "yank", "reload",
        "refresh", "history", "regex", "theme", "legend", "quit", "exit", "bookmark", "settings",
        "copy-bibtex",
    ] {
        let program = Program::shelf().press("?/").press(word);
        assert!(!program.screen().contains("No matches"), "{word}");
    }
    let screen = Program::shelf().press("?/yank").screen();
    assert!(screen.contains("copy BibTeX") && !screen.contains("half a page"), "{screen}");
}

#[test]
fn help_explains_the_signs_of_the_list() {
    let screen = Program::shelf().press("?/legend").screen();
    for sign in ["•", "»", "×", "★", "+", "¶", "@"] {
        assert!(screen.lines().any(|it| it.starts_with(&format!(" {sign} "))), "{sign}: {screen}");
    }
}

#[test]
fn sections_of_help_fold() {
    let program = Program::shelf().press("?");
    assert!(program.row(4).starts_with(" ▾ Moving"), "{}", program.screen());
    for key in ["<Enter>", "<Tab>", "jj<Tab>"] {
        let program = Program::shelf().press("?").press(key);
        assert!(program.row(4).starts_with(" ▸ Moving (19)"), "{key}: {}", program.screen());
        assert!(program.row(5).starts_with(" ▾ Reading"), "{key}: {}", program.screen());
        assert!(program.press("<Tab>").screen().contains("move down"), "{key}");
    }
    let program = program.press("<S-Tab>");
    assert!(program.row(5).starts_with(" ▸ Reading"), "{}", program.screen());
    assert!(program.screen().contains(" ▸ Legend"), "{}", program.screen());
    let found = Program::shelf().press("?<S-Tab>/half").screen();
    assert!(found.contains("half a page down"), "folded rows are found too: {found}");
    assert!(program.press("<S-Tab>").row(5).contains("move down"));
}

#[test]
fn enter_on_a_command_or_an_example_of_help_begins_it() {
    let program = Program::shelf().press("?/:prefer<Enter><Enter>");
    assert!(program.footer().starts_with(":prefer ") && program.footer().ends_with("VERSION"));
    let program = Program::shelf().press("?/is:unread<Enter><Enter>");
    assert_eq!(program.filter_line(), "/ is:unread");
    let program = Program::shelf().press("?/previous<Space>character<Enter><Enter>");
    assert!(program.footer().starts_with("Only in a prompt: "), "{}", program.footer());
}
