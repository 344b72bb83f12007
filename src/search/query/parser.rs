//! Parser: builds clauses from tokens.
//!
//! ```text
//! alternatives  = conjunction { OR conjunction }
//! conjunction   = operand { [ AND ] operand }
//! operand       = { NOT } compound
//! compound      = primary { "|" primary }           without blanks
//! primary       = term | [ sign ] [ prefix ] "(" alternatives ")"
//! ```
//!
//! Exclusion is applied to the terms: `!(a b)` is `!a | !b`.

use std::ops::Range;

use super::ast::{Clause, Condition, Term};
use super::author_name::AuthorName;
use super::field::FieldPrefix;
use super::initials::{NameHint, name_hints};
use super::lexer::{Occur, Token, TokenKind};
use super::term::TermParser;

/// Result of the parser.
pub struct ParsedClauses {
    pub clauses: Vec<Clause>,
    /// Number of [`QueryWord`](super::QueryWord)s in the clauses.
    pub word_count: usize,
    /// Byte ranges of the values that their prefixes do not accept.
    pub invalid_values: Vec<Range<usize>>,
    /// Byte ranges of the tokens with a prefix whose value is missing or only begun.
    pub incomplete_terms: Vec<Range<usize>>,
    /// Of each token that is parsed; the others exceed the limits of a query.
    pub roles: Vec<TokenRole>,
}

/// The prefix and occurrence of a term or group as its groups and operators give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenRole {
    pub prefix: Option<FieldPrefix>,
    pub occur: Occur,
}

/// Words, phrases and regular expressions of a query: each takes a pass over the corpus. A pasted
/// title has fewer.
const MAX_TEXT_TERMS: usize = 64;
/// Terms of a query in all. A higher limit, since a list of identifiers can be long.
const MAX_TERMS: usize = 1024;

pub fn parse_clauses(source: &str, tokens: &[Token]) -> ParsedClauses {
    let hints = name_hints(source, tokens);
    let terms = TermParser::new(source);
    let mut parser = Parser {
        tokens,
        hints,
        terms,
        at: 0,
        end: tokens.len(),
        term_count: 0,
        text_count: 0,
        incomplete_terms: Vec::new(),
        roles: vec![TokenRole::TOP; tokens.len()],
    };
    let clauses = parser.alternatives(TokenRole::TOP).map_or_else(Vec::new, Node::into_clauses);
    parser.roles.truncate(parser.end);
    ParsedClauses {
        clauses,
        word_count: parser.terms.word_count,
        invalid_values: parser.terms.invalid_values,
        incomplete_terms: parser.incomplete_terms,
        roles: parser.roles,
    }
}

/// A part of the query, with exclusion applied to its terms.
enum Node {
    Term(Term),
    /// All must match.
    All(Vec<Self>),
    /// One must match.
    Any(Vec<Self>),
}

impl Node {
    /// The parts joined by AND, or if they are excluded by OR. `None` without parts.
    fn all(mut parts: Vec<Self>, occur: Occur) -> Option<Self> {
        match (parts.len(), occur) {
            (0 | 1, _) => parts.pop(),
            (_, Occur::Include) => Some(Self::All(parts)),
            (_, Occur::Exclude) => Some(Self::Any(parts)),
        }
    }

    /// The parts joined by OR, or if they are excluded by AND.
    fn any(parts: Vec<Self>, occur: Occur) -> Option<Self> {
        Self::all(parts, Occur::Exclude.within(occur))
    }

    fn into_clauses(self) -> Vec<Clause> {
        match self {
            Self::All(parts) => parts.into_iter().flat_map(Self::into_clauses).collect(),
            Self::Term(_) | Self::Any(_) => {
                vec![Clause { alternatives: self.into_alternatives() }]
            }
        }
    }

    fn into_alternatives(self) -> Vec<Term> {
        match self {
            Self::Term(term) => vec![term],
            Self::Any(parts) => parts.into_iter().flat_map(Self::into_alternatives).collect(),
            Self::All(_) => {
                let condition = Condition::Group(self.into_clauses());
                vec![Term { occur: Occur::Include, condition }]
            }
        }
    }
}

impl TokenRole {
    /// Outside of groups.
    const TOP: Self = Self { prefix: None, occur: Occur::Include };

