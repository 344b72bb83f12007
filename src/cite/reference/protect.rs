//! Protects words that a style must not change: `arXiv`, `GPS`, `WB-22-07`.
//!
//! Styles change the case of titles and read hyphenated numbers as ranges. Protected text is mapped
//! to private-use characters, which styles ignore, and mapped back afterwards.

/// Offset from a character to its private-use substitute, in plane 16.
const PRIVATE_USE_OFFSET: u32 = 0x10_0000;
/// Characters from here on are not protected; they do not occur in titles.
const MAX_PROTECTED_CHAR: u32 = 0xf000;

/// Protects every word that has a capital after its first letter.
pub fn protect_words(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let mut chars = word.trim_start_matches(|it: char| !it.is_alphabetic()).chars();
        chars.next();
        if chars.any(char::is_uppercase) {
            guarded.push_str(&protect_all(word.trim_end()));
            guarded.push_str(&word[word.trim_end().len()..]);
        } else {
            guarded.push_str(word);
        }
    }
    guarded
}

/// Protects the whole text, except punctuation at its ends, which styles examine.
pub fn protect_all(text: &str) -> String {
    let is_mark = |it: char| !it.is_alphanumeric();
    let inner = text.trim_matches(is_mark);
    let Some(at) = text.find(inner).filter(|_| !inner.is_empty()) else { return text.to_owned() };
    let (prefix, rest) = text.split_at(at);
    let (inner, suffix) = rest.split_at(inner.len());
    let guarded = inner.chars().map(|it| match u32::from(it) {
        code if code < MAX_PROTECTED_CHAR => {
            char::from_u32(code + PRIVATE_USE_OFFSET).unwrap_or(it)
        }
        _ => it,
    });
    [prefix.to_owned(), guarded.collect(), suffix.to_owned()].concat()
}

/// Restores protected characters.
pub fn unprotect(text: &str) -> String {
    text.chars()
        .map(|it| match u32::from(it) {
            code if (PRIVATE_USE_OFFSET..PRIVATE_USE_OFFSET + MAX_PROTECTED_CHAR)
                .contains(&code) =>
            {
                char::from_u32(code - PRIVATE_USE_OFFSET).unwrap_or(it)
            }
            _ => it,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guarded_is_put_back() {
        for text in ["arXiv", "Learning to Follow the GPS?", "“WB-22-07”, é", "", "--"] {
            assert_eq!(unprotect(&protect_all(text)), text);
            assert_eq!(unprotect(&protect_words(text)), text);
        }
        assert!(protect_words("Follow the GPS").starts_with("Follow the "));
        assert!(!protect_words("Follow the GPS").contains("GPS"));
        assert!(!protect_all("WB-22-07").contains('-'));
    }
}
