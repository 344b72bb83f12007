//! Names of authors that a query asks for, in any of the ways in which people write names.

use memchr::memmem::Finder;

use crate::text::{fold, umlaut_variants};

/// Words before a family name that belong to it, folded.
const PARTICLES: [&str; 39] = [
    "af", "al", "av", "ben", "bin", "d", "da", "dal", "das", "de", "degli", "del", "della", "den",
    "der", "di", "do", "dos", "du", "e", "el", "ibn", "in", "la", "las", "le", "lo", "los", "st",
    "t", "te", "ten", "ter", "van", "von", "y", "zu", "zum", "zur",
];
const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "phd"];

/// Returns true for a folded word that may precede a family name: `van`, `de`.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Returns true for a folded word that may follow a name: `jr`.
pub fn is_name_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word)
}

/// The letters and digits between other characters of a folded name.
pub fn name_words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// A name that one author of a paper must have.
#[derive(Debug, Clone)]
pub struct AuthorName {
    /// Ways to read the text; one of them must match.
    pub readings: Vec<NameReading>,
    /// The authors of every paper that matches contain one of these texts. Empty if no such text is
    /// known.
    pub needles: Vec<Finder<'static>>,
}

/// A way to read the text of a name. All texts are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameReading {
    /// The whole name as the source writes it.
    Exact(String),
    /// Words in any order; one of them must be the family name.
    AnyOrder(Vec<NameWord>),
    /// `Family, Given`.
    FamilyFirst { family: Vec<NameWord>, given: Vec<NameWord> },
    /// The beginning of a family name in each of its spellings, and initials of the given names,
    /// which may be empty.
    Initials { family: Vec<String>, initials: String },
}

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameWord {
    /// As written, then spellings such as `mueller` for `müller`. Never empty.
    pub spellings: Vec<String>,
    pub end: WordEnd,
}

/// State of the end of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordEnd {
    Complete,
    /// More letters may follow.
    Begun,
}

impl NameWord {
    /// The folded word as written.
    pub fn text(&self) -> &str {
        self.spellings.first().map_or("", String::as_str)
    }

    pub fn is_initial(&self) -> bool {
        self.text().chars().count() == 1
    }
}

impl AuthorName {
    /// Parses `Kurt Gödel`, `Gödel, Kurt`, `S. J. Gershman`, `Gershman SJ` or `gershman`. `end` is
    /// the state of the last word. Returns `None` without a letter or digit.
    pub fn parse(text: &str, end: WordEnd) -> Option<Self> {
        let (family, given) = text.split_once(',').unwrap_or((text, ""));
        let given = complete_words(given, Initials::Separated);
        let mut readings = Vec::new();
        if given.is_empty() {
            for initials in [Initials::Separated, Initials::Joined] {
                let reading = NameReading::AnyOrder(complete_words(text, initials));
                if !readings.contains(&reading) {
                    readings.push(reading);
                }
            }
        } else {
            let family = complete_words(family, Initials::Separated);
            let mut both = given.clone();
            both.extend(family.iter().cloned());
            readings.push(if family.is_empty() {
                NameReading::AnyOrder(both)
            } else {
                NameReading::FamilyFirst { family, given }
            });
        }
        for reading in &mut readings {
            if let NameReading::AnyOrder(words) | NameReading::FamilyFirst { given: words, .. } =
                reading
            {
                words.last_mut()?.end = end;
            }
        }
        let needles = needles(&readings);
        Some(Self { readings, needles })
    }

    /// A name that must be equal to the text up to case and accents. Returns `None` for a blank
    /// text.
    pub fn exact(text: &str) -> Option<Self> {
        let folded = fold(text).trim().to_owned();
        let longest = name_words(&folded).max_by_key(|word| word.len())?.to_owned();
        let needles = vec![finder(&longest)];
        Some(Self { readings: vec![NameReading::Exact(folded)], needles })
    }

    /// A family name that begins with the word, and given names with the initials, of which either
    /// side may have fewer. Returns `None` if the text is not one word.
    pub fn from_initials(family: &str, initials: &str) -> Option<Self> {
        let words = complete_words(family, Initials::Joined);
        let [word] = words.as_slice() else { return None };
        let family = word.spellings.clone();
        let initials = fold(initials).chars().filter(|it| it.is_alphanumeric()).collect();
        let needles = family.iter().map(|it| finder(it)).collect();
        Some(Self { readings: vec![NameReading::Initials { family, initials }], needles })
    }

    /// The words to highlight, folded: those of more than one letter.
    pub fn words(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for reading in &self.readings {
            match reading {
                NameReading::Exact(text) => all.extend(name_words(text)),
                NameReading::AnyOrder(words) => all.extend(words.iter().flat_map(spellings)),
                NameReading::FamilyFirst { family, given } => {
                    all.extend(family.iter().chain(given).flat_map(spellings));
                }
                NameReading::Initials { family, .. } => {
                    all.extend(family.iter().map(String::as_str));
                }
            }
        }
        all.retain(|word| word.chars().count() > 1);
        all
    }
}

