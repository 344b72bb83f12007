//! Values that the user has accepted for a paper. They are kept apart from its records, whose source
//! never changes.

use super::apply::set_value;
use super::changes::{EnrichedField, FieldChange};
use crate::domain::paper::draft::Draft;
use crate::domain::paper::field::BibField;

/// The accepted values of a paper. Each field has one, except that any number of links is added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AcceptedValues(Vec<(EnrichedField, String)>);

impl AcceptedValues {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates over the values, in the order in which they were accepted.
    pub fn iter(&self) -> impl Iterator<Item = (EnrichedField, &str)> {
        self.0.iter().map(|(field, value)| (*field, &**value))
    }

    /// Adds a value, which replaces an earlier one of the same field.
    pub fn add(&mut self, field: EnrichedField, value: String) {
        let is_link = field == EnrichedField::Url;
        self.0.retain(|(it, old)| *it != field || is_link && *old != value);
        self.0.push((field, value));
    }

    /// Returns these values with further changes.
    #[must_use]
    pub fn with_changes<'a>(&self, changes: impl IntoIterator<Item = &'a FieldChange>) -> Self {
        let mut all = self.clone();
        changes.into_iter().for_each(|it| all.add(it.field, it.new.clone()));
        all
    }

    /// Puts the values into the record of the paper. The entry of its source lacks them, and so is
    /// left out.
    pub fn apply_to(&self, draft: &mut Draft) {
        self.iter().for_each(|(field, value)| set_value(draft, field, value));
        if !self.is_empty() {
            draft.fields.retain(|(it, _)| *it != BibField::Raw);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_value_replaces_an_earlier_one_and_links_are_added() {
        let mut values = AcceptedValues::default();
        for (field, value) in [
            (EnrichedField::Doi, "10.1000/a"),
            (EnrichedField::Url, "https://example.org/a"),
            (EnrichedField::Url, "https://example.org/b"),
            (EnrichedField::Url, "https://example.org/a"),
            (EnrichedField::Doi, "10.1000/b"),
        ] {
            values.add(field, value.to_owned());
        }
        let mut draft = Draft::default();
        draft.add_field(BibField::Raw, "@misc{a}");
        values.apply_to(&mut draft);
        assert_eq!(draft.doi, "10.1000/b");
        assert_eq!(draft.urls, ["https://example.org/b", "https://example.org/a"]);
        assert_eq!(draft.field(BibField::Raw), "");
    }
}
