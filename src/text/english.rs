//! English names of months, plurals, function words, and words with a capital.

use std::fmt::Display;

/// The abbreviation of a month is the first three letters of its name.
pub const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
];

/// Formats a count and its noun: `1 paper`, `2 papers`, `3 entries`.
pub fn counted(count: impl Display, noun: &str) -> String {
    let count = count.to_string();
    match noun.strip_suffix('y') {
        _ if count == "1" => format!("1 {noun}"),
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {noun}s"),
    }
}

/// Formats a number with thousands separators.
pub fn group_digits(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Returns true for an article, a preposition or a conjunction, folded, of which acronyms take no
/// letter: RLHF is reinforcement learning from human feedback.
pub fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "and"
            | "as"
            | "at"
            | "by"
            | "for"
            | "from"
            | "in"
            | "into"
            | "of"
            | "on"
            | "or"
            | "the"
            | "to"
            | "via"
            | "with"
    )
}

/// Returns true for a folded word that asks nothing of a paper: a function word, a pronoun, an
/// auxiliary verb or another preposition.
pub fn is_stop_word(word: &str) -> bool {
    const OTHERS: [&str; 49] = [
        "about", "after", "also", "am", "are", "be", "been", "before", "being", "between", "but",
        "can", "could", "did", "do", "does", "during", "had", "has", "have", "how", "if", "is",
        "it", "its", "not", "our", "over", "so", "such", "than", "that", "their", "them", "then",
        "there", "these", "they", "this", "those", "under", "was", "we", "were", "what", "when",
        "which", "who", "why",
    ];
    is_function_word(word) || OTHERS.binary_search(&word).is_ok()
}

/// Returns the text with its first letter in upper case.
pub fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_one_has_a_singular_noun() {
        assert_eq!(counted(1_u32, "paper"), "1 paper");
        assert_eq!(counted(0_usize, "paper"), "0 papers");
        assert_eq!(counted(2_u64, "entry"), "2 entries");
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, expected) in
            [(0, "0"), (198, "198"), (1000, "1,000"), (2_700_000, "2,700,000")]
        {
            assert_eq!(group_digits(number), expected);
        }
    }
}
