//! Parser: builds clauses from tokens.

use std::ops::Range;

use memchr::memmem::Finder;
use regex::RegexBuilder;

use super::ast::{
    Anchor, Clause, Condition, FieldScope, HasField, Phrase, Predicate, QueryWord, Term, WholeWord,
    YearRange,
};
use super::field::{FieldPrefix, QueryField};
use super::lexer::{Occur, Token, TokenEnd, TokenKind};
use crate::domain::{Identifier, Mark};
use crate::text::{fold, umlaut_variants};

/// Size limit of a compiled regular expression, in bytes. A larger one is searched for as text.
const MAX_REGEX_SIZE: usize = 1 << 20;

/// Result of the parser.
pub struct ParsedClauses {
    pub clauses: Vec<Clause>,
    /// Number of [`QueryWord`]s in the clauses.
    pub word_count: usize,
    /// Byte ranges of the values that their prefixes do not accept.
    pub invalid_values: Vec<Range<usize>>,
    /// Byte ranges of the tokens with a prefix whose value is missing or only begun.
    pub incomplete_terms: Vec<Range<usize>>,
    /// Number of tokens parsed; the others exceed the limits of a query.
    pub token_count: usize,
}

/// Words, phrases and regular expressions of a query: each takes a pass over the corpus. A pasted
/// title has fewer.
const MAX_TEXT_TERMS: usize = 64;
/// Terms of a query in all. A higher limit, since a list of identifiers can be long.
const MAX_TERMS: usize = 1024;
/// Blanks of a phrase up to which it is also searched for with hyphens: at most 8 spellings.
const MAX_HYPHENATED_BLANKS: usize = 3;

pub fn parse_clauses(source: &str, tokens: &[Token]) -> ParsedClauses {
    let mut parser = Parser { source, word_count: 0, invalid_values: Vec::new() };
    let mut clauses: Vec<Clause> = Vec::new();
    let mut incomplete_terms = Vec::new();
    let mut before = PreviousToken::Nothing;
    let (mut terms, mut texts, mut token_count) = (0, 0, tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        if terms == MAX_TERMS || texts == MAX_TEXT_TERMS {
            token_count = at;
            break;
        }
        if token.kind == TokenKind::Or {
            before = if before == PreviousToken::Term {
                PreviousToken::Or
            } else {
                PreviousToken::Nothing
            };
            continue;
        }
        // An incomplete term is left out, also among alternatives.
        let Some(term) = parser.term(token) else {
            incomplete_terms.extend(token.prefix.map(|_| token.range.clone()));
            before = PreviousToken::Nothing;
            continue;
        };
        terms += 1;
        texts += usize::from(!matches!(term.condition, Condition::Predicate(_)));
        match clauses.last_mut() {
            Some(clause) if before == PreviousToken::Or => clause.alternatives.push(term),
            _ => clauses.push(Clause { alternatives: vec![term] }),
        }
        before = PreviousToken::Term;
    }
    let Parser { word_count, invalid_values, .. } = parser;
    ParsedClauses { clauses, word_count, invalid_values, incomplete_terms, token_count }
}

/// The kind of the token before the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PreviousToken {
    Nothing,
    Term,
    Or,
}

struct Parser<'a> {
    source: &'a str,
    word_count: usize,
    invalid_values: Vec<Range<usize>>,
}

