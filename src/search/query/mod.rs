//! Queries: lexer, parser, syntax tree, and edits of the text. Parsing never fails.

pub mod ast;
pub mod author_name;
mod canonical;
pub mod count_range;
pub mod date;
pub mod edit;
pub mod field;
pub mod help;
mod initials;
pub mod lexer;
pub mod mark_filter;
pub mod operands;
mod parentheses;
mod parser;
mod spans;
mod spellings;
mod term;
mod tex;
pub mod typed_prefix;
mod value;
mod warning;
pub mod year;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::{Mark, Marks, PaperId};
use ast::{MIN_INITIALS_LEN, leaf_terms};
use date::{CalendarDay, DateRange};
use lexer::{Token, TokenKind};
use mark_filter::passes_mark_filter;
use parser::{ParsedClauses, TokenRole};
use tex::displayed_query;

pub use ast::{
    Anchor, Clause, Condition, FieldScope, HasField, Phrase, Predicate, QueryWord, Term, WholeWord,
    WordKey,
};
pub use edit::{Toggle, ValueState, format_term, toggle_value};
pub use field::{FieldPrefix, QueryField};
pub use lexer::Occur;
pub use spans::Span;
pub use typed_prefix::{TypedPrefix, prefix_at};
pub use value::{normalise_value, value_names};
pub use warning::{QueryWarning, WarningEffect};

/// The sign for a line break of a pasted text, since a query has one line. Among words it is a
/// blank.
pub const LINE_BREAK: char = '⏎';

/// A parsed query. Queries are equal if their texts are, both include or hide skipped papers, and
/// today is the same day, if they depend on it.
#[derive(Debug, Clone, Default)]
pub struct Query {
    source: String,
    tokens: Vec<Token>,
    /// The prefix and occurrence of each token.
    roles: Vec<TokenRole>,
    /// A paper matches if every clause does.
    clauses: Vec<Clause>,
    /// Number of [`QueryWord`]s; the words have the indexes below it.
    word_count: usize,
    /// Byte ranges of the values that their prefixes do not accept.
    invalid_values: Vec<Range<usize>>,
    /// Byte ranges of the terms whose value is missing or only begun. They are left out.
    incomplete_terms: Vec<Range<usize>>,
    skipped: SkippedPapers,
    today: Option<CalendarDay>,
    /// True if the text has TeX: the tokens are those of the text with it, the clauses those of the
    /// text as it is displayed.
    has_tex: bool,
}

/// Treatment of papers that are marked as skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum SkippedPapers {
    #[default]
    Hidden,
    Included,
}

impl Query {
    /// Parses a query. Text that is no valid syntax is searched for as text. Text with TeX finds what
    /// it is displayed as.
    pub fn parse(source: &str) -> Self {
        let typed = Self::parse_text(source);
        let Some(displayed) = displayed_query(source, &typed.tokens) else { return typed };
        // The terms are those of another text, and so are the ranges of their values.
        let Self { clauses, word_count, skipped, .. } = Self::parse_text(&displayed);
        let (invalid_values, incomplete_terms) = (Vec::new(), Vec::new());
        let has_tex = true;
        Self { clauses, word_count, invalid_values, incomplete_terms, skipped, has_tex, ..typed }
    }

