//! Edits of a query's text: toggling of values, and formatting of terms.

use std::ops::Range;

use super::Query;
use super::field::{FieldPrefix, QueryField};
use super::lexer::{Occur, Token, TokenEnd, TokenKind};
use super::parentheses::{joined, simplified};
use super::parser::TokenRole;
use super::value::normalise_value;

/// A toggle of a value: adds it as included or excluded, or removes it if it is there so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toggle {
    Include,
    Exclude,
}

/// State of a value that a query names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueState {
    Included,
    Excluded,
}

/// Adds a value as included (`cat:cs.CL`) or excluded (`!cat:cs.CL`), or removes it if the query
/// already has it so.
///
/// An included value is added as an alternative to the included values of the same field. Other text
/// keeps its meaning: alternatives are put in parentheses where needed. An author is added as
/// `author="Bo Li"`, which finds the papers that have the name exactly so. `None` if the text would
/// mean something else beside the value, since it has parentheses that are not closed.
pub fn toggle_value(
    source: &str,
    field: QueryField,
    value: &str,
    toggle: Toggle,
) -> Option<String> {
    let query = Query::parse(source);
    let occur = match toggle {
        Toggle::Include => Occur::Include,
        Toggle::Exclude => Occur::Exclude,
    };
    let Some(at) = query.value_position(field, value) else {
        return query.with_value(field, value, occur);
    };
    let rest = query.without_token(at);
    if query.roles[at].occur == occur {
        return Some(rest);
    }
    Query::parse(&rest).with_value(field, value, occur)
}

/// The term that includes a value, quoted if needed.
pub fn format_term(field: QueryField, value: &str) -> String {
    let value = value.trim().replace('"', "'");
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let prefix = field.prefix();
    // A quoted venue, keyword, source, collection or name matches as a whole.
    let is_name = matches!(field, QueryField::Venue | QueryField::Authors | QueryField::Keyword)
        || matches!(field, QueryField::Origin | QueryField::Collection);
    if is_name || !value.chars().all(is_plain) {
        format!("{prefix}:\"{value}\"")
    } else {
        format!("{prefix}:{value}")
    }
}

/// The term that a toggle adds.
fn toggled_term(field: QueryField, value: &str, occur: Occur) -> String {
    let sign = if occur == Occur::Exclude { "!" } else { "" };
    match field {
        QueryField::Authors => format!("{sign}author=\"{}\"", value.trim().replace('"', "'")),
        _ => format!("{sign}{}", format_term(field, value)),
    }
}

/// Parentheses of a plain word.
struct WordParentheses {
    /// Number of those that are not closed in the word.
    unclosed: usize,
    /// True if a parenthesis of the word would close a group around it.
    closes_group: bool,
}

impl Query {
    /// The state of a field's value, or `None` if the query does not name it.
    pub fn value_state(&self, field: QueryField, value: &str) -> Option<ValueState> {
        let at = self.value_position(field, value)?;
        Some(match self.roles[at].occur {
            Occur::Include => ValueState::Included,
            Occur::Exclude => ValueState::Excluded,
        })
    }

    /// Returns true if the query names an included value of the field.
    pub fn includes_value(&self, field: QueryField) -> bool {
        self.included_position(field).is_some()
    }

    /// The text without the included values of a field; `None` if it has none.
    pub fn without_values(&self, field: QueryField) -> Option<String> {
        let mut rest = self.without_token(self.included_position(field)?);
        loop {
            let query = Self::parse(&rest);
            let Some(at) = query.included_position(field) else { return Some(rest) };
            let shorter = query.without_token(at);
            if shorter.len() >= rest.len() {
                return Some(rest);
            }
            rest = shorter;
        }
    }

    /// The index of the first token with an included value of the field.
    fn included_position(&self, field: QueryField) -> Option<usize> {
        (0..self.tokens.len()).find(|at| self.has_included_value(*at, field))
    }

    fn has_included_value(&self, at: usize, field: QueryField) -> bool {
        let (token, role) = (&self.tokens[at], self.roles[at]);
        role.occur == Occur::Include
            && role.prefix == Some(FieldPrefix::Field(field))
            && token.kind.is_term()
            && !token.value.is_empty()
            && !self.invalid_values.contains(&token.value)
    }

    /// The index of the token with the value.
    fn value_position(&self, field: QueryField, value: &str) -> Option<usize> {
        let value = normalise_value(value);
        let has_value = |at: &usize| {
            let token = &self.tokens[*at];
            token.kind.is_term()
                && self.roles[*at].prefix == Some(FieldPrefix::Field(field))
                && normalise_value(&self.source[token.value.clone()]) == value
        };
        if value.is_empty() { None } else { (0..self.tokens.len()).find(has_value) }
    }

