//! Folds text for matching: lower case, no accents, plain dashes and quotes, no invisible
//! characters.
//!
//! Queries and papers are folded alike, so that `erdos` matches Erdős. Folding printable ASCII,
//! which nearly all text is, costs only a copy. Folding works character by character, so that
//! [`FoldedText`] can map a match back to its source. Jamo and voicing marks are composed with the
//! character before them, since files and input methods write the same kana and Hangul in two
//! ways.

use std::iter;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose};
use unicode_segmentation::UnicodeSegmentation;

/// Returns `text` in lower case, without accents and invisible characters.
pub fn fold(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out
}

/// Appends `text`, folded, to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    out.reserve(text.len());
    if is_plain(text) {
        return push_plain(text, out);
    }
    let (mut rest, start) = (text, out.len());
    while let Some(special) = rest.bytes().position(|byte| !is_printable(byte)) {
        push_plain(&rest[..special], out);
        let mut chars = rest[special..].chars();
        if let Some(c) = chars.next() {
            fold_char(c, |folded| push_composed(folded, out, start));
        }
        rest = chars.as_str();
    }
    push_plain(rest, out);
}

/// Appends a folded character, composed with the last character if that is at or after `start`.
fn push_composed(c: char, out: &mut String, start: usize) {
    if is_second_part(c)
        && let Some(last) = out[start..].chars().next_back()
        && let Some(whole) = compose(last, c)
    {
        out.pop();
        return out.push(whole);
    }
    out.push(c);
}

/// Returns true for voicing marks, and for the vowels and final consonants of Hangul: a kana or a
/// syllable is composed of a character and them.
const fn is_second_part(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}' | '\u{1161}'..='\u{1175}' | '\u{11a8}'..='\u{11c2}')
}

fn push_plain(text: &str, out: &mut String) {
    let start = out.len();
    out.push_str(text);
    out[start..].make_ascii_lowercase();
}

const fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Returns true for printable ASCII. No early exit, so that the compiler can vectorise the loop.
fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |plain, byte| plain & is_printable(byte))
}

fn fold_char(c: char, mut push: impl FnMut(char)) {
    match c {
        ' '..='~' => push(c.to_ascii_lowercase()),
        '\u{2028}' | '\u{2029}' => push(' '),
        _ if c.is_control() => push(' '),
        _ if is_invisible(c) => {}
        _ if is_syllable(c) => push(c),
        _ => {
            let parts = iter::once(c).nfkd().filter(|part| !is_accent(*part));
            parts.flat_map(char::to_lowercase).for_each(|lower| match transliterate(lower) {
                Some(replacement) => replacement.chars().for_each(&mut push),
                None if lower.is_whitespace() => push(' '),
                None => push(lower),
            });
        }
    }
}

/// Returns true for soft hyphens, joiners, direction marks and variation selectors, which nobody
/// types.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Returns true for kana and Hangul: their marks distinguish letters, and are typed.
const fn is_syllable(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}')
        || matches!(c, '\u{30a1}'..='\u{30fe}' | '\u{ac00}'..='\u{d7a3}')
}

/// Returns true for a mark that may be omitted. Nuktas, voicing marks and viramas (combining
/// classes 7 to 9) may not.
fn is_accent(c: char) -> bool {
    !matches!(canonical_combining_class(c), 0 | 7..=9)
}

/// Returns the plain spelling of a lower-case character that Unicode does not decompose.
const fn transliterate(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' | 'ɨ' => "i",
        'ȷ' => "j",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        'ƀ' => "b",
        'ƒ' => "f",
        'ς' => "σ",
        '‐'..='―' | '−' => "-",
        '‘'..='‛' | '′' | 'ʻ' | 'ʼ' | 'ʹ' => "'",
        '“'..='‟' | 'ʺ' => "\"",
        '⁄' | '∕' => "/",
        '∼' => "~",
        '∗' => "*",
        _ => return None,
    })
}

/// Folded text with a map from its bytes to the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedText {
    /// The same as the result of [`fold`].
    pub text: String,
    /// For each byte of `text`, the offset of its source grapheme; then the length of the source.
    /// Empty if offsets are equal in both, as in printable ASCII.
    source_offsets: Vec<u32>,
}

