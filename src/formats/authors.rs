//! Authors written as one text.

/// Splits `A and B`, `A, B and C`, `A; B`, `Family, Given and Family, Given`.
pub(super) fn split(text: &str) -> Vec<String> {
    if text.contains(';') {
        return tidy(text.split(';'));
    }
    let parts: Vec<&str> = text.split(" and ").flat_map(|it| it.split(" & ")).collect();
    let commas = |part: &&str| part.matches(',').count();
    if parts.len() > 1 && parts.iter().all(|it| commas(it) == 1 && !it.trim().ends_with(',')) {
        return tidy(parts.into_iter());
    }
    let is_one = parts.len() == 1;
    let names: Vec<String> = tidy(parts.into_iter().flat_map(|it| it.split(',')));
    match names.as_slice() {
        [family, given] if is_one && (is_word(family) || is_word(given)) => {
            vec![format!("{family}, {given}")]
        }
        _ if !names.is_empty()
            && names.len().is_multiple_of(2)
            && givens(&names).all(is_initials) =>
        {
            names.chunks(2).map(|it| it.join(", ")).collect()
        }
        _ => names,
    }
}

/// Whether a line is two or more full names and nothing else.
pub(super) fn looks_like_authors(line: &str) -> bool {
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

fn givens(names: &[String]) -> impl Iterator<Item = &String> {
    names.iter().skip(1).step_by(2)
}

fn is_word(text: &str) -> bool {
    !text.contains(char::is_whitespace)
}

/// `J.`, `J. R.`, `J.-P.`
fn is_initials(text: impl AsRef<str>) -> bool {
    let text = text.as_ref();
    text.ends_with('.')
        && text
            .split(|c: char| c.is_whitespace() || c == '.' || c == '-')
            .all(|it| it.chars().count() < 3 && it.chars().all(char::is_uppercase))
}

fn tidy<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
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
        ] {
            assert_eq!(split(text), names, "{text}");
        }
    }

    #[test]
    fn a_title_with_commas_is_no_list_of_authors() {
        assert!(!looks_like_authors("Time, Clocks, and the Ordering of Events"));
        assert!(!looks_like_authors("A Title"));
    }
}
