//! Splits and normalises author lists in the forms that databases write.

use super::markup;
use crate::domain::{ET_AL, brace_organisation};

/// Endings of an incomplete list.
const ET_AL_ENDINGS: [&str; 9] = [
    "et al.", "et al", "et. al.", "and others", "& others", "and colleagues", "...", "…", "others",
];

/// Suffixes of a name. A single `V` is missing, because it is more often an initial.
const SUFFIXES: [&str; 12] =
    ["Jr", "Jr.", "Sr", "Sr.", "2nd", "3rd", "4th", "II", "II.", "III", "III.", "IV"];

/// Words for an unknown author.
const ANONYMOUS_NAMES: [&str; 6] =
    ["anonymous", "na", "n/a", "none", "null", "no author name available"];

/// Splits `A and B`, `A, B and C`, `A; B`, or `Family, Given and Family, Given`, and normalises the
/// names. The last one is [`ET_AL`] if the list is incomplete.
pub fn split(text: &str) -> Vec<String> {
    let text = markup::strip_markup(text);
    let (text, has_others) = strip_et_al(&text);
    let mut names = split_list(text);
    if has_others && !names.is_empty() {
        names.push(ET_AL.to_owned());
    }
    normalise_names(names)
}

/// Normalises the names of a list to forms that bibliographies parse: `Wil L.N.` and `Gri DK`
/// become `Wil, L.N.` and `Gri, DK`, if all names have that form. Entries that are no names are
/// dropped, and an incomplete list gets [`ET_AL`] as its last entry.
pub fn normalise_names(names: Vec<String>) -> Vec<String> {
    let mut has_others = false;
    let mut tidied: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let (stripped, is_et_al) = strip_et_al(&name);
        has_others |= is_et_al;
        let is_name = !stripped.is_empty() && !is_anonymous(stripped);
        match tidied.last_mut() {
            // A list such as `Family; J.; Family; A.` has each name in two entries.
            Some(last) if is_name && is_dotted(stripped) && !last.contains([',', ' ', '{']) => {
                *last = format!("{last}, {stripped}");
            }
            _ if is_name && !is_dotted(stripped) => {
                tidied.push(if is_et_al { stripped.to_owned() } else { name });
            }
            _ => {}
        }
    }
    let has_unmistakable = tidied.iter().any(|it| is_unmistakable(it));
    if has_unmistakable
        && tidied.iter().all(|it| split_initials(it).is_some() || has_other_shape(it))
    {
        for name in &mut tidied {
            *name = family_first(name);
        }
    }
    if has_others && !tidied.is_empty() {
        tidied.push(ET_AL.to_owned());
    }
    tidied
}

/// Rewrites `King ML Jr`, where only capitals mark the initials, as `King, Jr, ML`.
pub fn family_first(name: &str) -> String {
    let Some((family, initials, suffix)) = split_initials(name) else { return name.to_owned() };
    let parts = [family, suffix, initials];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Normalises a name from a format in which persons' names have a comma: without one, or with one
/// at the end, it is an organisation. A single word or a name with initials remains a person.
pub fn insert_comma(name: &str) -> String {
    let stripped = name.trim().trim_end_matches([',', ' ']);
    if stripped.is_empty() || stripped.contains(',') || strip_et_al(stripped).0.is_empty() {
        return stripped.to_owned();
    }
    let is_marked = name.trim().ends_with(',');
    let is_person = !stripped.contains(char::is_whitespace)
        || stripped.split_whitespace().any(is_dotted)
        || split_initials(stripped).is_some();
    if is_marked || !is_person { brace_organisation(stripped) } else { family_first(stripped) }
}

/// Returns true if a word is a suffix of a name: `Jr`, `III`.
pub fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word)
}

/// Strips "et al." and similar endings, and returns true if there was one.
fn strip_et_al(text: &str) -> (&str, bool) {
    let (mut stripped, mut has_et_al) = (text.trim(), false);
    while stripped.ends_with(['.', '…', 'l', 's']) {
        let lower = stripped.to_ascii_lowercase();
        let is_whole = |rest: &str, end: &str| match end {
            "others" => rest.trim_end().is_empty() || rest.trim_end().ends_with([',', ';']),
            "..." | "…" => true,
            _ => rest.is_empty() || rest.ends_with([' ', ',', ';']),
        };
        let is_end = |end: &&&str| lower.strip_suffix(**end).is_some_and(|it| is_whole(it, end));
        let Some(end) = ET_AL_ENDINGS.iter().find(is_end) else { break };
        stripped =
            stripped[..stripped.len() - end.len()].trim_end_matches([' ', ',', ';', '\u{a0}']);
        has_et_al = true;
    }
    (stripped, has_et_al)
}

