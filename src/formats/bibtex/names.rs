//! Splits lists of names that are joined by `and`.

use super::entry::strip_braces;
use crate::domain::ET_AL;
use crate::text::outside_braces;

/// The TeX form of a semicolon within a name, because a bare one separates stored names.
const SEMICOLON: &str = "\\textsemicolon{}";

/// Splits a list of names. Text in braces is never split. The last entry is [`ET_AL`] if the list
/// is incomplete.
pub fn parse_names(text: &str) -> Vec<String> {
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
    // A list with only `others` names nobody.
    let et_al = (all.has_et_al && !all.names.is_empty()).then(|| ET_AL.to_owned());
    all.names.into_iter().chain(et_al).collect()
}

/// Collects the names of a list.
#[derive(Default)]
struct NameList {
    names: Vec<String>,
    has_et_al: bool,
}

impl NameList {
    fn add(&mut self, name: &str) {
        if is_et_al(name) {
            self.has_et_al = true;
            return;
        }
        if let Some(name) = name_from_attributes(name) {
            self.names.push(name);
            return;
        }
        for name in parts(name) {
            let name = name.trim_matches([' ', ',']);
            if is_et_al(name) {
                self.has_et_al = true;
            } else if name.contains(char::is_alphanumeric) {
                self.names.push(name.replace(';', SEMICOLON));
            }
        }
    }
}

/// Converts BibLaTeX's `family=Hoven, given=Jeroen, prefix=van den` to
/// `prefix family, given, suffix`. Returns `None` for other names.
fn name_from_attributes(name: &str) -> Option<String> {
    let (mut family, mut given, mut prefix, mut suffix) = ("", "", "", "");
    for part in name.split(outside_braces(|c| c == ',')) {
        let (key, value) = part.trim().trim_start_matches('"').split_once('=')?;
        let value = value.trim().trim_matches('"');
        match key.trim() {
            "family" => family = strip_braces(value),
            "given" => given = strip_braces(value),
            "prefix" => prefix = strip_braces(value),
            "suffix" => suffix = strip_braces(value),
            // Ignores initials, which follow from the names, and options for sorting.
            key if key.chars().all(|c| c.is_ascii_alphabetic() || c == '-') => {}
            _ => return None,
        }
    }
    let braced = |part: &str| {
        if part.contains([',', ';']) { format!("{{{part}}}") } else { part.to_owned() }
    };
    let family = format!("{prefix} {family}");
    let parts = [family.trim(), given, suffix].map(braced);
    let parts = parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
    (!parts.is_empty()).then(|| parts.join(", ").replace(';', SEMICOLON))
}

fn is_et_al(name: &str) -> bool {
    matches!(name.trim_end_matches('.').to_lowercase().as_str(), "others" | "et al" | "et. al")
}

/// Splits an entry that wrongly contains several names: separated by semicolons, or by commas
/// between full names.
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
            assert_eq!(parse_names(text), expected, "{text}");
        }
    }

    #[test]
    fn names_may_be_given_by_their_parts() {
        for (text, expected) in [
            ("family=Hal, given=Ida, prefix=von der, useprefix=true", &["von der Hal, Ida"][..]),
            (
                "given=Kim, family=Ros, suffix=Jr. and Alan Turing",
                &["Ros, Kim, Jr.", "Alan Turing"],
            ),
            ("given={Ida, Bea}, given-i={I}, family={Hal}", &["Hal, {Ida, Bea}"]),
            ("{family=Hal, Inc.}", &["{family=Hal, Inc.}"]),
            ("{Hal; Ros}, Ida", &["{Hal\\textsemicolon{} Ros}, Ida"]),
            ("Sand, p{\\`e}re, Jean", &["Sand, p{\\`e}re, Jean"]),
        ] {
            assert_eq!(parse_names(text), expected, "{text}");
        }
    }

    #[test]
    fn others_stand_last() {
        for text in
            ["Ada Lovelace and others", "Ada Lovelace and et al.", "others and Ada Lovelace"]
        {
            assert_eq!(parse_names(text), ["Ada Lovelace", ET_AL], "{text}");
        }
        assert!(parse_names("others").is_empty());
    }
}
