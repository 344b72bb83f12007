//! Writes a query in the syntax of services that have fields, AND, OR and NOT.

use crate::sources::online::service_query::{
    ServiceClause, ServiceField, ServiceQuery, ServiceTerm,
};

/// The words between terms, and how a term is written.
pub struct BooleanSyntax {
    pub and: &'static str,
    pub or: &'static str,
    /// Between a term and the one behind it that is excluded.
    pub and_not: &'static str,
    /// Writes a text, quoted if it must be, in a field.
    pub term: fn(ServiceField, &str) -> String,
}

impl BooleanSyntax {
    /// The query as text: the included clauses, then the excluded ones. The translation gives no
    /// query of excluded clauses only.
    pub fn text(&self, query: &ServiceQuery) -> String {
        let (included, excluded): (Vec<&ServiceClause>, Vec<&ServiceClause>) =
            query.clauses.iter().partition(|it| it.is_included());
        let included: Vec<String> = included.into_iter().map(|it| self.clause(it)).collect();
        let mut text = included.join(self.and);
        for clause in excluded {
            text += self.and_not;
            text += &self.clause(clause);
        }
        text
    }

    fn clause(&self, clause: &ServiceClause) -> String {
        let term = |it: &ServiceTerm| (self.term)(it.field, &plain(&it.text));
        let terms: Vec<String> = clause.alternatives.iter().map(term).collect();
        match terms.as_slice() {
            [one] => one.clone(),
            several => format!("({})", several.join(self.or)),
        }
    }
}

/// A text without the characters that have a meaning in queries.
pub fn plain(text: &str) -> String {
    let is_sign = |it: char| it.is_control() || "\"()[]{}:\\|!*?~^=<>&+/".contains(it);
    let words = text.split(|it: char| it.is_whitespace() || is_sign(it));
    words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text in double quotes, unless it is one word of letters and digits.
pub fn quoted(text: &str) -> String {
    let is_word = !text.is_empty() && text.chars().all(char::is_alphanumeric);
    let is_operator = ["and", "or", "not", "andnot"].contains(&text.to_lowercase().as_str());
    if is_word && !is_operator { text.to_owned() } else { format!("\"{text}\"") }
}

/// The texts of the included clauses of one field, as words.
pub fn words(query: &ServiceQuery, field: ServiceField) -> String {
    let terms = query.clauses.iter().flat_map(|it| &it.alternatives);
    let texts = terms.filter(|it| it.field == field && !it.is_excluded);
    texts.map(|it| plain(&it.text)).collect::<Vec<_>>().join(" ")
}

/// A range of years that is open at neither end.
pub fn bounded_years(years: (Option<i16>, Option<i16>)) -> (i16, i16) {
    const FIRST: i16 = 1000;
    const LAST: i16 = 2999;
    (years.0.unwrap_or(FIRST).clamp(FIRST, LAST), years.1.unwrap_or(LAST).clamp(FIRST, LAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_syntax_do_not_reach_it() {
        assert_eq!(plain("f(x) \"a\" all:b^2\n"), "f x a all b 2");
        assert_eq!(
            (quoted("word"), quoted("AND"), quoted("a-b")),
            ("word".to_owned(), "\"AND\"".to_owned(), "\"a-b\"".to_owned())
        );
    }
}
