//! The reader and the detail pane.

use offprint::app::Pane;

use super::harness::{Program, SHELF, long};

fn reads(program: &Program) -> bool {
    program.state().view.pane == Pane::Reader
}

/// A long paper between two short ones, on a screen too small for it.
fn library() -> Program {
    let papers = [long("First", 9), long("Second", 900), long("Third", 9)].join("\n");
    Program::with(&papers).at(80, 24)
}

fn top(program: &Program) -> usize {
    program.state().view.paper_text.as_ref().map_or(0, |it| it.top)
}

#[test]
fn enter_opens_the_reader_and_esc_closes_it() {
    let program = Program::shelf().press("<Enter>");
    insta::assert_snapshot!(program.picture());
    assert!(!reads(&program.press("<Esc>")));
}

#[test]
fn what_a_bibliography_says_of_a_paper_is_shown_but_not_twice() {
    let paper =
        r#"{"title": "Keys", "keywords": ["brain", "to read"], "annotation": "Read twice."}"#;
    let program = Program::with(paper).at(80, 24).press("<Enter>");
    let screen = program.screen();
    assert!(screen.contains("Note (from file)") && screen.contains("Read twice."), "{screen}");
    assert!(screen.contains("Keywords: brain, to read"), "{screen}");
    let screen = program.press("tbrain<Enter>").screen();
    assert!(screen.contains("#brain") && screen.contains("Keywords: to read"), "{screen}");
}

#[test]
fn l_goes_in_and_h_and_q_come_back() {
    for (inwards, outwards) in [("l", "h"), ("<Right>", "<Left>"), ("<Enter>", "q")] {
        let program = Program::shelf().press("j").press(inwards);
        assert!(reads(&program));
        let program = program.press(outwards);
        assert!(!reads(&program) && !program.has_quit(), "{outwards}");
        assert_eq!(program.on(), "Deep Nets Without Tears");
    }
}

#[test]
fn a_line_of_the_reader_is_no_longer_than_is_comfortable() {
    let papers = long("Long", 400);
    let program = Program::with(&papers).at(200, 40).press("<Enter>");
    let lines = &program.state().view.paper_text.as_ref().unwrap().lines;
    assert!(lines.iter().all(|line| line.text.len() <= 72));
}

#[test]
fn space_pages_and_b_pages_back() {
    let program = library().press("j<Enter><Space>");
    let height = usize::from(program.state().view.areas.detail.height);
    assert_eq!(top(&program), height - 1);
    insta::assert_snapshot!(program.picture());
    assert_eq!(top(&program.press("b")), 0);
}

#[test]
fn space_at_the_end_marks_read_and_goes_on_to_the_next_unread_paper() {
    let program = library().press("<Enter><Space>");
    assert_eq!((program.on(), top(&program)), ("Second".to_owned(), 0));
    let program = program.press("G<Space>");
    assert_eq!((program.on(), top(&program)), ("Third".to_owned(), 0));
    assert!(program.screen().contains("Third"));
    assert!(program.footer().starts_with("Marked read: Second"), "{}", program.footer());
    let program = program.press("<Space>");
    assert!(!reads(&program), "where all is read there is nothing to go on to");
    assert!(program.footer().starts_with("No unread papers left"), "{}", program.footer());
}

#[test]
fn n_goes_to_the_next_unread_paper_and_n_upper_case_to_the_one_before() {
    let program = Program::shelf().press("jrjrggn");
    assert_eq!(program.on(), "深層学習の記憶", "papers that are read are passed over");
    let program = program.press("N");
    assert_eq!(program.on(), "Key Memories of Small Brains");
    let program = program.press("N");
    assert_eq!(program.on(), "Counting to Ten Thousand, Slowly");
    assert!(program.footer().starts_with("Wrapped around to the end"), "{}", program.footer());
    assert_eq!(program.press("n").on(), "Key Memories of Small Brains");
}

