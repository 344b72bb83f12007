//! Hugging Face: the daily papers, what is trending, its search, and single papers.

use std::time::Duration;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Value;

use super::boolean_query::words;
use super::reply::json;
use super::url::{number, parameter, path, with_parameter};
use crate::domain::Identifier;
use crate::formats::Format;
use crate::sources::online::address::{Listing, Month, Period, Question};
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, Lifetime, PagePapers, PageReading};
use crate::sources::online::service_query::{QuerySyntax, ServiceField};
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "Hugging Face";
const DAILY_PATH: &str = "/api/daily_papers";
const PAGE_LEN: u64 = 100;
/// The search answers with at most this many papers, on one page.
const SEARCH_LEN: &str = "120";
/// A list that papers are still added to.
const OPEN_LIFETIME: Duration = Duration::from_mins(15);
const DAY: Duration = Duration::from_hours(24);

pub struct HuggingFace;

impl ServiceProtocol for HuggingFace {
    fn syntax(&self) -> QuerySyntax {
        QuerySyntax::WORDS_ONLY
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        let unsupported = || FetchError::Unsupported { what: question.to_string(), service: NAME };
        let len = PAGE_LEN.to_string();
        let daily = |name: &str, value: &str| {
            path(DAILY_PATH, &[(name, value), ("limit", &len), ("p", "0")])
        };
        let get = |path| Ok(HttpRequest::get(Host::HuggingFace, path));
        match question {
            Question::Listing(Listing::DailyPapers(period)) => get(match period {
                Period::Newest => path(DAILY_PATH, &[("limit", &len)]),
                Period::Day(_) => daily("date", &period.to_string()),
                Period::Week(_) => daily("week", &period.to_string()),
                Period::Month(_) => daily("month", &period.to_string()),
            }),
            Question::Listing(Listing::Trending) => {
                get(path(DAILY_PATH, &[("sort", "trending"), ("limit", &len)]))
            }
            Question::Search(query) => {
                let words = words(query, ServiceField::Anywhere);
                if words.is_empty() {
                    return Err(unsupported());
                }
                get(path("/api/papers/search", &[("q", &words), ("limit", SEARCH_LEN)]))
            }
            Question::Papers(identifiers) => {
                let id = |it: &Identifier| match it {
                    Identifier::Arxiv(id) => Some(id.clone()),
                    Identifier::Doi(_) | Identifier::Pmid(_) | Identifier::Pmcid(_) => None,
                };
                let ids: Option<Vec<String>> = identifiers.iter().map(id).collect();
                let request =
                    |id: &String| HttpRequest::get(Host::HuggingFace, format!("/api/papers/{id}"));
                let requests = ids.iter().flatten().map(request).collect();
                HttpRequest::chain(requests).ok_or_else(unsupported)
            }
            Question::Listing(
                Listing::NewInCategories(_)
                | Listing::MonthOfCategories(..)
                | Listing::Preprints(..)
                | Listing::Volume(_),
            )
            | Question::Related(..)
            | Question::Page(_) => Err(unsupported()),
        }
    }

    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        let value = json(reply, NAME)?;
        let count = value.as_array().map_or(0, Vec::len) as u64;
        // The newest list goes back without end, and a search has one page.
        let is_paged = parameter(&request.path, "p").is_some();
        let next = is_paged.then(|| next_path(request, reply, count)).flatten();
        let next = next.map(|path| HttpRequest { path, ..request.clone() });
        let next = next.or_else(|| request.next());
        let papers = PagePapers::InFormat(Format::Json);
        Ok(PageReading { papers, total: total(&value), next, notice: None })
    }

    fn lifetime(&self, request: &HttpRequest, today: &str) -> Lifetime {
        let last_day = last_day(&request.path);
        let today: Option<Date> = today.parse().ok();
        match (last_day, today) {
            (Some(last), Some(today)) if last < today => Lifetime::Final,
            _ if request.path.starts_with(DAILY_PATH) => Lifetime::For(OPEN_LIFETIME),
            _ => Lifetime::For(DAY),
        }
    }
}