    /// The role of a token within this one.
    fn with(self, token: &Token) -> Self {
        Self { prefix: token.prefix.or(self.prefix), occur: token.occur.within(self.occur) }
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    hints: Vec<Option<NameHint>>,
    terms: TermParser<'a>,
    at: usize,
    /// Number of tokens within the limits of a query.
    end: usize,
    term_count: usize,
    text_count: usize,
    incomplete_terms: Vec<Range<usize>>,
    roles: Vec<TokenRole>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        if self.at < self.end { self.tokens.get(self.at) } else { None }
    }

    fn kind(&self) -> Option<TokenKind> {
        self.peek().map(|token| token.kind)
    }

    fn alternatives(&mut self, group: TokenRole) -> Option<Node> {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.conjunction(group));
            match self.kind() {
                Some(TokenKind::Or | TokenKind::TightOr) => self.at += 1,
                _ => return Node::any(parts, group.occur),
            }
        }
    }

    fn conjunction(&mut self, group: TokenRole) -> Option<Node> {
        let mut parts = Vec::new();
        loop {
            match self.kind() {
                None | Some(TokenKind::Or | TokenKind::TightOr | TokenKind::Close) => {
                    return Node::all(parts, group.occur);
                }
                Some(TokenKind::And | TokenKind::Connective) => self.at += 1,
                Some(_) => parts.extend(self.operand(group)),
            }
        }
    }

    fn operand(&mut self, group: TokenRole) -> Option<Node> {
        let mut group = group;
        while self.kind() == Some(TokenKind::Not) {
            group.occur = Occur::Exclude.within(group.occur);
            self.at += 1;
        }
        let mut parts = Vec::new();
        loop {
            // A value without blanks behind `author:a|` is one of the same field.
            let own_prefix = self.peek().and_then(|token| token.prefix);
            parts.extend(self.primary(group));
            group.prefix = own_prefix.or(group.prefix);
            if self.kind() != Some(TokenKind::TightOr) {
                return Node::any(parts, group.occur);
            }
            self.at += 1;
        }
    }

    fn primary(&mut self, group: TokenRole) -> Option<Node> {
        let token = self.peek()?;
        match token.kind {
            TokenKind::Open => {
                let role = group.with(token);
                self.roles[self.at] = role;
                self.at += 1;
                let node = self.alternatives(role);
                if self.kind() == Some(TokenKind::Close) {
                    self.at += 1;
                }
                node
            }
            TokenKind::Plain | TokenKind::Quoted | TokenKind::Regex => self.term(token, group),
            // The operand is missing.
            _ => None,
        }
    }

    /// The term of the token. An incomplete term is left out, also among alternatives.
    fn term(&mut self, token: &Token, group: TokenRole) -> Option<Node> {
        if self.term_count == MAX_TERMS || self.text_count == MAX_TEXT_TERMS {
            self.end = self.at;
            return None;
        }
        let hint = self.hints.get(self.at).cloned().flatten();
        let role = group.with(token);
        let TokenRole { prefix, occur } = role;
        self.roles[self.at] = role;
        self.at += 1;
        let alternatives = self.terms.alternatives(token, prefix, occur);
        if alternatives.is_empty() {
            self.incomplete_terms.extend(prefix.map(|_| token.range.clone()));
            return None;
        }
        self.term_count += 1;
        let is_text =
            alternatives.iter().any(|it| !matches!(it.condition, Condition::Predicate(_)));
        self.text_count += usize::from(is_text);
        let mut parts: Vec<Node> = alternatives.into_iter().map(Node::Term).collect();
        if let Some(hint) = hint.filter(|_| occur == Occur::Include && prefix.is_none()) {
            parts.extend(name_alternatives(&hint));
        }
        Node::any(parts, occur)
    }
}

/// The name that a token is a part of, which it matches beside its text.
fn name_alternatives(hint: &NameHint) -> Vec<Node> {
    let name = |name: AuthorName| {
        Node::Term(Term { occur: Occur::Include, condition: Condition::Name(Box::new(name)) })
    };
    match hint {
        NameHint::Initials(names) => names.iter().cloned().map(name).collect(),
        NameHint::Between(names) => vec![Node::All(names.iter().cloned().map(name).collect())],
    }
}
