//! Keys of other keyboard layouts, mapped to the keys at the same places of the Latin layout.

use std::collections::BTreeMap;

use super::key::{Key, KeyCode};

/// A map from characters of other layouts to characters of the Latin layout. The default has all
/// shipped layouts, which share no characters except with equal meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LangMap(BTreeMap<char, char>);

/// The shipped layouts: name, characters, and the Latin characters at their places. Signs that are
/// ASCII in the other layout are left out, since nothing tells which layout they come from.
const LAYOUTS: &[(&str, &str, &str)] = &[
    (
        "russian",
        "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~",
    ),
    (
        "ukrainian",
        "йцукенгшщзхїфівапролджєячсмитьбюЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>",
    ),
    (
        "greek",
        "ςερτυθιοπασδφγηξκλζχψωβνμΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ",
        "wertyuiopasdfghjklzxcvbnmERTYUIOPASDFGHJKLZXCVBNM",
    ),
    ("hebrew", "קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),
    (
        "korean",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
    ),
];

impl Default for LangMap {
    fn default() -> Self {
        let pairs = LAYOUTS.iter().flat_map(|(_, from, to)| from.chars().zip(to.chars()));
        Self(pairs.collect())
    }
}

impl LangMap {
    /// Parses parts separated by commas: the name of a shipped layout, pairs of characters such as
    /// `йqцw`, or two strings of equal length such as `йц;qw`. A backslash takes the next character
    /// literally. The empty text is an empty map.
    ///
    /// # Errors
    ///
    /// Returns a message that names the part which is none of these.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pairs = BTreeMap::new();
        for part in split_parts(text) {
            if let Some((_, from, to)) = LAYOUTS.iter().find(|(name, ..)| *name == plain(&part)) {
                pairs.extend(from.chars().zip(to.chars()));
            } else {
                pairs.extend(parse_pairs(&part)?);
            }
        }
        Ok(Self(pairs))
    }

    /// The names of the shipped layouts, separated by commas.
    pub fn layout_names() -> String {
        LAYOUTS.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ")
    }

    /// The keys of the Latin layout that were pressed for this key, with its modifiers. A syllable
    /// of Hangul takes two keys or more. Returns `None` for a key that the map does not have.
    pub fn translate(&self, key: Key) -> Option<Vec<Key>> {
        let KeyCode::Char(c) = key.code else { return None };
        let latin = |c: char| Some(Key { code: KeyCode::Char(*self.0.get(&c)?), ..key });
        match latin(c) {
            Some(key) => Some(vec![key]),
            None => letters_of_hangul(c)?.into_iter().map(latin).collect(),
        }
    }
}

/// A character, and whether a backslash stood before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    Plain(char),
    Escaped(char),
}

impl Symbol {
    fn char(self) -> char {
        match self {
            Self::Plain(c) | Self::Escaped(c) => c,
        }
    }
}

/// Splits the text at its commas; drops blanks, and parts without a character.
fn split_parts(text: &str) -> Vec<Vec<Symbol>> {
    let mut chars = text.chars();
    let mut symbols = Vec::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => symbols.extend(chars.next().map(Symbol::Escaped)),
            _ if c.is_whitespace() => {}
            _ => symbols.push(Symbol::Plain(c)),
        }
    }
    let parts = symbols.split(|it| *it == Symbol::Plain(','));
    parts.filter(|part| !part.is_empty()).map(<[Symbol]>::to_vec).collect()
}

fn plain(part: &[Symbol]) -> String {
    part.iter().map(|it| it.char()).collect()
}

fn parse_pairs(part: &[Symbol]) -> Result<Vec<(char, char)>, String> {
    let halves: Vec<&[Symbol]> = part.split(|it| *it == Symbol::Plain(';')).collect();
    let pair = |from: &Symbol, to: &Symbol| (from.char(), to.char());
    match halves[..] {
        [pairs] if pairs.len() % 2 == 0 => {
            Ok(pairs.chunks_exact(2).map(|it| pair(&it[0], &it[1])).collect())
        }
        [from, to] if from.len() == to.len() => {
            Ok(from.iter().zip(to).map(|(from, to)| pair(from, to)).collect())
        }
        _ => Err(format!(
            "`langmap`: `{}` is not one of {}, pairs such as `йqцw`, or two strings of equal length \
             such as `йц;qw`",
            plain(part),
            LangMap::layout_names()
        )),
    }
}

