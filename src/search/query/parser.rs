//! Tokens into clauses.

use std::ops::Range;

use memchr::memmem::Finder;
use regex::RegexBuilder;

use super::ast::{Anchor, Clause, Filter, Given, Phrase, Scope, Term, Test, Whole, Word, Years};
use super::field::{Field, Prefix};
use super::lexer::{End, Form, Polarity, Token};
use crate::domain::{Ident, Mark};
use crate::text::{fold, variants};

/// As large as a compiled regular expression may be, in bytes.
const REGEX_LIMIT: usize = 1 << 20;

/// What the tokens make.
pub struct Parsed {
    pub clauses: Vec<Clause>,
    /// How many words there are in them.
    pub words: usize,
    /// The values that cannot be understood.
    pub unknown: Vec<Range<usize>>,
    /// The tokens with a prefix that ask nothing yet.
    pub incomplete: Vec<Range<usize>>,
    /// How many of the tokens are in the clauses; the others are beyond what a query may ask.
    pub taken: usize,
}

/// Words, phrases and regular expressions of a query, each of which takes a pass over the corpus. A
/// pasted title has fewer, and more tell no paper from another.
const MOST_TEXTS: usize = 64;
/// Terms of a query in all: a list of identifiers may be long.
const MOST_TERMS: usize = 1024;

pub fn clauses(source: &str, tokens: &[Token]) -> Parsed {
    let mut parser = Parser { source, words: 0, unknown: Vec::new() };
    let mut clauses: Vec<Clause> = Vec::new();
    let mut incomplete = Vec::new();
    let mut before = Before::Nothing;
    let (mut terms, mut texts, mut taken) = (0, 0, tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        if terms == MOST_TERMS || texts == MOST_TEXTS {
            taken = at;
            break;
        }
        if token.form == Form::Or {
            before = if before == Before::Term { Before::Or } else { Before::Nothing };
            continue;
        }
        // A term that asks nothing yet is left out, also where it is one of several.
        let Some(term) = parser.term(token) else {
            incomplete.extend(token.prefix.map(|_| token.range.clone()));
            before = Before::Nothing;
            continue;
        };
        terms += 1;
        texts += usize::from(!matches!(term.test, Test::Filter(_)));
        match clauses.last_mut() {
            Some(clause) if before == Before::Or => clause.alternatives.push(term),
            _ => clauses.push(Clause { alternatives: vec![term] }),
        }
        before = Before::Term;
    }
    Parsed { clauses, words: parser.words, unknown: parser.unknown, incomplete, taken }
}

/// What stands before a token, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Term,
    Or,
}

struct Parser<'a> {
    source: &'a str,
    words: usize,
    unknown: Vec<Range<usize>>,
}

