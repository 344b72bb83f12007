//! Translates a query to what a service can express, and what is left to be applied to the papers
//! that come.

use super::query::date::CalendarDay;
use super::query::field::is_identifier;
use super::query::lexer::TokenKind;
use super::query::operands::{Operand, OperandTerm};
use super::query::year::YearRange;
use super::query::{Condition, FieldPrefix, Occur, Predicate, Query, QueryField};
use crate::domain::doi;
use crate::sources::{
    Address, OnlineSource, QuerySyntax, Service, ServiceClause, ServiceField, ServiceQuery,
    ServiceTerm, is_arxiv_category, query_syntax,
};

/// The source behind an address, with the query of a search in the terms of its service. `today`
/// is the day from which ages such as `since:7d` count.
pub fn online_source(address: Address, today: CalendarDay) -> OnlineSource {
    let Address::Search { service, query } = &address else { return OnlineSource::new(address) };
    if matches!(service, Service::Unpaywall | Service::OpenCitations)
        && let Some(doi) = doi(query)
    {
        let clause = single(ServiceField::Anywhere, doi);
        let query = ServiceQuery { clauses: vec![clause], years: None };
        return OnlineSource { address, query, filter: String::new() };
    }
    let (query, filter) =
        translate(&Query::parse(query).with_today(today), query, query_syntax(*service));
    OnlineSource { address, query, filter }
}

/// The part of a query that a syntax expresses, and the text of the rest.
fn translate(query: &Query, text: &str, syntax: QuerySyntax) -> (ServiceQuery, String) {
    let mut translation = ServiceQuery::default();
    let mut rest: Vec<Operand<'_>> = Vec::new();
    for operand in query.operands() {
        if let Some(years) = years(&operand).filter(|_| syntax.has_years) {
            add_years(&mut translation, years);
        } else if let Some(clause) = clause(&operand).filter(|it| syntax.expresses(it)) {
            translation.clauses.push(clause);
        } else {
            rest.push(operand);
        }
    }
    if syntax.has_years {
        dates(query).for_each(|it| add_years(&mut translation, it));
    }
    if !translation.clauses.iter().any(ServiceClause::is_included) {
        // A filter that is applied here narrows the search, since no service lists all its papers.
        let words = rest.iter().filter_map(clause).filter(|it| it.alternatives.len() == 1);
        let words = words.flat_map(|it| it.alternatives).filter(is_text);
        let words = words.flat_map(|it| words_of(&it.text)).map(anywhere);
        let words: Vec<ServiceClause> = words.filter(|it| syntax.expresses(it)).collect();
        if words.is_empty() {
            return (ServiceQuery::default(), text.trim().to_owned());
        }
        translation.clauses.extend(words);
    }
    let rest_text = rest.iter().map(|it| it.text).collect::<Vec<_>>().join(" ");
    // A word may mean something else where other words no longer stand before it.
    let is_kept = Query::parse(&rest_text).operands() == rest;
    (translation, if is_kept { rest_text } else { text.trim().to_owned() })
}

fn anywhere(text: String) -> ServiceClause {
    single(ServiceField::Anywhere, text)
}

fn single(field: ServiceField, text: String) -> ServiceClause {
    ServiceClause { alternatives: vec![ServiceTerm { field, text, is_excluded: false }] }
}

fn is_text(term: &ServiceTerm) -> bool {
    !term.is_excluded && term.field != ServiceField::Category
}

/// The words of a text, of letters and digits.
fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|it: char| !it.is_alphanumeric() && it != '-');
    words.filter(|it| it.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
}

/// The clause of an operand, if services have its fields at all.
fn clause(operand: &Operand<'_>) -> Option<ServiceClause> {
    let alternatives = operand.alternatives.as_ref()?;
    let alternatives: Option<Vec<ServiceTerm>> = alternatives.iter().map(term).collect();
    alternatives.filter(|it| !it.is_empty()).map(|alternatives| ServiceClause { alternatives })
}

fn term(term: &OperandTerm<'_>) -> Option<ServiceTerm> {
    let is_literal = term.kind == TokenKind::Quoted && !term.head.ends_with(['^', '=']);
    let field = match term.prefix {
        _ if term.kind == TokenKind::Regex || !term.is_valid => return None,
        None => ServiceField::Anywhere,
        Some(FieldPrefix::Start | FieldPrefix::End) => return None,
        Some(FieldPrefix::Field(field)) => service_field(field)?,
    };
    let value = term.value.trim();
    let value = if term.kind == TokenKind::Plain {
        let value = value.strip_prefix('\'').unwrap_or(value);
        value.strip_suffix('*').unwrap_or(value)
    } else {
        value
    };
    let is_anchored = value.starts_with('^') || value.ends_with('$');
    let is_word = value.chars().any(char::is_alphanumeric);
    let is_known = field != ServiceField::Category || is_arxiv_category(value);
    if !is_word || !is_known || is_anchored && !is_literal || is_identifier(value) {
        return None;
    }
    if term.kind == TokenKind::Quoted && !is_literal {
        return None;
    }
    let text = value.to_owned();
    Some(ServiceTerm { field, text, is_excluded: term.occur == Occur::Exclude })
}

fn service_field(field: QueryField) -> Option<ServiceField> {
    match field {
        QueryField::Title => Some(ServiceField::Title),
        QueryField::Authors => Some(ServiceField::Author),
        QueryField::Abstract => Some(ServiceField::Abstract),
        QueryField::Venue => Some(ServiceField::Venue),
        QueryField::Category => Some(ServiceField::Category),
        QueryField::Year
        | QueryField::Id
        | QueryField::Is
        | QueryField::Has
        | QueryField::Tag
        | QueryField::Note
        | QueryField::Key
        | QueryField::Date
        | QueryField::Since
        | QueryField::Before
        | QueryField::Keyword
        | QueryField::Kind
        | QueryField::File
        | QueryField::Doi
        | QueryField::Arxiv
        | QueryField::Citations
        | QueryField::Votes
        | QueryField::Origin
        | QueryField::Collection => None,
    }
}

