//! Names of people as plain text: joined, abbreviated with "et al.", or in one part.

use super::links::display_text;
use crate::domain::{NameKind, PersonName, author_names, brace_organisation, has_et_al};
use crate::text::sanitise;

/// End of a truncated list. `PubMed` and `EndNote` have it as the last author.
pub const ET_AL: &str = "et al.";

/// Returns a readable name; in braces if it is an organisation that would be parsed as a person.
pub fn single_name(raw: &str) -> String {
    let name = display_text(raw);
    match PersonName::parse(raw).kind {
        NameKind::Organisation if PersonName::parse(&name).kind == NameKind::Person => {
            brace_organisation(&name)
        }
        _ => name,
    }
}

/// Joins names as `Given Family Suffix`, separated by commas; a truncated list ends with `et al.`.
pub fn full_names(list: &str) -> String {
    let full = author_names(list).map(|raw| {
        let name = PersonName::parse(raw);
        let parts = [name.given, name.family, name.suffix];
        let non_empty = parts.iter().filter(|it| !it.is_empty()).map(|it| sanitise(it));
        non_empty.collect::<Vec<_>>().join(" ")
    });
    full.chain(has_et_al(list).then(|| ET_AL.to_owned())).collect::<Vec<_>>().join(", ")
}
