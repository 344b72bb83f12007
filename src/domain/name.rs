//! A person's name, split as bibliographies need it.

use std::borrow::Cow;

use super::Paper;
use crate::text;

/// A name in its parts; `family` is never empty unless the whole name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub given: String,
    /// With its particle: `van der Maaten`.
    pub family: String,
    /// `Jr.`, `III`.
    pub suffix: String,
}

const SUFFIXES: [&str; 8] = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v"];

impl Name {
    /// Splits `Given Family`, `Family, Given` or `Family, Suffix, Given`.
    ///
    /// In a name without comma the family begins at the first word in lower case, a particle, and
    /// else is the last word, as BibTeX has it.
    pub fn parse(text: &str) -> Self {
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::of("", "", ""),
            [whole] => Self::parse_plain(whole),
            [name, suffix] if is_suffix(suffix) => {
                Self { suffix: (*suffix).to_owned(), ..Self::parse_plain(name) }
            }
            [family, given] => Self::of(given, family, ""),
            [family, suffix, given, ..] if is_suffix(suffix) => Self::of(given, family, suffix),
            [family, given, rest @ ..] => Self::of(given, family, &rest.join(", ")),
        }
    }

    /// The family name alone, which is quicker where it stands before a comma.
    pub fn family_of(text: &str) -> Cow<'_, str> {
        let comma = |text: &str| memchr::memchr(b',', text.as_bytes());
        let parts = comma(text).map(|at| (text[..at].trim(), text[at + 1..].trim()));
        match parts {
            Some((family, given))
                if !(family.is_empty() || given.is_empty() || is_suffix(given))
                    && comma(given).is_none() =>
            {
                Cow::Borrowed(family)
            }
            _ => Cow::Owned(Self::parse(text).family),
        }
    }

    /// The name as it is read out: `Samuel J. Gershman`.
    pub fn in_full(&self) -> String {
        let is_family_first = self.family.chars().any(is_east_asian);
        let (first, second) =
            if is_family_first { (&self.family, &self.given) } else { (&self.given, &self.family) };
        let parts = [first, second, &self.suffix];
        let known = parts.into_iter().filter(|it| !it.is_empty());
        known.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    fn parse_plain(text: &str) -> Self {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let suffix = if words.len() > 2 { words.pop_if(|it| is_suffix(it)) } else { None };
        let Some(last) = words.len().checked_sub(1) else { return Self::of("", "", "") };
        if text.chars().all(|c| c.is_whitespace() || is_east_asian(c)) {
            return Self::of(&words[1..].join(" "), words[0], "");
        }
        let is_particle = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
        let particle = words[..last].iter().skip(1).position(is_particle).map(|at| at + 1);
        let (given, family) = words.split_at(particle.unwrap_or(last));
        Self::of(&given.join(" "), &family.join(" "), suffix.unwrap_or_default())
    }

    fn of(given: &str, family: &str, suffix: &str) -> Self {
        Self { given: given.to_owned(), family: family.to_owned(), suffix: suffix.to_owned() }
    }
}

/// Whether the character belongs to a script in which the family name comes first: Han, kana or
/// Hangul.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// The family names of a paper's authors, readable, for where there is little room.
pub fn family_names(paper: &Paper<'_>) -> Vec<String> {
    paper.authors().map(|name| Name::parse(&text::readable(name)).family).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_family_name_alone_is_that_of_the_name(text in "(a|B|van|Jr|Jr\\.|é|山|,|, | ){0,9}") {
            prop_assert_eq!(Name::family_of(&text), Name::parse(&text).family);
        }
    }

    fn check(text: &str, given: &str, family: &str, suffix: &str) {
        assert_eq!(Name::parse(text), Name::of(given, family, suffix), "{text}");
    }

    #[test]
    fn a_name_is_read_out_in_its_own_order() {
        for (written, read) in [
            ("Gershman, Samuel J.", "Samuel J. Gershman"),
            ("King, Jr., Martin Luther", "Martin Luther King Jr."),
            ("山田, 太郎", "山田 太郎"),
            ("Plato", "Plato"),
        ] {
            assert_eq!(Name::parse(written).in_full(), read);
        }
    }

    #[test]
    fn a_name_is_split_as_it_is_written() {
        check("Samuel J. Gershman", "Samuel J.", "Gershman", "");
        check("Gershman, Samuel J.", "Samuel J.", "Gershman", "");
        check("Laurens van der Maaten", "Laurens", "van der Maaten", "");
        check("van der Maaten, Laurens", "Laurens", "van der Maaten", "");
        check("Martin Luther King Jr.", "Martin Luther", "King", "Jr.");
        check("King, Jr., Martin Luther", "Martin Luther", "King", "Jr.");
        check("Plato", "", "Plato", "");
        check("van Gogh", "van", "Gogh", "");
        check("山田 太郎", "太郎", "山田", "");
        check("", "", "", "");
    }
}
