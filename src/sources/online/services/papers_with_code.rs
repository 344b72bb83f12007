//! Papers with Code: its search.

use super::boolean_query::words;
use super::paging::PagePlace;
use super::reply::json;
use super::url::{number, path};
use crate::formats::Format;
use crate::sources::online::address::Question;
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, PagePapers, PageReading};
use crate::sources::online::service_query::{QuerySyntax, ServiceField};
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "Papers with Code";
const PAGE_LEN: &str = "50";

pub struct PapersWithCode;

impl ServiceProtocol for PapersWithCode {
    fn syntax(&self) -> QuerySyntax {
        QuerySyntax::WORDS_ONLY
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        match question {
            Question::Search(query) if !query.clauses.is_empty() => {
                let words = words(query, ServiceField::Anywhere);
                let parameters = [("q", &*words), ("items_per_page", PAGE_LEN), ("page", "1")];
                Ok(HttpRequest::get(Host::PapersWithCode, path("/api/v1/papers/", &parameters)))
            }
            Question::Listing(_)
            | Question::Search(_)
            | Question::Papers(_)
            | Question::Related(..)
            | Question::Page(_) => {
                Err(FetchError::Unsupported { what: question.to_string(), service: NAME })
            }
        }
    }

    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        let value = json(reply, NAME)?;
        let Some(results) = value["results"].as_array() else {
            let reason = "no list of papers".to_owned();
            return Err(FetchError::Unexpected { service: NAME, reason });
        };
        let page = number(&request.path, "page").max(1);
        let place = PagePlace {
            offset: (page - 1) * number(&request.path, "items_per_page"),
            count: results.len() as u64,
            total: value["count"].as_u64(),
        };
        let (next, notice) = if value["next"].is_null() {
            (None, None)
        } else {
            place.next_with(request, "page", page + 1, u64::MAX)
        };
        Ok(PageReading {
            papers: PagePapers::InFormat(Format::Json),
            total: place.total,
            next,
            notice,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{read, search};

    #[test]
    fn a_search_ends_where_no_next_page_is_told() {
        let request = search(Service::PapersWithCode, "segmentation");
        assert_eq!(request.path, "/api/v1/papers/?q=segmentation&items_per_page=50&page=1");
        let papers = vec!["{\"title\": \"A\"}"; 50].join(",");
        let body =
            |next: &str| format!("{{\"count\": 70, \"next\": {next}, \"results\": [{papers}]}}");
        let read = |body: &str| read(Service::PapersWithCode, &request, body, &[]).unwrap();
        assert!(read(&body("\"https://x/?page=2\"")).next.unwrap().path.ends_with("&page=2"));
        assert_eq!(read(&body("null")).next, None);
    }
}
