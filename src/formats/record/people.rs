//! Who wrote a paper, in the shapes in which records say it.

use super::loose::Loose;
use crate::formats::authors;

/// What somebody is called where the whole name is one text.
const WHOLE: [&str; 7] =
    ["name", "literal", "display_name", "text", "full_name", "fullName", "raw_author_name"];
const FAMILY: [&str; 5] = ["family", "lastName", "last", "keyname", "last_name"];
const GIVEN: [&str; 5] = ["given", "firstName", "first", "forenames", "first_name"];

/// Names in a text, a list, or an object around a list.
pub(super) fn names(value: &Loose<'_>) -> Vec<String> {
    match value {
        Loose::Text(text) => authors::split(text),
        Loose::List(list) => {
            let is_author = |it: &&Loose<'_>| role(it).is_none_or(|it| it == "author");
            let authors = || list.iter().filter(is_author);
            match authors().next() {
                Some(_) => tidy(authors()),
                None => tidy(list.iter().filter(|it| role(it) != Some("editor"))),
            }
        }
        Loose::Object(_) => match value.get("author") {
            Some(inner) => names(inner),
            None => tidy(std::iter::once(value)),
        },
        _ => Vec::new(),
    }
}

/// Those of a list who are called editors in it.
pub(super) fn editors(value: &Loose<'_>) -> Vec<String> {
    tidy(value.values().iter().filter(|it| role(it) == Some("editor")))
}

fn role<'a>(value: &'a Loose<'_>) -> Option<&'a str> {
    value.get("creatorType").and_then(Loose::as_text)
}

fn tidy<'a>(values: impl Iterator<Item = &'a Loose<'a>>) -> Vec<String> {
    values.map(name).filter(|it| !it.is_empty()).collect()
}

/// A name as text, as `{name}`, as `{family, given}`, or as `[family, given, suffix]`.
fn name(value: &Loose<'_>) -> String {
    match value {
        Loose::Text(text) => without_number(text.trim()).to_owned(),
        Loose::List(parts) => {
            let part = |at: usize| parts.get(at).and_then(Loose::as_text).unwrap_or_default();
            joined(part(0), part(1), part(2))
        }
        Loose::Object(_) => {
            let text = |names: &[&str]| {
                names.iter().find_map(|it| value.get(it)?.as_text()).unwrap_or_default().trim()
            };
            match (text(&FAMILY), value.get("author")) {
                ("", Some(inner)) if text(&WHOLE).is_empty() => name(inner),
                ("", _) => without_number(text(&WHOLE)).to_owned(),
                (family, _) => {
                    let family = spaced(text(&["non-dropping-particle"]), family);
                    let given = spaced(text(&GIVEN), text(&["dropping-particle"]));
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
pub(super) fn push_joined([family, given, suffix]: [&str; 3], text: &mut String) {
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
        check("[{\"literal\": \"The Map Group\"}, null, 7]", &["The Map Group"]);
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
        assert_eq!(editors(&value), ["A, B"]);
        check("[{\"creatorType\": \"programmer\", \"name\": \"E F\"}]", &["E F"]);
    }
}
