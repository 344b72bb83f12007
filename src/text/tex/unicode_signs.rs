//! Non-ASCII letters and symbols, and their TeX for `pdfLaTeX` with the T1 encoding and `amssymb`.

use std::sync::LazyLock;

use super::symbol_table::SymbolTable;

const TEXT_SIGNS_TEXT: &str = include_str!("tables/text_signs.txt");
const MATH_SIGNS_TEXT: &str = include_str!("tables/math_signs.txt");

/// Letters and symbols of text.
static TEXT_SIGNS: LazyLock<SymbolTable<char>> =
    LazyLock::new(|| SymbolTable::by_char(TEXT_SIGNS_TEXT));
/// Symbols of formulas, without dollars.
static MATH_SIGNS: LazyLock<SymbolTable<char>> =
    LazyLock::new(|| SymbolTable::by_char(MATH_SIGNS_TEXT));

/// Returns the TeX of a letter or symbol of text.
pub fn text_command(c: char) -> Option<&'static str> {
    match c {
        '\u{2002}' | '\u{2003}' => Some(" "),
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => Some(""),
        _ => TEXT_SIGNS.get(c),
    }
}

/// Returns the TeX of a symbol of formulas, without dollars.
pub fn math_command(c: char) -> Option<&'static str> {
    MATH_SIGNS.get(c)
}

#[cfg(test)]
mod tests {
    use super::super::{symbols, tex_to_unicode};
    use super::*;
    use crate::text::tex::escape::escape;

    #[test]
    fn the_signs_are_in_order() {
        TEXT_SIGNS.assert_is_read_from(TEXT_SIGNS_TEXT);
        MATH_SIGNS.assert_is_read_from(MATH_SIGNS_TEXT);
    }

    /// Symbols that share a command with another one, blanks, and symbols that resemble their TeX.
    const TWINS: &str = "\u{a0}\u{ad}″‴ĿŀŉʻʼΑΒΕΖΗΙΚΜΝΟΡΤΧο∆∬∗∙∼∣≔⋅⩽⩾●◦↝¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞−‐‑‒–—―‘’“”\
        \u{2002}\u{2003}\u{2009}\u{200a}\u{200b}\u{200c}\u{200d}\u{202f}\u{2060}\u{feff}⁄℃℗";

    #[test]
    fn every_sign_is_read_back() {
        let signs = TEXT_SIGNS.rows().iter().chain(MATH_SIGNS.rows());
        for (c, _) in signs.filter(|(c, _)| !TWINS.contains(*c)) {
            let tex = escape(&format!("a {c} b"));
            assert!(tex.is_ascii(), "{c}");
            assert_eq!(tex_to_unicode(&tex), format!("a {c} b"), "{tex}");
        }
    }

    #[test]
    fn every_sign_that_is_read_can_be_written() {
        for c in symbols::symbol_chars() {
            assert!(text_command(c).or_else(|| math_command(c)).is_some(), "{c}");
        }
    }
}