    /// The text with a value added; `None` if its other terms would change.
    fn with_value(&self, field: QueryField, value: &str, occur: Occur) -> Option<String> {
        if normalise_value(value).is_empty() {
            return Some(self.source.clone());
        }
        // Parentheses around a formula become part of it.
        if self.has_tex && self.has_top_alternatives() {
            return None;
        }
        let text = self.text_with_value(field, value, occur);
        let query = Self::parse(&text);
        let at = query.value_position(field, value)?;
        let is_kept = query.roles[at].occur == occur
            && query.has_tex == self.has_tex
            && Self::parse(&query.without_token(at)).terms().eq(self.terms());
        is_kept.then_some(text)
    }

    /// The terms in order, each with its text, kind, field and occurrence.
    pub fn terms(&self) -> impl Iterator<Item = (&str, TokenKind, TokenRole)> {
        let tokens = self.tokens.iter().zip(&self.roles).filter(|(token, _)| token.kind.is_term());
        tokens.map(|(token, role)| (&self.source[token.value.clone()], token.kind, *role))
    }

    /// The text with a value added where it leaves the meaning of most texts.
    fn text_with_value(&self, field: QueryField, value: &str, occur: Occur) -> String {
        let source = self.source.as_str();
        let term = toggled_term(field, value, occur);
        // A value of a text with TeX may be a part of a formula.
        let has_alternatives = occur == Occur::Include && !self.has_tex;
        if let Some(range) = self.alternatives_range(field).filter(|_| has_alternatives) {
            let (before, after) = (&source[..range.start], &source[range.end..]);
            let alternatives = format!("{} | {term}", &source[range.clone()]);
            return if self.is_whole_conjunction(&range) {
                format!("{before}{alternatives}{after}")
            } else {
                format!("{before}({alternatives}){after}")
            };
        }
        let appended = format!("{} {term}", source.trim_end());
        let first_occur = |query: &Self| query.tokens.first().map(|token| token.occur);
        let must_be_grouped = self.has_top_alternatives() && !self.has_stray_parenthesis();
        match (must_be_grouped, self.is_open()) {
            _ if source.trim().is_empty() => term,
            // A term after an open token would become part of it.
            (true, true) => format!("{term} ({source}"),
            (true, false) if self.takes_parenthesis() => format!("({} ) {term}", source.trim()),
            (true, false) => format!("({}) {term}", source.trim()),
            (false, true) => format!("{term} {source}"),
            // A query that is only `!Kung` excludes it, but one that goes on has it as text.
            (false, false) if first_occur(&Self::parse(&appended)) != first_occur(self) => {
                format!("{term} {source}")
            }
            (false, false) => appended,
        }
    }

    /// Returns true if text appended to the query becomes part of a token, of a group or of an
    /// operand.
    fn is_open(&self) -> bool {
        let is_open = |token: &Token| token.end == TokenEnd::Open;
        let might_close = |token: &Token| is_open(token) && token.kind == TokenKind::Plain;
        self.open_groups() > 0
            || self.tokens.iter().any(might_close)
            || self.tokens.last().is_some_and(is_open)
    }

    /// Returns true if the last word would take a parenthesis behind it, as `f(` does.
    pub fn takes_parenthesis(&self) -> bool {
        self.tokens.last().is_some_and(|last| {
            last.kind == TokenKind::Plain && self.word_parentheses(last).unclosed > 0
        })
    }

    /// Number of groups that are not closed.
    pub fn open_groups(&self) -> usize {
        let count = |kind| self.tokens.iter().filter(|token| token.kind == kind).count();
        count(TokenKind::Open) - count(TokenKind::Close)
    }

    /// Returns true if OR joins parts of the query outside of groups.
    fn has_top_alternatives(&self) -> bool {
        let mut depth = 0_usize;
        self.tokens.iter().any(|token| {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            token.kind == TokenKind::Or && depth == 0
        })
    }

    /// Returns true if a parenthesis of the text would close a group around it.
    fn has_stray_parenthesis(&self) -> bool {
        self.tokens.iter().any(|token| match token.kind {
            TokenKind::Plain => self.word_parentheses(token).closes_group,
            TokenKind::Regex => self.source[token.range.clone()].contains("/)"),
            _ => false,
        })
    }

    fn word_parentheses(&self, token: &Token) -> WordParentheses {
        let (mut unclosed, mut closes_group) = (0, false);
        for c in self.source[token.value.clone()].chars() {
            match c {
                '(' => unclosed += 1,
                ')' if unclosed > 0 => unclosed -= 1,
                ')' => closes_group = true,
                _ => {}
            }
        }
        WordParentheses { unclosed, closes_group }
    }

