//! Lists of names, joined by `and`.

/// Names as they are written, without `others`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) names: Vec<String>,
    pub(super) rest: Rest,
}

/// Whether there are more than are named.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    #[default]
    Nobody,
    Others,
}

/// Splits a list. What is in braces is one name, whatever it has in it.
pub(super) fn names(text: &str) -> Names {
    let mut all = Names::default();
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
    all
}

impl Names {
    fn add(&mut self, name: &str) {
        if is_others(name) {
            self.rest = Rest::Others;
            return;
        }
        for name in parts(name) {
            let name = name.trim_matches([' ', ',']);
            if is_others(name) {
                self.rest = Rest::Others;
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
            assert_eq!(names(text), Names { names: owned(expected), rest: Rest::Nobody }, "{text}");
        }
    }

    #[test]
    fn others_are_nobody_but_known_to_be_there() {
        for text in ["Ada Lovelace and others", "Ada Lovelace and et al."] {
            let expected = Names { names: owned(&["Ada Lovelace"]), rest: Rest::Others };
            assert_eq!(names(text), expected);
        }
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|&it| it.to_owned()).collect()
    }
}
