//! What the user asks for: parsed once, without ever failing.

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

/// A parsed query. Queries are the same if they are written the same and find the same papers.
#[derive(Debug, Clone, Default)]
pub struct Query {
    source: String,
    tokens: Vec<Token>,
    /// A paper matches if it matches every one of them.
    clauses: Vec<Clause>,
    /// How many words there are to be found by any tier; they are numbered up to it.
    word_count: usize,
    /// The values that cannot be understood.
    invalid_values: Vec<Range<usize>>,
    /// The terms with a prefix that ask nothing yet.
    warnings: Vec<Range<usize>>,
    skipped: SkippedPapers,
}

/// Whether papers that the reader has put out of sight are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum SkippedPapers {
    #[default]
    Hidden,
    Included,
}

/// What a part of the query's text is, to be coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// `author:`, also where a term is excluded.
    Prefix,
    /// What stands behind a prefix.
    Value,
    /// `|`, `OR`, `!`, `'`, `^`, quotes and slashes.
    Operator,
    Word,
    /// A word that must not occur.
    Negated,
    /// A value that its prefix does not take, or what looks like a prefix and is none.
    Invalid,
}

impl Query {
    /// Parses what was typed. What makes no sense as syntax is text to be found.
    pub fn parse(source: &str) -> Self {
        let mut tokens = lexer::tokens(source);
        let ParsedClauses {
            clauses,
            word_count: words,
            invalid_values: unknown,
            incomplete,
            token_count: taken,
        } = parser::parse_clauses(source, &tokens);
        tokens.truncate(taken);
        let skipped = if asks_for_skipped(&clauses) {
            SkippedPapers::Included
        } else {
            SkippedPapers::Hidden
        };
        Self {
            source: source.to_owned(),
            tokens,
            clauses,
            word_count: words,
            invalid_values: unknown,
            warnings: incomplete,
            skipped,
        }
    }

    /// Returns the end of the query that is not asked, since the query is longer than any that a
    /// paper is looked for by; empty as a rule.
    pub fn ignored_tail(&self) -> &str {
        let end = self.tokens.last().map_or(0, |it| it.range.end);
        self.source[end..].trim()
    }

    /// The same query, which finds what the reader has put out of sight too.
    #[must_use]
    pub fn with_skipped(self) -> Self {
        Self { skipped: SkippedPapers::Included, ..self }
    }

    /// A sentence on each value that is missing, is only the beginning of one, or is none that its
    /// prefix takes. Such a term asks nothing yet, or is text: right while it is typed, and wrong
    /// where nothing more will be.
    pub fn incomplete(&self) -> Vec<String> {
        let told = self.tokens.iter().filter_map(|token| {
            let field = match token.prefix? {
                FieldPrefix::Field(field) => field,
                // Without a value they are left out like those of text.
                FieldPrefix::Start | FieldPrefix::End => QueryField::Title,
            };
            let is_unknown = self.invalid_values.contains(&token.value);
            if !is_unknown && !self.warnings.contains(&token.range) {
                return None;
            }
            let why = match field {
                QueryField::Is | QueryField::Has => {
                    let values: Vec<&str> = parser::value_names(field).collect();
                    format!("{}: takes {}", field.prefix(), values.join(", "))
                }
                QueryField::Year => "year: takes 2023, 2019..2021 or >2020".to_owned(),
                _ if is_unknown => return None,
                _ => "its value is missing".to_owned(),
            };
            Some(format!("`{}` matches nothing: {why}", &self.source[token.range.clone()]))
        });
        told.collect()
    }

    /// Whether there are papers that the reader has put out of sight and that are not asked for.
    pub fn hides_any(&self, marks: &Marks) -> bool {
        self.skipped == SkippedPapers::Hidden && marks.count(Mark::Skipped) > 0
    }

    /// Whether the paper is one that the reader has put out of sight and that is not asked for.
    pub fn hides(&self, marks: &Marks, id: PaperId) -> bool {
        self.skipped == SkippedPapers::Hidden && marks.has(Mark::Skipped, id)
    }

    /// Whether a paper that was found still has the marks that are asked for. What is asked of
    /// anything else is taken to hold, since only marks change.
    pub fn matches_marks(&self, marks: &Marks, id: PaperId) -> bool {
        let holds = |term: &Term| match &term.condition {
            Condition::Predicate(filter) => passes_mark_filter(filter, marks, id)
                .is_none_or(|passes| passes == (term.polarity == Occur::Include)),
            _ => true,
        };
        let all_hold = self.clauses.iter().all(|clause| clause.alternatives.iter().any(holds));
        all_hold && !self.hides(marks, id)
    }