    /// The range of the last included value of the field, with those joined to it without blanks.
    fn alternatives_range(&self, field: QueryField) -> Option<Range<usize>> {
        // Within an excluded group, `!cat:a` is included, but a value beside it would be excluded.
        let is_same_field = |at: &usize| {
            let token = &self.tokens[*at];
            token.end == TokenEnd::Closed
                && token.occur == Occur::Include
                && self.has_included_value(*at, field)
        };
        let at = (0..self.tokens.len()).rfind(is_same_field)?;
        let is_tight = |at: usize| self.kind_at(Some(at)) == Some(TokenKind::TightOr);
        let (mut first, mut last) = (at, at);
        while first >= 2 && is_tight(first - 1) && self.tokens[first - 2].kind.is_term() {
            first -= 2;
        }
        while is_tight(last + 1) && self.tokens.get(last + 2).is_some_and(|it| it.kind.is_term()) {
            last += 2;
        }
        let is_beside_group = first > 0 && is_tight(first - 1) || is_tight(last + 1);
        let range = self.tokens[first].range.start..self.tokens[last].range.end;
        let is_closed = self.tokens[last].end == TokenEnd::Closed;
        (!is_beside_group && is_closed && !self.has_stray_parenthesis()).then_some(range)
    }

    /// Returns true if the range is between OR, parentheses and the ends of the query.
    fn is_whole_conjunction(&self, range: &Range<usize>) -> bool {
        let before = self.tokens.iter().rfind(|token| token.range.end <= range.start);
        let after = self.tokens.iter().find(|token| token.range.start >= range.end);
        before.is_none_or(|it| matches!(it.kind, TokenKind::Or | TokenKind::Open))
            && after.is_none_or(|it| matches!(it.kind, TokenKind::Or | TokenKind::Close))
    }

    pub fn kind_at(&self, at: Option<usize>) -> Option<TokenKind> {
        self.tokens.get(at?).map(|token| token.kind)
    }

    /// The text without a term, without the operator that would lose its operand, and without
    /// groups that would be empty or superfluous.
    fn without_token(&self, at: usize) -> String {
        let (tokens, source) = (&self.tokens, self.source.as_str());
        let start_of = |at: usize| tokens.get(at).map_or(source.len(), |it| it.range.start);
        if self.kind_at(Some(at + 1)) == Some(TokenKind::TightOr) {
            let is_needed = tokens[at].prefix.is_some()
                && tokens.get(at + 2).is_some_and(|next| next.prefix.is_none());
            let prefix = tokens[at].prefix.filter(|_| is_needed);
            let prefix = prefix.map_or_else(String::new, |it| format!("{}:", it.name()));
            return format!("{}{prefix}{}", &source[..start_of(at)], &source[start_of(at + 2)..]);
        }
        if self.kind_at(at.checked_sub(1)) == Some(TokenKind::TightOr) {
            let end = tokens[at].range.end;
            return format!("{}{}", &source[..start_of(at - 1)], &source[end..]);
        }
        let removed = self.removed_tokens(at..at + 1);
        let (start, end) = (start_of(removed.start), tokens[removed.end - 1].range.end);
        let before = &source[..start];
        let after = match self.kind_at(Some(removed.end)) {
            None => "",
            Some(TokenKind::Or | TokenKind::Close) => &source[end..],
            Some(_) => &source[start_of(removed.end)..],
        };
        let is_at_end = !matches!(self.kind_at(Some(removed.end)), Some(kind) if kind != TokenKind::Or && kind != TokenKind::Close);
        let before = if is_at_end { before.trim_end() } else { before };
        let rest = simplified(&joined(before, after), before.len());
        self.with_first_exclusion(rest)
    }

    /// The tokens to remove with a range of them.
    fn removed_tokens(&self, range: Range<usize>) -> Range<usize> {
        let mut range = range;
        loop {
            while self.kind_at(range.start.checked_sub(1)) == Some(TokenKind::Not) {
                range.start -= 1;
            }
            let before = self.kind_at(range.start.checked_sub(1));
            let after = self.kind_at(Some(range.end));
            let is_start = matches!(before, None | Some(TokenKind::Or | TokenKind::Open));
            let is_end = matches!(after, None | Some(TokenKind::Or | TokenKind::Close));
            match (before, after) {
                (Some(TokenKind::And), _) => range.start -= 1,
                (_, Some(TokenKind::And)) if is_start => range.end += 1,
                (Some(TokenKind::Or), _) if is_end => range.start -= 1,
                (_, Some(TokenKind::Or)) if is_start => range.end += 1,
                (Some(TokenKind::Open), None | Some(TokenKind::Close)) => {
                    range = range.start - 1..(range.end + 1).min(self.tokens.len());
                    continue;
                }
                _ => {}
            }
            return range;
        }
    }

    /// The rest of this query after a removal. A first `!Kung` that was excluded would become text.
    fn with_first_exclusion(&self, rest: String) -> String {
        let query = Self::parse(&rest);
        let is_text = |token: &Token| {
            token.occur == Occur::Include && rest[token.range.clone()].starts_with('!')
        };
        let first = query.tokens.iter().find(|token| token.kind.is_term() && is_text(token));
        let Some(first) = first else { return rest };
        let word = &rest[first.range.clone()];
        let was_excluded = |token: &Token| {
            token.occur == Occur::Exclude && &self.source[token.range.clone()] == word
        };
        if self.tokens.iter().any(was_excluded) {
            format!("{}-{}", &rest[..first.range.start], &rest[first.range.start + 1..])
        } else {
            rest
        }
    }
}
