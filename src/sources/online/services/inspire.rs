//! INSPIRE: its search of high-energy physics.

use super::boolean_query::{BooleanSyntax, bounded_years};
use super::paging::PagePlace;
use super::reply::json;
use super::url::{number, path};
use crate::formats::Format;
use crate::sources::online::address::Question;
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, PagePapers, PageReading};
use crate::sources::online::service_query::{QuerySyntax, ServiceField, ServiceQuery};
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "INSPIRE";
const PAGE_LEN: &str = "100";
/// The service answers a search up to this number of papers.
const MAX_RESULTS: u64 = 10_000;
/// The facts of a paper that are asked for: some have thousands of authors with affiliations.
const FIELDS: &str = "titles,authors.full_name,collaborations,abstracts,arxiv_eprints,dois,\
                      publication_info,citation_count,earliest_date,document_type,\
                      number_of_pages,texkeys,keywords";

const SYNTAX: BooleanSyntax =
    BooleanSyntax { and: " and ", or: " or ", and_not: " and not ", term };

pub struct Inspire;

impl ServiceProtocol for Inspire {
    fn syntax(&self) -> QuerySyntax {
        const FIELDS: &[ServiceField] = &[
            ServiceField::Anywhere,
            ServiceField::Title,
            ServiceField::Author,
            ServiceField::Abstract,
            ServiceField::Category,
        ];
        QuerySyntax::boolean(FIELDS)
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        match question {
            Question::Search(query) if !query.clauses.is_empty() => {
                let parameters = [
                    ("q", &*search_text(query)),
                    ("fields", FIELDS),
                    ("size", PAGE_LEN),
                    ("page", "1"),
                ];
                Ok(HttpRequest::get(Host::Inspire, path("/api/literature", &parameters)))
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
        let Some(hits) = value["hits"]["hits"].as_array() else {
            let reason = "no list of papers".to_owned();
            return Err(FetchError::Unexpected { service: NAME, reason });
        };
        let page = number(&request.path, "page").max(1);
        let place = PagePlace {
            offset: (page - 1) * number(&request.path, "size"),
            count: hits.len() as u64,
            total: value["hits"]["total"].as_u64(),
        };
        let (next, notice) = place.next_with(request, "page", page + 1, MAX_RESULTS);
        Ok(PageReading {
            papers: PagePapers::InFormat(Format::Json),
            total: place.total,
            next,
            notice,
        })
    }
}

fn search_text(query: &ServiceQuery) -> String {
    let text = SYNTAX.text(query);
    match query.years.map(bounded_years) {
        None => text,
        Some((first, last)) => format!("({text}) and date {first}->{last}"),
    }
}

fn term(field: ServiceField, text: &str) -> String {
    match field {
        ServiceField::Anywhere | ServiceField::Venue => format!("fulltext \"{text}\""),
        ServiceField::Title => format!("t \"{text}\""),
        ServiceField::Author => format!("a \"{text}\""),
        ServiceField::Abstract => format!("abstract \"{text}\""),
        ServiceField::Category => format!("primarch {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{read, search_clauses};

    #[test]
    fn a_search_is_written_and_read_page_by_page() {
        let clauses = [
            &[(ServiceField::Author, "witten", false)][..],
            &[(ServiceField::Title, "black hole", false), (ServiceField::Title, "brane", false)],
            &[(ServiceField::Title, "review", true)],
        ];
        let request = search_clauses(Service::Inspire, &clauses, Some((Some(1995), Some(1998))));
        assert!(request.path.starts_with(
            "/api/literature?q=%28a%20%22witten%22%20and%20%28t%20%22black%20hole%22%20or%20t%20\
             %22brane%22%29%20and%20not%20t%20%22review%22%29%20and%20date%201995-%3E1998&fields="
        ));
        let hits = vec!["{\"metadata\": {}}"; 100].join(",");
        let body = format!("{{\"hits\": {{\"hits\": [{hits}], \"total\": 130}}}}");
        let page = read(Service::Inspire, &request, &body, &[]).unwrap();
        assert_eq!(page.total, Some(130));
        assert!(page.next.unwrap().path.ends_with("&page=2"));
        let error = "{\"status\": 429, \"message\": \"Too many requests\"}";
        assert!(read(Service::Inspire, &request, error, &[]).is_err());
    }
}
