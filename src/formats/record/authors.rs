//! Who wrote a paper, in the shapes in which records say it.

use std::borrow::Cow;

use super::lenient::Loose;
use crate::domain::organisation;
use crate::formats::values::author_list;

/// What somebody is called where the whole name is one text.
const WHOLE: [&str; 6] =
    ["name", "display_name", "text", "full_name", "fullName", "raw_author_name"];
const FAMILY: [&str; 5] = ["family", "lastName", "last", "keyname", "last_name"];
const GIVEN: [&str; 5] = ["given", "firstName", "first", "forenames", "first_name"];

/// Roles of people who are no authors, even where no author is named.
const OTHER_ROLES: [&str; 5] =
    ["editor", "seriesEditor", "translator", "contributor", "reviewedAuthor"];

/// The meaning of a name in one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// A person's, unless others in the list have parts.
    Usual,
    /// An organisation's: Crossref gives the names of persons in parts.
    Registry,
}

/// Names in a text, a list, or an object around a list.
pub fn names(value: &Loose<'_>) -> Vec<String> {
    names_in(value, Naming::Usual)
}

/// As [`names`], where the source says what a name in one part means.
pub fn names_in(value: &Loose<'_>, naming: Naming) -> Vec<String> {
    match value {
        Loose::Text(text) => author_list::split(text),
        Loose::List(list) => {
            let is_author = |it: &&Loose<'_>| role(it).is_none_or(|it| it == "author");
            let is_other = |it: &&Loose<'_>| !role(it).is_some_and(|it| OTHER_ROLES.contains(&it));
            let authors = || list.iter().filter(is_author);
            match authors().next() {
                Some(_) => tidy(authors(), naming),
                None => tidy(list.iter().filter(is_other), naming),
            }
        }
        Loose::Object(_) => match value.get("author").or_else(|| value.get("value")) {
            Some(inner) => names_in(inner, naming),
            None => tidy(std::iter::once(value), naming),
        },
        _ => Vec::new(),
    }
}

/// Those of a list who have that role in it.
pub fn with_role(value: &Loose<'_>, wanted: &str) -> Vec<String> {
    tidy(value.values().iter().filter(|it| role(it) == Some(wanted)), Naming::Usual)
}

fn role<'a>(value: &'a Loose<'_>) -> Option<&'a str> {
    value.get("creatorType").and_then(Loose::as_text)
}

fn tidy<'a>(values: impl Iterator<Item = &'a Loose<'a>> + Clone, naming: Naming) -> Vec<String> {
    let has_parts = values.clone().any(|it| FAMILY.iter().any(|name| it.get(name).is_some()));
    let naming = if has_parts { Naming::Registry } else { naming };
    let is_in_parts = values.clone().all(|it| matches!(it, Loose::List(_)));
    let names = values.map(|it| match (name(it), it) {
        (name, Loose::Object(_)) if is_undivided(it, naming) && !name.is_empty() => {
            organisation(&name)
        }
        (name, _) => name,
    });
    let names: Vec<String> = names.filter(|it| !it.is_empty()).collect();
    // Names in parts, as arXiv gives them, need no order.
    if is_in_parts { names } else { author_list::in_order(names) }
}

/// Returns true if an object says that its name is not to be divided: CSL in `literal`, and
/// Crossref and Zotero where a name has one part while those of persons have two.
fn is_undivided(value: &Loose<'_>, naming: Naming) -> bool {
    let text = |name: &str| value.get(name).and_then(Loose::as_text).unwrap_or_default();
    let has = |names: &[&str]| names.iter().any(|it| !text(it).trim().is_empty());
    let has_parts = has(&GIVEN) || has(&["suffix", "non-dropping-particle", "dropping-particle"]);
    if has(&FAMILY) {
        let family = FAMILY.iter().map(|it| text(it).trim()).find(|it| !it.is_empty());
        return !has_parts && family.is_some_and(|it| it.contains(char::is_whitespace));
    }
    let is_named = naming == Naming::Registry
        || value.get("sequence").is_some()
        || value.get("creatorType").is_some();
    has(&["literal"]) || is_named && has(&["name"])
}

/// A name as text, as `{name}`, as `{family, given}`, as `{first, middle, last}`, or as
/// `[family, given, suffix]`.
fn name(value: &Loose<'_>) -> String {
    match value {
        Loose::Text(text) => without_number(text.trim()).to_owned(),
        Loose::List(parts) => {
            let part = |at: usize| parts.get(at).and_then(Loose::as_text).unwrap_or_default();
            joined(part(0), part(1), part(2))
        }
        Loose::Object(_) => {
            let text = |names: &[&str]| {
                let texts = names.iter().filter_map(|it| value.get(it)?.as_text());
                texts.map(str::trim).find(|it| !it.is_empty()).unwrap_or_default()
            };
            match (text(&FAMILY), value.get("author")) {
                ("", Some(inner)) if text(&WHOLE).is_empty() => name(inner),
                ("", _) if !text(&["literal"]).is_empty() => text(&["literal"]).to_owned(),
                ("", _) if !text(&WHOLE).is_empty() => without_number(text(&WHOLE)).to_owned(),
                ("", _) => text(&GIVEN).to_owned(),
                (family, _) => {
                    let family = spaced(text(&["non-dropping-particle"]), family);
                    let middle: Vec<Cow<'_, str>> =
                        value.get("middle").iter().flat_map(|it| it.texts(&[])).collect();
                    let given = spaced(text(&GIVEN), middle.join(" ").trim());
                    let given = spaced(&given, text(&["dropping-particle"]));
                    joined(&family, &given, text(&["suffix"]))
                }
            }
        }
        _ => String::new(),
    }
}

