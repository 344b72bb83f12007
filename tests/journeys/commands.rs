//! The command line.

use offprint::app::{KeyContext, Mode};

use super::harness::{Program, numbered};

fn run(command: &str) -> Program {
    Program::shelf().press(&format!(":{}<Enter>", command.replace(' ', "<Space>")))
}

#[test]
fn colon_q_quits() {
    assert!(run("q").has_quit());
    assert!(run("quit").has_quit());
}

#[test]
fn a_number_is_a_row() {
    let program = Program::with(&numbered(100)).at(120, 36).press(":42<Enter>");
    assert_eq!(program.on(), "Paper 42");
    assert_eq!(run("4200").on(), "Counting to Ten Thousand, Slowly");
    assert_eq!(run("0").on(), "Key Memories of Small Brains");
}

#[test]
fn sort_takes_an_order() {
    assert_eq!(run("sort title").header(), "shelf.jsonl  10 · by title");
    assert_eq!(run("sort year").header(), "shelf.jsonl  10 · by year");
    insta::assert_snapshot!(run("sort size").footer());
}

#[test]
fn every_action_has_a_name_here() {
    assert!(run("copy-bibtex").copied().starts_with('@'));
    assert_eq!(run("mess").state().context(), KeyContext::Overlay);
    assert_eq!(run("down").on(), "Deep Nets Without Tears");
}

#[test]
fn an_unknown_command_is_named() {
    insta::assert_snapshot!(run("fly home").footer());
}

#[test]
fn tab_completes_as_far_as_the_names_agree() {
    let line = |keys: &str| Program::shelf().press(keys).footer();
    assert_eq!(line(":mess<Tab>"), ":messages");
    assert_eq!(line(":copy-bibt<Tab>"), ":copy-bibtex");
    assert_eq!(line(":cop<Tab>"), ":copy-");
    assert_eq!(line(":xyz<Tab>"), ":xyz");
}

#[test]
fn what_could_be_meant_is_shown_while_a_command_is_completed() {
    let screen = Program::shelf().press(":copy-<Tab>").screen();
    assert!(screen.contains("copy-bibtex") && screen.contains("copy-markdown"), "{screen}");
}

#[test]
fn up_and_down_go_through_what_was_run_before() {
    let program = Program::shelf().press(":down<Enter>:up<Enter>:<Up>");
    assert_eq!(program.footer(), ":up");
    let program = program.press("<Up>");
    assert_eq!(program.footer(), ":down");
    let program = program.press("<Down>");
    assert_eq!(program.footer(), ":up");
    assert_eq!(program.press("<Down>").footer(), ":");
}

#[test]
fn up_and_down_give_the_draft_back_in_every_prompt_with_a_history() {
    for (opening, first, label) in [
        (":", "up", ":"),
        ("<Enter>/", "brains", "find "),
        ("t", "unread", "tags "),
        ("|a", "wc", " to "),
    ] {
        let start = format!("{opening}<C-u>{first}<Enter>{opening}<C-u>draft");
        let program = Program::shelf().press(&start).press("<Up>");
        assert!(program.footer().contains(&format!("{label}{first}")), "{}", program.footer());
        let program = program.press("<Down>");
        assert!(program.footer().contains(&format!("{label}draft")), "{}", program.footer());
    }
}

#[test]
fn esc_and_ctrl_c_leave_the_line_and_run_nothing() {
    for key in ["<Esc>", "<C-c>", "<C-u><BS>"] {
        let program = Program::shelf().press(":quit").press(key);
        assert!(!program.has_quit() && matches!(program.state().mode, Mode::Panes), "{key}");
    }
}

#[test]
fn a_paste_into_the_command_line_is_text() {
    let program = Program::shelf().press(":").paste("messages\n");
    assert_eq!(program.footer(), ":messages");
}

#[test]
fn a_copy_as_json_lines_or_as_a_table_has_a_name_only() {
    assert!(run("copy-jsonl").copied().starts_with('{'));
    assert!(run("copy-tsv").copied().contains('\t'));
}

#[test]
fn bytes_shows_what_a_frame_cost() {
    assert!(run("bytes").footer().contains(" ms"), "{}", run("bytes").footer());
}
