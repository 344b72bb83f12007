//! Opening links, or showing those that cannot be opened.

use super::harness::Program;

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
    let program = Program::shelf().press("2jp");
    assert!(program.opened().is_empty());
    assert!(program.footer().starts_with("No PDF link known; o opens"), "{}", program.footer());
    let program = Program::shelf().press("5jp");
    assert!(program.opened().is_empty());
    assert!(program.footer().starts_with("No PDF link known"), "{}", program.footer());
}

#[test]
fn a_paper_without_an_address_has_no_link() {
    for keys in ["yl", "yu", "ym", "yo", "yT", "yh"] {
        let program = Program::shelf().press("5j").press(keys);
        assert_eq!(program.copies(), 0, "{keys}");
        assert!(program.footer().contains("no link known"), "{keys}: {}", program.footer());
    }
    let program = Program::shelf().press("5jyy");
    assert_eq!(program.copied().trim(), "Notes Found in a Drawer");
    assert!(program.footer().contains("no link known"), "{}", program.footer());
    let program = Program::shelf().press("4j<Space><Space><Space>yl");
    assert_eq!(program.copied().trim(), "https://arxiv.org/abs/2305.00006");
    assert!(program.footer().contains("2 more papers have none"), "{}", program.footer());
    let program = Program::shelf().press("5j");
    assert!(program.screen().contains("No link known"), "{}", program.screen());
    let program = program.press("O");
    assert!(program.footer().starts_with("No link known"), "{}", program.footer());
    assert!(!program.screen().contains("huggingface"), "{}", program.screen());
}

#[test]
fn o_sends_a_title_nowhere_without_asking() {
    let program = Program::shelf().press("5jo");
    assert!(program.opened().is_empty());
    assert_eq!(
        program.footer(),
        "No link known. Search huggingface.co for this title? y/n  Notes Found in a Drawer"
    );
    let told = Program::shelf().press("5jon");
    assert!(told.opened().is_empty());
    assert!(told.footer().starts_with("Cancelled: no search"), "{}", told.footer());
    let program = program.press("y");
    assert_eq!(
        program.opened(),
        ["https://huggingface.co/papers?q=Notes%20Found%20in%20a%20Drawer"]
    );
}

#[test]
fn a_search_is_offered_by_its_name_in_the_menu_of_links() {
    let program = Program::shelf().press("5jf");
    assert!(
        program.screen().contains("Search on Hugging Face for this title"),
        "{}",
        program.screen()
    );
    let program = program.press("1");
    assert_eq!(
        program.opened(),
        ["https://huggingface.co/papers?q=Notes%20Found%20in%20a%20Drawer"]
    );
    assert!(!Program::shelf().press("f").screen().contains("search Hugging Face"));
}

#[test]
fn what_an_abstract_names_is_not_the_link_of_its_paper() {
    let paper = r#"{"title": "Loose Leaf", "abstract": "Code is at https://example.org/code."}"#;
    let program = Program::with(paper).at(120, 36).press("o");
    assert!(program.footer().starts_with("No link known."), "{}", program.footer());
    let program = Program::with(paper).at(120, 36).press("f");
    assert!(program.screen().contains("https://example.org/code"), "{}", program.screen());
    assert_eq!(program.press("1").opened(), ["https://example.org/code"]);
    assert_eq!(Program::with(paper).at(120, 36).press("yl").copies(), 0);
}

#[test]
fn a_page_on_hugging_face_is_offered_only_where_it_is_known_to_exist() {
    assert!(!Program::shelf().press("f").screen().contains("huggingface"));
    let given = r#"{"title": "A Paper There", "arxiv_id": "2401.00077", "url": "https://huggingface.co/papers/2401.00077"}"#;
    let program = Program::with(given).at(120, 36).press("f");
    assert!(program.screen().contains("Hugging Face  https://huggingface.co/papers/2401.00077"));
    assert_eq!(
        Program::with(given).at(120, 36).press("yl").copied().trim(),
        "https://arxiv.org/abs/2401.00077"
    );
    let builtin = Program::builtin().at(120, 36).press("f");
    assert!(builtin.screen().contains("https://huggingface.co/papers/"), "{}", builtin.screen());
}

#[test]
fn o_opens_the_pdf_where_that_is_the_only_address() {
    let paper = r#"{"title": "Only a PDF", "url": "https://example.org/a.pdf"}"#;
    assert_eq!(Program::with(paper).at(120, 36).press("o").opened(), ["https://example.org/a.pdf"]);
}

#[test]
fn f_lists_the_links_and_a_digit_opens_one() {
    let program = Program::shelf().press("f");
    insta::assert_snapshot!(program.picture());
    assert_eq!(program.press("2").opened(), ["https://doi.org/10.1234/brains.1"]);
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
