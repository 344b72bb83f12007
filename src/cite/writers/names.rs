//! Names of people as plain text: joined, abbreviated with "et al.", or kept in one part.

use super::links::display_text;
use crate::domain::{NameKind, PersonName, author_names, brace_organisation, has_et_al};
use crate::text::sanitise;

/// The words by which bibliographies say that there are more people than they name. `PubMed` and
/// `EndNote` have them as the last author.
pub const ET_AL: &str = "et al.";

/// A name as a person reads it, in braces where it is an organisation's that would else be read as a
/// person's.
pub fn single_name(raw: &str) -> String {
    let name = display_text(raw);
    match PersonName::parse(raw).kind {
        NameKind::Organisation if PersonName::parse(&name).kind == NameKind::Person => {
            brace_organisation(&name)
        }
        _ => name,
    }
}

/// Names as they are spoken, since a comma stands between them; `et al.` where there are more.
pub fn full_names(list: &str) -> String {
    let full = author_names(list).map(|raw| {
        let name = PersonName::parse(raw);
        let parts = [name.given, name.family, name.suffix];
        let known = parts.iter().filter(|it| !it.is_empty()).map(|it| sanitise(it));
        known.collect::<Vec<_>>().join(" ")
    });
    full.chain(has_et_al(list).then(|| ET_AL.to_owned())).collect::<Vec<_>>().join(", ")
}
