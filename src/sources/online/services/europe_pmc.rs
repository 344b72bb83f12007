//! Europe PMC: its search, papers by their number in `PubMed` Central, and the search of bioRxiv and
//! medRxiv, which have none.

use super::boolean_query::{BooleanSyntax, bounded_years};
use super::paging::PagePlace;
use super::reply::{ids, json, not_found};
use super::url::{number, parameter, path, with_parameter};
use crate::domain::Identifier;
use crate::formats::Format;
use crate::sources::online::address::Question;
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, PagePapers, PageReading};
use crate::sources::online::service_query::{QuerySyntax, ServiceField, ServiceQuery};
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "Europe PMC";
const SEARCH_PATH: &str = "/europepmc/webservices/rest/search";
const PAGE_LEN: &str = "100";
const BATCH_LEN: usize = 50;

const SYNTAX: BooleanSyntax = BooleanSyntax { and: " AND ", or: " OR ", and_not: " NOT ", term };

/// The syntax of its queries, which others use too.
pub const QUERY_SYNTAX: QuerySyntax = QuerySyntax::boolean(&[
    ServiceField::Anywhere,
    ServiceField::Title,
    ServiceField::Author,
    ServiceField::Abstract,
    ServiceField::Venue,
]);

pub struct EuropePmc;

impl ServiceProtocol for EuropePmc {
    fn syntax(&self) -> QuerySyntax {
        QUERY_SYNTAX
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        let unsupported = || FetchError::Unsupported { what: question.to_string(), service: NAME };
        match question {
            Question::Search(query) if !query.clauses.is_empty() => Ok(search_request(query, "")),
            Question::Papers(identifiers) => {
                let is_pmcid = |it: &Identifier| matches!(it, Identifier::Pmcid(_));
                if !identifiers.iter().all(is_pmcid) {
                    return Err(unsupported());
                }
                let batch = |ids: &[String]| {
                    let terms: Vec<String> = ids.iter().map(|it| format!("PMCID:{it}")).collect();
                    request(&terms.join(" OR "), &[])
                };
                let ids = ids(identifiers);
                let batches = ids.chunks(BATCH_LEN).map(batch).collect();
                HttpRequest::chain(batches).ok_or_else(unsupported)
            }
            Question::Listing(_)
            | Question::Search(_)
            | Question::Related(..)
            | Question::Page(_) => Err(unsupported()),
        }
    }

    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        read_page(request, reply)
    }
}

/// The request for papers that match a query and a condition in the syntax of the service.
pub fn search_request(query: &ServiceQuery, condition: &str) -> HttpRequest {
    let mut text = SYNTAX.text(query);
    if let Some((first, last)) = query.years.map(bounded_years) {
        text = format!("({text}) AND PUB_YEAR:[{first} TO {last}]");
    }
    if !condition.is_empty() {
        text = format!("({text}) AND {condition}");
    }
    request(&text, &[("cursorMark", "*"), ("p", "0")])
}

fn request(query: &str, more: &[(&str, &str)]) -> HttpRequest {
    let parameters =
        [("query", query), ("format", "json"), ("resultType", "core"), ("pageSize", PAGE_LEN)];
    let parameters: Vec<(&str, &str)> = parameters.iter().chain(more).copied().collect();
    HttpRequest::get(Host::EuropePmc, path(SEARCH_PATH, &parameters))
}

/// Finds the papers of a reply, the next page and its total.
///
/// # Errors
///
/// Returns an error if the reply is a message.
pub fn read_page(request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
    let value = json(reply, NAME)?;
    if let Some(message) = value["errMsg"].as_str() {
        let reason = crate::text::sanitise(message).into_owned();
        return Err(FetchError::Refused { service: NAME, reason });
    }
    let results = value["resultList"]["result"].as_array().map(Vec::as_slice).unwrap_or_default();
    let Some(mark) = parameter(&request.path, "cursorMark") else {
        let known: Vec<&str> = results.iter().filter_map(|it| it["pmcid"].as_str()).collect();
        let asked = parameter(&request.path, "query").unwrap_or_default();
        let asked = asked.split("PMCID:").skip(1).map(|it| it.replace("%20OR%20", ""));
        let asked: Vec<String> = asked.collect();
        let notice = not_found(NAME, &asked, |id| known.contains(&id));
        return Ok(PageReading { next: request.next(), notice, ..PageReading::default() });
    };
    let page = number(&request.path, "p");
    let len = number(&request.path, "pageSize");
    let place = PagePlace {
        offset: page * len,
        count: results.len() as u64,
        total: value["hitCount"].as_u64(),
    };
    // The last page repeats its mark.
    let next_mark = value["nextCursorMark"].as_str().filter(|it| !it.is_empty() && *it != mark);
    let (next, notice) = match next_mark {
        Some(_) if place.count >= len => place.next_with(request, "p", page + 1, u64::MAX),
        _ => (None, None),
    };
    let next = next.map(|it| {
        let path = with_parameter(&it.path, "cursorMark", next_mark.unwrap_or_default());
        HttpRequest { path, ..it }
    });
    Ok(PageReading { total: place.total, next, notice, papers: PagePapers::InFormat(Format::Json) })
}

fn term(field: ServiceField, text: &str) -> String {
    let name = match field {
        ServiceField::Anywhere | ServiceField::Category => return format!("\"{text}\""),
        ServiceField::Title => "TITLE",
        ServiceField::Author => "AUTH",
        ServiceField::Abstract => "ABSTRACT",
        ServiceField::Venue => "JOURNAL",
    };
    format!("{name}:\"{text}\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{first, read, search_clauses};

    const SERVICE: Service = Service::EuropePmc;

    #[test]
    fn a_search_goes_on_until_its_mark_repeats() {
        let clauses = [
            &[(ServiceField::Anywhere, "mind", false)][..],
            &[(ServiceField::Author, "smith j", false)],
        ];
        let request = search_clauses(SERVICE, &clauses, None);
        assert!(request.path.contains("query=%22mind%22%20AND%20AUTH:%22smith%20j%22&format=json"));
        let body = |mark: &str, count: usize| {
            let papers = vec!["{\"title\": \"A\"}"; count].join(",");
            format!(
                "{{\"hitCount\": 150, \"nextCursorMark\": \"{mark}\", \"resultList\": \
                 {{\"result\": [{papers}]}}}}"
            )
        };
        let page = read(SERVICE, &request, &body("Ab=", 100), &[]).unwrap();
        assert_eq!(page.total, Some(150));
        let next = page.next.unwrap();
        assert!(next.path.contains("cursorMark=Ab%3D") && number(&next.path, "p") == 1);
        assert_eq!(read(SERVICE, &next, &body("Cd=", 50), &[]).unwrap().next, None);
        let error = read(SERVICE, &request, "{\"errCode\": 404, \"errMsg\": \"No\"}", &[]);
        assert_eq!(error.unwrap_err().to_string(), "Europe PMC: No");
    }

    #[test]
    fn a_number_that_is_not_there_is_named() {
        let ids = ["PMC1", "PMC2"].map(|it| Identifier::Pmcid(it.to_owned()));
        let request = first(SERVICE, Question::Papers(&ids));
        assert!(request.path.contains("query=PMCID:PMC1%20OR%20PMCID:PMC2&"));
        let body = "{\"resultList\": {\"result\": [{\"pmcid\": \"PMC2\"}]}}";
        let notice = read(SERVICE, &request, body, &[]).unwrap().notice;
        assert_eq!(notice.as_deref(), Some("Not found at Europe PMC: PMC1"));
    }
}
