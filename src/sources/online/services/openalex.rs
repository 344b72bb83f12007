//! `OpenAlex`: its search, and papers by DOI. The service counts credits.

use super::boolean_query::{BooleanSyntax, bounded_years, quoted};
use super::paging::PagePlace;
use super::reply::{ids, json, not_found};
use super::url::{number, parameter, path};
use crate::domain::{Identifier, doi};
use crate::formats::Format;
use crate::sources::online::address::Question;
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, PagePapers, PageReading};
use crate::sources::online::service_query::{
    AlternativeSyntax, QuerySyntax, ServiceClause, ServiceField, ServiceQuery,
};
use crate::sources::online::settings::OnlineSettings;
use crate::text::group_digits;

const NAME: &str = "OpenAlex";
const WORKS_PATH: &str = "/works";
const PAGE_LEN: &str = "100";
const BATCH_LEN: usize = 50;
/// Papers of one search: each page of 100 takes ten credits, of which there are 1,000 a day.
const MAX_SEARCH: u64 = 500;
const SELECT: &str = "id,doi,title,publication_year,publication_date,ids,primary_location,type,\
                      open_access,authorships,cited_by_count,biblio,is_retracted,\
                      abstract_inverted_index";

const SYNTAX: BooleanSyntax =
    BooleanSyntax { and: " AND ", or: " OR ", and_not: " NOT ", term: |_, text| quoted(text) };

pub struct OpenAlex;