    /// Whether it takes the reader's marks to answer.
    pub fn depends_on_marks(&self) -> bool {
        let mut terms = self.clauses.iter().flat_map(|clause| &clause.alternatives);
        terms.any(|term| {
            let Condition::Predicate(filter) = &term.condition else { return false };
            passes_mark_filter(filter, &Marks::default(), PaperId(0)).is_some()
        })
    }

    /// Whether the other differs in blanks behind its last term at most.
    pub fn is_equivalent(&self, other: &Self) -> bool {
        let text = |query: &Self| query.tokens.last().map_or(0, |it| it.range.end);
        self.skipped == other.skipped
            && self.tokens == other.tokens
            && self.source[..text(self)] == other.source[..text(other)]
    }

    /// Whether a paper matches or not whatever others there are, and whatever it is marked with.
    pub fn depends_on_papers_only(&self) -> bool {
        let is_of_paper = |term: &Term| match &term.condition {
            // Citation keys, of letters and a year, depend on those of others.
            Condition::Word(word) => {
                let has = |kind: fn(&u8) -> bool| word.needle.needle().iter().any(kind);
                !(has(u8::is_ascii_alphabetic) && has(u8::is_ascii_digit))
            }
            Condition::Phrase(_) | Condition::Regex(_) => true,
            Condition::Predicate(filter) => match filter {
                Predicate::Years(_)
                | Predicate::Category(..)
                | Predicate::Venue(..)
                | Predicate::Id(_) => true,
                Predicate::Has(given) => *given != HasField::Key,
                Predicate::Key(_)
                | Predicate::Mark(_)
                | Predicate::Unread
                | Predicate::Tag(..)
                | Predicate::Note(_) => false,
            },
        };
        self.clauses.iter().flat_map(|clause| &clause.alternatives).all(is_of_paper)
    }

    /// Whether this is the other with letters added to its last word, so that whatever this finds
    /// contiguous is among what the other does, but for initials of the fewest letters.
    pub fn narrows(&self, other: &Self) -> bool {
        let (Some((last, before)), Some((others, others_before))) =
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
        let (Some(word), Some(others_word)) = (word(self, last), word(other, others)) else {
            return false;
        };
        let is_included = |token: &Token| token.occur == Occur::Include;
        self.skipped == other.skipped
            && before == others_before
            && before.iter().all(is_included)
            && last.range.start == others.range.start
            && self.source[..last.range.start] == other.source[..others.range.start]
            && word.starts_with(&others_word)
            // Initials are looked at only from some letters on, where they are looked for once more.
            && (others_word.len() >= MIN_INITIALS_LEN
                || before.is_empty() && word.len() <= MIN_INITIALS_LEN)
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether every paper matches.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The parts of the text, in order, blanks left out.
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
        let unknown = match (token.prefix, token.kind) {
            (None, TokenKind::Plain) => {
                value.start + unknown_prefix_len(&self.source[value.clone()])
            }
            _ => value.start,
        };
        [
            (head.start..sign.start, head_kind),
            (sign.clone(), Span::Operator),
            (sign.end..value.start.max(sign.end), head_kind),
            (value.start..unknown, Span::Invalid),
            (unknown..value.end, kind),
            (value.end..range.end, Span::Operator),
        ]
    }

    /// How the query speaks of a value of a field, if it does.
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

    /// The words that are looked for, of letters and digits only.
    pub fn plain_words(&self) -> impl Iterator<Item = &QueryWord> {
        let terms = self.clauses.iter().flat_map(|clause| &clause.alternatives);
        terms.filter(|term| term.polarity == Occur::Include).filter_map(|term| {
            match &term.condition {
                Condition::Word(word) if word.is_plain() => Some(word.as_ref()),
                _ => None,
            }
        })
    }

    /// How many words there are to be found by any tier; each has its number.
    pub fn words(&self) -> usize {
        self.word_count
    }
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source && self.skipped == other.skipped
    }
}

impl Eq for Query {}

fn asks_for_skipped(clauses: &[Clause]) -> bool {
    let mut terms = clauses.iter().flat_map(|clause| &clause.alternatives);
    terms.any(|term| matches!(term.condition, Condition::Predicate(Predicate::Mark(Mark::Skipped))))
}