impl Parser<'_> {
    /// What the token asks, or nothing where it asks nothing yet.
    fn term(&mut self, token: &Token) -> Option<Term> {
        let value = &self.source[token.value.clone()];
        let polarity = token.polarity;
        let test = if token.form == Form::Regex {
            regex(value).or_else(|| self.as_typed(token))?
        } else {
            match token.prefix {
                None if token.form == Form::Plain && Ident::recognise(value).is_some() => {
                    Test::Filter(Filter::Id(identifier(value)))
                }
                None => self.text(token, value, Scope::Anywhere, Anchor::None)?,
                Some(Prefix::Start) => self.text(token, value, Scope::Anywhere, Anchor::Start)?,
                Some(Prefix::End) => self.text(token, value, Scope::Anywhere, Anchor::End)?,
                Some(Prefix::Field(Field::Title)) => {
                    self.text(token, value, Scope::Title, Anchor::None)?
                }
                Some(Prefix::Field(Field::Authors)) => {
                    self.text(token, value, Scope::Authors, Anchor::None)?
                }
                Some(Prefix::Field(Field::Abstract)) => {
                    self.text(token, value, Scope::Abstract, Anchor::None)?
                }
                Some(Prefix::Field(field)) => match filter(field, value, token) {
                    Reading::Filter(filter) => {
                        if matches!(filter, Filter::Years(years) if !years.are_likely()) {
                            self.unknown.push(token.value.clone());
                        }
                        Test::Filter(filter)
                    }
                    Reading::Incomplete => return None,
                    Reading::Text => {
                        self.unknown.push(token.value.clone());
                        let whole = &self.source[token.head.start..token.range.end];
                        self.word(whole.trim_start_matches('!'), Scope::Anywhere)?
                    }
                },
            }
        };
        Some(Term { polarity, test })
    }

    /// The token's text, whatever it was meant for.
    fn as_typed(&mut self, token: &Token) -> Option<Test> {
        self.unknown.push(token.value.clone());
        let text = self.source[token.range.clone()].trim_start_matches('!');
        phrase(text, Scope::Anywhere, Anchor::None, Whole::Parts)
    }

    /// A word, or a phrase where quotes, an anchor or an exclusion ask for one.
    fn text(&mut self, token: &Token, value: &str, scope: Scope, anchor: Anchor) -> Option<Test> {
        let sigil = self.source[token.head.clone()].trim_end_matches('"').chars().next_back();
        if token.form == Form::Quoted {
            let anchor = if sigil == Some('^') { Anchor::Start } else { anchor };
            let closed_name = scope == Scope::Authors && token.end == End::Closed;
            let whole = if closed_name { Whole::Words } else { Whole::Parts };
            return phrase(value, scope, anchor, whole);
        }
        let (value, exact) = value.strip_prefix('\'').map_or((value, false), |it| (it, true));
        let (value, starts) = value.strip_prefix('^').map_or((value, false), |it| (it, true));
        let (value, ends) = match value.strip_suffix('$') {
            Some(rest) if !rest.is_empty() => (rest, true),
            _ => (value, false),
        };
        let anchor = match (starts || anchor == Anchor::Start, ends || anchor == Anchor::End) {
            (true, true) => Anchor::Both,
            (true, false) => Anchor::Start,
            (false, true) => Anchor::End,
            (false, false) => Anchor::None,
        };
        if exact || anchor != Anchor::None || token.polarity == Polarity::Exclude {
            return phrase(value, scope, anchor, Whole::Parts);
        }
        self.word(value, scope)
    }

    fn word(&mut self, value: &str, scope: Scope) -> Option<Test> {
        let folded = fold(value);
        let text = trimmed(&folded);
        if text.is_empty() {
            return None;
        }
        let letters: String = text.chars().filter(|it| it.is_alphanumeric()).collect();
        let spaced: String =
            text.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
        let spaced = Some(spaced.trim().to_owned()).filter(|it| !letters.is_empty() && it != text);
        let respelled = variants(value).into_iter().map(|(spelling, _)| spelling);
        let finder = |it: &str| Finder::new(it.as_bytes()).into_owned();
        self.words += 1;
        Some(Test::Word(Box::new(Word {
            number: self.words - 1,
            needle: finder(text),
            others: spaced.into_iter().chain(respelled).map(|it| finder(&it)).collect(),
            letters,
            scope,
        })))
    }
}

fn regex(pattern: &str) -> Option<Test> {
    let built = RegexBuilder::new(pattern).case_insensitive(true).size_limit(REGEX_LIMIT).build();
    built.ok().map(Test::Regex)
}

fn phrase(value: &str, scope: Scope, anchor: Anchor, whole: Whole) -> Option<Test> {
    let text = fold(value);
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let finder = |it: String| Finder::new(it.as_bytes()).into_owned();
    let spellings = hyphenations(text).into_iter().map(finder).collect();
    Some(Test::Phrase(Box::new(Phrase { spellings, anchor, whole, scope })))
}

