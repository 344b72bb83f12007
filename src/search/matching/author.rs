//! Match of one author's name, as a paper has it, with a name of the query.

use crate::domain::VARIANT_START;
use crate::search::query::author_name::{
    AuthorName, NameReading, NameWord, WordEnd, is_name_suffix, is_particle, name_words,
};

/// Returns the offset of the first author with the name in the folded authors of a paper, which end
/// with spelling variants of their words.
pub fn find_author(name: &AuthorName, authors: &str) -> Option<usize> {
    let needles = &name.needles;
    if !needles.is_empty() && !needles.iter().any(|it| it.find(authors.as_bytes()).is_some()) {
        return None;
    }
    let (names, variants) = authors.split_once(VARIANT_START).unwrap_or((authors, ""));
    let mut offset = 0;
    for text in names.split(';') {
        let blanks = text.len() - text.trim_start().len();
        if has_name(name, text.trim(), variants) {
            return Some(offset + blanks);
        }
        offset += text.len() + 1;
    }
    None
}

/// Returns true if the author has the name.
fn has_name(name: &AuthorName, author: &str, variants: &str) -> bool {
    let mut parts = None;
    name.readings.iter().any(|reading| {
        if let NameReading::Exact(text) = reading {
            return author == text;
        }
        let parts = parts.get_or_insert_with(|| AuthorParts::readings(author));
        parts.iter().any(|author| author.has(reading, variants))
    })
}

/// The folded words of an author's name.
#[derive(Debug, PartialEq, Eq)]
struct AuthorParts<'a> {
    given: Vec<&'a str>,
    /// With particles.
    family: Vec<&'a str>,
    order: NameOrder,
}

/// Order of the parts of an author's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameOrder {
    /// A comma follows the family name.
    FamilyFirst,
    /// The family name is last, by its position only.
    GivenFirst,
    /// No part can be told from the other, as in Chinese and Japanese: each may be the family name.
    Unknown,
}

/// Returns the letters of initials that stand together, as in `gershman sj`. Only consonants are
/// taken for initials, since names such as `li` have vowels.
fn joined_initials(word: &str) -> Option<Vec<&str>> {
    const MAX_JOINED_INITIALS: usize = 3;
    let is_consonant = |it: u8| it.is_ascii_lowercase() && !b"aeiou".contains(&it);
    let are_initials = (2..=MAX_JOINED_INITIALS).contains(&word.len());
    (are_initials && word.bytes().all(is_consonant))
        .then(|| word.split("").filter(|it| !it.is_empty()).collect())
}