/// Initial consonants of syllables in the order of Unicode.
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
/// Final consonants; a syllable without one has the index 0.
const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
/// Compound letters and the two letters typed for each.
const COMPOUNDS: &[(char, &str)] = &[
    ('ㅘ', "ㅗㅏ"),
    ('ㅙ', "ㅗㅐ"),
    ('ㅚ', "ㅗㅣ"),
    ('ㅝ', "ㅜㅓ"),
    ('ㅞ', "ㅜㅔ"),
    ('ㅟ', "ㅜㅣ"),
    ('ㅢ', "ㅡㅣ"),
    ('ㄳ', "ㄱㅅ"),
    ('ㄵ', "ㄴㅈ"),
    ('ㄶ', "ㄴㅎ"),
    ('ㄺ', "ㄹㄱ"),
    ('ㄻ', "ㄹㅁ"),
    ('ㄼ', "ㄹㅂ"),
    ('ㄽ', "ㄹㅅ"),
    ('ㄾ', "ㄹㅌ"),
    ('ㄿ', "ㄹㅍ"),
    ('ㅀ', "ㄹㅎ"),
    ('ㅄ', "ㅂㅅ"),
];

/// The letters typed for a syllable or a compound letter of Hangul.
fn letters_of_hangul(c: char) -> Option<Vec<char>> {
    const FIRST_SYLLABLE: u32 = 0xac00;
    const VOWEL_COUNT: usize = 21;
    const FINAL_COUNT: usize = 28;
    let letters = if let 'ㄱ'..='ㅣ' = c {
        vec![c]
    } else {
        let index = u32::from(c).checked_sub(FIRST_SYLLABLE)? as usize;
        let initial = INITIALS.chars().nth(index / (VOWEL_COUNT * FINAL_COUNT))?;
        let vowel = VOWELS.chars().nth(index / FINAL_COUNT % VOWEL_COUNT)?;
        let last = (index % FINAL_COUNT).checked_sub(1).and_then(|at| FINALS.chars().nth(at));
        [Some(initial), Some(vowel), last].into_iter().flatten().collect()
    };
    let parts = |letter: char| match COMPOUNDS.iter().find(|(compound, _)| *compound == letter) {
        Some((_, parts)) => parts.chars().collect(),
        None => vec![letter],
    };
    Some(letters.into_iter().flat_map(parts).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::input::key::{format_keys, parse_keys};

    fn translated(map: &LangMap, text: &str) -> String {
        let keys = parse_keys(text).unwrap();
        let keys = keys.into_iter().flat_map(|key| map.translate(key).unwrap_or_else(|| vec![key]));
        format_keys(&keys.collect::<Vec<_>>())
    }

    #[test]
    fn each_shipped_layout_maps_as_many_characters_as_it_has() {
        for (name, from, to) in LAYOUTS {
            assert_eq!(from.chars().count(), to.chars().count(), "{name}");
            assert!(from.chars().all(|c| !c.is_ascii()) && to.is_ascii(), "{name}");
            for (from, to) in from.chars().zip(to.chars()) {
                assert_eq!(LangMap::default().0.get(&from), Some(&to), "{name}");
            }
        }
    }

    #[test]
    fn a_key_is_the_latin_key_at_its_place() {
        for (typed, latin) in [
            ("ол", "jk"),
            ("пп", "gg"),
            ("П", "G"),
            ("ни", "yb"),
            ("<C-с>", "<C-c>"),
            ("Ж", ":"),
            ("і", "s"),
            ("ξκ", "jk"),
            ("γγ", "gg"),
            ("חל", "jk"),
            ("ㅓㅏ", "jk"),
            ("<C-ㅊ>", "<C-c>"),
            ("j<Enter>é.", "j<Enter>é."),
        ] {
            assert_eq!(translated(&LangMap::default(), typed), latin, "{typed}");
        }
    }

    #[test]
    fn a_syllable_is_the_keys_typed_for_it() {
        for (typed, latin) in
            [("가", "rk"), ("한글", "gksrmf"), ("과", "rhk"), ("닭", "ekfr"), ("ㄳ", "rt")]
        {
            assert_eq!(translated(&LangMap::default(), typed), latin, "{typed}");
        }
    }

    #[test]
    fn pairs_strings_and_names_can_be_combined() {
        let map = LangMap::parse(r"öj\;q, äü;kl ,\,x,greek").unwrap();
        assert_eq!(translated(&map, "öäü;,ξй"), "jklqxjй");
        assert_eq!(LangMap::parse("").unwrap(), LangMap(BTreeMap::new()));
        let all = LangMap::parse(&LangMap::layout_names()).unwrap();
        assert_eq!(all, LangMap::default());
    }

    #[test]
    fn a_part_that_maps_nothing_is_refused_by_name() {
        for text in ["klingon", "й", "йц;q", "a;b;c"] {
            let error = LangMap::parse(&format!("greek,{text}")).unwrap_err();
            assert!(error.starts_with(&format!("`langmap`: `{text}` is not")), "{error}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_parsed_or_refused(text in r"[a-zа-я;,\\ ]{0,20}|\PC{0,20}") {
            let _ = LangMap::parse(&text);
        }

        #[test]
        fn every_character_has_some_translation_or_none(c: char) {
            let keys = LangMap::default().translate(Key::char(c));
            prop_assert!(keys.is_none_or(|keys| !keys.is_empty()));
        }
    }
}
