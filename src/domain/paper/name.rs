//! Splits the names of persons and organisations into the parts that bibliographies need.

use std::borrow::Cow;

use super::organisation::is_organisation;
use crate::text::{has_balanced_braces, split_outside_braces, tex_to_unicode};

/// The last entry of an incomplete author list ("et al."). BibTeX writes it so.
pub const ET_AL: &str = "others";

/// Iterates over the names of a stored list, `A; B`, without [`ET_AL`].
pub fn author_names(list: &str) -> impl Iterator<Item = &str> + Clone {
    // No name contains a semicolon, and searching one byte is much faster than the separator.
    let names = list.split(';').map(|it| it.strip_prefix(' ').unwrap_or(it));
    names.filter(|name| !name.is_empty() && *name != ET_AL)
}

/// Returns true if a stored list ends with [`ET_AL`].
pub fn has_et_al(list: &str) -> bool {
    list.strip_suffix(ET_AL).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', ';']))
        && list.rsplit(';').next().is_some_and(|last| last.trim() == ET_AL)
}

/// Puts an undivided name in braces, as BibTeX does, unless it is in braces already.
pub fn brace_organisation(name: &str) -> String {
    let name = name.trim();
    if is_braced(name) { name.to_owned() } else { format!("{{{}}}", name.replace(['{', '}'], "")) }
}

/// The bearer of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NameKind {
    #[default]
    Person,
    /// The undivided name is in [`PersonName::family`].
    Organisation,
}

/// A name in its parts, in Unicode. `family` is empty only if the whole name is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonName {
    pub kind: NameKind,
    pub given: String,
    /// Includes the particle: `van der Maaten`.
    pub family: String,
    /// `Jr.`, `III`, `père`.
    pub suffix: String,
}

const SUFFIXES: [&str; 8] = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v"];

impl PersonName {
    /// Splits `Given Family`, `Family, Given`, `Family, Suffix, Given` or `Family, Given, Suffix`,
    /// which may contain TeX. Commas and blanks inside braces do not split. A name that is entirely
    /// in braces, or [of a collaboration](crate::domain::paper::organisation::is_organisation), is
    /// an organisation.
    ///
    /// In a name without comma the family begins at the first lower-case word (a particle) after
    /// the first word, or is the last word, as in BibTeX.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if is_braced(text) {
            return Self::from_organisation(&text[1..text.len() - 1]);
        }
        if is_organisation(&tex_to_unicode(text)) {
            return Self::from_organisation(text);
        }
        Self::parse_person(text)
    }

    fn parse_person(text: &str) -> Self {
        let parts = split_outside_braces(text, |c| c == ',');
        match parts.as_slice() {
            [] => Self::default(),
            [full_name] => Self::parse_plain(full_name),
            [name, suffix] if is_suffix(suffix) => {
                Self { suffix: tex_to_unicode(suffix).into_owned(), ..Self::parse_plain(name) }
            }
            [family, given] => Self::from_person_parts(given, family, ""),
            [family, suffix, given] if is_suffix(suffix) || starts_lower(suffix) => {
                Self::from_person_parts(given, family, suffix)
            }
            [family, suffix, given, ..] if is_suffix(suffix) => {
                Self::from_person_parts(given, family, suffix)
            }
            // Academic degrees and the like follow the given name.
            [family, given, suffix @ ..] => {
                Self::from_person_parts(given, family, &suffix.join(", "))
            }
        }
    }

    /// Returns only the family name, for identity keys. An organisation is split like a person:
    /// stored keys depend on that, so it must not change.
    pub fn family_name(text: &str) -> Cow<'_, str> {
        let comma = |text: &str| memchr::memchr(b',', text.as_bytes());
        let parts = comma(text).map(|at| (text[..at].trim(), text[at + 1..].trim()));
        match parts {
            Some((family, given))
                if !(family.is_empty() || given.is_empty() || is_suffix(given))
                    && comma(given).is_none()
                    && memchr::memchr2(b'{', b'\\', text.as_bytes()).is_none() =>
            {
                Cow::Borrowed(family)
            }
            _ => Cow::Owned(Self::parse_person(text).family),
        }
    }

    /// Returns the name in reading order: `Samuel J. Gershman`, or family first in East Asian
    /// scripts.
    pub fn full_name(&self) -> String {
        let is_family_first = self.family.chars().any(is_east_asian);
        let (first, second) =
            if is_family_first { (&self.family, &self.given) } else { (&self.given, &self.family) };
        let parts = [first, second, &self.suffix];
        let present = parts.into_iter().filter(|it| !it.is_empty());
        present.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    fn parse_plain(text: &str) -> Self {
        let mut words = split_outside_braces(text, char::is_whitespace);
        let suffix = if words.len() > 2 { words.pop_if(|it| is_suffix(it)) } else { None };
        let Some(last) = words.len().checked_sub(1) else { return Self::default() };
        if text.chars().all(|c| c.is_whitespace() || is_east_asian(c)) {
            return Self::from_person_parts(&words[1..].join(" "), words[0], "");
        }
        let is_particle = |word: &&str| !word.starts_with('{') && starts_lower(word);
        let particle = words[..last].iter().skip(1).position(is_particle).map(|at| at + 1);
        let (given, family) = words.split_at(particle.unwrap_or(last));
        Self::from_person_parts(&given.join(" "), &family.join(" "), suffix.unwrap_or_default())
    }

    fn from_person_parts(given: &str, family: &str, suffix: &str) -> Self {
        let [given, family, suffix] =
            [given, family, suffix].map(|it| tex_to_unicode(it).trim().to_owned());
        // The family name was an empty pair of braces.
        let (given, family) = if family.is_empty() { (family, given) } else { (given, family) };
        Self { kind: NameKind::Person, given, family, suffix }
    }

    fn from_organisation(name: &str) -> Self {
        let family = tex_to_unicode(name).trim().to_owned();
        Self { kind: NameKind::Organisation, family, ..Self::default() }
    }
}

