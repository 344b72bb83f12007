//! DBLP: its search. It has no abstracts.

use serde_json::Value;

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

const NAME: &str = "DBLP";
/// The service has five seconds between requests, so that fewer, longer pages are quicker.
const PAGE_LEN: &str = "500";

pub struct Dblp;

impl ServiceProtocol for Dblp {
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
                let parameters = [("q", &*words), ("format", "json"), ("h", PAGE_LEN), ("f", "0")];
                Ok(HttpRequest::get(Host::Dblp, path("/search/publ/api", &parameters)))
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
        let hits = &value["result"]["hits"];
        if !hits.is_object() {
            let reason = "no list of papers".to_owned();
            return Err(FetchError::Unexpected { service: NAME, reason });
        }
        // Numbers are texts, a single hit is no list, and none is no member.
        let count = match &hits["hit"] {
            Value::Array(hits) => hits.len() as u64,
            Value::Object(_) => 1,
            _ => 0,
        };
        let total = hits["@total"].as_str().and_then(|it| it.parse().ok());
        let place = PagePlace { offset: number(&request.path, "f"), count, total };
        let (next, notice) = place.next(request, "f", u64::MAX);
        let papers = if count == 0 { PagePapers::None } else { PagePapers::InFormat(Format::Json) };
        Ok(PageReading { papers, total, next, notice })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{read, search};

    #[test]
    fn a_search_is_read_to_its_end() {
        let request = search(Service::Dblp, "deep learning");
        assert_eq!(request.path, "/search/publ/api?q=deep%20learning&format=json&h=500&f=0");
        let read = |body: &str| read(Service::Dblp, &request, body, &[]);
        let hits = vec!["{\"info\": {\"title\": \"A.\"}}"; 500].join(",");
        let many =
            format!("{{\"result\": {{\"hits\": {{\"@total\": \"700\", \"hit\": [{hits}]}}}}}}");
        let page = read(&many).unwrap();
        assert_eq!(page.total, Some(700));
        assert!(page.next.unwrap().path.ends_with("&f=500"));
        let none = read("{\"result\": {\"hits\": {\"@total\": \"0\"}}}").unwrap();
        assert_eq!((none.papers, none.next), (PagePapers::None, None));
        let page = "<html><title>429 Too Many Requests</title>";
        assert!(read(page).unwrap_err().to_string().contains("a web page: 429 too many requests"));
        assert!(read("{}").is_err());
    }
}