/// Returns true for words that mean an unknown author: `[Anonymous]`, `NA`.
fn is_anonymous(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '.']);
    ANONYMOUS_NAMES.iter().any(|it| it.eq_ignore_ascii_case(inner))
}

/// Returns true if the text consists of initials with dots: `J.`, `J. R.`, `J.-P.`
fn is_dotted(text: &str) -> bool {
    text.contains('.') && is_initials(text)
}

/// Splits `King M.L. Jr.` into family name, initials and suffix.
fn split_initials(name: &str) -> Option<(&str, &str, &str)> {
    let name = name.trim();
    // Fast path: nearly all names end with another lower-case letter.
    if !name.ends_with(|c: char| c.is_uppercase() || matches!(c, '.' | 'r' | 'd' | 'h')) {
        return None;
    }
    let (stripped, suffix) = match name.rsplit_once([' ', ',']) {
        Some((rest, suffix)) if SUFFIXES.contains(&suffix) && rest.trim().contains(' ') => {
            (rest.trim_end_matches([' ', ',']), suffix)
        }
        _ => (name, ""),
    };
    if stripped.contains([',', '{']) {
        return None;
    }
    let mut family = stripped;
    // Initials may be several words: `Fen L. N.`
    while let Some((rest, last)) = family.rsplit_once(' ') {
        let is_last = family.len() == stripped.len();
        if !is_initials(last) || !is_last && !last.ends_with('.') {
            break;
        }
        family = rest.trim_end();
    }
    let initials = stripped[family.len()..].trim();
    let is_family = family.chars().filter(|it| it.is_alphabetic()).count() > 1
        && !family.split_whitespace().all(is_dotted)
        && !family.split_whitespace().next().is_some_and(is_dotted);
    (!initials.is_empty() && is_family && !SUFFIXES.contains(&initials))
        .then_some((family, initials, suffix))
}

/// Returns true if the initials cannot be a family name: they have dots, one letter, or no vowel.
fn is_unmistakable(name: &str) -> bool {
    split_initials(name).is_some_and(|(_, initials, _)| {
        initials.contains('.')
            || initials.len() == 1
            || !initials.contains(['A', 'E', 'I', 'O', 'U', 'Y'])
    })
}

/// Returns true if a name shows nothing of the form of its list: a single word, or an organisation.
fn has_other_shape(name: &str) -> bool {
    name.starts_with('{')
        || !name.contains(char::is_whitespace)
        || crate::domain::is_organisation(name)
}

fn split_list(text: &str) -> Vec<String> {
    if text.contains(';') {
        return tidy_names(text.split(';'));
    }
    let parts: Vec<&str> = text.split(" and ").flat_map(|it| it.split(" & ")).collect();
    let commas = |part: &&str| part.matches(',').count();
    if parts.len() > 1 && parts.iter().all(|it| commas(it) == 1 && !it.trim().ends_with(',')) {
        return tidy_names(parts.into_iter());
    }
    let is_single = parts.len() == 1;
    let names: Vec<String> = tidy_names(parts.into_iter().flat_map(|it| it.split(',')));
    match names.as_slice() {
        [family, given] if is_single && (is_word(family) || is_word(given)) => {
            vec![format!("{family}, {given}")]
        }
        _ if !names.is_empty()
            && names.len().is_multiple_of(2)
            && names.iter().skip(1).step_by(2).all(is_initials)
            && !names.iter().step_by(2).any(|it| split_initials(it).is_some()) =>
        {
            names.chunks(2).map(|it| it.join(", ")).collect()
        }
        _ => names,
    }
}

/// Returns true if a line consists of two or more full names.
pub fn looks_like_authors(line: &str) -> bool {
    let names = split(line);
    names.len() > 1 && names.iter().all(|it| is_full_name(it))
}

fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    (2..=5).contains(&words.len())
        && words.first().is_some_and(is_capital)
        && words.last().is_some_and(is_capital)
        && !name.contains(|c: char| c.is_ascii_digit() || ":?!".contains(c))
}

fn is_word(text: &str) -> bool {
    !text.contains(char::is_whitespace)
}

/// Returns true for `J.`, `J. R.`, `J.-P.`, `JR`.
fn is_initials(text: impl AsRef<str>) -> bool {
    let text = text.as_ref();
    let letter_count = text.chars().filter(|it| it.is_alphabetic()).count();
    let has_dot = text.contains('.');
    let max_letters = if has_dot { 8 } else { 4 };
    let words = || text.split(|c: char| c.is_whitespace() || c == '.' || c == '-');
    (1..=max_letters).contains(&letter_count)
        && (has_dot || !text.contains(char::is_whitespace))
        && text.chars().all(|c| {
            c.is_uppercase()
                || c.is_whitespace()
                || ".-'’".contains(c)
                || has_dot && c.is_alphabetic()
        })
        && words().all(|it| {
            !has_dot
                || it.chars().count() < 3 && it.starts_with(char::is_uppercase)
                || it.is_empty()
        })
}

