//! Menus: their letters, their filter, and rows that do not fit.

use std::fs;

use offprint::app::KeyContext;

use super::harness::{Program, SHELF};

#[test]
fn the_letter_that_copies_a_format_exports_and_pipes_it() {
    for (letter, format) in [
        ("b", "BibTeX"),
        ("B", "BibLaTeX"),
        ("m", "Markdown link"),
        ("c", "reference"),
        ("k", "citation key"),
        ("l", "link"),
        ("h", "HTML link"),
        ("j", "CSL-JSON"),
        ("A", "authors"),
        ("r", "RIS"),
        (",", "CSV"),
        ("s", "gist"),
    ] {
        let copy = Program::shelf().press(&format!("y{letter}"));
        assert!(copy.footer().starts_with(format), "y{letter}: {}", copy.footer());
        let export = Program::shelf().press(&format!("E{letter}")).footer();
        assert!(export.starts_with(&format!("export {format} to: ")), "E{letter}: {export}");
        let pipe = Program::shelf().press(&format!("|{letter}")).footer();
        assert!(pipe.starts_with(&format!("pipe {format} to: ")), "|{letter}: {pipe}");
    }
}

#[test]
fn the_arrows_and_ctrl_move_in_a_menu_whose_letters_pick() {
    for keys in ["<Down>", "<C-n>", "<C-j>", "<Down><Down><C-p>", "<Down><Down><C-k>"] {
        let footer = Program::shelf().press(&format!("E{keys}<Enter>")).footer();
        assert!(footer.starts_with("export BibLaTeX to: "), "{keys}: {footer}");
    }
}

#[test]
fn a_menu_that_does_not_fit_scrolls_and_says_so() {
    let program = Program::with(SHELF).at(80, 24).press("E");
    assert!(program.screen().contains("more ↓"), "{}", program.screen());
    assert!(!program.screen().contains("PDF link"), "{}", program.screen());
    let program = program.press("<C-f>");
    assert!(program.screen().contains("more ↑"), "{}", program.screen());
    let program = program.press("<End>");
    assert!(program.screen().contains("PDF link"), "{}", program.screen());
    assert!(!program.screen().contains('↓'), "{}", program.screen());
    assert!(!Program::with(SHELF).at(80, 40).press("E").screen().contains("more"));
}

#[test]
fn the_filter_of_a_menu_stays_visible_and_in_its_place() {
    for (width, keys) in [(120, "E"), (60, "E"), (30, "E"), (60, "f"), (60, "s"), (80, "?")] {
        let program = Program::with(SHELF).at(width, 20).press(keys).press("/li");
        let place = |program: &Program| program.screen().lines().position(|it| it.contains("/ li"));
        let before = place(&program);
        assert!(before.is_some(), "{keys} at {width}: {}", program.screen());
        let program = program.press("n");
        assert_eq!(place(&program), before, "{keys} at {width}: {}", program.screen());
        let program = program.press("<Enter>");
        assert_eq!(place(&program), before, "{keys} at {width}: {}", program.screen());
    }
}

#[test]
fn links_are_picked_by_digits() {
    let program = Program::shelf().press("f");
    assert!(program.screen().contains(" 1  arXiv "), "{}", program.screen());
    assert_eq!(program.press("3").opened(), ["https://arxiv.org/pdf/2401.00001"]);
}

#[test]
fn links_beyond_the_labels_are_listed_without_one() {
    let urls: Vec<String> = (1..=30).map(|it| format!("https://example.org/{it}")).collect();
    let paper = format!(r#"{{"title": "Many Links", "abstract": "{}"}}"#, urls.join(" "));
    let program = Program::with(&paper).at(120, 40).press("fG");
    assert!(program.screen().contains("https://example.org/30"), "{}", program.screen());
    assert_eq!(program.press("k<Enter>").opened().len(), 1);
}

#[test]
fn question_mark_in_a_menu_explains_it_and_closing_returns_to_it() {
    let program = Program::shelf().press("E?");
    let screen = program.screen();
    assert!(screen.contains("Keys of \"Export 1 paper as\""), "{screen}");
    assert!(screen.contains("the same letter copies it after y"), "{screen}");
    for key in ["q", "<Esc>"] {
        let program = Program::shelf().press("E?").press(key);
        assert_eq!(program.state().context(), KeyContext::Overlay);
        assert!(program.screen().contains("Export 1 paper as"), "{}", program.screen());
        assert!(program.press("b").footer().starts_with("export BibTeX to"));
    }
    for (menu, text) in [
        ("s", "sort by this order"),
        ("f", "open the link with this label"),
        ("F", "delete the saved search"),
        (":log<Enter>", "undo or redo the change"),
        (":style<Enter>", "use the style"),
        ("O", "any key for the paper"),
        ("?", "fold or unfold all sections"),
    ] {
        let screen = Program::shelf().press(menu).press("?").screen();
        assert!(screen.contains(text), "{menu}: {screen}");
    }
}

#[test]
fn papers_are_added_to_the_last_bibliography_with_two_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("refs.bib");
    let program = Program::shelf().press("<Space><Space>Eb<C-u>").paste(path.to_str().unwrap());
    let program = program.press("<Enter>");
    assert!(program.footer().starts_with("Exported BibTeX of 2 papers"), "{}", program.footer());
    // The next prompt offers the file, and a row of the menu adds to it.
    let program = program.press("<Esc>GEb");
    assert!(program.footer().contains("refs.bib"), "{}", program.footer());
    let program = program.press("<Esc>E");
    assert!(program.screen().contains("E  add to "), "{}", program.screen());
    let program = program.press("E");
    assert!(program.footer().starts_with("Appended BibTeX to "), "{}", program.footer());
    assert_eq!(fs::read_to_string(&path).unwrap().matches('@').count(), 3);
    assert!(!program.press("|").screen().contains("add to"));
}
