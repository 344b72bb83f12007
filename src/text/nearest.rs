//! The known word that a mistyped one was probably meant to be.

/// Maximum number of edits between a typed word and a suggestion.
const MAX_EDITS: usize = 2;

/// The known word with the fewest edits (insertion, deletion, substitution, swap of neighbours), if
/// they are at most two and half of the letters.
pub fn nearest_word<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let edits = known.into_iter().map(|word| (strsim::osa_distance(&typed, word), word));
    let is_near = |(count, word): &(usize, &str)| {
        *count <= MAX_EDITS && *count * 2 <= word.chars().count().min(typed.chars().count())
    };
    edits.filter(is_near).min_by_key(|(count, _)| *count).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_word_has_a_nearest_known_one() {
        let known = ["convert", "stat", "cite", "resolve"];
        for (typed, expected) in [
            ("convrt", Some("convert")),
            ("covnert", Some("convert")),
            ("Stats", Some("stat")),
            ("ctie", Some("cite")),
            ("paper", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest_word(typed, known), expected, "{typed}");
        }
    }
}