impl<'a> AuthorParts<'a> {
    /// The ways to read the name: as it stands, and, if the last word can be initials, with the
    /// family name first, as in `gershman sj`.
    fn readings(author: &'a str) -> Vec<Self> {
        if let Some((family, given)) = author.split_once(',') {
            let mut given: Vec<&str> = name_words(given).collect();
            given.retain(|word| !is_name_suffix(word));
            if !given.is_empty() {
                let family: Vec<&str> = name_words(family).collect();
                let joined = if given.len() == 1 { joined_initials(given[0]) } else { None };
                let given = joined.unwrap_or(given);
                return vec![Self { given, family, order: NameOrder::FamilyFirst }];
            }
        }
        let mut parts: Vec<&str> = author.split([' ', ',']).filter(|it| !it.is_empty()).collect();
        while parts.len() > 1
            && parts.last().is_some_and(|it| is_name_suffix(it.trim_end_matches('.')))
        {
            parts.pop();
        }
        if !author.is_ascii() && author.contains(is_without_case) {
            let family = parts.iter().flat_map(|it| name_words(it)).collect();
            return vec![Self { given: Vec::new(), family, order: NameOrder::Unknown }];
        }
        let Some(last) = parts.len().checked_sub(1) else { return Vec::new() };
        let particle = (1..last).find(|&at| is_particle(parts[at].trim_start_matches('\'')));
        let (given, family) = parts.split_at(particle.unwrap_or(last));
        let words = |parts: &[&'a str]| parts.iter().flat_map(|it| name_words(it)).collect();
        let order = NameOrder::GivenFirst;
        let mut readings = vec![Self { given: words(given), family: words(family), order }];
        if let [family, initials] = parts.as_slice()
            && let Some(given) = joined_initials(initials)
        {
            let family = name_words(family).collect();
            readings.push(Self { given, family, order: NameOrder::FamilyFirst });
        }
        readings
    }

    fn has(&self, reading: &NameReading, variants: &str) -> bool {
        match reading {
            NameReading::Exact(_) => false,
            NameReading::AnyOrder(words) => self.has_words(words, variants),
            NameReading::FamilyFirst { family, given } => self.has_parts(family, given, variants),
            NameReading::Initials { family, initials } => self.has_initials(family, initials),
        }
    }

    /// Returns true if one of the words is the family name, and the others are given names. While
    /// the last word is being typed, the family name may still follow.
    fn has_words(&self, words: &[NameWord], variants: &str) -> bool {
        let is_begun = words.last().is_some_and(|it| it.end == WordEnd::Begun);
        let mut unused = self.family.clone();
        let (mut others, mut has_family) = (Vec::new(), is_begun);
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let joined = words.get(at + 1).map(|next| format!("{}{}", word.text(), next.text()));
            let is_same = |family: &&str| is_same_word(word, family, variants);
            let is_joined = |family: &&str| joined.as_deref() == Some(*family);
            at += 1;
            if let Some(found) = unused.iter().position(is_same) {
                has_family |= self.is_telling(unused.remove(found));
            } else if let Some(found) = unused.iter().position(is_joined) {
                unused.remove(found);
                has_family = true;
                at += 1;
            } else {
                others.push(word);
            }
        }
        others.retain(|word| !is_particle(word.text()) || self.given.contains(&word.text()));
        has_family && are_given(&others, &self.given, variants)
    }

    fn has_parts(&self, family: &[NameWord], given: &[NameWord], variants: &str) -> bool {
        let (mut own_given, mut own_family) = (self.given.clone(), self.family.clone());
        let telling: Vec<&NameWord> =
            family.iter().filter(|word| !is_particle(word.text())).collect();
        // Of a family name with several words only the last one is known without a comma.
        while self.order == NameOrder::GivenFirst
            && own_family.len() < telling.len()
            && own_given.len() > 1
        {
            own_family.extend(own_given.pop());
        }
        if self.order == NameOrder::Unknown {
            own_given.clone_from(&own_family);
        }
        let is_own =
            |word: &&NameWord| own_family.iter().any(|it| is_same_word(word, it, variants));
        let joined: String = family.iter().map(NameWord::text).collect();
        let has_family = if telling.is_empty() {
            family.iter().all(|word| is_own(&word))
        } else {
            telling.iter().all(is_own)
        };
        let has_family = has_family || own_family.contains(&joined.as_str());
        let given: Vec<&NameWord> = given.iter().filter(|it| !is_particle(it.text())).collect();
        has_family && (own_given.is_empty() || are_given(&given, &own_given, variants))
    }

    fn has_initials(&self, family: &[String], initials: &str) -> bool {
        let begins = |word: &&str| family.iter().any(|it| word.starts_with(it.as_str()));
        let has_family = self.family.iter().filter(|word| self.is_telling(word)).any(begins);
        let own: String = self.given.iter().filter_map(|word| word.chars().next()).collect();
        has_family
            && (initials.is_empty()
                || !own.is_empty() && (own.starts_with(initials) || initials.starts_with(&own)))
    }

    /// Returns true for a word of the family name that is no particle, unless all are.
    fn is_telling(&self, word: &str) -> bool {
        !is_particle(word) || self.family.iter().all(|it| is_particle(it))
    }
}