fn spellings(word: &NameWord) -> impl Iterator<Item = &str> {
    word.spellings.iter().map(String::as_str)
}

/// Treatment of capital letters that stand together, as `SJ` behind a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Initials {
    /// Each is a word of its own.
    Separated,
    Joined,
}

/// The words of a part of a name, without suffixes.
fn complete_words(text: &str, initials: Initials) -> Vec<NameWord> {
    let variants: Vec<(String, String)> = umlaut_variants(text)
        .into_iter()
        .map(|(spelling, range)| (fold(&text[range]), spelling))
        .collect();
    let has_lower_case = text.contains(char::is_lowercase);
    let mut words = Vec::new();
    for part in text.split(char::is_whitespace) {
        let letters = part.trim_end_matches('.');
        let are_initials = initials == Initials::Separated
            && has_lower_case
            && (2..=3).contains(&letters.len())
            && letters.bytes().all(|it| it.is_ascii_uppercase());
        let folded = fold(part);
        if are_initials {
            words.extend(folded.trim_end_matches('.').chars().map(String::from));
        } else {
            words.extend(name_words(&folded).map(str::to_owned));
        }
    }
    if words.len() > 1 {
        words.retain(|word| !is_name_suffix(word));
    }
    let complete = |word: String| {
        let others = variants.iter().filter(|(folded, _)| *folded == word);
        let others = others.map(|(_, spelling)| spelling.clone());
        let spellings = std::iter::once(word.clone()).chain(others).collect();
        NameWord { spellings, end: WordEnd::Complete }
    };
    words.into_iter().map(complete).collect()
}

/// The texts of which the authors must contain one: the family name, or any word if it is not known
/// which one is the family name.
fn needles(readings: &[NameReading]) -> Vec<Finder<'static>> {
    let mut texts: Vec<&str> = Vec::new();
    for reading in readings {
        let words = match reading {
            NameReading::AnyOrder(words) => words,
            NameReading::FamilyFirst { family, .. } => family,
            NameReading::Exact(_) | NameReading::Initials { .. } => continue,
        };
        let is_telling = |(at, word): &(usize, &NameWord)| {
            // The last word can be a family name such as `Le`.
            let is_last = at + 1 == words.len();
            !word.is_initial() && (is_last || !is_particle(word.text()))
        };
        let telling: Vec<&NameWord> =
            words.iter().enumerate().filter(is_telling).map(|(_, word)| word).collect();
        if telling.is_empty() {
            // A name of one letter, such as `van E`, or a particle: `Le`.
            texts.extend(words.iter().flat_map(spellings));
        } else {
            texts.extend(telling.into_iter().flat_map(spellings));
        }
    }
    texts.sort_unstable();
    texts.dedup();
    texts.into_iter().map(finder).collect()
}

fn finder(text: &str) -> Finder<'static> {
    Finder::new(text.as_bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(words: &[NameWord]) -> Vec<&str> {
        words.iter().map(NameWord::text).collect()
    }

    #[test]
    fn a_comma_divides_family_and_given_names() {
        let name = AuthorName::parse("van der Maaten, L.", WordEnd::Complete).unwrap();
        let [NameReading::FamilyFirst { family, given }] = name.readings.as_slice() else {
            panic!("{name:?}")
        };
        assert_eq!((texts(family), texts(given)), (vec!["van", "der", "maaten"], vec!["l"]));
        assert_eq!(name.needles.len(), 1);
    }

    #[test]
    fn joined_initials_may_be_a_word_or_letters() {
        let name = AuthorName::parse("Gershman SJ", WordEnd::Complete).unwrap();
        let readings: Vec<_> = name
            .readings
            .iter()
            .map(|it| match it {
                NameReading::AnyOrder(words) => texts(words),
                _ => Vec::new(),
            })
            .collect();
        assert_eq!(readings, [vec!["gershman", "s", "j"], vec!["gershman", "sj"]]);
        assert_eq!(AuthorName::parse("LI BO", WordEnd::Complete).unwrap().readings.len(), 1);
    }

    #[test]
    fn an_umlaut_has_two_spellings() {
        let name = AuthorName::parse("Jan Müller", WordEnd::Complete).unwrap();
        assert_eq!(name.words(), ["jan", "muller", "mueller"]);
    }

    #[test]
    fn a_text_without_a_letter_is_no_name() {
        for text in ["", " ", ",", ".,;", "-"] {
            assert!(AuthorName::parse(text, WordEnd::Complete).is_none(), "{text}");
            assert!(AuthorName::exact(text).is_none(), "{text}");
        }
        assert!(AuthorName::from_initials("de la Cruz", "J").is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_a_name_or_none(text in "\\PC{0,20}|[A-Za-zäöü., '-]{0,16}") {
            for end in [WordEnd::Complete, WordEnd::Begun] {
                if let Some(name) = AuthorName::parse(&text, end) {
                    prop_assert!(!name.readings.is_empty());
                }
            }
            let _ = (AuthorName::exact(&text), AuthorName::from_initials(&text, "S.J."));
        }
    }
}