impl FoldedText {
    pub fn new(text: &str) -> Self {
        if is_plain(text) {
            return Self { text: text.to_ascii_lowercase(), source_offsets: Vec::new() };
        }
        let mut folded = String::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len() + 1);
        for (start, grapheme) in text.grapheme_indices(true) {
            let mut push = |folded_char| push_composed(folded_char, &mut folded, 0);
            grapheme.chars().for_each(|c| fold_char(c, &mut push));
            origins.resize(folded.len(), start as u32);
        }
        origins.push(text.len() as u32);
        Self { text: folded, source_offsets: origins }
    }

    /// Returns the byte range of the source for a byte range of the folded text. It covers whole
    /// characters with their marks. Parts beyond the end are ignored.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let end = range.end.min(self.text.len());
        let start = range.start.min(end);
        let Some(&from) = self.source_offsets.get(start) else { return start..end };
        let last = if end > start { self.source_offsets[end - 1] } else { from };
        let next = self.source_offsets[start..].iter().find(|&&it| it > last);
        let to = if end > start { next.copied().unwrap_or(last) } else { from };
        from as usize..to as usize
    }
}

/// Returns the words of `text` with an umlaut spelling, in that spelling and folded, each with its
/// byte range in `text`. `Müller` folds to `muller`; its variant is `mueller`. Queries have
/// variants too, so that `müller` matches Mueller.
pub fn umlaut_variants(text: &str) -> Vec<(String, Range<usize>)> {
    let mut variants = Vec::new();
    if text.is_ascii() {
        return variants;
    }
    let mut start = None;
    for (at, c) in text.char_indices().chain(iter::once((text.len(), ' '))) {
        let is_inside = match c {
            _ if c.is_ascii() => c.is_ascii_alphanumeric(),
            _ => c.is_alphanumeric() || canonical_combining_class(c) != 0,
        };
        match (is_inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                variants
                    .extend(umlaut_variant(&text[from..at]).map(|spelling| (spelling, from..at)));
                start = None;
            }
            _ => {}
        }
    }
    variants
}

fn umlaut_variant(word: &str) -> Option<String> {
    if word.is_ascii() || !word.nfc().any(|c| umlaut_spelling(c).is_some()) {
        return None;
    }
    let mut out = String::with_capacity(word.len() + 2);
    for c in word.nfc() {
        match umlaut_spelling(c) {
            Some(replacement) => out.push_str(replacement),
            None => fold_char(c, |folded| push_composed(folded, &mut out, 0)),
        }
    }
    Some(out)
}

