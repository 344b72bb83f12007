//! Values of prefixes: `2019..2021` of `year:`, `unread` of `is:`.

use super::ast::{HasField, Predicate, WholeWord};
use super::count_range::CountRange;
use super::date::{Age, DateRange};
use super::field::QueryField;
use super::lexer::{Token, TokenEnd, TokenKind};
use super::year::YearRange;
use crate::domain::{Identifier, Mark, PaperKind};
use crate::formats::kind_from_name;
use crate::text::fold;

/// The parsed value behind a prefix.
pub enum PrefixValue {
    Predicate(Predicate),
    /// Missing, or the beginning of a value.
    Incomplete,
    /// Not accepted by the prefix, and searched for as text.
    Text,
}

pub fn predicate(field: QueryField, value: &str, token: &Token) -> PrefixValue {
    let value = if token.kind == TokenKind::Plain { without_wildcard(value) } else { value };
    let text = normalise_value(value);
    if text.is_empty() || is_compared(field) && text.trim_matches(OPERATORS).is_empty() {
        return PrefixValue::Incomplete;
    }
    let is_whole = token.kind == TokenKind::Quoted && token.end == TokenEnd::Closed;
    let whole = if is_whole { WholeWord::Required } else { WholeWord::NotRequired };
    let predicate = match field {
        QueryField::Year => YearRange::parse(&text).map(Predicate::Years),
        QueryField::Category => Some(Predicate::Category(text, whole)),
        QueryField::Venue => Some(Predicate::Venue(text, whole)),
        QueryField::Keyword => Some(Predicate::Keyword(text, whole)),
        QueryField::Origin => Some(Predicate::Origin(text, whole)),
        QueryField::Collection => Some(Predicate::Collection(text, whole)),
        QueryField::Id => Some(Predicate::Id(normalise_identifier(value.trim()))),
        QueryField::Arxiv => Some(Predicate::Arxiv(normalise_identifier(value.trim()))),
        QueryField::Doi => Some(Predicate::Doi(normalise_identifier(value.trim()))),
        QueryField::Key => Some(Predicate::Key(text)),
        QueryField::Tag => Some(Predicate::Tag(text, whole)),
        QueryField::Note => Some(Predicate::Note(text)),
        QueryField::File => Some(Predicate::File(text)),
        QueryField::Is => return value_by_name(&text, &IS_VALUES),
        QueryField::Has => return value_by_name(&text, &HAS_VALUES),
        QueryField::Kind => return kind_value(&text),
        QueryField::Date
        | QueryField::Since
        | QueryField::Before
        | QueryField::Citations
        | QueryField::Votes => {
            return number_value(field, &text);
        }
        QueryField::Title | QueryField::Authors | QueryField::Abstract => None,
    };
    predicate.map_or(PrefixValue::Text, PrefixValue::Predicate)
}

/// Signs before and between numbers and dates.
const OPERATORS: [char; 5] = ['>', '<', '=', '.', '-'];

/// Returns true for fields whose values are numbers or dates.
fn is_compared(field: QueryField) -> bool {
    matches!(field, QueryField::Year | QueryField::Date | QueryField::Citations | QueryField::Votes)
        || matches!(field, QueryField::Since | QueryField::Before)
}

/// A date, an age or a number of citations. What has only digits and signs may be begun.
fn number_value(field: QueryField, text: &str) -> PrefixValue {
    let is_begun = text.chars().all(|it| it.is_ascii_digit() || OPERATORS.contains(&it));
    let predicate = match field {
        QueryField::Since => Age::parse(text)
            .map(|age| Predicate::Newer(age, None))
            .or_else(|| Some(Predicate::Dates(DateRange::parse_date(text)?.and_later()))),
        QueryField::Before => {
            DateRange::parse_date(text).map(|date| Predicate::Dates(date.earlier()))
        }
        QueryField::Citations => CountRange::parse(text).map(Predicate::Citations),
        QueryField::Votes => CountRange::parse(text).map(Predicate::Votes),
        _ => DateRange::parse(text).map(Predicate::Dates),
    };
    match predicate {
        Some(predicate) => PrefixValue::Predicate(predicate),
        None if is_begun => PrefixValue::Incomplete,
        None => PrefixValue::Text,
    }
}