/// The text as typed, and with hyphens for some or all of its blanks: "key value" is written
/// "key-value" too. Many blanks are left as they are.
fn hyphenations(text: &str) -> Vec<String> {
    const MANY: usize = 4;
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    if blanks.len() >= MANY {
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

/// Without the punctuation that a sentence puts around a word.
fn trimmed(word: &str) -> &str {
    const BEFORE: [char; 6] = ['(', '[', '{', '"', '\'', '/'];
    const BEHIND: [char; 12] = [',', ';', ':', '.', '?', '!', ')', ']', '}', '"', '\'', '/'];
    let bare = word.trim().trim_start_matches(BEFORE).trim_end_matches(BEHIND);
    if bare.is_empty() { "" } else { bare }
}

/// What stands behind a prefix, understood.
enum Reading {
    Filter(Filter),
    /// Nothing is asked yet.
    Incomplete,
    /// Not what the prefix takes.
    Text,
}

fn filter(field: Field, value: &str, token: &Token) -> Reading {
    let text = canonical(value);
    let operators = ['>', '<', '=', '.', '-'];
    if text.is_empty() || (field == Field::Year && text.trim_matches(operators).is_empty()) {
        return Reading::Incomplete;
    }
    let is_whole = token.form == Form::Quoted && token.end == End::Closed;
    let whole = if is_whole { Whole::Words } else { Whole::Parts };
    let found = match field {
        Field::Year => Years::read(&text).map(Filter::Years),
        Field::Category => Some(Filter::Category(text, whole)),
        Field::Venue => Some(Filter::Venue(text, whole)),
        Field::Id => Some(Filter::Id(identifier(value.trim()))),
        Field::Key => Some(Filter::Key(text)),
        Field::Tag => Some(Filter::Tag(text, whole)),
        Field::Note => Some(Filter::Note(text)),
        Field::Is => return named(&text, &IS),
        Field::Has => return named(&text, &HAS),
        Field::Title | Field::Authors | Field::Abstract => None,
    };
    found.map_or(Reading::Text, Reading::Filter)
}

static IS: [(&str, Filter); 7] = [
    ("read", Filter::Marked(Mark::Read)),
    ("unread", Filter::Unread),
    ("starred", Filter::Marked(Mark::Starred)),
    ("later", Filter::Marked(Mark::Later)),
    ("new", Filter::Marked(Mark::New)),
    ("skipped", Filter::Marked(Mark::Skipped)),
    ("basket", Filter::Marked(Mark::Basket)),
];

static HAS: [(&str, Filter); 8] = [
    ("code", Filter::Has(Given::Code)),
    ("pdf", Filter::Has(Given::Pdf)),
    ("doi", Filter::Has(Given::Doi)),
    ("abstract", Filter::Has(Given::Abstract)),
    ("venue", Filter::Has(Given::Venue)),
    ("link", Filter::Has(Given::Link)),
    ("key", Filter::Has(Given::Key)),
    ("note", Filter::Marked(Mark::Noted)),
];

/// The values of `is:` and `has:`.
pub fn values(field: Field) -> impl Iterator<Item = &'static str> {
    let named: &'static [(&str, Filter)] = match field {
        Field::Is => &IS,
        Field::Has => &HAS,
        _ => &[],
    };
    named.iter().map(|(name, _)| *name)
}

fn named(text: &str, values: &[(&str, Filter)]) -> Reading {
    if let Some((_, filter)) = values.iter().find(|(name, _)| *name == text) {
        return Reading::Filter(filter.clone());
    }
    let begun = values.iter().any(|(name, _)| name.starts_with(text));
    if begun { Reading::Incomplete } else { Reading::Text }
}

/// A value as it is compared: folded, and without the quotes that a query cannot hold.
pub fn canonical(value: &str) -> String {
    fold(value).replace('"', "'").trim().to_owned()
}

/// An identifier as it is compared: bare and in lower case.
fn identifier(text: &str) -> String {
    match Ident::recognise(text) {
        Some(Ident::Arxiv(id) | Ident::Doi(id)) => id.to_lowercase(),
        None => text.to_lowercase(),
    }
}