impl ServiceProtocol for OpenAlex {
    fn syntax(&self) -> QuerySyntax {
        const FIELDS: &[ServiceField] = &[
            ServiceField::Anywhere,
            ServiceField::Title,
            ServiceField::Author,
            ServiceField::Abstract,
        ];
        QuerySyntax { alternatives: AlternativeSyntax::OneField, ..QuerySyntax::boolean(FIELDS) }
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        let unsupported = || FetchError::Unsupported { what: question.to_string(), service: NAME };
        match question {
            Question::Search(query) if !query.clauses.is_empty() => {
                Ok(HttpRequest::get(Host::OpenAlex, search_path(query)))
            }
            Question::Papers(identifiers) => {
                let is_doi = |it: &Identifier| matches!(it, Identifier::Doi(_));
                if !identifiers.iter().all(is_doi) {
                    return Err(unsupported());
                }
                let batch = |ids: &[String]| {
                    let filter = format!("doi:{}", ids.join("|"));
                    let len = BATCH_LEN.to_string();
                    let parameters =
                        [("filter", &*filter), ("per_page", &*len), ("select", SELECT)];
                    HttpRequest::get(Host::OpenAlex, path(WORKS_PATH, &parameters))
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
        let value = json(reply, NAME)?;
        let works = value["results"].as_array().map(Vec::as_slice).unwrap_or_default();
        let credits = credits(reply);
        let Some(page) = parameter(&request.path, "page") else {
            let known: Vec<String> =
                works.iter().filter_map(|it| doi(it["doi"].as_str()?)).collect();
            let asked = parameter(&request.path, "filter").unwrap_or_default();
            let asked = asked.trim_start_matches("doi:").split("%7C");
            let asked: Vec<String> = asked.filter_map(doi).collect();
            let missing = not_found(NAME, &asked, |id| known.iter().any(|it| it == id));
            let notice = missing.or_else(|| credits.filter(|_| request.then.is_none()));
            return Ok(PageReading { next: request.next(), notice, ..PageReading::default() });
        };
        let page: u64 = page.parse().unwrap_or(1);
        let place = PagePlace {
            offset: (page - 1) * number(&request.path, "per_page"),
            count: works.len() as u64,
            total: value["meta"]["count"].as_u64(),
        };
        let (next, bound) = place.next_with(request, "page", page + 1, MAX_SEARCH);
        let notice = match (bound, credits) {
            (Some(bound), Some(credits)) => Some(format!("{bound}; {credits}")),
            (bound, credits) => bound.or(credits),
        };
        let notice = notice.filter(|_| next.is_none());
        Ok(PageReading {
            total: place.total,
            next,
            notice,
            papers: PagePapers::InFormat(Format::Json),
        })
    }
}

fn search_path(query: &ServiceQuery) -> String {
    let of_field = |field: ServiceField| {
        let is_of_field = |it: &&ServiceClause| it.alternatives.iter().all(|it| it.field == field);
        let clauses = query.clauses.iter().filter(is_of_field).cloned().collect();
        SYNTAX.text(&ServiceQuery { clauses, years: None }).trim_start().to_owned()
    };
    let mut filters = Vec::new();
    for (field, name) in [
        (ServiceField::Title, "title.search"),
        (ServiceField::Author, "raw_author_name.search"),
        (ServiceField::Abstract, "abstract.search"),
    ] {
        let text = of_field(field);
        // A comma would end the value.
        filters.extend((!text.is_empty()).then(|| format!("{name}:{}", text.replace(',', " "))));
    }
    if let Some((first, last)) = query.years.map(bounded_years) {
        filters.push(format!("publication_year:{first}-{last}"));
    }
    path(
        WORKS_PATH,
        &[
            ("search", &of_field(ServiceField::Anywhere)),
            ("filter", &filters.join(",")),
            ("select", SELECT),
            ("per_page", PAGE_LEN),
            ("page", "1"),
        ],
    )
}

/// The credits that are left, as the service counts them.
fn credits(reply: &HttpReply) -> Option<String> {
    let number = |name: &str| reply.header(name)?.trim().parse::<usize>().ok();
    let (left, all) = (number("x-ratelimit-remaining")?, number("x-ratelimit-limit")?);
    Some(format!("{NAME}: {} of {} credits left today", group_digits(left), group_digits(all)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{papers, read, search, search_clauses};

    const SERVICE: Service = Service::OpenAlex;

    #[test]
    fn fields_are_filters_and_the_rest_is_searched_for() {
        let clauses = [
            &[(ServiceField::Anywhere, "mind", false)][..],
            &[(ServiceField::Title, "a b", false), (ServiceField::Title, "c", false)],
            &[(ServiceField::Anywhere, "art", true)],
        ];
        let request = search_clauses(SERVICE, &clauses, Some((Some(2020), Some(2021))));
        assert!(request.path.starts_with(
            "/works?search=mind%20NOT%20art&filter=title.search:%28%22a%20b%22%20OR%20c%29,\
             publication_year:2020-2021&select=id,doi"
        ));
    }

    #[test]
    fn the_last_page_tells_the_credits() {
        let request = search(SERVICE, "mind");
        let headers = [("x-ratelimit-remaining", "980"), ("x-ratelimit-limit", "1000")];
        let body = |count: usize| {
            let works = vec!["{\"title\": \"A\"}"; count].join(",");
            format!("{{\"meta\": {{\"count\": 120}}, \"results\": [{works}]}}")
        };
        let page = read(SERVICE, &request, &body(100), &headers).unwrap();
        assert_eq!((page.total, page.notice), (Some(120), None));
        let next = page.next.unwrap();
        assert!(next.path.ends_with("&page=2"));
        let page = read(SERVICE, &next, &body(20), &headers).unwrap();
        assert_eq!(page.next, None);
        assert_eq!(page.notice.as_deref(), Some("OpenAlex: 980 of 1,000 credits left today"));
    }

    #[test]
    fn a_doi_that_is_not_there_is_named() {
        let request = papers(SERVICE, &["10.1000/a".to_owned(), "10.1000/b".to_owned()]);
        assert!(request.path.starts_with("/works?filter=doi:10.1000/a%7C10.1000/b&"));
        let body = "{\"results\": [{\"doi\": \"https://doi.org/10.1000/B\", \"title\": \"B\"}]}";
        let notice = read(SERVICE, &request, body, &[]).unwrap().notice;
        assert_eq!(notice.as_deref(), Some("Not found at OpenAlex: 10.1000/a"));
    }
}