impl Parser<'_> {
    /// The term of a token, or `None` while it is incomplete.
    fn term(&mut self, token: &Token) -> Option<Term> {
        let value = &self.source[token.value.clone()];
        let condition = if token.kind == TokenKind::Regex {
            regex(value).or_else(|| self.literal(token))?
        } else {
            match token.prefix {
                None if token.kind == TokenKind::Plain
                    && Identifier::recognise(value).is_some() =>
                {
                    Condition::Predicate(Predicate::Id(normalise_identifier(value)))
                }
                None => self.text(token, value, FieldScope::Anywhere, Anchor::None)?,
                Some(FieldPrefix::Start) => {
                    self.text(token, value, FieldScope::Anywhere, Anchor::Start)?
                }
                Some(FieldPrefix::End) => {
                    self.text(token, value, FieldScope::Anywhere, Anchor::End)?
                }
                Some(FieldPrefix::Field(QueryField::Title)) => {
                    self.text(token, value, FieldScope::Title, Anchor::None)?
                }
                Some(FieldPrefix::Field(QueryField::Authors)) => {
                    self.text(token, value, FieldScope::Authors, Anchor::None)?
                }
                Some(FieldPrefix::Field(QueryField::Abstract)) => {
                    self.text(token, value, FieldScope::Abstract, Anchor::None)?
                }
                Some(FieldPrefix::Field(field)) => match predicate(field, value, token) {
                    PrefixValue::Predicate(predicate) => {
                        if matches!(predicate, Predicate::Years(years) if !years.is_plausible()) {
                            self.invalid_values.push(token.value.clone());
                        }
                        Condition::Predicate(predicate)
                    }
                    PrefixValue::Incomplete => return None,
                    PrefixValue::Text => {
                        self.invalid_values.push(token.value.clone());
                        let whole = &self.source[token.head.start..token.range.end];
                        self.word(whole.trim_start_matches('!'), FieldScope::Anywhere)?
                    }
                },
            }
        };
        Some(Term { occur: token.occur, condition })
    }

    /// The whole token as a phrase: its regular expression is invalid.
    fn literal(&mut self, token: &Token) -> Option<Condition> {
        self.invalid_values.push(token.value.clone());
        let text = self.source[token.range.clone()].trim_start_matches('!');
        phrase(text, FieldScope::Anywhere, Anchor::None, WholeWord::NotRequired)
    }

    /// A word, or a phrase if it is quoted, anchored or excluded.
    fn text(
        &mut self,
        token: &Token,
        value: &str,
        scope: FieldScope,
        anchor: Anchor,
    ) -> Option<Condition> {
        let sigil = self.source[token.head.clone()].trim_end_matches('"').chars().next_back();
        if token.kind == TokenKind::Quoted {
            let anchor = if sigil == Some('^') { Anchor::Start } else { anchor };
            let closed_name = scope == FieldScope::Authors && token.end == TokenEnd::Closed;
            let whole = if closed_name { WholeWord::Required } else { WholeWord::NotRequired };
            return phrase(value, scope, anchor, whole);
        }
        let (value, is_exact) = value.strip_prefix('\'').map_or((value, false), |it| (it, true));
        let (value, at_start) = value.strip_prefix('^').map_or((value, false), |it| (it, true));
        let (value, at_end) = match value.strip_suffix('$') {
            Some(rest) if !rest.is_empty() => (rest, true),
            _ => (value, false),
        };
        let (at_start, at_end) =
            (at_start || anchor == Anchor::Start, at_end || anchor == Anchor::End);
        let anchor = match (at_start, at_end) {
            (true, true) => Anchor::Both,
            (true, false) => Anchor::Start,
            (false, true) => Anchor::End,
            (false, false) => Anchor::None,
        };
        if is_exact || anchor != Anchor::None || token.occur == Occur::Exclude {
            return phrase(value, scope, anchor, WholeWord::NotRequired);
        }
        self.word(value, scope)
    }

    fn word(&mut self, value: &str, scope: FieldScope) -> Option<Condition> {
        let folded = fold(value);
        let text = trim_punctuation(&folded);
        if text.is_empty() {
            return None;
        }
        let letters: String = text.chars().filter(|it| it.is_alphanumeric()).collect();
        let spaced: String =
            text.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
        let spaced = Some(spaced.trim().to_owned()).filter(|it| !letters.is_empty() && it != text);
        let umlauts = umlaut_variants(value).into_iter().map(|(spelling, _)| spelling);
        let finder = |it: &str| Finder::new(it.as_bytes()).into_owned();
        self.word_count += 1;
        Some(Condition::Word(Box::new(QueryWord {
            index: self.word_count - 1,
            needle: finder(text),
            variants: spaced.into_iter().chain(umlauts).map(|it| finder(&it)).collect(),
            letters,
            scope,
        })))
    }
}

fn regex(pattern: &str) -> Option<Condition> {
    let mut builder = RegexBuilder::new(pattern);
    builder.case_insensitive(true).size_limit(MAX_REGEX_SIZE);
    builder.build().ok().map(Condition::Regex)
}

fn phrase(
    value: &str,
    scope: FieldScope,
    anchor: Anchor,
    whole_word: WholeWord,
) -> Option<Condition> {
    let text = fold(value);
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let finder = |it: String| Finder::new(it.as_bytes()).into_owned();
    let spellings = hyphenations(text).into_iter().map(finder).collect();
    Some(Condition::Phrase(Box::new(Phrase { spellings, anchor, whole_word, scope })))
}

/// The text as typed, and with hyphens for each subset of its blanks: papers write "key-value" for
/// "key value". A text with more than [`MAX_HYPHENATED_BLANKS`] blanks is searched for only as
/// typed.
fn hyphenations(text: &str) -> Vec<String> {
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    if blanks.len() > MAX_HYPHENATED_BLANKS {
        return vec![text.to_owned()];
    }
    let spelling = |choice: usize| {
        let is_hyphen = |at: usize| {
            blanks.iter().position(|&blank| blank == at).is_some_and(|it| choice >> it & 1 == 1)
        };
        text.char_indices().map(|(at, c)| if is_hyphen(at) { '-' } else { c }).collect()
    };
    (0..1 << blanks.len()).map(spelling).collect()
}