    /// Parses a query without converting its TeX.
    fn parse_text(source: &str) -> Self {
        let text = with_blank_line_breaks(source);
        let mut tokens = lexer::tokens(&text);
        let ParsedClauses { mut clauses, word_count, invalid_values, incomplete_terms, roles } =
            parser::parse_clauses(&text, &tokens);
        if word_count >= MIN_PROSE_WORDS {
            clauses.retain(|clause| !is_single_letter(clause));
        }
        tokens.truncate(roles.len());
        let skipped = if includes_skipped(&clauses) {
            SkippedPapers::Included
        } else {
            SkippedPapers::Hidden
        };
        Self {
            source: source.to_owned(),
            tokens,
            roles,
            clauses,
            word_count,
            invalid_values,
            incomplete_terms,
            skipped,
            today: None,
            has_tex: false,
        }
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

    /// The same query, with ages as in `since:7d` counted back from this day.
    #[must_use]
    pub fn with_today(mut self, today: CalendarDay) -> Self {
        set_today(&mut self.clauses, today);
        self.today = Some(today);
        self
    }

    /// The day from which ages are counted back, if it is set.
    pub fn today(&self) -> Option<CalendarDay> {
        self.today
    }

    /// Returns true if the query has an age, as in `since:7d`.
    pub fn depends_on_today(&self) -> bool {
        let mut terms = leaf_terms(&self.clauses).into_iter();
        terms.any(|term| matches!(term.condition, Condition::Predicate(Predicate::Newer(..))))
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
        clauses_hold(&self.clauses, marks, id) && !self.hides(marks, id)
    }

    /// Returns true if a condition depends on marks.
    pub fn depends_on_marks(&self) -> bool {
        let mut terms = leaf_terms(&self.clauses).into_iter();
        terms.any(|term| {
            let Condition::Predicate(predicate) = &term.condition else { return false };
            passes_mark_filter(predicate, &Marks::default(), PaperId(0)).is_some()
        })
    }

    /// Returns true if a word or a phrase of the query is also searched for in tags and notes.
    pub fn searches_tags_and_notes(&self) -> bool {
        let mut terms = leaf_terms(&self.clauses).into_iter();
        terms.any(|term| term.condition.is_in_tags_and_notes())
    }

    /// Returns true if the queries differ at most in blanks after the last term.
    pub fn is_equivalent(&self, other: &Self) -> bool {
        let end = |query: &Self| query.tokens.last().map_or(0, |it| it.range.end);
        self.skipped == other.skipped
            && self.tokens == other.tokens
            && self.source[..end(self)] == other.source[..end(other)]
            && self.ignored_tail() == other.ignored_tail()
    }

    /// Returns true if a match depends only on the paper itself, not on marks or other papers.
    pub fn depends_on_papers_only(&self) -> bool {
        let is_of_paper = |term: &Term| match &term.condition {
            // The word can match a citation key, whose suffix depends on other papers.
            Condition::Word(word) => {
                let has = |kind: fn(&u8) -> bool| word.needle.needle().iter().any(kind);
                !(has(u8::is_ascii_alphabetic) && has(u8::is_ascii_digit))
            }
            Condition::Phrase(_)
            | Condition::Regex(_)
            | Condition::Name(_)
            | Condition::Group(_) => true,
            Condition::Predicate(predicate) => match predicate {
                Predicate::Years(_)
                | Predicate::Dates(_)
                | Predicate::Newer(..)
                | Predicate::Category(..)
                | Predicate::Venue(..)
                | Predicate::Keyword(..)
                | Predicate::Origin(..)
                | Predicate::Collection(..)
                | Predicate::Kind(_)
                | Predicate::File(_)
                | Predicate::Citations(_)
                | Predicate::Retracted
                | Predicate::Votes(_)
                | Predicate::Arxiv(_)
                | Predicate::Doi(_)
                | Predicate::Id(_) => true,
                Predicate::Has(field) => *field != HasField::Key,
                Predicate::Key(_)
                | Predicate::Mark(_)
                | Predicate::Unread
                | Predicate::Tag(..)
                | Predicate::Note(_) => false,
            },
        };
        leaf_terms(&self.clauses).into_iter().all(is_of_paper)
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
        let is_included =
            |token: &Token| token.occur == Occur::Include && token.kind != TokenKind::Not;
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

    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The included words of letters and digits only.
    pub fn plain_words(&self) -> impl Iterator<Item = &QueryWord> {
        let terms = leaf_terms(&self.clauses).into_iter();
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
        self.source == other.source
            && self.skipped == other.skipped
            && (self.today == other.today || !self.depends_on_today())
    }
}

impl Eq for Query {}

/// Replaces each [`LINE_BREAK`] by blanks of the same length, so that offsets remain valid.
fn with_blank_line_breaks(source: &str) -> Cow<'_, str> {
    if !source.contains(LINE_BREAK) {
        return Cow::Borrowed(source);
    }
    Cow::Owned(source.replace(LINE_BREAK, &" ".repeat(LINE_BREAK.len_utf8())))
}

/// Words from which a query is a pasted sentence: its single letters, such as `a` or `1)`, ask for
/// nothing, since abstracts are not searched for them.
const MIN_PROSE_WORDS: usize = 8;

fn is_single_letter(clause: &Clause) -> bool {
    let [Term { occur: Occur::Include, condition: Condition::Word(word) }] =
        clause.alternatives.as_slice()
    else {
        return false;
    };
    !word.may_match_abstracts() && word.scope == FieldScope::Anywhere
}

fn includes_skipped(clauses: &[Clause]) -> bool {
    let mut terms = leaf_terms(clauses).into_iter();
    terms.any(|term| matches!(term.condition, Condition::Predicate(Predicate::Mark(Mark::Skipped))))
}

/// Returns true if all conditions on marks hold; the others are taken to hold.
fn clauses_hold(clauses: &[Clause], marks: &Marks, id: PaperId) -> bool {
    let holds = |term: &Term| match &term.condition {
        Condition::Predicate(predicate) => passes_mark_filter(predicate, marks, id)
            .is_none_or(|passes| passes == (term.occur == Occur::Include)),
        Condition::Group(group) => clauses_hold(group, marks, id),
        _ => true,
    };
    clauses.iter().all(|clause| clause.alternatives.iter().any(holds))
}

fn set_today(clauses: &mut [Clause], today: CalendarDay) {
    for term in clauses.iter_mut().flat_map(|clause| &mut clause.alternatives) {
        match &mut term.condition {
            Condition::Predicate(Predicate::Newer(age, dates)) => {
                *dates = Some(DateRange::newer_than(*age, today));
            }
            Condition::Group(group) => set_today(group, today),
            _ => {}
        }
    }
}