/// The years that an operand asks for, if that is all that it asks for.
fn years(operand: &Operand<'_>) -> Option<YearRange> {
    let [term] = operand.alternatives.as_deref()? else { return None };
    let is_year = term.prefix == Some(FieldPrefix::Field(QueryField::Year));
    let is_asked = is_year && term.is_valid && term.occur == Occur::Include;
    YearRange::parse(term.value.trim()).filter(|it| is_asked && it.is_plausible())
}

/// The years of the dates that papers must have. The dates themselves are applied here.
fn dates(query: &Query) -> impl Iterator<Item = YearRange> {
    query.clauses().iter().filter_map(|clause| {
        let [term] = clause.alternatives.as_slice() else { return None };
        let Condition::Predicate(Predicate::Dates(range) | Predicate::Newer(_, Some(range))) =
            &term.condition
        else {
            return None;
        };
        let years = YearRange { first: range.first.year(), last: range.last.year() };
        (term.occur == Occur::Include).then_some(years)
    })
}

/// Narrows the years of a query.
fn add_years(query: &mut ServiceQuery, years: YearRange) {
    let bound = |year: i16| (year != i16::MIN && year != i16::MAX).then_some(year);
    let (first, last) = query.years.unwrap_or_default();
    let first = first.max(bound(years.first));
    let last = match (last, bound(years.last)) {
        (Some(last), Some(other)) => Some(last.min(other)),
        (last, other) => last.or(other),
    };
    query.years = Some((first, last));
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::sources::OnlineSettings;

    fn source(service: Service, query: &str) -> OnlineSource {
        // The first of December 2026.
        let today = CalendarDay::from_unix_time(Duration::from_hours(20_788 * 24));
        online_source(Address::Search { service, query: query.to_owned() }, today)
    }

    /// The clauses, each as `field:text` with `|` between alternatives, and the filter.
    fn described(service: Service, query: &str) -> (String, String) {
        let source = source(service, query);
        let term = |it: &ServiceTerm| {
            let sign = if it.is_excluded { "!" } else { "" };
            format!("{sign}{:?}:{}", it.field, it.text)
        };
        let clause =
            |it: &ServiceClause| it.alternatives.iter().map(term).collect::<Vec<_>>().join("|");
        let clauses: Vec<String> = source.query.clauses.iter().map(clause).collect();
        let years = source.query.years.map_or_else(String::new, |it| format!(" {it:?}"));
        (clauses.join(" ") + &years, source.filter)
    }

    #[test]
    fn what_a_service_expresses_is_sent_and_the_rest_is_left() {
        for (service, query, sent, left) in [
            (
                Service::Arxiv,
                "author:bengio title:\"global workspace\" !art cat:cs.AI",
                "Author:bengio Title:global workspace !Anywhere:art Category:cs.AI",
                "",
            ),
            (
                Service::Arxiv,
                "(mind | title:brain) cites:>10",
                "Anywhere:mind|Title:brain",
                "cites:>10",
            ),
            (
                Service::SemanticScholar,
                "mind author:bengio year:2020..2022",
                "Anywhere:mind (Some(2020), Some(2022))",
                "author:bengio",
            ),
            (
                Service::SemanticScholar,
                "author:\"Y. Bengio\"",
                "Anywhere:Y Anywhere:Bengio",
                "author:\"Y. Bengio\"",
            ),
            (Service::Arxiv, "mind since:30d", "Anywhere:mind (Some(2026), None)", "since:30d"),
            (Service::HuggingFace, "mind year:2020", "Anywhere:mind", "year:2020"),
            (
                Service::OpenAlex,
                "title:a|b title:c|author:d",
                "Title:a|Title:b",
                "title:c|author:d",
            ),
            (
                Service::Arxiv,
                "mind /bra.n/ ^deep cat:cs.C",
                "Anywhere:mind",
                "/bra.n/ ^deep cat:cs.C",
            ),
            (Service::Arxiv, "!art", "", "!art"),
            (Service::Arxiv, "since:7d", "", "since:7d"),
            (Service::Arxiv, "mind (a b | c)", "Anywhere:mind", "(a b | c)"),
            (Service::Unpaywall, "10.1000/182", "Anywhere:10.1000/182", ""),
        ] {
            assert_eq!(described(service, query), (sent.to_owned(), left.to_owned()), "{query}");
        }
    }

    proptest! {
        #[test]
        fn any_query_is_whole_in_what_is_sent_and_what_is_left(
            query in "((author:|title:|abs:|venue:|cat:|year:|since:|cites:|-|!|NOT |\\(|\\)|\\||\"|/|\\^|')?(mind|brain|cs.AI|2020|7d|>10|\\$x\\$|é|Kung San)?( | OR | AND )?){0,8}",
        ) {
            for service in Service::ALL {
                let source = source(service, &query);
                let parsed = Query::parse(&query);
                let all = parsed.terms().count();
                let left = Query::parse(&source.filter).terms().count();
                let sent: usize = source.query.clauses.iter().map(|it| it.alternatives.len()).sum();
                let has_years = usize::from(source.query.years.is_some());
                let is_whole = source.filter == query.trim();
                prop_assert!(is_whole || sent + left + has_years >= all, "{service:?}: {source:?}");
                // It is written for the service without a panic.
                let _ = source.first_request(&OnlineSettings::default());
            }
        }
    }
}