fn joined(family: &str, given: &str, suffix: &str) -> String {
    let mut joined = String::with_capacity(family.len() + given.len() + suffix.len() + 4);
    push_joined([family, given, suffix], &mut joined);
    joined
}

/// Appends a name that is given in these parts: family name, given names, suffix.
pub fn push_joined([family, given, suffix]: [&str; 3], text: &mut String) {
    let start = text.len();
    for part in [family, suffix, given].map(trimmed).into_iter().filter(|it| !it.is_empty()) {
        if text.len() > start {
            text.push_str(", ");
        }
        text.push_str(part);
    }
}

/// The text without blanks around it, of which nearly all have none.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

fn spaced(a: &str, b: &str) -> String {
    format!("{a} {b}").trim().to_owned()
}

/// DBLP tells namesakes apart by four digits.
fn without_number(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((bare, number))
            if number.len() == 4 && number.bytes().all(|it| it.is_ascii_digit()) =>
        {
            bare
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &[&str]) {
        let value: Loose<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(names(&value), expected, "{json}");
    }

    #[test]
    fn names_are_read_in_every_shape() {
        check("\"Ada Lovelace and Alan Turing\"", &["Ada Lovelace", "Alan Turing"]);
        check("[\"Ada Lovelace\", {\"name\": \"Alan Turing\"}]", &["Ada Lovelace", "Alan Turing"]);
        check("[[\"Lovelace\", \"Ada\", \"\", \"London\"]]", &["Lovelace, Ada"]);
        check("[{\"author\": {\"display_name\": \"Ada Lovelace\"}}]", &["Ada Lovelace"]);
        check(
            "{\"author\": {\"@pid\": \"1\", \"text\": \"Ada Lovelace 0002\"}}",
            &["Ada Lovelace"],
        );
        check("{\"author\": [{\"text\": \"A B\"}, {\"text\": \"C D\"}]}", &["A B", "C D"]);
        check("[{\"literal\": \"The Map Group\"}, null, 7]", &["{The Map Group}"]);
        check(
            "[{\"first\": \"Ada\", \"middle\": [\"B.\", \"C.\"], \"last\": \"Oak\", \"suffix\": \"\"}]",
            &["Oak, Ada B. C."],
        );
        check("[\"Fen LN\", \"Oak D\", \"et al.\"]", &["Fen, LN", "Oak, D", "others"]);
    }

    #[test]
    fn a_name_that_is_not_divided_is_an_organisations() {
        check("[{\"name\": \"Open Maps\", \"sequence\": \"first\"}]", &["{Open Maps}"]);
        check("[{\"name\": \"Open Maps\", \"creatorType\": \"author\"}]", &["{Open Maps}"]);
        check(
            "[{\"family\": \"Oak\", \"given\": \"Ada\"}, {\"name\": \"Open Maps\"}]",
            &["Oak, Ada", "{Open Maps}"],
        );
        check("[{\"family\": \"Open Maps\"}, {\"family\": \"Plato\"}]", &["{Open Maps}", "Plato"]);
        check("[{\"name\": \"Ada Oak\", \"authorId\": \"1\"}]", &["Ada Oak"]);
    }

    #[test]
    fn particles_and_suffixes_stand_where_bibliographies_look_for_them() {
        check(
            "[{\"family\": \"Dam\", \"given\": \"Eva\", \"non-dropping-particle\": \"van\"}]",
            &["van Dam, Eva"],
        );
        check(
            "[{\"family\": \"Dam\", \"given\": \"Eva\", \"dropping-particle\": \"von\"}]",
            &["Dam, Eva von"],
        );
        check(
            "[{\"family\": \"King\", \"given\": \"M.\", \"suffix\": \"Jr.\"}]",
            &["King, Jr., M."],
        );
    }

    #[test]
    fn an_editor_among_the_creators_is_no_author() {
        let json = "[{\"creatorType\": \"editor\", \"lastName\": \"A\", \"firstName\": \"B\"},
            {\"creatorType\": \"author\", \"lastName\": \"C\", \"firstName\": \"D\"}]";
        check(json, &["C, D"]);
        let value: Loose<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(with_role(&value, "editor"), ["A, B"]);
        check("[{\"creatorType\": \"programmer\", \"name\": \"E F\"}]", &["{E F}"]);
    }
}
