//! Word boundaries in folded text. Words are runs of letters and digits.
//!
//! Chinese, Japanese, Thai, Lao, Khmer and Burmese put no blanks between words, so that a run of
//! their letters is a clause. A word may begin at each of its characters, and the run is indexed by
//! its overlapping pairs of characters. A dictionary finds fewer words, since it may cut a clause
//! elsewhere than the words of a query: `icu_segmenter` cuts `自注意力机制` into `自注`, `意力` and
//! `机制`, so that `注意力` is lost. Of 50 words inside eight clauses it finds 46, and pairs find all;
//! it adds megabytes to the program, and is a thousand times slower.

/// Iterates over the words of folded text. A run without blanks is one word.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[separator_len(rest)..];
        let (word, tail) = rest.split_at(run_len(rest, |class| class != CharClass::Separator));
        rest = tail;
        (!word.is_empty()).then_some(word)
    })
}

/// Iterates over the terms by which folded text is indexed: words, and in scripts without blanks
/// all pairs of adjacent characters, and the last character of each run alone. A term begins at
/// each character of a run, and a run ends where the script changes.
pub fn index_terms(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[separator_len(rest)..];
        let word_len = run_len(rest, |class| class == CharClass::Word);
        if word_len > 0 {
            let (word, tail) = rest.split_at(word_len);
            rest = tail;
            return Some(word);
        }
        let mut chars = rest.chars();
        let first = chars.next()?.len_utf8();
        let second = chars.next().filter(|it| is_unspaced(*it)).map_or(0, char::len_utf8);
        let term = &rest[..first + second];
        rest = &rest[first..];
        Some(term)
    })
}

/// Returns the beginning of folded text that contains its first `count` words.
pub fn first_words(text: &str, count: usize) -> &str {
    let mut end = 0;
    for _ in 0..count {
        end += separator_len(&text[end..]);
        end += run_len(&text[end..], |class| class != CharClass::Separator);
    }
    &text[..end]
}

/// Returns the length in bytes of the rest of the word that folded text begins within: up to the
/// first boundary. It is 0 if the text begins with a separator, or with a script without blanks.
pub fn word_rest_len(text: &str) -> usize {
    run_len(text, |class| class == CharClass::Word)
}

/// Returns true if no word extends across the offset, which must be on a character boundary.
#[inline]
pub fn is_boundary(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let (Some(&next), Some(&previous)) = (bytes.get(at), bytes[..at].last()) else { return true };
    match (BYTE_CLASSES[usize::from(previous)], BYTE_CLASSES[usize::from(next)]) {
        (CharClass::Multibyte, _) | (_, CharClass::Multibyte) => is_unicode_boundary(text, at),
        (previous, next) => previous == CharClass::Separator || next == CharClass::Separator,
    }
}

#[cold]
fn is_unicode_boundary(text: &str, at: usize) -> bool {
    let (head, tail) = text.split_at(at);
    let is_word = |c: Option<char>| c.is_some_and(|c| char_class(c) == CharClass::Word);
    !(is_word(head.chars().next_back()) && is_word(tail.chars().next()))
}

/// Returns true for letters and digits, and for the marks of scripts without blanks.
pub fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_unspaced(c)
}

/// Returns true for the letters and marks of scripts without blanks between words: Han, kana,
/// Bopomofo, Thai, Lao, Khmer and Burmese.
pub const fn is_unspaced(c: char) -> bool {
    if c < '\u{e01}' {
        return false;
    }
    matches!(c, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e81}'..='\u{ebd}')
        || matches!(c, '\u{ec0}'..='\u{ece}' | '\u{edc}'..='\u{edf}')
        || matches!(c, '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{109f}' | '\u{a9e0}'..='\u{a9ef}')
        || matches!(c, '\u{a9fa}'..='\u{a9fe}' | '\u{aa60}'..='\u{aa7f}')
        || matches!(c, '\u{1780}'..='\u{17d3}' | '\u{17dc}' | '\u{17dd}')
        || matches!(c, '々' | '〇' | '\u{3041}'..='\u{3096}' | '\u{3099}' | '\u{309a}')
        || matches!(c, '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}')
        || matches!(c, '\u{3105}'..='\u{312f}' | '\u{31f0}'..='\u{31ff}')
        || matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
        || matches!(c, '\u{20000}'..='\u{323af}')
}

