//! Selecting papers, individually and by ranges.

use super::harness::Program;

#[test]
fn space_selects_and_moves_down() {
    let program = Program::shelf().press("<Space><Space>");
    assert_eq!(program.selected(), ["Key Memories of Small Brains", "Deep Nets Without Tears"]);
    assert_eq!(program.state().list.viewport.cursor, 2);
    assert!(program.header().ends_with("2 selected"));
    insta::assert_snapshot!(program.picture());
}

#[test]
fn space_again_takes_a_paper_out_and_the_rest_are_numbered_anew() {
    let program = Program::shelf().press("<Space><Space><Space>gg<Space>");
    assert_eq!(program.selected()[0], "Deep Nets Without Tears");
    assert!(program.row(5).contains(" 1 Deep Nets") || program.row(5).contains(" 1  Deep Nets"));
}

#[test]
fn the_gutter_numbers_papers_in_the_order_selected() {
    let program = Program::shelf().press("3j<Space>gg<Space>");
    assert_eq!(program.selected(), ["深層学習の記憶", "Key Memories of Small Brains"]);
    assert!(program.row(3).contains(" 2 Key Memories"), "{}", program.row(3));
    assert!(program.row(9).contains(" 1 深層学習"), "{}", program.row(9));
}

#[test]
fn v_begins_a_range_that_an_action_acts_on_and_ends() {
    let program = Program::shelf().press("jv2j");
    assert!(program.header().ends_with("3 in range"), "{}", program.header());
    insta::assert_snapshot!(program.picture());
    let program = program.press("yt");
    let copied = "Deep Nets Without Tears\nA naïve Bayes for Erdős Graphs\n深層学習の記憶";
    assert_eq!(program.copied().trim_end(), copied);
    assert_eq!(program.selected().len(), 3, "the range is a selection now");
    assert!(!program.press("j").header().contains("range"));
}

#[test]
fn a_range_upwards_is_in_the_order_it_was_passed() {
    let program = Program::shelf().press("2jV2kv");
    assert_eq!(program.selected().len(), 3);
    assert_eq!(program.selected()[2], "Key Memories of Small Brains");
}

#[test]
fn a_copy_keeps_the_selection_until_esc_and_gv_brings_it_back() {
    let both = ["Key Memories of Small Brains", "A na\\\"ive Bayes for Erd\\H{o}s Graphs"];
    let program = Program::shelf().press("<Space>j<Space>yt");
    assert_eq!(program.selected(), both);
    let program = program.press("yk");
    assert_eq!(program.copied(), "lindqvist2024key,konig2019naive");
    let program = program.press("<Esc>");
    assert!(program.selected().is_empty());
    assert_eq!(program.press("gv").selected(), both);
    assert!(Program::shelf().press("gv").footer().starts_with("No earlier selection"));
}

#[test]
fn invert_selects_what_is_not_selected_of_the_rows_shown() {
    let program = Program::shelf().press("/transf<Enter><Space>:invert<Enter>");
    assert_eq!(program.selected(), ["Transformers on the Shelf"]);
}

#[test]
fn gg_and_capital_v_and_capital_g_select_all_and_so_do_a_key_and_a_command() {
    for keys in ["ggVG<Space>", "4jggVGv", "%", "<C-a>", ":select-all<Enter>", "v2j%"] {
        let program = Program::shelf().press(keys);
        assert_eq!(program.selected().len(), 10, "{keys}");
        assert!(program.header().ends_with("10 selected"), "{keys}: {}", program.header());
    }
    let program = Program::shelf().press("4j<Space>/trans<Enter>%");
    assert_eq!(program.selected().len(), 3, "what was selected stays");
    assert!(program.header().ends_with("3 selected, 1 hidden"), "{}", program.header());
}

#[test]
fn a_selection_stays_after_every_action_on_it() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("out.bib").display().to_string();
    let mut program = Program::shelf().press("<Space>j<Space>");
    let before = program.selected();
    for keys in ["yb", "yt", "Y", "*", "w", "r", "a", "ttodo<Enter>", "."] {
        program = program.press(keys);
        assert_eq!(program.selected(), before, "{keys}");
    }
    let program = program.press(&format!(":export<Enter><Enter><C-u>{file}<Enter>"));
    assert!(folder.path().join("out.bib").exists(), "{}", program.footer());
    assert_eq!(program.selected(), before);
}

#[test]
fn the_header_counts_the_hidden_beside_a_range() {
    let program = Program::shelf().press("<Space>/piano<Enter>vj");
    let told = "1 selected, 1 hidden + 2 in range";
    assert!(program.header().ends_with(told), "{}", program.header());
}

#[test]
fn without_a_header_the_footer_counts_the_selected() {
    let program = Program::shelf().resize(70, 7).press("<Space><Space>/piano<Enter>");
    assert!(program.footer().contains("2 selected, 1 hidden"), "{}", program.footer());
}

#[test]
fn hidden_rows_are_counted_and_said_and_acted_on() {
    let program = Program::shelf().press("<Space><Space>/piano<Enter>");
    assert!(program.header().ends_with("2 selected, 1 hidden"), "{}", program.header());
    let program = program.press("yt");
    assert_eq!(program.copied().lines().count(), 2);
    assert!(program.copied().starts_with("Key Memories"));
    assert!(program.footer().contains("2 titles"), "{}", program.footer());
}

#[test]
fn esc_puts_the_selection_away_before_the_filter_and_u_brings_it_back() {
    let program = Program::shelf().press("/piano<Enter><Space><Esc>");
    assert_eq!((program.selected().len(), program.hits().len()), (0, 2));
    let program = program.press("<Esc>");
    assert_eq!(program.hits().len(), 10);
    let program = program.press("u");
    assert_eq!(program.hits().len(), 2);
    assert_eq!(program.press("u").selected().len(), 1);
}

#[test]
fn a_selection_survives_another_filter_and_another_order() {
    let program = Program::shelf().press("3j<Space><Space>/trans<Esc>st");
    assert_eq!(program.selected(), ["深層学習の記憶", "Éléments of Cafe\u{301} Acoustics"]);
}

#[test]
fn a_range_keeps_to_its_papers_when_the_order_changes() {
    let program = Program::shelf().press("vjst").press("v");
    let mut selected = program.selected();
    selected.sort();
    assert!(selected.contains(&"Key Memories of Small Brains".to_owned()));
    assert!(selected.contains(&"Deep Nets Without Tears".to_owned()), "{selected:?}");
}

#[test]
fn a_range_becomes_a_selection_when_the_filter_is_edited() {
    let program = Program::shelf().press("vj/piano<Enter>");
    assert_eq!(program.selected(), ["Key Memories of Small Brains", "Deep Nets Without Tears"]);
}

#[test]
fn ctrl_c_leaves_a_range_first() {
    let program = Program::shelf().press("vj<C-c>");
    assert!(!program.has_quit() && !program.header().contains("range"));
}