#[test]
fn in_the_reader_n_goes_to_matches_while_a_find_is_active_and_else_to_unread_papers() {
    let program = library().press("<Enter>n");
    assert_eq!((program.on(), reads(&program)), ("Second".to_owned(), true));
    let program = program.press("/word1<Enter>n");
    assert_eq!(program.on(), "Second");
    let program = program.press("<Esc>");
    assert!(reads(&program), "Esc puts the find away first");
    assert_eq!(program.press("n").on(), "Third");
}

#[test]
fn a_row_at_a_time_a_half_page_and_the_ends() {
    let program = library().press("j<Enter>");
    let height = usize::from(program.state().view.areas.detail.height);
    let program = program.press("3jk");
    assert_eq!(top(&program), 2);
    let program = program.press("<C-d>");
    assert_eq!(top(&program), 2 + height / 2);
    let program = program.press("G");
    let lines = program.state().view.paper_text.as_ref().unwrap().lines.len();
    assert_eq!(top(&program), lines - height);
    assert_eq!(top(&program.press("gg")), 0);
}

#[test]
fn capital_j_and_k_in_the_reader_are_the_next_and_the_previous_paper() {
    let program = library().press("<Enter>J");
    assert_eq!(program.on(), "Second");
    assert_eq!(program.press("2JK").on(), "Second");
}

#[test]
fn capital_j_and_k_in_the_list_scroll_the_abstract() {
    let program = library().press("j3J");
    assert_eq!((program.on(), top(&program)), ("Second".to_owned(), 3));
    assert_eq!(top(&program.press("K")), 2);
}

#[test]
fn the_rule_says_how_much_lies_below() {
    assert!(library().press("j<Enter>").screen().contains(" more ↓"));
    assert!(!library().press("j<Enter>G").screen().contains(" more ↓"));
}

#[test]
fn slash_in_the_reader_finds_in_the_text() {
    let program = library().press("j<Enter>/word777");
    assert!(program.footer().starts_with("find word777"));
    assert!(program.screen().contains("word777 word778"));
    let program = program.press("<Enter>");
    assert!(reads(&program) && program.screen().contains("word777 word778"));
    let row = program.screen().lines().position(|it| it.contains("word777")).unwrap();
    insta::assert_snapshot!(program.styled(row as u16));
}

#[test]
fn n_and_capital_n_go_round_the_matches() {
    let program = library().press("j<Enter>/word77<Enter>");
    let at = |program: &Program| program.state().view.paper_text.as_ref().unwrap().find.current;
    // Matches word77, and word770 to word779.
    assert_eq!(at(&program), Some(0));
    assert!(program.footer().contains("1/11"), "{}", program.footer());
    let program = program.press("n");
    assert_eq!(at(&program), Some(1));
    assert!(program.footer().contains("2/11"), "{}", program.footer());
    let program = program.press("2N");
    assert_eq!(at(&program), Some(10), "before the first comes the last");
    let told = "Wrapped around to the last match";
    assert!(program.footer().starts_with(told), "{}", program.footer());
    let program = program.press("n");
    assert_eq!(at(&program), Some(0));
    let told = "Wrapped around to the first match";
    assert!(program.footer().starts_with(told), "{}", program.footer());
}

#[test]
fn what_is_not_in_the_text_is_said() {
    let program = library().press("j<Enter>/zeb");
    assert!(program.footer().starts_with("find zeb"), "{}", program.footer());
    assert!(program.footer().ends_with("not found"), "{}", program.footer());
    let program = program.press("ra<Enter>");
    assert!(program.footer().starts_with("Not found: zebra"), "{}", program.footer());
    assert!(program.press("n").footer().starts_with("Not found: zebra"));
}

#[test]
fn matches_are_counted_while_a_find_is_typed() {
    let program = library().press("j<Enter>/word77");
    assert!(program.footer().ends_with(" 1/11"), "{}", program.footer());
    assert!(program.press("7").footer().ends_with(" 1/1"));
}

