//! Lists of names, joined by `and`.

use crate::domain::OTHERS;

/// Splits a list. What is in braces is one name, whatever it has in it; [`OTHERS`] stands last where
/// the list says that there are more.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut all = NameList::default();
    let mut name: Vec<&str> = Vec::new();
    let mut depth = 0_usize;
    for word in text.split_whitespace() {
        if depth == 0 && word.eq_ignore_ascii_case("and") {
            all.add(&std::mem::take(&mut name).join(" "));
            continue;
        }
        name.push(word);
        depth = (depth + word.matches('{').count()).saturating_sub(word.matches('}').count());
    }
    all.add(&name.join(" "));
    // A list of nobody but others names nobody.
    let others = (all.has_others && !all.names.is_empty()).then(|| OTHERS.to_owned());
    all.names.into_iter().chain(others).collect()
}

/// A list of names while it is read.
#[derive(Default)]
struct NameList {
    names: Vec<String>,
    has_others: bool,
}

impl NameList {
    fn add(&mut self, name: &str) {
        if is_others(name) {
            self.has_others = true;
            return;
        }
        for name in parts(name) {
            let name = name.trim_matches([' ', ',']);
            if is_others(name) {
                self.has_others = true;
            } else if name.contains(char::is_alphanumeric) {
                self.names.push(name.to_owned());
            }
        }
    }
}

fn is_others(name: &str) -> bool {
    matches!(name.trim_end_matches('.').to_lowercase().as_str(), "others" | "et al" | "et. al")
}

/// Several names where there should be one: with semicolons between them, or with commas between
/// full names.
fn parts(name: &str) -> Vec<&str> {
    if name.contains('{') {
        return vec![name];
    }
    if name.contains(';') {
        return name.split(';').collect();
    }
    let parts: Vec<&str> = name.split(',').collect();
    let is_full = |it: &&str| it.trim().contains(' ');
    if parts.len() > 2 && parts.iter().all(is_full) { parts } else { vec![name] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for (text, expected) in [
            ("", &[][..]),
            ("Lovelace, Ada and Alan Turing", &["Lovelace, Ada", "Alan Turing"]),
            ("{Smith and Sons} AND Plato", &["{Smith and Sons}", "Plato"]),
            ("King, Jr., Martin Luther", &["King, Jr., Martin Luther"]),
            (
                "M{\\\"u}ller, J{\\'a}n and Anderson, A.",
                &["M{\\\"u}ller, J{\\'a}n", "Anderson, A."],
            ),
            ("Ada Lovelace; Turing, Alan", &["Ada Lovelace", "Turing, Alan"]),
            (
                "Ada Lovelace, Alan Turing, Emmy Noether",
                &["Ada Lovelace", "Alan Turing", "Emmy Noether"],
            ),
            ("and A B and and", &["A B"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn others_stand_last() {
        for text in
            ["Ada Lovelace and others", "Ada Lovelace and et al.", "others and Ada Lovelace"]
        {
            assert_eq!(names(text), ["Ada Lovelace", OTHERS], "{text}");
        }
        assert!(names("others").is_empty());
    }
}
