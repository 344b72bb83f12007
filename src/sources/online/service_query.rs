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

impl ServiceClause {
    /// Returns true if papers without the text must not match.
    pub fn is_included(&self) -> bool {
        self.alternatives.iter().all(|it| !it.is_excluded)
    }
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

/// The parts of a query that a service can express.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuerySyntax {
    pub fields: &'static [ServiceField],
    pub alternatives: AlternativeSyntax,
    pub has_exclusions: bool,
    pub has_phrases: bool,
    pub has_years: bool,
}

/// The alternatives that a service can express.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlternativeSyntax {
    None,
    /// All in the same field.
    OneField,
    AnyFields,
}

impl QuerySyntax {
    /// Words anywhere, all of which must match.
    pub const WORDS_ONLY: Self = Self {
        fields: &[ServiceField::Anywhere],
        alternatives: AlternativeSyntax::None,
        has_exclusions: false,
        has_phrases: false,
        has_years: false,
    };

    /// The full syntax of boolean queries in these fields.
    pub const fn boolean(fields: &'static [ServiceField]) -> Self {
        Self {
            fields,
            alternatives: AlternativeSyntax::AnyFields,
            has_exclusions: true,
            has_phrases: true,
            has_years: true,
        }
    }

    /// Returns true if the service can express the clause.
    pub fn expresses(&self, clause: &ServiceClause) -> bool {
        let expresses_term = |term: &ServiceTerm| {
            self.fields.contains(&term.field)
                && (self.has_exclusions || !term.is_excluded)
                && (self.has_phrases || !term.text.contains(' '))
        };
        let has_exclusion = clause.alternatives.iter().any(|it| it.is_excluded);
        let has_one_field = clause.alternatives.windows(2).all(|it| it[0].field == it[1].field);
        let expresses_alternatives = clause.alternatives.len() == 1
            || !has_exclusion
                && match self.alternatives {
                    AlternativeSyntax::None => false,
                    AlternativeSyntax::OneField => has_one_field,
                    AlternativeSyntax::AnyFields => true,
                };
        expresses_alternatives && clause.alternatives.iter().all(expresses_term)
    }
}
