//! Names that a source has for our fields, beside the usual ones.

use std::fmt;

use super::column_names::column_field;
use super::field::NameOrigin;
use super::field::{RecordField, default_field, is_wrapper};

/// What a source calls the fields of a paper: `title=headline`, `year=meta.published.year`.
///
/// What is named here is preferred to the usual names, which stay known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNames(Vec<(String, RecordField)>);

/// What is wrong with a pair of names. Displays as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldNameError {
    NotAPair(String),
    UnknownField(String),
}

impl fmt::Display for FieldNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPair(text) => write!(f, "`{text}` is not of the form `title=headline`"),
            Self::UnknownField(name) => write!(f, "a paper has no field `{name}`"),
        }
    }
}

impl std::error::Error for FieldNameError {}

/// Where a value in a record belongs.
pub enum FieldTarget {
    Field(RecordField),
    /// As [`FieldTarget::Field`], but by a name that the reader has given.
    Mapped(RecordField),
    /// It may hold fields itself.
    Nested(FieldNames),
    Ignored,
}

impl FieldNames {
    /// Adds a pair as one types it: our name, `=`, the source's name. Dots lead into objects.
    ///
    /// # Errors
    ///
    /// When it is no pair, or when there is no such field.
    pub fn add(&mut self, pair: &str) -> Result<(), FieldNameError> {
        let no_pair = || FieldNameError::NotAPair(pair.to_owned());
        let (ours, theirs) = pair.split_once('=').ok_or_else(no_pair)?;
        let (ours, theirs) = (ours.trim(), theirs.trim());
        if theirs.is_empty() {
            return Err(no_pair());
        }
        let field =
            default_field(ours).ok_or_else(|| FieldNameError::UnknownField(ours.to_owned()))?;
        self.0.push((theirs.to_owned(), field));
        Ok(())
    }

    /// Whether there are only the usual names.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn target(&self, name: &str) -> FieldTarget {
        if let Some((_, field)) = self.0.iter().find(|(theirs, _)| theirs == name) {
            return FieldTarget::Mapped(*field);
        }
        let within = self.nested(name);
        if !within.0.is_empty() || is_wrapper(name) {
            return FieldTarget::Nested(within);
        }
        default_field(name).map_or(FieldTarget::Ignored, FieldTarget::Field)
    }

    /// The field in a column of that name, and whether the reader has given the name.
    pub fn column(&self, name: &str) -> Option<(RecordField, NameOrigin)> {
        match self.target(name) {
            FieldTarget::Mapped(field) => Some((field, NameOrigin::User)),
            FieldTarget::Field(_) | FieldTarget::Nested(_) | FieldTarget::Ignored => {
                column_field(name)
            }
        }
    }

    /// The names inside the object of that name.
    fn nested(&self, name: &str) -> Self {
        let inside = |theirs: &str| Some(theirs.strip_prefix(name)?.strip_prefix('.')?.to_owned());
        Self(self.0.iter().filter_map(|(theirs, field)| Some((inside(theirs)?, *field))).collect())
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
            "`headline` is not of the form `title=headline`"
        );
        assert_eq!(names.add("title=").unwrap_err(), FieldNameError::NotAPair("title=".into()));
        assert_eq!(
            names.add("headline=title").unwrap_err().to_string(),
            "a paper has no field `headline`"
        );
        assert!(matches!(names.target("headline"), FieldTarget::Mapped(RecordField::Title)));
        let FieldTarget::Nested(inside) = names.target("body") else { panic!("not entered") };
        assert!(matches!(inside.target("text"), FieldTarget::Mapped(RecordField::Abstract)));
    }
}