static IS_VALUES: [(&str, Predicate); 8] = [
    ("read", Predicate::Mark(Mark::Read)),
    ("unread", Predicate::Unread),
    ("starred", Predicate::Mark(Mark::Starred)),
    ("later", Predicate::Mark(Mark::Later)),
    ("new", Predicate::Mark(Mark::New)),
    ("skipped", Predicate::Mark(Mark::Skipped)),
    ("basket", Predicate::Mark(Mark::Basket)),
    ("retracted", Predicate::Retracted),
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

/// The types of publications by the names that completion offers. Those of BibTeX, CSL and RIS are
/// understood too.
static KIND_VALUES: [(&str, Predicate); 15] = [
    ("article", Predicate::Kind(PaperKind::Article)),
    ("book", Predicate::Kind(PaperKind::Book)),
    ("chapter", Predicate::Kind(PaperKind::Chapter)),
    ("conference", Predicate::Kind(PaperKind::Conference)),
    ("dataset", Predicate::Kind(PaperKind::Dataset)),
    ("entry", Predicate::Kind(PaperKind::Entry)),
    ("magazine", Predicate::Kind(PaperKind::Magazine)),
    ("newspaper", Predicate::Kind(PaperKind::Newspaper)),
    ("patent", Predicate::Kind(PaperKind::Patent)),
    ("preprint", Predicate::Kind(PaperKind::Preprint)),
    ("proceedings", Predicate::Kind(PaperKind::Proceedings)),
    ("report", Predicate::Kind(PaperKind::Report)),
    ("software", Predicate::Kind(PaperKind::Software)),
    ("thesis", Predicate::Kind(PaperKind::Thesis)),
    ("webpage", Predicate::Kind(PaperKind::Webpage)),
];

fn values(field: QueryField) -> &'static [(&'static str, Predicate)] {
    match field {
        QueryField::Is => &IS_VALUES,
        QueryField::Has => &HAS_VALUES,
        QueryField::Kind => &KIND_VALUES,
        _ => &[],
    }
}

/// The values of `is:`, `has:` and `type:`.
pub fn value_names(field: QueryField) -> impl Iterator<Item = &'static str> {
    values(field).iter().map(|(name, _)| *name)
}

fn value_by_name(text: &str, values: &[(&str, Predicate)]) -> PrefixValue {
    if let Some((_, predicate)) = values.iter().find(|(name, _)| *name == text) {
        return PrefixValue::Predicate(predicate.clone());
    }
    let is_prefix = values.iter().any(|(name, _)| name.starts_with(text));
    if is_prefix { PrefixValue::Incomplete } else { PrefixValue::Text }
}

fn kind_value(text: &str) -> PrefixValue {
    match kind_from_name(text) {
        // The readers know abbreviations of one letter, which are rather the start of a name.
        kind if kind != PaperKind::Unknown && text.len() > 1 => {
            PrefixValue::Predicate(Predicate::Kind(kind))
        }
        _ => value_by_name(text, &KIND_VALUES),
    }
}

/// The value without a `*` at its end, since values and words match as beginnings anyway. The name
/// of an algorithm such as `A*` keeps it.
pub fn without_wildcard(value: &str) -> &str {
    let begun = value.trim_end_matches('*');
    if begun.chars().filter(|it| it.is_alphanumeric()).nth(1).is_some() { begun } else { value }
}

/// Normal form of a value for comparison: folded, with `'` for the `"` that a query cannot quote.
pub fn normalise_value(value: &str) -> String {
    fold(value).replace('"', "'").trim().to_owned()
}

/// Normal form of an identifier for comparison: without URL or prefix, in lower case.
pub fn normalise_identifier(text: &str) -> String {
    Identifier::recognise(text).map_or_else(|| text.to_lowercase(), |it| it.id().to_lowercase())
}
