//! The papers of bioRxiv and medRxiv by days. The servers have no search; Europe PMC has it.

use std::time::Duration;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::europe_pmc;
use super::paging::PagePlace;
use super::reply::json;
use crate::formats::Format;
use crate::sources::online::address::{Listing, Period, PreprintServer, Question};
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, Lifetime, PagePapers, PageReading};
use crate::sources::online::service_query::QuerySyntax;
use crate::sources::online::settings::OnlineSettings;

/// A paper of the last days may get a new version; older days change rarely.
const LIFETIME: Duration = Duration::from_hours(6);
/// The days of the newest list: today's papers come in the course of the day.
const NEWEST: &str = "2d";

/// One of the two servers, which have the same interface.
pub struct Biorxiv(pub PreprintServer);

impl ServiceProtocol for Biorxiv {
    fn syntax(&self) -> QuerySyntax {
        europe_pmc::QUERY_SYNTAX
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        match question {
            Question::Listing(Listing::Preprints(server, period)) if *server == self.0 => {
                let name = server.title().to_ascii_lowercase();
                let days = days(*period);
                Ok(HttpRequest::get(Host::Biorxiv, format!("/details/{name}/{days}/0/json")))
            }
            Question::Search(query) if !query.clauses.is_empty() => {
                let condition = format!("(SRC:PPR AND PUBLISHER:\"{}\")", self.0.title());
                Ok(europe_pmc::search_request(query, &condition))
            }
            Question::Listing(_)
            | Question::Search(_)
            | Question::Papers(_)
            | Question::Related(..)
            | Question::Page(_) => {
                let service = self.0.title();
                Err(FetchError::Unsupported { what: question.to_string(), service })
            }
        }
    }

    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        if request.host == Host::EuropePmc {
            return europe_pmc::read_page(request, reply);
        }
        let service = self.0.title();
        let value = json(reply, service)?;
        let state = &value["messages"][0];
        let status = state["status"].as_str().unwrap_or_default();
        let papers = value["collection"].as_array().map_or(0, Vec::len) as u64;
        if papers == 0 && !status.is_empty() && status != "ok" {
            if status.starts_with("no posts") {
                let papers = PagePapers::None;
                return Ok(PageReading { papers, total: Some(0), ..PageReading::default() });
            }
            let reason = crate::text::sanitise(status).into_owned();
            return Err(FetchError::Refused { service, reason });
        }
        // The total is a number or the text of one.
        let total = state["total"].as_u64().or_else(|| state["total"].as_str()?.parse().ok());
        let (start, rest) = split_cursor(&request.path).unwrap_or((request.path.as_str(), 0));
        let place = PagePlace { offset: rest, count: papers, total };
        // The length of a page is what came, whatever the documentation says.
        let (next, notice) = place.next(request, "cursor", u64::MAX);
        let path = format!("{start}/{}/json", place.end());
        let next = next.map(|it| HttpRequest { path, ..it });
        let papers =
            if papers == 0 { PagePapers::None } else { PagePapers::InFormat(Format::Json) };
        Ok(PageReading { papers, total, next, notice })
    }

    fn lifetime(&self, _request: &HttpRequest, _today: &str) -> Lifetime {
        Lifetime::For(LIFETIME)
    }
}

/// Splits `/details/biorxiv/DAY/DAY/30/json` before its cursor.
fn split_cursor(path: &str) -> Option<(&str, u64)> {
    let (start, cursor) = path.strip_suffix("/json")?.rsplit_once('/')?;
    Some((start, cursor.parse().ok()?))
}

/// The first and the last day, as a path has them.
fn days(period: Period) -> String {
    let span = |first: Date, last: Option<Date>| format!("{first}/{}", last.unwrap_or(first));
    match period {
        Period::Newest => NEWEST.to_owned(),
        Period::Day(day) => span(day, None),
        Period::Week(week) => {
            let monday = week.date();
            span(monday, monday.checked_add(6.days()).ok())
        }
        Period::Month(month) => {
            let first = month.first_day();
            span(first, Some(first.last_of_month()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{first, read, search};

    const SERVICE: Service = Service::Biorxiv;

    #[test]
    fn days_are_read_by_the_count_that_came() {
        let week = Period::Week(jiff::civil::date(2026, 11, 23).iso_week_date());
        let path = |period| {
            let listing = Listing::Preprints(PreprintServer::Biorxiv, period);
            first(SERVICE, Question::Listing(&listing))
        };
        assert_eq!(path(Period::Newest).path, "/details/biorxiv/2d/0/json");
        let request = path(week);
        assert_eq!(request.path, "/details/biorxiv/2026-11-23/2026-11-29/0/json");
        let body = |total: &str, count: usize| {
            let papers = vec!["{\"title\": \"A\"}"; count].join(",");
            format!(
                "{{\"messages\": [{{\"status\": \"ok\", \"total\": {total}}}], \
                 \"collection\": [{papers}]}}"
            )
        };
        let page = read(SERVICE, &request, &body("\"45\"", 30), &[]).unwrap();
        assert_eq!(page.total, Some(45));
        let next = page.next.unwrap();
        assert_eq!(next.path, "/details/biorxiv/2026-11-23/2026-11-29/30/json");
        assert_eq!(read(SERVICE, &next, &body("45", 15), &[]).unwrap().next, None);
    }

    #[test]
    fn a_search_is_one_of_europe_pmc() {
        let request = search(Service::Medrxiv, "covid");
        assert_eq!(request.host, Host::EuropePmc);
        assert!(request.path.contains("%28SRC:PPR%20AND%20PUBLISHER:%22medRxiv%22%29"));
    }

    #[test]
    fn a_day_without_papers_is_no_error() {
        let day = Period::Day(jiff::civil::date(2026, 11, 29));
        let listing = Listing::Preprints(PreprintServer::Biorxiv, day);
        let request = first(SERVICE, Question::Listing(&listing));
        let body = |status: &str| {
            format!("{{\"messages\": [{{\"status\": \"{status}\"}}], \"collection\": []}}")
        };
        let page = read(SERVICE, &request, &body("no posts found"), &[]).unwrap();
        assert_eq!((page.papers, page.total), (PagePapers::None, Some(0)));
        let error = read(SERVICE, &request, &body("interval out of range"), &[]).unwrap_err();
        assert_eq!(error.to_string(), "bioRxiv: interval out of range");
    }
}