/// Trims punctuation around a word, as of a sentence.
fn trim_punctuation(word: &str) -> &str {
    const OPENING: [char; 6] = ['(', '[', '{', '"', '\'', '/'];
    const CLOSING: [char; 12] = [',', ';', ':', '.', '?', '!', ')', ']', '}', '"', '\'', '/'];
    word.trim().trim_start_matches(OPENING).trim_end_matches(CLOSING)
}

/// The parsed value behind a prefix.
enum PrefixValue {
    Predicate(Predicate),
    /// Missing, or the beginning of a value.
    Incomplete,
    /// Not accepted by the prefix, and searched for as text.
    Text,
}

fn predicate(field: QueryField, value: &str, token: &Token) -> PrefixValue {
    let text = normalise_value(value);
    let operators = ['>', '<', '=', '.', '-'];
    if text.is_empty() || (field == QueryField::Year && text.trim_matches(operators).is_empty()) {
        return PrefixValue::Incomplete;
    }
    let is_whole = token.kind == TokenKind::Quoted && token.end == TokenEnd::Closed;
    let whole = if is_whole { WholeWord::Required } else { WholeWord::NotRequired };
    let predicate = match field {
        QueryField::Year => YearRange::parse(&text).map(Predicate::Years),
        QueryField::Category => Some(Predicate::Category(text, whole)),
        QueryField::Venue => Some(Predicate::Venue(text, whole)),
        QueryField::Id => Some(Predicate::Id(normalise_identifier(value.trim()))),
        QueryField::Key => Some(Predicate::Key(text)),
        QueryField::Tag => Some(Predicate::Tag(text, whole)),
        QueryField::Note => Some(Predicate::Note(text)),
        QueryField::Is => return value_by_name(&text, &IS_VALUES),
        QueryField::Has => return value_by_name(&text, &HAS_VALUES),
        QueryField::Title | QueryField::Authors | QueryField::Abstract => None,
    };
    predicate.map_or(PrefixValue::Text, PrefixValue::Predicate)
}

static IS_VALUES: [(&str, Predicate); 7] = [
    ("read", Predicate::Mark(Mark::Read)),
    ("unread", Predicate::Unread),
    ("starred", Predicate::Mark(Mark::Starred)),
    ("later", Predicate::Mark(Mark::Later)),
    ("new", Predicate::Mark(Mark::New)),
    ("skipped", Predicate::Mark(Mark::Skipped)),
    ("basket", Predicate::Mark(Mark::Basket)),
];

static HAS_VALUES: [(&str, Predicate); 8] = [
    ("code", Predicate::Has(HasField::Code)),
    ("pdf", Predicate::Has(HasField::Pdf)),
    ("doi", Predicate::Has(HasField::Doi)),
    ("abstract", Predicate::Has(HasField::Abstract)),
    ("venue", Predicate::Has(HasField::Venue)),
    ("link", Predicate::Has(HasField::Link)),
    ("key", Predicate::Has(HasField::Key)),
    ("note", Predicate::Mark(Mark::Noted)),
];

/// The values of `is:` and `has:`.
pub fn value_names(field: QueryField) -> impl Iterator<Item = &'static str> {
    let values: &'static [(&str, Predicate)] = match field {
        QueryField::Is => &IS_VALUES,
        QueryField::Has => &HAS_VALUES,
        _ => &[],
    };
    values.iter().map(|(name, _)| *name)
}

fn value_by_name(text: &str, values: &[(&str, Predicate)]) -> PrefixValue {
    if let Some((_, predicate)) = values.iter().find(|(name, _)| *name == text) {
        return PrefixValue::Predicate(predicate.clone());
    }
    let is_prefix = values.iter().any(|(name, _)| name.starts_with(text));
    if is_prefix { PrefixValue::Incomplete } else { PrefixValue::Text }
}

/// Normal form of a value for comparison: folded, with `'` for the `"` that a query cannot quote.
pub fn normalise_value(value: &str) -> String {
    fold(value).replace('"', "'").trim().to_owned()
}

/// Normal form of an identifier for comparison: without URL or prefix, in lower case.
fn normalise_identifier(text: &str) -> String {
    match Identifier::recognise(text) {
        Some(Identifier::Arxiv(id) | Identifier::Doi(id)) => id.to_lowercase(),
        None => text.to_lowercase(),
    }
}
