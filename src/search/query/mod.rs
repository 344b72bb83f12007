//! Queries: lexer, parser, syntax tree, and edits of the text. Parsing never fails.

pub mod ast;
pub mod edit;
pub mod field;
pub mod help;
pub mod lexer;
pub mod mark_filter;
pub mod parser;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::domain::{Mark, Marks, PaperId};
use ast::MIN_INITIALS_LEN;
use field::unknown_prefix_len;
use lexer::{Token, TokenKind};
use mark_filter::passes_mark_filter;
use parser::ParsedClauses;

pub use ast::{
    Anchor, Clause, Condition, FieldScope, HasField, Phrase, Predicate, QueryWord, Term, WholeWord,
    WordKey,
};
pub use edit::{Toggle, TypedPrefix, ValueState, format_term, prefix_at, toggle_value};
pub use field::{FieldPrefix, QueryField};
pub use lexer::Occur;
pub use parser::{normalise_value, value_names};

/// A parsed query. Queries are equal if their texts are, and both include or hide skipped papers.
#[derive(Debug, Clone, Default)]
pub struct Query {
    source: String,
    tokens: Vec<Token>,
    /// A paper matches if every clause does.
    clauses: Vec<Clause>,
    /// Number of [`QueryWord`]s; the words have the indexes below it.
    word_count: usize,
    /// Byte ranges of the values that their prefixes do not accept.
    invalid_values: Vec<Range<usize>>,
    /// Byte ranges of the terms whose value is missing or only begun. They are left out.
    incomplete_terms: Vec<Range<usize>>,
    skipped: SkippedPapers,
}

/// Treatment of papers that are marked as skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum SkippedPapers {
    #[default]
    Hidden,
    Included,
}

/// Syntax class of a span of the query, for highlighting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// `author:`, also of an excluded term.
    Prefix,
    /// The value behind a prefix.
    Value,
    /// `|`, `OR`, `!`, `'`, `^`, quotes and slashes.
    Operator,
    Word,
    /// An excluded word.
    Negated,
    /// A value that its prefix does not accept, or an unknown prefix.
    Invalid,
}

impl Query {
    /// Parses a query. Text that is no valid syntax is searched for as text.
    pub fn parse(source: &str) -> Self {
        let mut tokens = lexer::tokens(source);
        let ParsedClauses { clauses, word_count, invalid_values, incomplete_terms, token_count } =
            parser::parse_clauses(source, &tokens);
        tokens.truncate(token_count);
        let skipped = if includes_skipped(&clauses) {
            SkippedPapers::Included
        } else {
            SkippedPapers::Hidden
        };
        let source = source.to_owned();
        Self { source, tokens, clauses, word_count, invalid_values, incomplete_terms, skipped }
    }

    /// The text beyond the limits of a query, which is ignored. Empty except for very long queries.
    pub fn ignored_tail(&self) -> &str {
        let end = self.tokens.last().map_or(0, |it| it.range.end);
        self.source[end..].trim()
    }

    /// The same query, which also finds papers marked as skipped.
    #[must_use]
    pub fn with_skipped(self) -> Self {
        Self { skipped: SkippedPapers::Included, ..self }
    }

    /// Error messages for values that are missing, only begun, or not accepted by their prefix.
    /// While a query is typed such terms are no errors, but left out or searched for as text; to be
    /// called for a query that is final.
    pub fn incomplete(&self) -> Vec<String> {
        let messages = self.tokens.iter().filter_map(|token| {
            let field = match token.prefix? {
                FieldPrefix::Field(field) => field,
                // Their values are text, as those of `title:`.
                FieldPrefix::Start | FieldPrefix::End => QueryField::Title,
            };
            let is_invalid = self.invalid_values.contains(&token.value);
            if !is_invalid && !self.incomplete_terms.contains(&token.range) {
                return None;
            }
            let why = match field {
                QueryField::Is | QueryField::Has => {
                    let values: Vec<&str> = parser::value_names(field).collect();
                    format!("{}: takes {}", field.prefix(), values.join(", "))
                }
                QueryField::Year => "year: takes 2023, 2019..2021 or >2020".to_owned(),
                _ if is_invalid => return None,
                _ => "missing value".to_owned(),
            };
            Some(format!("`{}` matches nothing: {why}", &self.source[token.range.clone()]))
        });
        messages.collect()
    }

    /// Returns true if some papers are hidden, since they are marked as skipped.
    pub fn hides_any(&self, marks: &Marks) -> bool {
        self.skipped == SkippedPapers::Hidden && marks.count(Mark::Skipped) > 0
    }

    /// Returns true if the paper is hidden, since it is marked as skipped.
    pub fn hides(&self, marks: &Marks, id: PaperId) -> bool {
        self.skipped == SkippedPapers::Hidden && marks.has(Mark::Skipped, id)
    }

    /// Returns true if a hit still matches with these marks. All other conditions are taken to
    /// hold, since only marks change.
    pub fn matches_marks(&self, marks: &Marks, id: PaperId) -> bool {
        let holds = |term: &Term| match &term.condition {
            Condition::Predicate(predicate) => passes_mark_filter(predicate, marks, id)
                .is_none_or(|passes| passes == (term.occur == Occur::Include)),
            _ => true,
        };
        let all_hold = self.clauses.iter().all(|clause| clause.alternatives.iter().any(holds));
        all_hold && !self.hides(marks, id)
    }

    /// Returns true if a condition depends on marks.
    pub fn depends_on_marks(&self) -> bool {
        let mut terms = self.clauses.iter().flat_map(|clause| &clause.alternatives);
        terms.any(|term| {
            let Condition::Predicate(predicate) = &term.condition else { return false };
            passes_mark_filter(predicate, &Marks::default(), PaperId(0)).is_some()
        })
    }

