//! Opening links, or showing them where they cannot be opened.

use crate::harness::Program;

#[test]
fn o_opens_the_page_of_the_paper() {
    for keys in ["o", "gx"] {
        assert_eq!(Program::shelf().press(keys).opened(), ["https://arxiv.org/abs/2401.00001"]);
    }
}

#[test]
fn p_opens_the_pdf() {
    assert_eq!(Program::shelf().press("p").opened(), ["https://arxiv.org/pdf/2401.00001"]);
}

#[test]
fn a_paper_without_a_pdf_says_so() {
    let program = Program::shelf().press("5jp");
    assert!(program.opened().is_empty());
    assert!(program.footer().starts_with("No PDF is known for this paper"), "{}", program.footer());
}

#[test]
fn f_lists_the_links_and_a_letter_opens_one() {
    let program = Program::shelf().press("f");
    insta::assert_snapshot!(program.picture());
    assert_eq!(program.press("s").opened(), ["https://doi.org/10.1234/brains.1"]);
}

#[test]
fn enter_opens_the_link_under_the_cursor() {
    let program = Program::shelf().press("fj<Enter>");
    assert_eq!(program.opened(), ["https://doi.org/10.1234/brains.1"]);
}

#[test]
fn capital_o_shows_the_link_as_a_picture() {
    let program = Program::shelf().press("O");
    insta::assert_snapshot!(program.picture());
    assert!(program.opened().is_empty());
    assert!(!program.press("<Esc>").screen().contains("█▀"));
}

#[test]
fn a_link_that_cannot_be_opened_is_shown_and_copies_nothing() {
    let program = Program::shelf().press("o");
    assert!(program.screen().contains("https://arxiv.org/abs/2401.00001"));
    assert_eq!(program.copies(), 0);
}

#[test]
fn while_a_link_is_shown_its_paper_can_be_copied() {
    let program = Program::shelf().press("oyl");
    assert_eq!(program.copied().trim(), "https://arxiv.org/abs/2401.00001");
    assert!(Program::shelf().press("Oyb").copied().starts_with('@'));
}