fn tidy_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let name = |it: &'a str| it.trim().trim_start_matches("and ").trim_end_matches(',').trim();
    names.map(name).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_in_one_text_are_told_apart() {
        for (text, names) in [
            ("", &[][..]),
            ("Plato", &["Plato"]),
            ("Ada Lovelace", &["Ada Lovelace"]),
            ("Lovelace, Ada", &["Lovelace, Ada"]),
            ("van der Maaten, Laurens", &["van der Maaten, Laurens"]),
            ("Ada Lovelace, Alan Turing", &["Ada Lovelace", "Alan Turing"]),
            ("A B and C D", &["A B", "C D"]),
            ("A B, C D and E F", &["A B", "C D", "E F"]),
            ("A B, C D, and E F", &["A B", "C D", "E F"]),
            ("Lovelace, Ada and Turing, Alan", &["Lovelace, Ada", "Turing, Alan"]),
            ("Lovelace, Ada; Turing, Alan", &["Lovelace, Ada", "Turing, Alan"]),
            ("Lovelace, A., Turing, A. M.", &["Lovelace, A.", "Turing, A. M."]),
            ("Lovelace, A., and Turing, A. M.", &["Lovelace, A.", "Turing, A. M."]),
            ("Lovelace, A, Turing, AM", &["Lovelace, A", "Turing, AM"]),
            ("M&uuml;ller, J&#246;rg; Moss, Ada", &["Müller, Jörg", "Moss, Ada"]),
        ] {
            assert_eq!(split(text), names, "{text}");
        }
    }

    #[test]
    fn initials_at_the_end_tell_that_the_family_name_comes_first() {
        for (text, names) in [
            (
                "Fen L.N.; van der Mey J.D.; de Rio-Paz A.",
                &["Fen, L.N.", "van der Mey, J.D.", "de Rio-Paz, A."][..],
            ),
            ("Fen LN, Oak D, Ash BK", &["Fen, LN", "Oak, D", "Ash, BK"]),
            ("OAK Y", &["OAK, Y"]),
            ("Oak D.", &["Oak, D."]),
            ("Oak D. K.; Fen J.-P.", &["Oak, D. K.", "Fen, J.-P."]),
            ("King M.L., Jr.; Fen A.", &["King, Jr., M.L.", "Fen, A."]),
            ("LI A, WU B", &["LI, A", "WU, B"]),
            ("J Oak, B Fen", &["J Oak", "B Fen"]),
            ("Ada LU; Wei LI", &["Ada LU", "Wei LI"]),
            ("Ada Oak; Bo Fen III", &["Ada Oak", "Bo Fen III"]),
            ("A. Oak; B. Fen", &["A. Oak", "B. Fen"]),
        ] {
            assert_eq!(split(text), names, "{text}");
        }
    }

    #[test]
    fn initials_alone_are_no_name() {
        assert_eq!(split("Oak; J.; Fen; A."), ["Oak, J.", "Fen, A."]);
        assert!(split("J.; A.").is_empty());
        assert!(split("[No author name available]").is_empty());
    }

    #[test]
    fn a_list_that_is_cut_short_ends_with_others() {
        for text in [
            "A Oak, B Fen, ...", "A Oak, B Fen…", "A Oak, B Fen et al.",
            "A Oak and B Fen and others", "A Oak; B Fen; et al",
        ] {
            assert_eq!(split(text), ["A Oak", "B Fen", "others"], "{text}");
        }
        assert_eq!(split("Fen LN, Oak D, et al."), ["Fen, LN", "Oak, D", "others"]);
        assert!(split("et al.").is_empty());
    }

    #[test]
    fn where_persons_have_a_comma_others_are_organisations() {
        for (input, name) in [
            ("Oak, Ada", "Oak, Ada"),
            ("Institute for Maps and Roads", "{Institute for Maps and Roads}"),
            ("Open Maps,", "{Open Maps}"),
            ("Cartographers,", "{Cartographers}"),
            ("Plato", "Plato"),
            ("Oak AB", "Oak, AB"),
            ("A. Oak", "A. Oak"),
            ("et al.", "et al."),
        ] {
            assert_eq!(insert_comma(input), name);
        }
    }

    #[test]
    fn a_title_with_commas_is_no_list_of_authors() {
        assert!(!looks_like_authors("Time, Clocks, and the Ordering of Events"));
        assert!(!looks_like_authors("A Title"));
    }
}
