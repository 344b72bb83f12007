//! Agreement of terminals on the width of a character.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::app::LineArt;

/// Width of the characters that are two cells wide in East Asian settings of terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AmbiguousWidth {
    #[default]
    Narrow,
    /// Perhaps two cells: the position is set again behind each, which costs some bytes.
    PerhapsWide,
}

impl AmbiguousWidth {
    /// The width that the terminal may give to these characters, by the locale and by the configured
    /// line art.
    pub fn from_environment(line_art: LineArt) -> Self {
        if line_art == LineArt::Ascii {
            return Self::PerhapsWide;
        }
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|it| !it.is_empty()));
        Self::from_locale(&locale.unwrap_or_default())
    }

    /// The width in a locale such as `ja_JP.UTF-8`.
    pub fn from_locale(locale: &str) -> Self {
        let is_east_asian = ["ja", "ko", "zh"].iter().any(|it| locale.starts_with(it));
        if is_east_asian { Self::PerhapsWide } else { Self::Narrow }
    }
}

/// Agreement of terminals on the width of the character in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WidthAgreement {
    Agreed,
    /// Terminals of East Asian settings draw it two cells wide.
    Ambiguous,
    /// Marks that some terminals give cells of their own.
    Disputed,
    /// A joined sequence such as an emoji, narrower than its parts.
    Joined,
}

/// Marks that every terminal draws over their letter.
const COMMON_MARKS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// The agreement on a symbol that takes `width` cells here.
pub fn width_agreement(symbol: &str, width: usize) -> WidthAgreement {
    if symbol.is_ascii() {
        return WidthAgreement::Agreed;
    }
    let summed: usize = symbol.chars().filter_map(UnicodeWidthChar::width).sum();
    let mut marks = symbol.chars().skip(1).filter(|it| !COMMON_MARKS.contains(it));
    match () {
        () if summed != width => WidthAgreement::Joined,
        () if marks.next().is_some() => WidthAgreement::Disputed,
        () if symbol.width_cjk() != width => WidthAgreement::Ambiguous,
        () => WidthAgreement::Agreed,
    }
}

/// Returns true for box drawing and block characters, which occur in runs.
pub fn is_line_art(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    chars.next().is_some_and(|it| ('\u{2500}'..='\u{259f}').contains(&it)) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_east_asian_locale_may_have_wide_characters() {
        for locale in ["ja_JP.UTF-8", "zh_TW", "ko_KR.utf8"] {
            assert_eq!(AmbiguousWidth::from_locale(locale), AmbiguousWidth::PerhapsWide);
        }
        for locale in ["", "C.UTF-8", "en_US.UTF-8"] {
            assert_eq!(AmbiguousWidth::from_locale(locale), AmbiguousWidth::Narrow);
        }
    }

    #[test]
    fn terminals_agree_on_most_characters() {
        for (symbol, width, expected) in [
            ("a", 1, WidthAgreement::Agreed),
            ("漢", 2, WidthAgreement::Agreed),
            ("ş", 1, WidthAgreement::Agreed),
            ("ş\u{302}", 1, WidthAgreement::Agreed),
            ("─", 1, WidthAgreement::Ambiguous),
            ("·", 1, WidthAgreement::Ambiguous),
            ("\u{1d158}\u{1d165}\u{1d16e}", 1, WidthAgreement::Disputed),
            ("👩\u{200d}🔬", 2, WidthAgreement::Joined),
        ] {
            assert_eq!(width_agreement(symbol, width), expected, "{symbol:?}");
        }
    }
}
