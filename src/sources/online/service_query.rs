//! A query in the terms that services share, made from a query of the filter. What a service cannot
//! express is applied to the papers that came.

/// Clauses that must all match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceQuery {
    pub clauses: Vec<ServiceClause>,
    /// The first and the last year.
    pub years: Option<(Option<i16>, Option<i16>)>,
}

/// Alternatives, of which at least one must match. Not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceClause {
    pub alternatives: Vec<ServiceTerm>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceTerm {
    pub field: ServiceField,
    /// A word, or a phrase if it has blanks.
    pub text: String,
    pub is_excluded: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ServiceField {
    Anywhere,
    Title,
    Author,
    Abstract,
    Venue,
    Category,
}

/// What a service can express in its queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuerySyntax {
    pub fields: &'static [ServiceField],
    pub has_alternatives: bool,
    pub has_exclusions: bool,
    pub has_phrases: bool,
    pub has_years: bool,
}

impl QuerySyntax {
    /// Words anywhere, all of which must match.
    pub const WORDS_ONLY: Self = Self {
        fields: &[ServiceField::Anywhere],
        has_alternatives: false,
        has_exclusions: false,
        has_phrases: false,
        has_years: false,
    };

    /// Returns true if the service can express the clause.
    pub fn expresses(&self, clause: &ServiceClause) -> bool {
        let expresses_term = |term: &ServiceTerm| {
            self.fields.contains(&term.field)
                && (self.has_exclusions || !term.is_excluded)
                && (self.has_phrases || !term.text.contains(' '))
        };
        (self.has_alternatives || clause.alternatives.len() == 1)
            && clause.alternatives.iter().all(expresses_term)
    }
}
