//! Help for the tests of services: questions, and replies that are read.

use super::protocol;
use crate::domain::Identifier;
use crate::sources::online::address::Question;
use crate::sources::online::error::FetchError;
use crate::sources::online::request::{HttpReply, HttpRequest, PageReading};
use crate::sources::online::service::Service;
use crate::sources::online::service_query::{
    ServiceClause, ServiceField, ServiceQuery, ServiceTerm,
};
use crate::sources::online::settings::OnlineSettings;

/// The field, the text and the exclusion of each term of a clause.
pub type TestClause<'a> = &'a [(ServiceField, &'a str, bool)];

pub fn settings() -> OnlineSettings {
    OnlineSettings { contact: Some("me@example.org".to_owned()), ..OnlineSettings::default() }
}

pub fn first(service: Service, question: Question<'_>) -> HttpRequest {
    protocol(service).first(&question, &settings()).unwrap()
}

/// The request of a search for words.
pub fn search(service: Service, words: &str) -> HttpRequest {
    let clauses: Vec<[(ServiceField, &str, bool); 1]> =
        words.split(' ').map(|it| [(ServiceField::Anywhere, it, false)]).collect();
    let clauses: Vec<TestClause<'_>> = clauses.iter().map(|it| &it[..]).collect();
    search_clauses(service, &clauses, None)
}

pub fn search_clauses(
    service: Service,
    clauses: &[TestClause<'_>],
    years: Option<(Option<i16>, Option<i16>)>,
) -> HttpRequest {
    let term = |&(field, text, is_excluded): &(ServiceField, &str, bool)| ServiceTerm {
        field,
        text: text.to_owned(),
        is_excluded,
    };
    let clause =
        |terms: &TestClause<'_>| ServiceClause { alternatives: terms.iter().map(term).collect() };
    let query = ServiceQuery { clauses: clauses.iter().map(clause).collect(), years };
    first(service, Question::Search(&query))
}

/// The request for papers by their identifiers at arXiv or their DOIs.
pub fn papers(service: Service, ids: &[String]) -> HttpRequest {
    let ids: Vec<Identifier> = ids.iter().map(|it| Identifier::recognise(it).unwrap()).collect();
    first(service, Question::Papers(&ids))
}

pub fn read(
    service: Service,
    request: &HttpRequest,
    body: &str,
    headers: &[(&str, &str)],
) -> Result<PageReading, FetchError> {
    let headers =
        headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    protocol(service).read(request, &HttpReply { body: body.into(), headers })
}