/// A page of a search or of a paper is all that there is.
fn total(value: &Value) -> Option<u64> {
    value.is_object().then_some(1)
}

/// The path of the next page: as the header tells, or the next number behind a full page.
fn next_path(request: &HttpRequest, reply: &HttpReply, count: u64) -> Option<String> {
    if count == 0 {
        return None;
    }
    let linked = reply.header("link").and_then(|header| {
        let link = header.split(',').find(|it| it.contains("rel=\"next\""))?;
        let url = link.split_once('<')?.1.split_once('>')?.0;
        let at = url.find(DAILY_PATH)?;
        Some(url[at..].to_owned())
    });
    let next = number(&request.path, "p") + 1;
    linked.or_else(|| {
        (count >= PAGE_LEN).then(|| with_parameter(&request.path, "p", &next.to_string()))
    })
}

/// The last day of the list that a path asks for, if it has one.
fn last_day(path: &str) -> Option<Date> {
    if let Some(day) = parameter(path, "date") {
        return day.parse().ok();
    }
    if let Some(week) = parameter(path, "week") {
        let (year, week) = week.split_once("-W")?;
        let (year, week) = (year.parse().ok()?, week.parse().ok()?);
        let sunday = jiff::civil::Weekday::Sunday;
        return Some(jiff::civil::ISOWeekDate::new(year, week, sunday).ok()?.date());
    }
    let month = Month::parse(parameter(path, "month")?)?;
    month.first_day().checked_add(1.month()).and_then(|it| it.checked_sub(1.day())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{first, read, search};

    const SERVICE: Service = Service::HuggingFace;

    #[test]
    fn a_period_is_asked_for_page_by_page() {
        let day = Listing::DailyPapers(Period::Day("2026-11-27".parse().unwrap()));
        let request = first(SERVICE, Question::Listing(&day));
        assert_eq!(request.path, "/api/daily_papers?date=2026-11-27&limit=100&p=0");
        let full = format!("[{}]", vec!["{\"title\": \"A\"}"; 100].join(","));
        let next = read(SERVICE, &request, &full, &[]).unwrap().next.unwrap();
        assert_eq!(next.path, "/api/daily_papers?date=2026-11-27&limit=100&p=1");
        assert_eq!(read(SERVICE, &next, "[{\"title\": \"B\"}]", &[]).unwrap().next, None);
        let link = "<https://huggingface.co/api/daily_papers?date=2026-11-27&p=7>; rel=\"next\"";
        let next = read(SERVICE, &request, "[{}]", &[("link", link)]).unwrap().next.unwrap();
        assert_eq!(next.path, "/api/daily_papers?date=2026-11-27&p=7");
        assert_eq!(read(SERVICE, &request, "[]", &[("link", link)]).unwrap().next, None);
    }

    #[test]
    fn the_newest_list_and_a_search_have_one_page() {
        let newest = Listing::DailyPapers(Period::Newest);
        for request in
            [first(SERVICE, Question::Listing(&newest)), search(SERVICE, "diffusion models")]
        {
            let full = format!("[{}]", vec!["{\"title\": \"A\"}"; 120].join(","));
            assert_eq!(read(SERVICE, &request, &full, &[]).unwrap().next, None);
        }
        assert_eq!(
            search(SERVICE, "diffusion models").path,
            "/api/papers/search?q=diffusion%20models&limit=120"
        );
    }

    #[test]
    fn a_past_list_is_final_and_an_open_one_short_lived() {
        let lifetime = |text: &str| {
            let path = format!("/api/daily_papers?{text}&limit=100&p=0");
            HuggingFace.lifetime(&HttpRequest::get(Host::HuggingFace, path), "2026-11-27")
        };
        for past in ["date=2026-11-26", "week=2026-W47", "month=2026-10"] {
            assert_eq!(lifetime(past), Lifetime::Final, "{past}");
        }
        for open in ["date=2026-11-27", "week=2026-W48", "month=2026-11", "sort=trending"] {
            assert_eq!(lifetime(open), Lifetime::For(OPEN_LIFETIME), "{open}");
        }
    }
}
