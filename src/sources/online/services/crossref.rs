//! Crossref: its search, and papers by DOI.

use super::boolean_query::{bounded_years, words};
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
use crate::sources::online::service_query::{QuerySyntax, ServiceField, ServiceQuery};
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "Crossref";
const WORKS_PATH: &str = "/works";
const PAGE_LEN: &str = "100";
const BATCH_LEN: usize = 50;

pub struct Crossref;

impl ServiceProtocol for Crossref {
    fn syntax(&self) -> QuerySyntax {
        const FIELDS: &[ServiceField] =
            &[ServiceField::Anywhere, ServiceField::Author, ServiceField::Venue];
        QuerySyntax { fields: FIELDS, has_years: true, ..QuerySyntax::WORDS_ONLY }
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        let unsupported = || FetchError::Unsupported { what: question.to_string(), service: NAME };
        match question {
            Question::Search(query) if !query.clauses.is_empty() => {
                Ok(HttpRequest::get(Host::Crossref, search_path(query)))
            }
            Question::Papers(identifiers) => {
                let is_doi = |it: &Identifier| matches!(it, Identifier::Doi(_));
                if !identifiers.iter().all(is_doi) {
                    return Err(unsupported());
                }
                let batch = |ids: &[String]| {
                    let filters: Vec<String> = ids.iter().map(|it| format!("doi:{it}")).collect();
                    let filter = filters.join(",");
                    let len = ids.len().to_string();
                    let parameters = [("filter", &*filter), ("rows", &*len)];
                    HttpRequest::get(Host::Crossref, path(WORKS_PATH, &parameters))
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
        let message = &value["message"];
        let items = message["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        let Some(offset) = parameter(&request.path, "offset") else {
            let known: Vec<String> =
                items.iter().filter_map(|it| doi(it["DOI"].as_str()?)).collect();
            let asked = parameter(&request.path, "filter").unwrap_or_default();
            let asked: Vec<String> =
                asked.split("doi:").filter_map(|it| doi(it.trim_end_matches(','))).collect();
            let notice = not_found(NAME, &asked, |id| known.iter().any(|it| it == id));
            return Ok(PageReading { next: request.next(), notice, ..PageReading::default() });
        };
        let place = PagePlace {
            offset: offset.parse().unwrap_or_default(),
            count: items.len() as u64,
            total: message["total-results"].as_u64(),
        };
        // A short page is the last one, whatever the total says.
        let is_short = place.count < number(&request.path, "rows");
        let (next, notice) =
            if is_short { (None, None) } else { place.next(request, "offset", u64::MAX) };
        Ok(PageReading {
            total: place.total,
            next,
            notice,
            papers: PagePapers::InFormat(Format::Json),
        })
    }
}

/// Pages by their offset: a cursor lives for five minutes only, and no cache could keep its pages.
fn search_path(query: &ServiceQuery) -> String {
    let years = query.years.map(bounded_years);
    let filter = years.map(|(first, last)| format!("from-pub-date:{first},until-pub-date:{last}"));
    path(
        WORKS_PATH,
        &[
            ("query.bibliographic", &words(query, ServiceField::Anywhere)),
            ("query.author", &words(query, ServiceField::Author)),
            ("query.container-title", &words(query, ServiceField::Venue)),
            ("filter", filter.as_deref().unwrap_or_default()),
            ("rows", PAGE_LEN),
            ("offset", "0"),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{papers, read, search_clauses};

    const SERVICE: Service = Service::Crossref;

    #[test]
    fn a_search_ends_with_a_short_page() {
        let clauses = [
            &[(ServiceField::Anywhere, "mind", false)][..],
            &[(ServiceField::Author, "bengio", false)],
        ];
        let request = search_clauses(SERVICE, &clauses, Some((Some(2020), Some(2021))));
        assert_eq!(
            request.path,
            "/works?query.bibliographic=mind&query.author=bengio&filter=from-pub-date:2020,\
             until-pub-date:2021&rows=100&offset=0"
        );
        let body = |count: usize| {
            let items = vec!["{\"title\": [\"A\"]}"; count].join(",");
            format!("{{\"message\": {{\"total-results\": 5000, \"items\": [{items}]}}}}")
        };
        let page = read(SERVICE, &request, &body(100), &[]).unwrap();
        assert!(page.next.as_ref().unwrap().path.contains("&offset=100"));
        let page = read(SERVICE, &page.next.unwrap(), &body(7), &[]).unwrap();
        assert_eq!((page.next, page.total, page.notice), (None, Some(5000), None));
    }

    #[test]
    fn dois_go_in_batches_and_the_missing_ones_are_named() {
        let ids: Vec<String> = (0..60).map(|it| format!("10.1000/{it}")).collect();
        let next = papers(SERVICE, &ids).next().unwrap();
        assert!(next.path.starts_with("/works?filter=doi:10.1000/50,doi:10.1000/51,"));
        assert_eq!(number(&next.path, "rows"), 10);
        let items: Vec<String> =
            (51..60).map(|it| format!("{{\"DOI\": \"10.1000/{it}\"}}")).collect();
        let body = format!("{{\"message\": {{\"items\": [{}]}}}}", items.join(","));
        let page = read(SERVICE, &next, &body, &[]).unwrap();
        assert_eq!(page.notice.as_deref(), Some("Not found at Crossref: 10.1000/50"));
    }
}