#[test]
fn esc_in_the_find_prompt_returns_to_the_line_and_the_find_before() {
    let program = library().press("j<Enter>/word5<Enter>n");
    let (line, footer) = (top(&program), program.footer());
    let program = program.press("/word888<Esc>");
    assert_eq!(top(&program), line);
    let needle = |it: &Program| it.state().view.paper_text.as_ref().unwrap().find.needle.clone();
    assert_eq!(needle(&program), "word5", "{footer}");
}

#[test]
fn the_first_n_in_another_paper_goes_to_its_first_match() {
    let papers = [long("First", 300), long("Second", 900)].join("\n");
    let program = Program::with(&papers).at(80, 24).press("<Enter>/word250<Enter>J");
    assert!(program.footer().contains("1 match"), "{}", program.footer());
    let program = program.press("n");
    assert!(program.footer().contains("1/1"), "{}", program.footer());
    assert!(program.press("n").footer().starts_with("No other match"));
}

#[test]
fn the_ends_of_the_list_are_told_in_the_reader() {
    let program = library().press("<Enter>K");
    let told = "Start of the list: this is the first paper";
    assert!(program.footer().starts_with(told), "{}", program.footer());
    let program = program.press("JJJ");
    let told = "End of the list: this is the last paper";
    assert_eq!(program.on(), "Third");
    assert!(program.footer().starts_with(told), "{}", program.footer());
}

#[test]
fn the_arrows_scroll_the_text_while_a_find_is_typed() {
    let program = library().press("j<Enter>/word<Down><Down>");
    assert_eq!(program.on(), "Second", "no other paper is read");
}

#[test]
fn a_larger_window_shows_as_much_text_as_it_can() {
    let program = library().press("j<Enter>G").resize(80, 60);
    let height = usize::from(program.state().view.areas.detail.height);
    let lines = program.state().view.paper_text.as_ref().unwrap().lines.len();
    assert_eq!(top(&program), lines.saturating_sub(height));
}

#[test]
fn a_find_goes_without_accents_and_capitals() {
    let program = Program::shelf().press("2j<Enter>/erdos<Enter>");
    assert_eq!(program.state().view.paper_text.as_ref().unwrap().find.matches.len(), 1);
}

#[test]
fn a_find_needs_no_typing_again_in_the_next_paper() {
    let program = Program::shelf().press("<Enter>/brain<Enter>J");
    assert_eq!(program.state().view.paper_text.as_ref().unwrap().find.needle, "brain");
}

#[test]
fn capital_t_shows_tex_as_it_is_written() {
    let program = Program::with(SHELF).at(120, 36).press("2j<Enter>");
    assert!(program.screen().contains("A naïve Bayes for Erdős Graphs"));
    assert!(program.screen().contains("n²"));
    let program = program.press("T");
    assert!(program.screen().contains(r#"A na\"ive Bayes for Erd\H{o}s Graphs"#));
    assert!(program.screen().contains(r"\emph{greedily}"));
    assert!(program.press("T").screen().contains("naïve"));
}

#[test]
fn a_paper_nobody_signed_says_so() {
    let screen = Program::shelf().press("5j<Enter>").screen();
    assert!(screen.contains("authors unknown") && screen.contains("year unknown"));
}

#[test]
fn what_the_filter_found_is_marked_in_the_reader() {
    let program = Program::shelf().press("/piano<Enter><Enter>");
    let screen = program.screen();
    let row = screen.lines().position(|it| it.contains("Transformers at the")).unwrap();
    insta::assert_snapshot!(program.styled(row as u16));
}

#[test]
fn with_nothing_to_read_the_reader_stays_shut() {
    let program = Program::shelf().press("/zzzzqq<Enter><Enter>");
    assert!(!reads(&program));
    assert!(program.screen().contains("No papers match. ^G clears the filter."));
}
