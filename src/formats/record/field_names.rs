//! Names that a source has for our fields, beside the usual ones.

use std::fmt;

use super::column_names::column;
use super::field::Said;
use super::field::{Field, is_wrapper, usual};

/// What a source calls the fields of a paper: `title=headline`, `year=meta.published.year`.
///
/// What is named here is preferred to the usual names, which stay known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(Vec<(String, Field)>);

/// What is wrong with a pair of names. Displays as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadName {
    NoPair(String),
    UnknownField(String),
}

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPair(text) => write!(f, "`{text}` is not of the form `title=headline`"),
            Self::UnknownField(name) => write!(f, "a paper has no field `{name}`"),
        }
    }
}

impl std::error::Error for BadName {}

/// Where a value in a record belongs.
pub enum Place {
    Field(Field),
    /// As [`Place::Field`], but by a name that the reader has given.
    Mapped(Field),
    /// It may hold fields itself.
    Within(Names),
    Nowhere,
}

impl Names {
    /// Adds a pair as one types it: our name, `=`, the source's name. Dots lead into objects.
    ///
    /// # Errors
    ///
    /// When it is no pair, or when there is no such field.
    pub fn add(&mut self, pair: &str) -> Result<(), BadName> {
        let no_pair = || BadName::NoPair(pair.to_owned());
        let (ours, theirs) = pair.split_once('=').ok_or_else(no_pair)?;
        let (ours, theirs) = (ours.trim(), theirs.trim());
        if theirs.is_empty() {
            return Err(no_pair());
        }
        let field = usual(ours).ok_or_else(|| BadName::UnknownField(ours.to_owned()))?;
        self.0.push((theirs.to_owned(), field));
        Ok(())
    }

    /// Whether there are only the usual names.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn place(&self, name: &str) -> Place {
        if let Some((_, field)) = self.0.iter().find(|(theirs, _)| theirs == name) {
            return Place::Mapped(*field);
        }
        let within = self.within(name);
        if !within.0.is_empty() || is_wrapper(name) {
            return Place::Within(within);
        }
        usual(name).map_or(Place::Nowhere, Place::Field)
    }

    /// The field in a column of that name, and whether the reader has given the name.
    pub fn column(&self, name: &str) -> Option<(Field, Said)> {
        match self.place(name) {
            Place::Mapped(field) => Some((field, Said::Given)),
            Place::Field(_) | Place::Within(_) | Place::Nowhere => column(name),
        }
    }

    /// The names inside the object of that name.
    fn within(&self, name: &str) -> Self {
        let inside = |theirs: &str| Some(theirs.strip_prefix(name)?.strip_prefix('.')?.to_owned());
        Self(self.0.iter().filter_map(|(theirs, field)| Some((inside(theirs)?, *field))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_names_is_taken_or_refused_with_a_reason() {
        let mut names = Names::default();
        assert_eq!(names.add("title=headline"), Ok(()));
        assert_eq!(names.add(" abstract = body.text "), Ok(()));
        assert_eq!(
            names.add("headline").unwrap_err().to_string(),
            "`headline` is not of the form `title=headline`"
        );
        assert_eq!(names.add("title=").unwrap_err(), BadName::NoPair("title=".into()));
        assert_eq!(
            names.add("headline=title").unwrap_err().to_string(),
            "a paper has no field `headline`"
        );
        assert!(matches!(names.place("headline"), Place::Mapped(Field::Title)));
        let Place::Within(inside) = names.place("body") else { panic!("not entered") };
        assert!(matches!(inside.place("text"), Place::Mapped(Field::Abstract)));
    }
}
