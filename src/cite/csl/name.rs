//! Names in CSL-JSON, split into parts or literal.

use serde_json::{Value, json as value};

use crate::domain::{ET_AL, NameKind, PersonName, author_names, has_et_al};
use crate::text::sanitise;

/// Converts a stored name list. A truncated list ends with the literal `others`, as in pandoc.
pub fn name_list(list: &str) -> Vec<Value> {
    let et_al = has_et_al(list).then(|| value!({ "literal": ET_AL }));
    author_names(list).filter_map(name).chain(et_al).collect()
}

/// Returns true for the literal `others` at the end of a truncated list.
pub fn is_et_al(name: &Value) -> bool {
    name.get("literal").and_then(Value::as_str) == Some(ET_AL)
}

/// Splits a name into its parts. Organisations and single names are literal.
fn name(raw: &str) -> Option<Value> {
    let name = PersonName::parse(raw);
    if name.family.is_empty() {
        return None;
    }
    if name.kind == NameKind::Organisation || name.given.is_empty() && name.suffix.is_empty() {
        return Some(value!({ "literal": sanitise(&name.full_name()) }));
    }
    let (particle, family) = particle(&name.family);
    let parts = [
        ("family", family),
        ("given", &name.given),
        ("suffix", &name.suffix),
        ("non-dropping-particle", particle),
    ];
    let parts = parts.into_iter().filter(|(_, it)| !it.is_empty());
    Some(parts.map(|(part, text)| (part.to_owned(), Value::from(&*sanitise(text)))).collect())
}

/// Splits the lower-case particle off a family name: `van der` of `van der Maaten`, `in 't` of `in
/// 't Veld`.
fn particle(family: &str) -> (&str, &str) {
    let is_lower =
        |it: &str| it.trim_start_matches(['\'', '’', '‘']).starts_with(char::is_lowercase);
    let at = family.match_indices(' ').map(|(at, _)| at).find(|&at| !is_lower(&family[at + 1..]));
    match at {
        Some(at) if is_lower(family) => (&family[..at], &family[at + 1..]),
        _ => ("", family),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_their_parts() {
        for (raw, item) in [
            (
                "Laurens van der Maaten",
                r#"{"family":"Maaten","given":"Laurens","non-dropping-particle":"van der"}"#,
            ),
            (
                "in 't Veld, Anna",
                r#"{"family":"Veld","given":"Anna","non-dropping-particle":"in 't"}"#,
            ),
            (
                "King, Jr., Martin Luther",
                r#"{"family":"King","given":"Martin Luther","suffix":"Jr."}"#,
            ),
            ("J\\\"urgen M\\\"uller", r#"{"family":"Müller","given":"Jürgen"}"#),
            ("The ATLAS Collaboration", r#"{"literal":"The ATLAS Collaboration"}"#),
            ("{Open Maps}", r#"{"literal":"Open Maps"}"#),
            ("Plato", r#"{"literal":"Plato"}"#),
        ] {
            assert_eq!(name(raw).unwrap().to_string(), item);
        }
        assert_eq!(particle("van der"), ("", "van der"));
        assert_eq!(name(" "), None);
    }

    #[test]
    fn more_people_than_are_named_are_others() {
        let names = name_list("Roe, Ann; {Open Maps}; others");
        assert_eq!(names.len(), 3);
        assert_eq!(names.iter().map(is_et_al).collect::<Vec<_>>(), [false, false, true]);
    }
}