/// Returns true for letters of scripts without case, in which names are written family first or
/// cannot be divided.
fn is_without_case(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// Returns true if the word is the other one in one of its spellings. `variants` are the spelling
/// variants of all authors.
fn is_same_word(word: &NameWord, own: &str, variants: &str) -> bool {
    word.spellings.iter().any(|spelling| match word.end {
        WordEnd::Begun => own.starts_with(spelling.as_str()),
        WordEnd::Complete if spelling == own => true,
        // The paper has `müller`, folded to `muller`, with the variant `mueller`.
        WordEnd::Complete => {
            name_words(variants).any(|it| it == spelling) && without_umlauts(spelling) == own
        }
    })
}

fn without_umlauts(spelling: &str) -> String {
    spelling.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a")
}

/// Returns true if the words are the given names in order. Either side may have initials, and either
/// may lack the later ones. Only a whole word may be a later name than the first.
fn are_given(words: &[&NameWord], given: &[&str], variants: &str) -> bool {
    let mut rest = given;
    for word in words {
        let may_be_missing = word.is_initial() && word.end == WordEnd::Complete;
        if rest.is_empty() && !given.is_empty() && may_be_missing {
            continue;
        }
        let found = if word.is_initial() {
            rest.first().is_some_and(|own| own.starts_with(word.text())).then_some(0)
        } else {
            rest.iter().position(|own| is_given(word, own, variants))
        };
        let Some(found) = found else { return false };
        rest = &rest[found + 1..];
    }
    true
}

/// Returns true if one is the other, its beginning or its initial.
fn is_given(word: &NameWord, own: &str, variants: &str) -> bool {
    let is_own_initial = own.chars().count() == 1;
    is_same_word(word, own, variants)
        || word.spellings.iter().any(|spelling| {
            own.starts_with(spelling.as_str()) || is_own_initial && spelling.starts_with(own)
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{fold, umlaut_variants};

    /// The folded authors as a segment has them.
    fn folded(authors: &str) -> String {
        let mut folded = fold(authors);
        for (spelling, _) in umlaut_variants(authors) {
            folded.push(VARIANT_START);
            folded.push_str(&spelling);
        }
        folded
    }

    fn is_found(name: &str, authors: &str) -> bool {
        let name = AuthorName::parse(name, WordEnd::Complete).unwrap();
        find_author(&name, &folded(authors)).is_some()
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let forms = [
            "Kurt Gödel", "Gödel, Kurt", "Gödel Kurt", "K. Gödel", "Gödel, K.", "Gödel K",
            "kurt godel", "Kurt Goedel", "Gödel",
        ];
        for written in ["Kurt Gödel", "Gödel, Kurt", "K. Gödel", "Gödel, K."] {
            for name in forms {
                assert!(is_found(name, written), "{name} in {written}");
            }
        }
    }

    #[test]
    fn initials_may_be_joined_or_missing() {
        let forms = [
            "Samuel J. Gershman", "Gershman SJ", "Gershman, S.J.", "S. J. Gershman", "SJ Gershman",
            "Sam Gershman", "Gershman, Samuel", "gershman s", "Gershman S. J.",
        ];
        for written in ["Samuel J. Gershman", "Gershman, Samuel J.", "Gershman SJ", "S. Gershman"] {
            for name in forms {
                assert!(is_found(name, written), "{name} in {written}");
            }
        }
        for (name, written) in [
            ("Gershman SJ", "Jane Gershman"),
            ("Gershman, K.", "Samuel J. Gershman"),
            ("Samuel John Gershman", "Samuel Gershman"),
            ("Gershman Samuel", "Gershman, Kim"),
        ] {
            assert!(!is_found(name, written), "{name} in {written}");
        }
    }

    #[test]
    fn a_particle_may_be_missing() {
        for name in [
            "van der Maaten", "Maaten", "Laurens van der Maaten", "van der Maaten, L.",
            "Maaten, Laurens van der", "L. Maaten", "Maaten L",
        ] {
            for written in ["Laurens van der Maaten", "van der Maaten, Laurens"] {
                assert!(is_found(name, written), "{name} in {written}");
            }
        }
        assert!(is_found("van der Maaten", "L. Maaten"));
        assert!(!is_found("van", "Laurens van der Maaten"));
        assert!(is_found("Quoc Le", "Le, Quoc V."));
        assert!(is_found("Le", "Quoc V. Le"));
    }

    #[test]
    fn the_family_name_is_a_whole_word_of_one_author() {
        assert!(!is_found("Gersh", "Samuel J. Gershman"));
        assert!(!is_found("Samuel", "Samuel J. Gershman"));
        assert!(!is_found("Samuel Fiete", "Samuel J. Gershman; Ila Fiete"));
        assert!(!is_found("Li", "Cy Lima; Li Qu"));
        assert!(is_found("Ila Fiete", "Samuel J. Gershman; Ila Fiete"));
    }

    #[test]
    fn a_family_name_may_have_several_words() {
        for name in ["García Márquez", "Gabriel García Márquez", "García Márquez, G."] {
            for written in ["García Márquez, Gabriel", "Gabriel García Márquez"] {
                assert!(is_found(name, written), "{name} in {written}");
            }
        }
        assert!(is_found("Le Cun", "Yann LeCun") && is_found("Le Cun, Yann", "LeCun, Y."));
        assert!(is_found("Conan O'Brien", "O’Brien, C."));
        assert!(is_found("King", "Martin Luther King Jr.") && is_found("King Jr.", "King, M. L."));
        assert!(is_found("Jean-Pierre Serre", "Serre, J.-P."));
    }

    #[test]
    fn either_word_may_be_the_family_name_in_scripts_without_case() {
        for name in ["山田 太郎", "山田", "太郎 山田", "山田, 太郎"] {
            assert!(is_found(name, "山田 太郎"), "{name}");
        }
        assert!(!is_found("山田 花子", "山田 太郎"));
    }

    #[test]
    fn an_umlaut_may_be_spelled_with_e() {
        for name in ["Jan Müller", "Jan Mueller", "Jan Muller"] {
            assert!(is_found(name, "Jan Müller"), "{name}");
        }
        assert!(is_found("Müller", "Jan Mueller"));
        assert!(!is_found("Muller", "Jan Mueller"));
    }

    #[test]
    fn the_last_word_of_an_open_name_may_be_begun() {
        let is_begun = |name: &str, authors: &str| {
            let name = AuthorName::parse(name, WordEnd::Begun).unwrap();
            find_author(&name, &folded(authors)).is_some()
        };
        for name in ["Kur", "Kurt G", "Kurt Göd", "Gödel, K"] {
            assert!(is_begun(name, "Kurt Gödel"), "{name}");
        }
        assert!(!is_begun("Kurt X", "Kurt Gödel"));
    }

    #[test]
    fn an_exact_name_is_that_of_the_source() {
        let is_exact = |name: &str, authors: &str| {
            find_author(&AuthorName::exact(name).unwrap(), &folded(authors)).is_some()
        };
        assert!(is_exact("Ila Fiete", "Bo Li; Ila Fiete"));
        assert!(!is_exact("Ila Fiete", "Fiete, Ila") && !is_exact("Fiete", "Ila Fiete"));
    }

    #[test]
    fn initials_behind_a_word_are_those_of_an_author_with_that_family_name() {
        let has = |family: &str, initials: &str, authors: &str| {
            let name = AuthorName::from_initials(family, initials).unwrap();
            find_author(&name, &folded(authors)).is_some()
        };
        assert!(
            has("Gershman", "SJ", "Samuel J. Gershman") && has("gersh", "S.", "Gershman, S. J.")
        );
        assert!(has("Gershman", "SJ", "Samuel Gershman") && has("Gershman", "", "S. Gershman"));
        assert!(!has("Gershman", "KJ", "Samuel J. Gershman") && !has("Gershman", "S", "Gershman"));
    }

    proptest! {
        #[test]
        fn any_authors_are_searched(authors in "[a-zA-Zéü;,. '-]{0,40}|\\PC{0,30}", name in "[a-zA-Zé,. -]{1,16}") {
            if let Some(name) = AuthorName::parse(&name, WordEnd::Complete) {
                let folded = folded(&authors);
                let found = find_author(&name, &folded);
                prop_assert!(found.is_none_or(|at| folded.get(at..).is_some()));
            }
        }
    }
}
