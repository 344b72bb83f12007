//! Accepted values as JSON, the form in which the log stores them: a list of names and values.

use super::paper_json::field_name;
use crate::domain::{AcceptedValues, BibField, EnrichedField};

/// Fields that are not among the [`BibField`]s.
const MAIN_FIELDS: [(EnrichedField, &str); 9] = [
    (EnrichedField::Title, "title"),
    (EnrichedField::Authors, "authors"),
    (EnrichedField::Abstract, "abstract"),
    (EnrichedField::Year, "year"),
    (EnrichedField::Venue, "venue"),
    (EnrichedField::Kind, "kind"),
    (EnrichedField::Arxiv, "arxiv"),
    (EnrichedField::Doi, "doi"),
    (EnrichedField::Url, "url"),
];

/// Returns the values as JSON, or an empty text if there are none.
pub fn to_json(values: &AcceptedValues) -> String {
    if values.is_empty() {
        return String::new();
    }
    let pairs: Vec<(String, &str)> =
        values.iter().map(|(field, value)| (name_of(field), value)).collect();
    serde_json::to_string(&pairs).unwrap_or_default()
}

/// Parses the output of [`to_json`]. Unknown fields are left out, as is all of a text of another
/// form.
pub fn from_json(text: &str) -> AcceptedValues {
    let pairs: Vec<(String, String)> = serde_json::from_str(text).unwrap_or_default();
    let mut values = AcceptedValues::default();
    for (name, value) in pairs {
        if let Some(field) = field_by_name(&name) {
            values.add(field, value);
        }
    }
    values
}

fn name_of(field: EnrichedField) -> String {
    let main = MAIN_FIELDS.into_iter().find(|(it, _)| *it == field);
    match (field, main) {
        (_, Some((_, name))) => name.to_owned(),
        (EnrichedField::Bib(field), None) => field_name(field),
        (_, None) => String::new(),
    }
}

fn field_by_name(name: &str) -> Option<EnrichedField> {
    let others = BibField::ALL.into_iter().map(EnrichedField::Bib);
    let mut all = MAIN_FIELDS.into_iter().map(|(field, _)| field).chain(others);
    all.find(|it| name_of(*it) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_name() {
        let others = BibField::ALL.into_iter().map(EnrichedField::Bib);
        for field in MAIN_FIELDS.into_iter().map(|(field, _)| field).chain(others) {
            assert_eq!(field_by_name(&name_of(field)), Some(field));
        }
    }

    #[test]
    fn a_text_of_another_form_has_no_values() {
        for text in ["", "[", "{\"title\": \"x\"}", "[[\"title\"]]", "[[\"smell\", \"x\"]]"] {
            assert!(from_json(text).is_empty(), "{text}");
        }
    }
}
