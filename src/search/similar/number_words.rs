//! Numbers in words and digits: `2D` and `two-dimensional`, `3` and `three`.

/// Cardinal and ordinal names of the numbers from 1 on.
const NUMBER_NAMES: [(&str, &str); 12] = [
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("ten", "tenth"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
];

/// Returns the folded word with its number in words for digits, or in digits for words; nothing if
/// it has no number. A word may have parts joined by hyphens, such as `two-stage`.
pub fn number_spellings(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split('-').collect();
    let mut spellings = match parts.as_slice() {
        [name, "dimensional"] => {
            dimension_spellings(name, digits(name).or_else(|| digit_name(name)))
        }
        [number, "d"] => dimension_spellings(number, digit_name(number)),
        [word] => word
            .strip_suffix('d')
            .map_or_else(Vec::new, |number| dimension_spellings(number, digit_name(number))),
        _ => Vec::new(),
    };
    for (at, part) in parts.iter().enumerate() {
        if let Some(other) = other_spelling(part) {
            let mut parts = parts.clone();
            parts[at] = &other;
            spellings.push(parts.join("-"));
        }
    }
    spellings.retain(|it| it != word);
    spellings.dedup();
    spellings
}

/// The spellings of a number of dimensions, given in one spelling and the other.
fn dimension_spellings(given: &str, other: Option<String>) -> Vec<String> {
    let Some(other) = other else { return Vec::new() };
    let is_digits = given.bytes().all(|it| it.is_ascii_digit());
    let (number, name) = if is_digits { (given, &*other) } else { (&*other, given) };
    vec![
        format!("{name}-dimensional"),
        format!("{name} dimensional"),
        format!("{number}d"),
        format!("{number}-d"),
        format!("{number}-dimensional"),
    ]
}

fn other_spelling(part: &str) -> Option<String> {
    digits(part).or_else(|| digit_name(part)).or_else(|| ordinal(part))
}

/// The digits of a number's name: `2` for `two`, `2nd` for `second`.
fn digits(name: &str) -> Option<String> {
    (1..).zip(NUMBER_NAMES).find_map(|(number, (cardinal, ordinal))| match name {
        _ if name == cardinal => Some(format!("{number}")),
        _ if name == ordinal => Some(format!("{number}{}", ordinal_suffix(number))),
        _ => None,
    })
}

fn digit_name(digits: &str) -> Option<String> {
    let number: usize = digits.parse().ok().filter(|_| !digits.starts_with('+'))?;
    NUMBER_NAMES.get(number.checked_sub(1)?).map(|(name, _)| (*name).to_owned())
}

/// The name of an ordinal in digits: `second` for `2nd`.
fn ordinal(text: &str) -> Option<String> {
    let number: usize = text.get(..text.len().checked_sub(2)?)?.parse().ok()?;
    let name = NUMBER_NAMES.get(number.checked_sub(1)?)?.1;
    text.ends_with(ordinal_suffix(number)).then(|| name.to_owned())
}

fn ordinal_suffix(number: usize) -> &'static str {
    match number {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_of_dimensions_has_several_spellings() {
        for word in ["2d", "2-d", "two-dimensional", "2-dimensional"] {
            let all = number_spellings(word);
            for spelling in ["2d", "two-dimensional"] {
                assert!(word == spelling || all.iter().any(|it| it == spelling), "{word}: {all:?}");
            }
        }
    }

    #[test]
    fn a_number_is_in_words_or_in_digits() {
        assert_eq!(number_spellings("three"), ["3"]);
        assert_eq!(number_spellings("3"), ["three"]);
        assert_eq!(number_spellings("2nd"), ["second"]);
        assert_eq!(number_spellings("first"), ["1st"]);
        assert_eq!(number_spellings("two-stage"), ["2-stage"]);
        assert_eq!(number_spellings("3-way"), ["three-way"]);
    }

    #[test]
    fn other_words_have_no_number() {
        for word in
            ["", "d", "and", "2018", "0", "13", "d2", "-", "bird", "+2", "99999999999999999999"]
        {
            assert_eq!(number_spellings(word), [""; 0], "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_word_may_be_asked_for(word in "\\PC{0,10}") {
            prop_assert!(number_spellings(&word).iter().all(|it| *it != word));
        }
    }
}
