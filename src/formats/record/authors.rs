//! Reads author names in all the forms that JSON records and tables have.

use std::borrow::Cow;

use super::lenient::LenientValue;
use crate::domain::brace_organisation;
use crate::formats::values::author_list;

/// Members with a full name.
const FULL_NAME_MEMBERS: [&str; 7] =
    ["name", "display_name", "text", "full_name", "fullName", "raw_author_name", "collectiveName"];
const FAMILY_MEMBERS: [&str; 5] = ["family", "lastName", "last", "keyname", "last_name"];
const GIVEN_MEMBERS: [&str; 5] = ["given", "firstName", "first", "forenames", "first_name"];

/// Roles that are not authors, even if the record has no author.
const NON_AUTHOR_ROLES: [&str; 5] =
    ["editor", "seriesEditor", "translator", "contributor", "reviewedAuthor"];

/// The meaning of a name in one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameConvention {
    /// A person's name, unless others in the list have several parts.
    Default,
    /// An organisation's name: Crossref gives persons' names in parts.
    Registry,
}

/// Reads names from a text, a list, or an object around a list.
pub fn names(value: &LenientValue<'_>) -> Vec<String> {
    names_by_convention(value, NameConvention::Default)
}

/// The same as [`names`], with the source's convention for names in one part.
pub fn names_by_convention(value: &LenientValue<'_>, naming: NameConvention) -> Vec<String> {
    match value {
        LenientValue::Text(text) => author_list::split(text),
        LenientValue::List(list) => {
            let is_author = |it: &&LenientValue<'_>| role(it).is_none_or(|it| it == "author");
            let has_other_role =
                |it: &&LenientValue<'_>| !role(it).is_some_and(|it| NON_AUTHOR_ROLES.contains(&it));
            let authors = || list.iter().filter(is_author);
            match authors().next() {
                Some(_) => tidy_names(authors(), naming),
                None => tidy_names(list.iter().filter(has_other_role), naming),
            }
        }
        LenientValue::Object(_) => match value.get("author").or_else(|| value.get("value")) {
            Some(inner) => names_by_convention(inner, naming),
            None => tidy_names(std::iter::once(value), naming),
        },
        _ => Vec::new(),
    }
}

/// Returns the people in a list who have this role.
pub fn names_with_role(value: &LenientValue<'_>, expected_role: &str) -> Vec<String> {
    tidy_names(
        value.values().iter().filter(|it| role(it) == Some(expected_role)),
        NameConvention::Default,
    )
}

fn role<'a>(value: &'a LenientValue<'_>) -> Option<&'a str> {
    value.get("creatorType").and_then(LenientValue::as_text)
}

fn tidy_names<'a>(
    values: impl Iterator<Item = &'a LenientValue<'a>> + Clone,
    naming: NameConvention,
) -> Vec<String> {
    let has_parts =
        values.clone().any(|it| FAMILY_MEMBERS.iter().any(|name| it.get(name).is_some()));
    let naming = if has_parts { NameConvention::Registry } else { naming };
    let is_in_parts = values.clone().all(|it| matches!(it, LenientValue::List(_)));
    let names = values.map(|it| match (name(it), it) {
        (name, LenientValue::Object(_)) if is_single_name(it, naming) && !name.is_empty() => {
            brace_organisation(&name)
        }
        (name, _) => name,
    });
    let names: Vec<String> = names.filter(|it| !it.is_empty()).collect();
    // Names in parts, as arXiv gives them, need no normalisation.
    if is_in_parts { names } else { author_list::normalise_names(names) }
}

/// Returns true if an object has an undivided name: `literal` in CSL, or a name in one part in
/// Crossref and Zotero, where persons have two.
fn is_single_name(value: &LenientValue<'_>, naming: NameConvention) -> bool {
    let text = |name: &str| value.get(name).and_then(LenientValue::as_text).unwrap_or_default();
    let has = |names: &[&str]| names.iter().any(|it| !text(it).trim().is_empty());
    let has_parts =
        has(&GIVEN_MEMBERS) || has(&["suffix", "non-dropping-particle", "dropping-particle"]);
    if has(&FAMILY_MEMBERS) {
        let family = FAMILY_MEMBERS.iter().map(|it| text(it).trim()).find(|it| !it.is_empty());
        return !has_parts && family.is_some_and(|it| it.contains(char::is_whitespace));
    }
    let is_named = naming == NameConvention::Registry
        || value.get("sequence").is_some()
        || value.get("creatorType").is_some();
    has(&["literal", "collectiveName"]) || is_named && has(&["name"])
}

/// Reads a name from a text, `{name}`, `{family, given}`, `{first, middle, last}`, or
/// `[family, given, suffix]`.
fn name(value: &LenientValue<'_>) -> String {
    match value {
        LenientValue::Text(text) => strip_number(text.trim()).to_owned(),
        LenientValue::List(parts) => {
            let part =
                |at: usize| parts.get(at).and_then(LenientValue::as_text).unwrap_or_default();
            join_name(part(0), part(1), part(2))
        }
        LenientValue::Object(_) => {
            let text = |names: &[&str]| {
                let texts = names.iter().filter_map(|it| value.get(it)?.as_text());
                texts.map(str::trim).find(|it| !it.is_empty()).unwrap_or_default()
            };
            match (text(&FAMILY_MEMBERS), value.get("author")) {
                ("", Some(inner)) if text(&FULL_NAME_MEMBERS).is_empty() => name(inner),
                ("", _) if !text(&["literal"]).is_empty() => text(&["literal"]).to_owned(),
                ("", _) if !text(&FULL_NAME_MEMBERS).is_empty() => {
                    strip_number(text(&FULL_NAME_MEMBERS)).to_owned()
                }
                ("", _) => text(&GIVEN_MEMBERS).to_owned(),
                (family, _) => {
                    let family = join_with_space(text(&["non-dropping-particle"]), family);
                    let middle: Vec<Cow<'_, str>> =
                        value.get("middle").iter().flat_map(|it| it.texts(&[])).collect();
                    let given = join_with_space(text(&GIVEN_MEMBERS), middle.join(" ").trim());
                    let given = join_with_space(&given, text(&["dropping-particle"]));
                    join_name(&family, &given, text(&["suffix"]))
                }
            }
        }
        _ => String::new(),
    }
}

fn join_name(family: &str, given: &str, suffix: &str) -> String {
    let mut joined = String::with_capacity(family.len() + given.len() + suffix.len() + 4);
    push_name([family, given, suffix], &mut joined);
    joined
}

/// Appends a name from its parts `[family, given, suffix]`, as `family, suffix, given`.
pub fn push_name([family, given, suffix]: [&str; 3], text: &mut String) {
    let start = text.len();
    for part in [family, suffix, given].map(trim).into_iter().filter(|it| !it.is_empty()) {
        if text.len() > start {
            text.push_str(", ");
        }
        text.push_str(part);
    }
}

/// Trims a text. The fast path covers nearly all texts, which have no blanks around them.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

fn join_with_space(a: &str, b: &str) -> String {
    format!("{a} {b}").trim().to_owned()
}

/// Strips the four digits by which DBLP distinguishes namesakes.
fn strip_number(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((name, number))
            if number.len() == 4 && number.bytes().all(|it| it.is_ascii_digit()) =>
        {
            name
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &[&str]) {
        let value: LenientValue<'_> = serde_json::from_str(json).unwrap();
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
        let value: LenientValue<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(names_with_role(&value, "editor"), ["A, B"]);
        check("[{\"creatorType\": \"programmer\", \"name\": \"E F\"}]", &["{E F}"]);
    }
}
