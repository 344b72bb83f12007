//! Semantic Scholar: its search, what a paper cites, what cites it, what is like it, and papers by
//! identifier.

use serde_json::{Value, json};

use super::boolean_query::{bounded_years, words};
use super::paging::PagePlace;
use super::reply::{self, not_found};
use super::url::{number, path};
use crate::domain::Identifier;
use crate::formats::Format;
use crate::sources::online::address::{Question, Relation};
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, PagePapers, PageReading};
use crate::sources::online::service_query::{QuerySyntax, ServiceField, ServiceQuery};
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "Semantic Scholar";
/// The facts of a paper that are asked for.
const FIELDS: &str = "title,abstract,authors,year,venue,publicationDate,publicationTypes,journal,\
                      externalIds,url,openAccessPdf,citationCount";
const SEARCH_LEN: &str = "100";
/// References of a page; the service gives 1,000, but the first rows would wait for all of them.
const RELATED_LEN: &str = "500";
const SIMILAR_LEN: &str = "100";
const BATCH_LEN: usize = 500;
/// The service answers a search up to this number of papers.
const MAX_SEARCH: u64 = 1_000;
/// The service lists citations up to this number.
const MAX_RELATED: u64 = 9_999;

pub struct SemanticScholar;

impl ServiceProtocol for SemanticScholar {
    fn syntax(&self) -> QuerySyntax {
        QuerySyntax { has_years: true, ..QuerySyntax::WORDS_ONLY }
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        let get = |path| Ok(HttpRequest::get(Host::SemanticScholar, path));
        match question {
            Question::Search(query) if !query.clauses.is_empty() => get(search_path(query)),
            Question::Related(relation, id) => get(related_path(*relation, id)),
            Question::Papers(identifiers) => {
                let batch = |ids: &[Identifier]| {
                    let ids: Vec<String> = ids.iter().map(paper_id).collect();
                    let path = path("/graph/v1/paper/batch", &[("fields", FIELDS)]);
                    let body = json!({ "ids": ids }).to_string();
                    HttpRequest::post(Host::SemanticScholar, path, body)
                };
                let batches = identifiers.chunks(BATCH_LEN).map(batch).collect();
                HttpRequest::chain(batches).ok_or_else(|| unsupported(question))
            }
            Question::Listing(_) | Question::Search(_) | Question::Page(_) => {
                Err(unsupported(question))
            }
        }
    }

    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        let value = reply::json(reply, NAME)?;
        if let Some(body) = &request.json_body {
            return Ok(read_batch(request, body, &value));
        }
        let place = PagePlace {
            offset: number(&request.path, "offset"),
            count: value["data"].as_array().map_or(0, Vec::len) as u64,
            total: value["total"].as_u64(),
        };
        if value.get("data").is_some_and(Value::is_null) {
            let notice = "Semantic Scholar may not list them: the publisher does not release them";
            return Ok(PageReading {
                papers: PagePapers::None,
                total: Some(0),
                next: None,
                notice: Some(notice.to_owned()),
            });
        }
        let Some(offset) = value["next"].as_u64().filter(|it| *it > place.offset) else {
            let is_list = value.get("data").is_some();
            let total = place.total.or_else(|| is_list.then(|| place.end()));
            return Ok(PageReading { total, ..PageReading::default() });
        };
        let is_search = request.path.starts_with("/graph/v1/paper/search");
        let limit = if is_search { MAX_SEARCH } else { MAX_RELATED };
        let (next, notice) = place.next_with(request, "offset", offset, limit);
        Ok(PageReading {
            total: place.total,
            next,
            notice,
            papers: PagePapers::InFormat(Format::Json),
        })
    }
}

fn unsupported(question: &Question<'_>) -> FetchError {
    FetchError::Unsupported { what: question.to_string(), service: NAME }
}

fn search_path(query: &ServiceQuery) -> String {
    // A word with a hyphen finds nothing there.
    let words = words(query, ServiceField::Anywhere).replace('-', " ");
    let years = query.years.map(bounded_years).map(|(first, last)| format!("{first}-{last}"));
    path(
        "/graph/v1/paper/search",
        &[
            ("query", &words),
            ("year", years.as_deref().unwrap_or_default()),
            ("fields", FIELDS),
            ("limit", SEARCH_LEN),
            ("offset", "0"),
        ],
    )
}

