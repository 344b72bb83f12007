//! The filter: typing, accepting, cancelling and recalling it.

use offprint::app::{Event, Mode, Pane};

use super::harness::{Program, numbered};

fn types(program: &Program) -> bool {
    matches!(program.state().mode, Mode::Filter)
}

#[test]
fn the_list_narrows_as_one_types() {
    let program = Program::shelf().press("/transf");
    assert_eq!(program.hits(), ["Transformers at the Piano", "Transformers on the Shelf"]);
    assert_eq!(program.header(), "shelf.jsonl  2 of 10");
    insta::assert_snapshot!(program.picture());
}

#[test]
fn what_matched_is_marked_in_its_row() {
    insta::assert_snapshot!(Program::shelf().press("/graph gard<Enter>").styled(3));
}

#[test]
fn enter_keeps_the_filter_and_goes_to_the_list() {
    let program = Program::shelf().press("/piano<Enter>");
    assert!(!types(&program));
    assert_eq!(program.filter_line(), "/ piano");
    assert_eq!(program.press("j").on(), "Deep Nets Without Tears");
}

#[test]
fn esc_drops_the_filter_and_u_restores_it() {
    let program = Program::shelf().press("/piano<Esc>");
    assert!(!types(&program));
    assert_eq!((program.hits().len(), program.filter_line().as_str()), (10, "/ filter"));
    let program = program.press("u");
    assert_eq!((program.hits().len(), program.filter_line().as_str()), (2, "/ piano"));
    let program = program.press("<Esc>");
    assert_eq!(program.hits().len(), 10);
    assert_eq!(program.press("u").hits().len(), 2);
}

#[test]
fn slash_again_reopens_the_text_for_another_word() {
    let program = Program::shelf().press("/trans<Enter>/the<Enter>");
    assert_eq!(program.filter_line(), "/ trans the");
    let program = program.press("/<Esc>u/<BS><BS><BS><Enter>/<Enter>");
    assert_eq!(program.filter_line(), "/ trans t", "no blank stays behind");
}

#[test]
fn an_edit_puts_the_cursor_on_the_first_hit() {
    assert_eq!(Program::shelf().press("G/piano<Enter>").on(), "Transformers at the Piano");
    let program = Program::shelf().press("/t<Down><Down>");
    assert!(program.state().list.viewport.cursor > 0);
    assert_eq!(program.press("r").state().list.viewport.cursor, 0);
}

#[test]
fn the_list_moves_under_the_filter() {
    for down in ["<Down>", "<C-j>", "<C-n>"] {
        let program = Program::shelf().press("/the").press(down);
        assert_eq!(program.state().list.viewport.cursor, 1, "{down}");
        assert!(types(&program));
    }
    for up in ["<Up>", "<C-k>", "<C-p>"] {
        assert_eq!(
            Program::shelf().press("/the<Down>").press(up).state().list.viewport.cursor,
            0,
            "{up}"
        );
    }
}

#[test]
fn the_line_is_edited_as_in_a_shell() {
    let line = |keys: &str| Program::shelf().press("/deep nets").press(keys).filter_line();
    assert_eq!(line("<C-w>"), "/ deep");
    assert_eq!(line("<C-u>x"), "/ x");
    assert_eq!(line("<BS><BS>"), "/ deep ne");
    assert_eq!(line("<Home>x"), "/ xdeep nets");
    assert_eq!(line("<C-a>x<C-e>y"), "/ xdeep netsy");
    assert_eq!(line("<Left><Left>x"), "/ deep nexts");
    assert_eq!(line("<Home><Del>"), "/ eep nets");
    assert_eq!(line("<C-h><C-h>"), "/ deep ne");
    assert_eq!(line("<C-b><C-b>x<C-f>y"), "/ deep nextys");
    assert_eq!(line("<C-a><C-d>"), "/ eep nets");
}

#[test]
fn ctrl_g_clears_the_filter_from_the_line_and_from_the_list() {
    let program = Program::shelf().press("/piano<C-g>");
    assert_eq!(program.hits().len(), 10);
    let program = Program::shelf().press("/piano<Enter><C-g>");
    assert_eq!(program.hits().len(), 10);
    assert_eq!(program.press("u").filter_line(), "/ piano");
}

/// The rank under the cursor, and the rank at the top of the list.
fn place(program: &Program) -> (usize, usize) {
    (program.state().list.viewport.cursor, program.state().list.viewport.top)
}