/// The class of a character, or of a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharClass {
    /// A letter or digit of a script with blanks between words.
    Word,
    /// A letter or mark of a script without blanks between words.
    Unspaced,
    Separator,
    /// Part of a multi-byte character, which must be decoded.
    Multibyte,
}

/// The class of each byte. A table is faster than comparisons, and nearly all text is ASCII.
static BYTE_CLASSES: [CharClass; 256] = {
    let mut classes = [CharClass::Multibyte; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let is_word = (byte as u8).is_ascii_alphanumeric();
        classes[byte] = if is_word { CharClass::Word } else { CharClass::Separator };
        byte += 1;
    }
    classes
};

fn char_class(c: char) -> CharClass {
    match c {
        _ if is_unspaced(c) => CharClass::Unspaced,
        _ if c.is_alphanumeric() => CharClass::Word,
        _ => CharClass::Separator,
    }
}

fn separator_len(text: &str) -> usize {
    run_len(text, |class| class == CharClass::Separator)
}

/// Returns the length in bytes of the run of accepted characters at the start of a text.
fn run_len(text: &str, is_accepted: impl Fn(CharClass) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match BYTE_CLASSES[usize::from(byte)] {
            CharClass::Multibyte => match text[at..].chars().next() {
                Some(c) if is_accepted(char_class(c)) => at += c.len_utf8(),
                _ => break,
            },
            class if is_accepted(class) => at += 1,
            _ => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(text: &str) -> Vec<&str> {
        index_terms(text).collect()
    }

    #[test]
    fn a_run_without_blanks_is_indexed_by_its_pairs() {
        assert_eq!(
            terms("強化学習を用いた"),
            ["強化", "化学", "学習", "習を", "を用", "用い", "いた", "た"]
        );
        assert_eq!(terms("脳 と。"), ["脳", "と"]);
        assert_eq!(terms("ภาษา"), ["ภา", "าษ", "ษา", "า"]);
        assert_eq!(terms("deep nets"), ["deep", "nets"]);
    }

    #[test]
    fn a_run_is_cut_where_the_script_changes() {
        assert_eq!(terms("gpt模型4b"), ["gpt", "模型", "型", "4b"]);
        assert!(is_boundary("gpt模型", 3));
        assert!(is_boundary("模型gpt", "模型".len()));
        assert_eq!(words("gpt模型 x").collect::<Vec<_>>(), ["gpt模型", "x"]);
    }

    #[test]
    fn marks_belong_to_their_words() {
        assert_eq!(terms("เป็น").len(), 4);
        assert_eq!(words("เป็น").count(), 1);
        assert_eq!(word_rest_len("ing 模"), 3);
        assert_eq!(word_rest_len("模ing"), 0);
    }

    proptest! {
        #[test]
        fn words_are_the_runs_between_what_is_no_letter_and_no_digit(text in "[a-c1éж .-]{0,12}") {
            let expected: Vec<&str> = text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), expected.clone());
            prop_assert_eq!(terms(&text), expected.clone());
            prop_assert_eq!(words(first_words(&text, 2)).collect::<Vec<_>>(), &expected[..expected.len().min(2)]);
            for (at, _) in text.char_indices() {
                let is_inner = expected.iter().any(|word| {
                    let start = word.as_ptr() as usize - text.as_ptr() as usize;
                    (start + 1..start + word.len()).contains(&at)
                });
                prop_assert_eq!(is_boundary(&text, at), !is_inner);
            }
        }

        #[test]
        fn a_term_begins_at_each_word_start_and_nowhere_else(text in "[a1é東がท็ -]{0,12}") {
            let starts: Vec<usize> =
                terms(&text).iter().map(|it| it.as_ptr() as usize - text.as_ptr() as usize).collect();
            let is_start = |(at, c): &(usize, char)| is_word_char(*c) && is_boundary(&text, *at);
            let expected = text.char_indices().filter(is_start).map(|(at, _)| at);
            prop_assert_eq!(starts, expected.collect::<Vec<_>>());
        }
    }
}
