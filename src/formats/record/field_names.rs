//! Field names that the user defines for a source, in addition to the default ones.

use super::column_names::column_field;
use super::field::NameOrigin;
use super::field::{RecordField, default_field, is_wrapper};

/// User-defined names for the fields of a paper: `title=headline`, `year=meta.published.year`.
///
/// User-defined names have priority over the default ones, which remain valid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNames(Vec<(String, RecordField)>);

/// An error in a pair of names. Its display text is a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldNameError {
    #[error("`{0}`: expected FIELD=NAME, as in `title=headline`")]
    NotAPair(String),
    #[error("unknown field `{0}`")]
    UnknownField(String),
}

/// The destination of a value in a record.
pub enum FieldTarget {
    Field(RecordField),
    /// Like [`FieldTarget::Field`], by a user-defined name.
    Mapped(RecordField),
    /// The value may contain fields itself.
    Nested(FieldNames),
    Ignored,
}

impl FieldNames {
    /// Adds a pair as the user types it: our name, `=`, the source's name. Dots lead into nested
    /// objects.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a pair, or our name is not a field.
    pub fn add(&mut self, pair: &str) -> Result<(), FieldNameError> {
        let no_pair = || FieldNameError::NotAPair(pair.to_owned());
        let (our_name, their_name) = pair.split_once('=').ok_or_else(no_pair)?;
        let (our_name, their_name) = (our_name.trim(), their_name.trim());
        if their_name.is_empty() {
            return Err(no_pair());
        }
        let field = default_field(our_name)
            .ok_or_else(|| FieldNameError::UnknownField(our_name.to_owned()))?;
        self.0.push((their_name.to_owned(), field));
        Ok(())
    }

    /// Returns true if there are no user-defined names.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn target(&self, name: &str) -> FieldTarget {
        if let Some((_, field)) = self.0.iter().find(|(their_name, _)| their_name == name) {
            return FieldTarget::Mapped(*field);
        }
        let nested = self.nested(name);
        if !nested.0.is_empty() || is_wrapper(name) {
            return FieldTarget::Nested(nested);
        }
        default_field(name).map_or(FieldTarget::Ignored, FieldTarget::Field)
    }

    /// Returns the field of a column, and the origin of its name.
    pub fn column(&self, name: &str) -> Option<(RecordField, NameOrigin)> {
        match self.target(name) {
            FieldTarget::Mapped(field) => Some((field, NameOrigin::User)),
            FieldTarget::Field(_) | FieldTarget::Nested(_) | FieldTarget::Ignored => {
                column_field(name)
            }
        }
    }

    /// Returns the names inside the object with this name.
    fn nested(&self, name: &str) -> Self {
        let nested_name =
            |their_name: &str| Some(their_name.strip_prefix(name)?.strip_prefix('.')?.to_owned());
        Self(
            self.0
                .iter()
                .filter_map(|(their_name, field)| Some((nested_name(their_name)?, *field)))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_names_is_taken_or_refused_with_a_reason() {
        let mut names = FieldNames::default();
        assert_eq!(names.add("title=headline"), Ok(()));
        assert_eq!(names.add(" abstract = body.text "), Ok(()));
        assert_eq!(
            names.add("headline").unwrap_err().to_string(),
            "`headline`: expected FIELD=NAME, as in `title=headline`"
        );
        assert_eq!(names.add("title=").unwrap_err(), FieldNameError::NotAPair("title=".into()));
        assert_eq!(
            names.add("headline=title").unwrap_err().to_string(),
            "unknown field `headline`"
        );
        assert!(matches!(names.target("headline"), FieldTarget::Mapped(RecordField::Title)));
        let FieldTarget::Nested(nested) = names.target("body") else { panic!("not entered") };
        assert!(matches!(nested.target("text"), FieldTarget::Mapped(RecordField::Abstract)));
    }
}