#[test]
fn a_filter_that_is_cancelled_leaves_the_cursor_where_it_was() {
    let program = Program::with(&numbered(300)).at(120, 36).press("150Gzt");
    let before = place(&program);
    for typed in ["/paper<Esc>", "/zzqq<Esc>", "/paper<Down><Down><Esc>", "/<Esc>", "/p<BS><Esc>"] {
        let program = Program::with(&numbered(300)).at(120, 36).press("150Gzt").press(typed);
        assert_eq!((program.on().as_str(), place(&program)), ("Paper 150", before), "{typed}");
    }
    let program = program.press("/paper 7<Enter>j");
    let (on, hits) = (program.on(), program.hits());
    for typed in ["/zz<Esc>", "/<C-u>paper<Esc>", "/<Down><Down><Esc>", "/<C-u><Esc>"] {
        let program = Program::with(&numbered(300)).at(120, 36).press("/paper 7<Enter>j");
        let program = program.press(typed);
        assert_eq!((program.on(), program.hits()), (on.clone(), hits.clone()), "{typed}");
        assert_eq!(program.filter_line(), "/ paper 7", "{typed}");
    }
    assert_eq!(program.press("/zz<Esc>u").filter_line(), "/ paper 7 zz");
}

#[test]
fn a_filter_that_is_emptied_in_its_line_leaves_the_cursor_where_it_was() {
    for typed in ["/pia<BS><BS><BS>", "/piano<C-u>", "/piano<C-w>", "/piano<C-g>"] {
        assert_eq!(Program::shelf().press("4j").press(typed).on(), CAFE, "{typed}");
    }
    assert_eq!(
        Program::shelf().press("4j/x<BS>g").state().list.viewport.cursor,
        0,
        "an edit goes to the top"
    );
}

const CAFE: &str = "Éléments of Cafe\u{301} Acoustics";

#[test]
fn a_filter_that_is_cleared_keeps_the_paper_under_the_cursor() {
    for cleared in ["<C-g>", "<Esc>"] {
        let program = Program::shelf().press("/piano<Enter>j").press(cleared);
        assert_eq!(program.on(), "Deep Nets Without Tears", "{cleared}");
    }
    let by_year = Program::shelf().press("sy/piano<Enter>j<C-g>");
    assert_eq!((by_year.hits().len(), by_year.on().as_str()), (10, "Deep Nets Without Tears"));
    let same = Program::shelf().press("2jgc");
    assert_eq!((same.hits().len(), same.state().list.viewport.cursor), (1, 0));
    assert_eq!(same.press("<C-g>").state().list.viewport.cursor, 2);
}

#[test]
fn from_a_filter_without_hits_one_goes_back_to_where_one_was() {
    let program = Program::shelf().press("4j/zzqq<Enter>");
    assert!(program.hits().is_empty());
    assert_eq!(program.press("<C-g>").on(), CAFE);
    let program = Program::shelf().press("4j").paste("zzqq").press("<Enter><Esc>");
    assert_eq!(program.on(), CAFE);
    let program = Program::shelf().press("jxgg3j/is:skipped<Enter>");
    assert_eq!(program.on(), "Deep Nets Without Tears");
    let program = program.press("<C-g>");
    assert_eq!((program.hits().len(), program.on().as_str()), (9, "深層学習の記憶"));
}

#[test]
fn ctrl_r_recalls_earlier_filters_the_newest_first() {
    let program = Program::shelf().press("/piano<Enter><C-g>/graph<Enter><C-g>/<C-r>");
    assert_eq!(program.filter_line(), "/ graph");
    let program = program.press("<C-r>");
    assert_eq!(program.filter_line(), "/ piano");
    assert_eq!(program.hits().len(), 2);
    assert!(Program::shelf().press("/<C-r>").footer().starts_with("No earlier filter"));
}

#[test]
fn tab_completes_after_a_prefix() {
    let program = Program::shelf().press("/cat:math.<Tab>");
    assert!(program.filter_line().starts_with("/ cat:math."), "{}", program.filter_line());
    insta::assert_snapshot!(program.footer());
    let (first, second) = (program.hits(), program.press("<Tab>").hits());
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_ne!(first, second, "another Tab is another candidate");
}

#[test]
fn tab_without_a_prefix_selects_and_moves_down() {
    let program = Program::shelf().press("/trans<Tab>");
    assert_eq!(program.selected(), ["Transformers at the Piano"]);
    assert_eq!(program.on(), "Transformers on the Shelf");
    assert!(types(&program));
    assert_eq!(program.press("<Tab>").selected().len(), 2);
}