fn related_path(relation: Relation, id: &Identifier) -> String {
    let id = crate::domain::percent_encode(&paper_id(id), "-._~:/()");
    let list = |name: &str| {
        let base = format!("/graph/v1/paper/{id}/{name}");
        path(&base, &[("fields", FIELDS), ("limit", RELATED_LEN), ("offset", "0")])
    };
    match relation {
        Relation::References => list("references"),
        Relation::CitedBy => list("citations"),
        Relation::Similar => {
            let base = format!("/recommendations/v1/papers/forpaper/{id}");
            path(&base, &[("fields", FIELDS), ("limit", SIMILAR_LEN)])
        }
    }
}

/// The identifier as the service writes it.
fn paper_id(identifier: &Identifier) -> String {
    match identifier {
        Identifier::Arxiv(id) => format!("ARXIV:{id}"),
        Identifier::Doi(id) => format!("DOI:{id}"),
        Identifier::Pmid(id) => format!("PMID:{id}"),
        Identifier::Pmcid(id) => format!("PMCID:{id}"),
    }
}

/// Reads a batch, in which `null` stands in the place of each paper that the service does not know.
fn read_batch(request: &HttpRequest, body: &str, value: &Value) -> PageReading {
    let asked: Value = serde_json::from_str(body).unwrap_or_default();
    let asked = asked["ids"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_null = |at: usize| value.get(at).is_none_or(Value::is_null);
    let missing: Vec<String> = (asked.iter().enumerate())
        .filter(|(at, _)| is_null(*at))
        .filter_map(|(_, id)| Some(id.as_str()?.split_once(':')?.1.to_owned()))
        .collect();
    let papers = if missing.len() == asked.len() {
        PagePapers::None
    } else {
        PagePapers::InFormat(Format::Json)
    };
    let notice = not_found(NAME, &missing, |_| false);
    PageReading { papers, total: None, next: request.next(), notice }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{first, papers, read, search_clauses};

    const SERVICE: Service = Service::SemanticScholar;

    #[test]
    fn a_search_goes_on_as_the_reply_tells() {
        let clauses = [&[(ServiceField::Anywhere, "self-attention", false)][..]];
        let request = search_clauses(SERVICE, &clauses, Some((Some(2020), Some(2021))));
        assert!(request.path.starts_with(
            "/graph/v1/paper/search?query=self%20attention&year=2020-2021&fields=title,abstract"
        ));
        let body = "{\"total\": 500, \"offset\": 0, \"next\": 100, \"data\": [{\"title\": \"A\"}]}";
        let page = read(SERVICE, &request, body, &[]).unwrap();
        assert_eq!(page.total, Some(500));
        let next = page.next.unwrap();
        assert!(next.path.ends_with("&offset=100"));
        let last = "{\"total\": 500, \"offset\": 100, \"data\": [{\"title\": \"A\"}]}";
        assert_eq!(read(SERVICE, &next, last, &[]).unwrap().next, None);
    }

    #[test]
    fn related_papers_are_asked_for_by_any_identifier() {
        let id = Identifier::Doi("10.1000/a(b)".to_owned());
        let path = |relation| first(SERVICE, Question::Related(relation, &id)).path;
        assert!(
            path(Relation::References).starts_with("/graph/v1/paper/DOI:10.1000/a(b)/references?")
        );
        assert!(path(Relation::CitedBy).contains("/citations?fields=title,"));
        assert!(
            path(Relation::Similar)
                .starts_with("/recommendations/v1/papers/forpaper/DOI:10.1000/a(b)?")
        );
        let request = first(SERVICE, Question::Related(Relation::References, &id));
        let closed = "{\"offset\": 0, \"data\": null}";
        let page = read(SERVICE, &request, closed, &[]).unwrap();
        assert!(page.papers == PagePapers::None && page.notice.unwrap().contains("publisher"));
    }

    #[test]
    fn a_batch_names_the_papers_that_are_null() {
        let request = papers(SERVICE, &["2501.02950".to_owned(), "10.1000/182".to_owned()]);
        assert_eq!(
            request.json_body.as_deref(),
            Some("{\"ids\":[\"ARXIV:2501.02950\",\"DOI:10.1000/182\"]}")
        );
        let page = read(SERVICE, &request, "[null, {\"title\": \"A\"}]", &[]).unwrap();
        assert_eq!(page.notice.as_deref(), Some("Not found at Semantic Scholar: 2501.02950"));
        let error = read(SERVICE, &request, "{\"error\": \"No valid paper ids given\"}", &[]);
        assert_eq!(error.unwrap_err().to_string(), "Semantic Scholar: No valid paper ids given");
    }
}
