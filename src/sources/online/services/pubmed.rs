//! `PubMed`: its search, which gives identifiers, and the papers behind identifiers.

use serde_json::Value;

use super::boolean_query::{BooleanSyntax, bounded_years, quoted};
use super::paging::PagePlace;
use super::reply::{element, ids, json, not_found, refuse_page};
use super::url::{number, parameter, path};
use crate::domain::Identifier;
use crate::formats::Format;
use crate::sources::online::address::Question;
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, PagePapers, PageReading};
use crate::sources::online::service_query::{QuerySyntax, ServiceField, ServiceQuery};
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "PubMed";
const SEARCH_PATH: &str = "/entrez/eutils/esearch.fcgi";
const FETCH_PATH: &str = "/entrez/eutils/efetch.fcgi";
const PAGE_LEN: &str = "100";
const BATCH_LEN: usize = 100;

const SYNTAX: BooleanSyntax = BooleanSyntax { and: " AND ", or: " OR ", and_not: " NOT ", term };

pub struct Pubmed;

impl ServiceProtocol for Pubmed {
    fn syntax(&self) -> QuerySyntax {
        const FIELDS: &[ServiceField] = &[
            ServiceField::Anywhere,
            ServiceField::Title,
            ServiceField::Author,
            ServiceField::Venue,
        ];
        QuerySyntax::boolean(FIELDS)
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        let unsupported = || FetchError::Unsupported { what: question.to_string(), service: NAME };
        match question {
            Question::Search(query) if !query.clauses.is_empty() => {
                let parameters = [
                    ("db", "pubmed"),
                    ("retmode", "json"),
                    ("sort", "relevance"),
                    ("term", &*search_text(query)),
                    ("retmax", PAGE_LEN),
                    ("retstart", "0"),
                ];
                Ok(HttpRequest::get(Host::Pubmed, path(SEARCH_PATH, &parameters)))
            }
            Question::Papers(identifiers) => {
                let is_pmid = |it: &Identifier| matches!(it, Identifier::Pmid(_));
                if !identifiers.iter().all(is_pmid) {
                    return Err(unsupported());
                }
                let ids = ids(identifiers);
                let batches = ids.chunks(BATCH_LEN).map(|ids| fetch_request(&ids.join(",")));
                HttpRequest::chain(batches.collect()).ok_or_else(unsupported)
            }
            Question::Listing(_)
            | Question::Search(_)
            | Question::Related(..)
            | Question::Page(_) => Err(unsupported()),
        }
    }

    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        if request.path.starts_with(FETCH_PATH) {
            return read_papers(request, reply);
        }
        let value = json(reply, NAME)?;
        let result = &value["esearchresult"];
        if let Some(message) = result["ERROR"].as_str() {
            let reason = crate::text::sanitise(message).into_owned();
            return Err(FetchError::Refused { service: NAME, reason });
        }
        let ids: Vec<&str> =
            result["idlist"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let place = PagePlace {
            offset: number(&request.path, "retstart"),
            count: ids.len() as u64,
            total: result["count"].as_str().and_then(|it| it.parse().ok()),
        };
        let (after, notice) = place.next(request, "retstart", u64::MAX);
        let next = (!ids.is_empty()).then(|| {
            let then = after.map(Box::new);
            HttpRequest { then, ..fetch_request(&ids.join(",")) }
        });
        Ok(PageReading { papers: PagePapers::None, total: place.total, next, notice })
    }
}

fn fetch_request(ids: &str) -> HttpRequest {
    let parameters = [("db", "pubmed"), ("retmode", "xml"), ("id", ids)];
    HttpRequest::get(Host::Pubmed, path(FETCH_PATH, &parameters))
}

fn search_text(query: &ServiceQuery) -> String {
    let text = SYNTAX.text(query);
    match query.years.map(bounded_years) {
        None => text,
        Some((first, last)) => format!("({text}) AND {first}:{last}[dp]"),
    }
}

fn term(field: ServiceField, text: &str) -> String {
    let tag = match field {
        ServiceField::Anywhere | ServiceField::Category => "all",
        ServiceField::Title => "ti",
        ServiceField::Abstract => "tiab",
        ServiceField::Author => "au",
        ServiceField::Venue => "ta",
    };
    format!("{}[{tag}]", quoted(text))
}

fn read_papers(request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
    refuse_page(reply, NAME)?;
    let text = String::from_utf8_lossy(&reply.body);
    if !text.contains("<Pubmed") {
        let reason = super::reply::error_message(&reply.body);
        let reason = reason.unwrap_or_else(|| "no papers".to_owned());
        return Err(FetchError::Unexpected { service: NAME, reason });
    }
    let articles =
        text.split("<PubmedArticle>").skip(1).chain(text.split("<PubmedBookArticle>").skip(1));
    let known: Vec<&str> = articles.filter_map(|it| element(it, "PMID")).map(str::trim).collect();
    let asked = parameter(&request.path, "id").unwrap_or_default();
    let asked: Vec<String> = asked.split(',').map(str::to_owned).collect();
    let papers =
        if known.is_empty() { PagePapers::None } else { PagePapers::InFormat(Format::Pubmed) };
    let notice = not_found(NAME, &asked, |id| known.contains(&id));
    Ok(PageReading { papers, total: None, next: request.next(), notice })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{first, read, search_clauses};

    const SERVICE: Service = Service::Pubmed;

    #[test]
    fn a_search_leads_to_its_papers_and_then_to_its_next_page() {
        let clauses = [
            &[(ServiceField::Title, "lung cancer", false)][..],
            &[(ServiceField::Author, "smith", true)],
        ];
        let request = search_clauses(SERVICE, &clauses, Some((Some(2020), Some(2021))));
        assert!(request.path.contains(
            "term=%28%22lung%20cancer%22%5Bti%5D%20NOT%20smith%5Bau%5D%29%20AND%202020:2021%5Bdp%5D"
        ));
        let found = "{\"esearchresult\": {\"count\": \"3\", \"idlist\": [\"11\", \"12\"]}}";
        let page = read(SERVICE, &request, found, &[]).unwrap();
        assert_eq!((page.papers, page.total), (PagePapers::None, Some(3)));
        let papers = page.next.unwrap();
        assert_eq!(papers.path, "/entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&id=11,12");
        let xml = "<PubmedArticleSet><PubmedArticle><PMID Version=\"1\">11</PMID></PubmedArticle>\
                   </PubmedArticleSet>";
        let page = read(SERVICE, &papers, xml, &[]).unwrap();
        assert!(page.next.unwrap().path.contains("retstart=2"));
        assert_eq!(page.notice.as_deref(), Some("Not found at PubMed: 12"));
    }

    #[test]
    fn messages_are_no_papers() {
        let request = search_clauses(SERVICE, &[&[(ServiceField::Title, "x", false)]], None);
        let error = "{\"esearchresult\": {\"ERROR\": \"Search Backend failed\"}}";
        let error = read(SERVICE, &request, error, &[]).unwrap_err();
        assert_eq!(error.to_string(), "PubMed: Search Backend failed");
        let none = "{\"esearchresult\": {\"count\": \"0\", \"idlist\": []}}";
        assert_eq!(read(SERVICE, &request, none, &[]).unwrap().next, None);
        let ids = [Identifier::Pmid("11".to_owned())];
        let request = first(SERVICE, Question::Papers(&ids));
        assert!(read(SERVICE, &request, "<eFetchResult>", &[]).is_err());
    }
}
