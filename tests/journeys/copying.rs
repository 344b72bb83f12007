//! Copying in each format, of the current paper and of a selection.

use super::harness::Program;

fn copied(keys: &str) -> String {
    Program::shelf().press(keys).copied()
}

#[test]
fn y_and_a_letter_copy_the_paper_under_the_cursor_in_a_form() {
    let forms = "ytlidkxbmaAp".chars().map(|letter| {
        let text = copied(&format!("y{letter}"));
        format!("y{letter}:\n{text}\n")
    });
    insta::assert_snapshot!(forms.collect::<String>());
}

#[test]
fn y_and_a_letter_copy_the_selection_in_its_order() {
    let forms = "ytlidkxbmaAp".chars().map(|letter| {
        let text = copied(&format!("6j<Space>gg2j<Space>y{letter}"));
        format!("y{letter}:\n{text}\n")
    });
    insta::assert_snapshot!(forms.collect::<String>());
}

#[test]
fn yu_is_yl() {
    assert_eq!(copied("yu"), copied("yl"));
}

#[test]
fn a_copy_is_told_with_what_and_how_much() {
    let program = Program::shelf().press("yl");
    assert!(program.footer().starts_with("link, 32 B copied"), "{}", program.footer());
}

#[test]
fn capital_y_copies_again_in_the_last_form() {
    let program = Program::shelf().press("ykjY");
    assert_eq!((program.copies(), program.copied().trim()), (2, "karlsson2021deep"));
    assert_eq!(copied("Y"), copied("yy"), "without a last form, title and link");
}

#[test]
fn what_a_paper_lacks_is_said_and_nothing_is_copied() {
    let program = Program::shelf().press("5jyd");
    assert_eq!(program.copies(), 0);
    insta::assert_snapshot!(program.footer());
}

#[test]
fn what_some_papers_of_a_selection_lack_is_said() {
    let program = Program::shelf().press("<Space><Space>yd");
    assert_eq!(program.copied().trim(), "10.1234/brains.1");
    insta::assert_snapshot!(program.footer());
}

#[test]
fn a_copy_works_from_every_pane() {
    for keys in ["<Enter>yt", "<Tab>yt", "<Tab><Tab>yt"] {
        assert_eq!(copied(keys).trim(), "Key Memories of Small Brains", "{keys}");
    }
}

#[test]
fn with_no_paper_there_is_nothing_to_copy() {
    let program = Program::shelf().press("/zzzzqq<Enter>yy");
    assert_eq!(program.copies(), 0);
    assert!(program.footer().starts_with("No paper to copy"));
}

#[test]
fn a_count_copies_so_many_papers_from_the_cursor_on() {
    assert_eq!(copied("j2yk"), "karlsson2021deep,konig2019naive");
    assert_eq!(copied("<Space>j2yk"), "konig2019naive,paper-aed154", "rather than the selection");
    assert_eq!(copied("G5yt").trim(), "Counting to Ten Thousand, Slowly");
}

#[test]
fn no_copy_holds_a_control_character() {
    let hostile = r#"{"title": "Red \u001b[31mherring\u0007", "authors": ["M\u202eallory"], "year": 2020, "arxiv_id": "2001.00001", "abstract": "x\u001b]52;c;aGk=\u0007y"}"#;
    for letter in "ytlikxbmaA".chars() {
        let program = Program::with(hostile).at(120, 36).press(&format!("y{letter}"));
        let bad = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!program.copied().contains(bad), "y{letter}: {:?}", program.copied());
        assert!(!program.screen().contains(bad));
    }
}

#[test]
fn a_few_letters_enter_and_y_b_copy_what_is_meant() {
    let program = Program::builtin().at(80, 24).press("50G/gersh key val<Enter>yb");
    assert!(program.copied().starts_with("@article{gershman2025keyvalue,"), "{}", program.copied());
}

#[test]
fn ys_copies_the_gist_and_y_comma_a_table() {
    let program = Program::shelf().press("ys");
    assert_eq!(program.copied(), "We count the keys that open them.");
    assert!(program.footer().starts_with("gist, "), "{}", program.footer());
    assert!(program.press("y,").footer().starts_with("CSV, "));
}