#[test]
fn ctrl_y_and_a_letter_copy_from_within_the_filter() {
    let program = Program::shelf().press("/gardeners<C-y>");
    assert!(program.screen().contains("BibTeX"));
    let program = program.press("b");
    assert!(program.copied().starts_with('@'));
    assert!(program.copied().contains("Graph Neural Networks for Gardeners"));
    assert!(types(&program));
    assert_eq!(program.press("x").filter_line(), "/ gardenersx");
}

#[test]
fn ctrl_y_can_be_left_without_leaving_the_filter() {
    let program = Program::shelf().press("/deep<C-y><Esc>");
    assert_eq!((program.copies(), program.filter_line().as_str()), (0, "/ deep"));
    assert!(types(&program));
}

#[test]
fn a_paste_opens_the_filter_and_runs_no_keys() {
    let program = Program::shelf().paste("quit\nQZZ:q\r\ndd");
    assert!(!program.has_quit() && types(&program));
    assert_eq!(program.filter_line(), "/ quit ⏎ QZZ:q ⏎ dd");
}

#[test]
fn a_paste_into_the_filter_goes_where_the_cursor_is() {
    let program = Program::shelf().press("/<Space>tears<Home>").paste("nets\nwithout");
    assert_eq!(program.filter_line(), "/ nets ⏎ without tears");
    assert_eq!(program.hits(), ["Deep Nets Without Tears"]);
}

#[test]
fn a_paste_from_the_reader_is_filtered_for_in_the_list() {
    let program = Program::shelf().press("<Enter>").paste("piano");
    assert_eq!(program.state().view.pane, Pane::List);
    assert_eq!(program.hits().len(), 2);
}

#[test]
fn the_filter_that_a_paste_replaced_comes_back_with_u() {
    let program = Program::shelf().press("/graph<Enter>").paste("piano").press("<Esc>uu");
    assert_eq!(program.filter_line(), "/ graph");
}

#[test]
fn a_paste_ends_a_sequence_that_was_begun() {
    let program = Program::shelf().press("y").paste("pian").press("o");
    assert_eq!(program.filter_line(), "/ piano");
    let program = Program::shelf().press("/deep<Space><C-y>").paste("nets").press("b");
    assert_eq!((program.filter_line().as_str(), program.copies()), ("/ deep netsb", 0));
}

#[test]
fn keys_that_are_a_paste_go_into_the_filter_and_are_told() {
    for before in ["", "<Enter>", "?", "y", "A"] {
        let program = Program::shelf().press(before);
        let program = program.feed(Event::KeyBurst("Exploring Models\nAx\n".to_owned()));
        assert_eq!(program.filter_line(), "/ Exploring Models ⏎ Ax", "{before}");
        assert!(program.footer().starts_with("Pasted into the filter; no key was run"));
        assert!(types(&program));
    }
    let program = Program::shelf().press(":sort<Space>");
    let program = program.feed(Event::KeyBurst("year\nof it\n".to_owned()));
    assert_eq!(program.footer(), ":sort year of it");
}

#[test]
fn a_paste_keeps_the_blank_at_its_beginning() {
    let program = Program::shelf().press("/memory").paste(" in the\nbrain");
    assert_eq!(program.filter_line(), "/ memory in the ⏎ brain");
}

#[test]
fn a_very_long_filter_is_cut_and_says_so() {
    let words = (0..20_000).map(|it| format!("word{it}")).collect::<Vec<_>>().join(" ");
    let program = Program::shelf().paste(&words);
    assert!(program.hits().is_empty());
    let told = "Filter too long: its last 19936 words are ignored";
    assert!(program.footer().contains(told), "{}", program.footer());
    let ids = (0..900).map(|it| format!("id:2305.{it:05}")).collect::<Vec<_>>().join(" | ");
    let program = Program::shelf().paste(&ids);
    assert_eq!(program.hits(), ["Transformers at the Piano"]);
    assert!(!program.footer().contains("too long"), "{}", program.footer());
}

#[test]
fn a_pasted_address_is_an_identifier() {
    let program = Program::shelf().paste("https://arxiv.org/abs/2305.00006v2\n");
    assert_eq!(program.hits(), ["Transformers at the Piano"]);
    assert_eq!(Program::shelf().paste("10.1234/graphs.7").hits().len(), 1);
}

