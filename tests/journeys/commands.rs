//! The command line.

use std::fs;

use offprint::app::{KeyContext, Mode, Theme};

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
        ("t", "unread", "tags: "),
        ("|a", "wc", " to: "),
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
fn a_copy_as_json_lines_or_as_a_table_has_a_name() {
    assert!(run("copy-jsonl").copied().starts_with('{'));
    assert!(run("copy-tsv").copied().contains('\t'));
}

#[test]
fn bytes_shows_what_a_frame_cost() {
    assert!(run("bytes").footer().contains(" ms"), "{}", run("bytes").footer());
}

#[test]
fn export_and_w_write_a_file_in_the_format_of_its_extension() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let keys = |command: &str| format!(":{}<Enter>", command.replace(' ', "<Space>"));
    let program = Program::shelf().press("<Space><Space>");
    let program = program.press(&keys(&format!("export {}", path("refs.bib"))));
    assert!(program.footer().starts_with("Exported BibTeX of 2 papers"), "{}", program.footer());
    assert_eq!(fs::read_to_string(path("refs.bib")).unwrap().matches('@').count(), 2);
    let program = program.press(&keys(&format!("w {}", path("refs.ris"))));
    assert!(fs::read_to_string(path("refs.ris")).unwrap().starts_with("TY  - "));
    // An existing file is replaced only on demand.
    let program = program.press("<Esc>").press(&keys(&format!("w {}", path("refs.bib"))));
    assert!(program.screen().contains("File already exists"), "{}", program.screen());
    let program = program.press("q").press(&keys(&format!("w! {}", path("refs.bib"))));
    assert!(program.footer().starts_with("Exported BibTeX to "), "{}", program.footer());
    let program = program.press(&keys("w refs.pages"));
    assert!(program.footer().starts_with("refs.pages: no known file extension"));
}

#[test]
fn tag_adds_and_removes_tags_of_the_current_papers() {
    let program = run("tag todo deep learning");
    assert!(program.footer().starts_with("Tags todo, deep, learning: Key"), "{}", program.footer());
    let program = program.press(":tag<Space>-todo,<Space>piano<Space>keys<Enter>");
    let notice = "Tag piano keys; removed tag todo: Key";
    assert!(program.footer().starts_with(notice), "{}", program.footer());
}

#[test]
fn filter_and_pipe_and_help_take_the_rest_of_the_line() {
    let program = run("filter graph").press(":filter<Space>piano<Enter>");
    assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ piano", 2));
    assert_eq!(program.press("u").filter_line(), "/ graph");
    #[cfg(unix)]
    assert!(run("pipe wc -l").footer().starts_with("BibTeX, "), "{}", run("pipe wc -l").footer());
    let screen = run("help undo").screen();
    assert!(screen.contains("/ undo") && !screen.contains("half a page"), "{screen}");
}

#[test]
fn set_changes_shows_and_lists_settings() {
    let program = run("set theme=dark");
    assert_eq!(program.state().settings.appearance.theme, Theme::Dark);
    assert!(program.footer().starts_with("Theme: dark"), "{}", program.footer());
    assert_eq!(run("theme light").state().settings.appearance.theme, Theme::Light);
    for (command, notice) in [
        ("theme pink", "theme=pink: unknown value (terminal, plain, dark, light)"),
        ("set thme=dark", "Unknown setting: thme (did you mean theme?)"),
        ("set layout", "layout=fitted (values: fitted, list only, side by side, stacked)"),
        ("set sort=year", "Set sort=year"),
        ("set layout=list-only", "Set layout=list only"),
        ("set copy-form=bibtex", "Set copy-form=bibtex"),
        ("set tex=raw", "Set tex=raw"),
        ("set skipped=shown", "Set skipped=shown"),
        ("set style=ieee", "Citation style: ieee"),
    ] {
        assert!(run(command).footer().starts_with(notice), "{command}: {}", run(command).footer());
    }
    assert!(run("set copy-form=bibtex").press("Y").copied().starts_with('@'));
    let listed = run("set");
    insta::assert_snapshot!(listed.screen());
    assert_eq!(listed.press("j<Enter>").footer(), ":set layout=");
}

#[test]
fn a_near_miss_is_offered() {
    let footer = |command| run(command).footer();
    assert!(footer("exprot").starts_with("Unknown command: exprot (did you mean :export?)"));
    assert!(footer("refresh").starts_with("Unknown command: refresh (did you mean :reload?)"));
}

#[test]
fn tab_completes_the_values_of_an_argument() {
    let line = |keys: &str| Program::shelf().press(keys).footer();
    assert_eq!(line(":sort<Space>ye<Tab>"), ":sort year");
    assert_eq!(line(":set<Space>la<Tab>st<Tab>"), ":set layout=stacked");
    assert_eq!(line(":theme<Space>d<Tab>"), ":theme dark");
    let screen = Program::shelf().press(":theme<Space>").screen();
    assert!(screen.contains("terminal") && screen.contains("dark"), "{screen}");
}