    /// Returns true if the queries differ at most in blanks after the last term.
    pub fn is_equivalent(&self, other: &Self) -> bool {
        let end = |query: &Self| query.tokens.last().map_or(0, |it| it.range.end);
        self.skipped == other.skipped
            && self.tokens == other.tokens
            && self.source[..end(self)] == other.source[..end(other)]
    }

    /// Returns true if a match depends only on the paper itself, not on marks or other papers.
    pub fn depends_on_papers_only(&self) -> bool {
        let is_of_paper = |term: &Term| match &term.condition {
            // The word can match a citation key, whose suffix depends on other papers.
            Condition::Word(word) => {
                let has = |kind: fn(&u8) -> bool| word.needle.needle().iter().any(kind);
                !(has(u8::is_ascii_alphabetic) && has(u8::is_ascii_digit))
            }
            Condition::Phrase(_) | Condition::Regex(_) => true,
            Condition::Predicate(predicate) => match predicate {
                Predicate::Years(_)
                | Predicate::Category(..)
                | Predicate::Venue(..)
                | Predicate::Id(_) => true,
                Predicate::Has(field) => *field != HasField::Key,
                Predicate::Key(_)
                | Predicate::Mark(_)
                | Predicate::Unread
                | Predicate::Tag(..)
                | Predicate::Note(_) => false,
            },
        };
        self.clauses.iter().flat_map(|clause| &clause.alternatives).all(is_of_paper)
    }

    /// Returns true if this is the other query with letters added to its last word. The contiguous
    /// hits of this one are then among those of the other, except for initials of
    /// `MIN_INITIALS_LEN` letters.
    pub fn narrows(&self, other: &Self) -> bool {
        let (Some((last, before)), Some((other_last, other_before))) =
            (self.tokens.split_last(), other.tokens.split_last())
        else {
            return false;
        };
        let word = |query: &Self, token: &Token| {
            let word = query.source[token.range.clone()].to_owned();
            let is_plain = token.kind == TokenKind::Plain
                && token.range == token.value
                && word.bytes().all(|it| it.is_ascii_alphanumeric());
            is_plain.then_some(word)
        };
        let (Some(word), Some(other_word)) = (word(self, last), word(other, other_last)) else {
            return false;
        };
        let is_included = |token: &Token| token.occur == Occur::Include;
        self.skipped == other.skipped
            && before == other_before
            && before.iter().all(is_included)
            && last.range.start == other_last.range.start
            && self.source[..last.range.start] == other.source[..other_last.range.start]
            && word.starts_with(&other_word)
            // Shorter words do not match initials. Those are scanned for again, but only for a
            // single word that has just reached the minimal length.
            && (other_word.len() >= MIN_INITIALS_LEN
                || before.is_empty() && word.len() <= MIN_INITIALS_LEN)
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns true if every paper matches.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The spans of the text in order, without blanks.
    pub fn spans(&self) -> Vec<(Range<usize>, Span)> {
        let spans = self.tokens.iter().flat_map(|token| self.token_spans(token));
        spans.filter(|(range, _)| !range.is_empty()).collect()
    }

    fn token_spans(&self, token: &Token) -> [(Range<usize>, Span); 6] {
        let Token { range, head, value, .. } = token;
        let excluded = token.occur == Occur::Exclude;
        let sign = self.source[head.clone()].find('!').filter(|_| excluded).unwrap_or_default();
        let sign = head.start + sign..head.start + sign + usize::from(excluded);
        let head_kind = if token.prefix.is_some() { Span::Prefix } else { Span::Operator };
        let kind = match token.prefix {
            _ if token.kind == TokenKind::Or => Span::Operator,
            _ if self.invalid_values.contains(value) => Span::Invalid,
            Some(_) => Span::Value,
            None if excluded => Span::Negated,
            None => Span::Word,
        };
        let prefix_end = match (token.prefix, token.kind) {
            (None, TokenKind::Plain) => {
                value.start + unknown_prefix_len(&self.source[value.clone()])
            }
            _ => value.start,
        };
        [
            (head.start..sign.start, head_kind),
            (sign.clone(), Span::Operator),
            (sign.end..value.start.max(sign.end), head_kind),
            (value.start..prefix_end, Span::Invalid),
            (prefix_end..value.end, kind),
            (value.end..range.end, Span::Operator),
        ]
    }

    /// The state of a field's value, or `None` if the query does not name it.
    pub fn value_state(&self, field: QueryField, value: &str) -> Option<ValueState> {
        let token = edit::find(&self.source, &self.tokens, field, value)?;
        Some(match self.tokens[token].occur {
            Occur::Include => ValueState::Included,
            Occur::Exclude => ValueState::Excluded,
        })
    }

    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The included words of letters and digits only.
    pub fn plain_words(&self) -> impl Iterator<Item = &QueryWord> {
        let terms = self.clauses.iter().flat_map(|clause| &clause.alternatives);
        terms.filter(|term| term.occur == Occur::Include).filter_map(|term| match &term.condition {
            Condition::Word(word) if word.is_plain() => Some(word.as_ref()),
            _ => None,
        })
    }

    /// Number of words; they have the indexes below it.
    pub fn word_count(&self) -> usize {
        self.word_count
    }
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source && self.skipped == other.skipped
    }
}

impl Eq for Query {}

fn includes_skipped(clauses: &[Clause]) -> bool {
    let mut terms = clauses.iter().flat_map(|clause| &clause.alternatives);
    terms.any(|term| matches!(term.condition, Condition::Predicate(Predicate::Mark(Mark::Skipped))))
}