#[test]
fn a_pasted_list_of_references_finds_its_papers_in_order() {
    let list = "[1] A. Nonymous. An unknown paper, 2001.\n\
        [2] https://arxiv.org/abs/2305.00006\n\
        [3] Graph Neural Networks\n    for Gardeners.\n";
    let program = Program::shelf().paste(list);
    assert_eq!(
        program.hits(),
        ["Transformers at the Piano", "Graph Neural Networks for Gardeners"]
    );
    assert!(program.screen().contains("2 of 3 references found"), "{}", program.screen());
    assert!(program.filter_line().contains("2001. ⏎ [2] https"), "{}", program.filter_line());
    let program = program.press("<C-g>");
    assert!(!program.screen().contains("references found"), "{}", program.screen());
}

#[test]
fn the_header_says_what_a_reference_was_found_by() {
    for (text, basis) in [
        ("see arXiv: 2305.00006 (v2)", "found by identifier"),
        ("[Transformers at the Piano](https://example.org/none)", "found by title"),
    ] {
        let program = Program::shelf().paste(text);
        assert_eq!(program.hits(), ["Transformers at the Piano"], "{text}");
        assert!(program.screen().contains(basis), "{}", program.screen());
    }
}

#[test]
fn the_sentence_of_the_abstract_that_matched_stands_in_the_row() {
    let program = Program::shelf().press("/pedal<Enter>");
    assert!(program.row(4).contains("Memory is left to the pedal."), "{}", program.screen());
}

#[test]
fn a_slip_is_forgiven_and_said() {
    let program = Program::shelf().press("/gardners<Enter>");
    assert_eq!(program.on(), "Graph Neural Networks for Gardeners");
}

#[test]
fn a_swapped_letter_is_forgiven_and_said() {
    let program = Program::shelf().press("/braisn");
    assert!(
        program.header().contains("including similar spelling \"brains\""),
        "{}",
        program.header()
    );
    assert_eq!(program.on(), "Key Memories of Small Brains");
}

#[test]
fn capital_g_a_shows_papers_of_the_first_author() {
    let program = Program::shelf().press("jga");
    assert_eq!(program.hits().len(), 2);
    assert!(program.filter_line().contains("Karlsson"), "{}", program.filter_line());
    let program = Program::shelf().press("/piano<Enter>ga").press("u");
    assert_eq!(program.filter_line(), "/ piano", "the filter before comes back");
}

#[test]
fn gc_shows_papers_of_the_same_category() {
    let program = Program::shelf().press("gc");
    assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ cat:q-bio.NC", 1));
    assert!(Program::shelf().press("5jgc").footer().contains("No category known for this paper"));
}

#[test]
fn backspace_in_an_empty_filter_leaves_it() {
    let program = Program::shelf().press("/a<BS><BS>");
    assert!(!types(&program) && !program.has_quit());
}

#[test]
fn digits_are_typed_and_are_no_count() {
    assert_eq!(Program::shelf().press("/2023").filter_line(), "/ 2023");
}

#[test]
fn the_end_of_a_long_line_is_in_sight_while_it_is_typed() {
    let program = Program::shelf().press(&format!("/{}", "abcdefghij".repeat(15)));
    assert!(program.row(1).ends_with("ghij"), "{}", program.row(1));
    let program = program.press("<Home>");
    assert!(program.row(1).starts_with(" / abcdefghij"));
}

#[test]
fn a_row_says_why_it_is_there_for_what_is_typed_now() {
    let typed = |keys| Program::builtin().at(110, 50).press(keys).screen();
    assert_eq!(typed("/brains<BS>"), typed("/brain"));
}

#[test]
fn the_line_below_tells_what_has_no_meaning_once_it_is_complete() {
    let program = Program::shelf().press("/yaer:2020");
    assert!(!program.screen().contains("no field"));
    let message = "─ no field `yaer:`; did you mean `year:`? ─";
    let program = program.press(" ");
    assert!(program.screen().contains(message), "{}", program.screen());
    assert!(!program.press("<Left>").screen().contains("no field"));
    let program = Program::shelf().press("/(piano<Enter>");
    assert!(program.screen().contains("─ unclosed `(` ─") && program.hits().len() == 2);
}

#[test]
fn tab_completes_a_prefix_and_then_its_value() {
    let program = Program::shelf().press("/piano ye<Tab>");
    assert_eq!(program.filter_line(), "/ piano year:");
    let program = program.press("<Tab>");
    assert!(program.filter_line().starts_with("/ piano year:20"), "{}", program.filter_line());
}