/// Returns true if one pair of braces encloses the whole text. An accented letter such as `{\\"O}`
/// does not count.
fn is_braced(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('{').and_then(|it| it.strip_suffix('}')) else {
        return false;
    };
    let is_letter = inner.starts_with('\\') && !inner.contains(char::is_whitespace);
    !is_letter && has_balanced_braces(inner)
}

/// Returns true for Han, kana and Hangul: scripts in which the family name comes first.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// Returns true if the word begins with a lower-case letter, after apostrophes as in `'t`.
fn starts_lower(word: &str) -> bool {
    let word = tex_to_unicode(word);
    word.trim_start_matches(['\'', '’', '‘']).starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_family_name_alone_is_that_of_the_name(text in "(a|B|van|Jr|Jr\\.|é|山|,|, | ){0,9}") {
            prop_assert_eq!(PersonName::family_name(&text), PersonName::parse(&text).family);
        }

        #[test]
        fn any_text_is_a_name(text in "[{}\\\\\"a-cA-C, ]{0,16}|\\PC{0,20}") {
            let name = PersonName::parse(&text);
            prop_assert!(!name.family.is_empty() || name.given.is_empty(), "{:?}", name);
        }
    }

    fn check(text: &str, given: &str, family: &str, suffix: &str) {
        assert_eq!(
            PersonName::parse(text),
            PersonName::from_person_parts(given, family, suffix),
            "{text}"
        );
    }

    #[test]
    fn a_name_is_read_out_in_its_own_order() {
        for (text, expected) in [
            ("Gershman, Samuel J.", "Samuel J. Gershman"),
            ("King, Jr., Martin Luther", "Martin Luther King Jr."),
            ("山田, 太郎", "山田 太郎"),
            ("Plato", "Plato"),
        ] {
            assert_eq!(PersonName::parse(text).full_name(), expected);
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
        check("Dumas, père, Alexandre", "Alexandre", "Dumas", "père");
        check("Roe, Jane, PhD", "Jane", "Roe", "PhD");
        check("Roe, Jane, Jr.", "Jane", "Roe", "Jr.");
        check("{de la Roe, Sr}, Jane", "Jane", "de la Roe, Sr", "");
        check("Jane {de la Roe}", "Jane", "de la Roe", "");
        check("Jane in 't Veld", "Jane", "in 't Veld", "");
        check("J{\\'a}n M{\\\"u}ller", "Ján", "Müller", "");
        check("{\\'E}mile {\\O}stby", "Émile", "Østby", "");
    }

    #[test]
    fn a_name_in_braces_is_an_organisation_and_stays_whole() {
        for (text, full_name) in [
            ("{Open Maps Initiative}", "Open Maps Initiative"),
            ("{{Open Maps Initiative}}", "Open Maps Initiative"),
            ("{Maps, Charts and Sons, Inc.}", "Maps, Charts and Sons, Inc."),
            ("{{\\'E}cole des Cartes}", "École des Cartes"),
            ("{\\'Ecole des Cartes}", "École des Cartes"),
            ("The ATLAS Collaboration", "The ATLAS Collaboration"),
        ] {
            let name = PersonName::parse(text);
            assert_eq!((name.kind, name.full_name().as_str()), (NameKind::Organisation, full_name));
            assert_eq!(PersonName::parse(&brace_organisation(full_name)).family, full_name);
        }
        assert_eq!(PersonName::parse("{Roe} and {Doe}").kind, NameKind::Organisation);
        assert_eq!(PersonName::parse("{Roe} {Doe}").kind, NameKind::Person);
    }

    #[test]
    fn a_list_may_end_with_others() {
        assert_eq!(author_names("Roe, A; {B; others").collect::<Vec<_>>(), ["Roe, A", "{B"]);
        for (list, expected) in [
            ("Roe, A; others", true),
            ("others", true),
            ("Brothers", false),
            ("A others", false),
            ("", false),
        ] {
            assert_eq!(has_et_al(list), expected, "{list}");
        }
    }
}