const fn umlaut_spelling(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
        'ü' | 'Ü' => "ue",
        'å' | 'Å' => "aa",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(fold("Paul ERDŐS"), "paul erdos");
        assert_eq!(fold("Łukasz Größe, Æsop & Þór Đặng"), "lukasz grosse, aesop & thor dang");
        assert_eq!(fold("İstanbul, Diyarbakır"), "istanbul, diyarbakir");
        assert_eq!(fold("mu\u{308}ller"), "muller");
    }

    #[test]
    fn dashes_and_quotes_are_those_of_a_keyboard() {
        assert_eq!(fold("‘a’ “b” c–d—e‐f‑g−h"), "'a' \"b\" c-d-e-f-g-h");
    }

    #[test]
    fn compatible_forms_are_the_plain_letters() {
        assert_eq!(fold("ﬁne ℤ₂ x² ½ 𝐀 …"), "fine z2 x2 1/2 a ...");
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(
            fold("ΛΌΓΟΣ λόγος Москва 日本語 がぎ 한국"),
            "λογοσ λογοσ москва 日本語 がぎ 한국"
        );
    }

    #[test]
    fn kana_and_hangul_are_composed() {
        assert_eq!(fold("テ\u{3099}ータ ハ\u{309a}リ か\u{3099}"), "データ パリ が");
        assert_eq!(fold("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8} 하\u{11ab}"), "한국 한");
        assert_eq!(fold("か\u{200d}\u{3099}"), "が", "a joiner does not part them");
        assert_eq!(fold("\u{3099}a\u{3099}"), "\u{3099}a\u{3099}", "a stray mark is kept");
        let mut record = "か".to_owned();
        fold_into("\u{3099}か", &mut record);
        assert_eq!(record, "か\u{3099}か", "a mark is not composed with the field before");
    }

    #[test]
    fn width_does_not_matter() {
        assert_eq!(fold("ﾃﾞｰﾀ ｶﾞﾌﾞﾘｴﾙ ﾊﾟﾘ"), "データ ガブリエル パリ");
        assert_eq!(fold("ＧＰＴ－４　ｘ％"), "gpt-4 x%");
        assert_eq!(fold("㌀ ㍿"), "アパート 株式会社");
    }

    #[test]
    fn a_composed_character_is_shown_with_its_marks() {
        let source = "aテ\u{3099}ｰﾀﾞ\u{1112}\u{1161}\u{11ab}ㅎㅏ!";
        let folded = FoldedText::new(source);
        assert_eq!(folded.text, "aデーダ한하!");
        let source_text = |range| &source[folded.source_range(range)];
        assert_eq!(source_text(1..4), "テ\u{3099}");
        assert_eq!(source_text(4..10), "ｰﾀﾞ");
        assert_eq!(source_text(10..13), "\u{1112}\u{1161}\u{11ab}");
        assert_eq!(source_text(13..16), "ㅎㅏ");
        assert_eq!(source_text(16..17), "!");
    }

    #[test]
    fn a_control_character_is_a_space() {
        assert_eq!(
            fold("a\nb\tc\u{1e}d\u{1f}e\u{85}f\u{2028}g\u{a0}h\u{7f}i"),
            "a b c d e f g h i"
        );
        assert_eq!(fold("soft\u{ad}hyphen"), "softhyphen");
    }

    #[test]
    fn a_match_is_shown_on_whole_characters_of_the_source() {
        let source = "Der große Mu\u{308}ller";
        let folded = FoldedText::new(source);
        assert_eq!(folded.text, "der grosse muller");
        let source_text = |range| &source[folded.source_range(range)];
        assert_eq!(source_text(4..8), "groß");
        assert_eq!(source_text(8..9), "ß");
        assert_eq!(source_text(11..13), "Mu\u{308}");
        assert_eq!(source_text(13..99), "ller");
        assert_eq!(source_text(3..3), "");
        assert_eq!(FoldedText::new("Plain").source_range(1..3), 1..3);
    }

    #[test]
    fn an_umlaut_need_not_be_typed() {
        let text = "K. Müller, B Sørensen-Ångström and Gro\u{308}ßer, no éàç";
        let words: Vec<_> =
            umlaut_variants(text).into_iter().map(|(word, range)| (word, &text[range])).collect();
        let expected = [
            ("mueller", "Müller"),
            ("soerensen", "Sørensen"),
            ("aangstroem", "Ångström"),
            ("groesser", "Gro\u{308}ßer"),
        ];
        assert_eq!(words, expected.map(|(word, source)| (word.to_owned(), source)));
        assert_eq!(fold("Mueller"), umlaut_variants("müller")[0].0);
    }

    proptest! {
        #[test]
        fn the_map_folds_as_folding_does(text in any::<String>()) {
            prop_assert_eq!(FoldedText::new(&text).text, fold(&text));
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn marks_may_be_composed_or_not(text in "[かがハﾊﾞﾟ\u{3099}\u{309a}하한ㅎㅏ\u{1112}\u{1161}\u{11ab}é a]{0,12}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert_eq!(FoldedText::new(&text).text, folded.clone());
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded.clone());
            prop_assert_eq!(fold(&text.nfc().collect::<String>()), folded);
        }

        #[test]
        fn any_range_maps_to_whole_characters(text in any::<String>(), a in 0..99usize, b in 0..99usize) {
            let folded = FoldedText::new(&text);
            prop_assert!(text.get(folded.source_range(a..b)).is_some());
        }

        #[test]
        fn a_variant_is_folded_and_comes_from_its_word(text in "[a-zäöüÅØßé, \u{308}]{0,20}") {
            for (word, range) in umlaut_variants(&text) {
                prop_assert_eq!(fold(&word), word);
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
