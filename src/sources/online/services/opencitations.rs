//! `OpenCitations`: what cites a paper, by its DOI. Its index has identifiers only; what they stand
//! for is asked for in batches.

use std::time::Duration;

use super::reply::json;
use crate::domain::{Identifier, doi, percent_encode};
use crate::sources::online::address::{Question, Relation};
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, Lifetime, PagePapers, PageReading};
use crate::sources::online::service_query::QuerySyntax;
use crate::sources::online::settings::OnlineSettings;
use crate::text::{distinct, group_digits};

const NAME: &str = "OpenCitations";
const CITATIONS_PATH: &str = "/index/v2/citations/doi:";
const REFERENCES_PATH: &str = "/index/v2/references/doi:";
const METADATA_PATH: &str = "/meta/v1/metadata/";
/// Identifiers of one request for metadata, as the service bounds it.
const BATCH_LEN: usize = 10;
/// Papers that are asked for: a paper with many citations would take hundreds of requests.
const MAX_CITATIONS: usize = 300;
const LIFETIME: Duration = Duration::from_hours(7 * 24);

pub struct OpenCitations;

impl ServiceProtocol for OpenCitations {
    fn syntax(&self) -> QuerySyntax {
        QuerySyntax::WORDS_ONLY
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        let get = |start: &str, doi: &str| {
            let path = format!("{start}{}", encoded(doi));
            Ok(HttpRequest::get(Host::OpenCitations, path))
        };
        let unsupported = || FetchError::Unsupported { what: question.to_string(), service: NAME };
        match question {
            Question::Search(query) => {
                let mut terms = query.clauses.iter().flat_map(|it| &it.alternatives);
                let cited = terms.find_map(|it| doi(&it.text));
                get(CITATIONS_PATH, &cited.ok_or_else(unsupported)?)
            }
            Question::Related(Relation::CitedBy, Identifier::Doi(doi)) => get(CITATIONS_PATH, doi),
            Question::Related(Relation::References, Identifier::Doi(doi)) => {
                get(REFERENCES_PATH, doi)
            }
            Question::Papers(identifiers) => {
                let doi = |it: &Identifier| match it {
                    Identifier::Doi(doi) => Some(doi.clone()),
                    Identifier::Arxiv(_) | Identifier::Pmid(_) | Identifier::Pmcid(_) => None,
                };
                let dois: Option<Vec<String>> = identifiers.iter().map(doi).collect();
                metadata_requests(&dois.ok_or_else(unsupported)?).ok_or_else(unsupported)
            }
            Question::Listing(_) | Question::Related(..) | Question::Page(_) => Err(unsupported()),
        }
    }

    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        let value = json(reply, NAME)?;
        let Some(rows) = value.as_array() else {
            let reason = "no list".to_owned();
            return Err(FetchError::Unexpected { service: NAME, reason });
        };
        if request.path.starts_with(METADATA_PATH) {
            return Ok(PageReading { next: request.next(), ..PageReading::default() });
        }
        let side = if request.path.starts_with(REFERENCES_PATH) { "cited" } else { "citing" };
        let ids = rows.iter().filter_map(|it| doi_of(it[side].as_str()?));
        let mut dois = distinct(ids);
        let known = dois.len();
        dois.truncate(MAX_CITATIONS);
        let notice = (known > dois.len())
            .then(|| format!("{NAME}: the first {} of {} papers", dois.len(), group_digits(known)));
        Ok(PageReading {
            papers: PagePapers::None,
            total: Some(dois.len() as u64),
            next: metadata_requests(&dois),
            notice,
        })
    }

    fn lifetime(&self, _request: &HttpRequest, _today: &str) -> Lifetime {
        Lifetime::For(LIFETIME)
    }
}

fn metadata_requests(dois: &[String]) -> Option<HttpRequest> {
    let batch = |dois: &[String]| {
        let ids: Vec<String> = dois.iter().map(|it| format!("doi:{}", encoded(it))).collect();
        HttpRequest::get(Host::OpenCitations, format!("{METADATA_PATH}{}", ids.join("__")))
    };
    HttpRequest::chain(dois.chunks(BATCH_LEN).map(batch).collect())
}

fn encoded(doi: &str) -> String {
    percent_encode(doi, "-._~/:;()")
}

/// The DOI among the identifiers of a paper, as in `omid:br/06 doi:10.1000/182 pmid:1`.
fn doi_of(ids: &str) -> Option<String> {
    ids.split_whitespace().find_map(|it| doi(it.strip_prefix("doi:").unwrap_or(it)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{read, search};

    #[test]
    fn citations_lead_to_the_papers_in_batches() {
        let request = search(Service::OpenCitations, "10.1000/182");
        assert_eq!(request.path, "/index/v2/citations/doi:10.1000/182");
        let row =
            |it: usize| format!("{{\"citing\": \"omid:br/{it} doi:10.1000/c{it} pmid:{it}\"}}");
        let rows: Vec<String> = (0..12).map(row).collect();
        let page = read(Service::OpenCitations, &request, &format!("[{}]", rows.join(",")), &[]);
        let page = page.unwrap();
        assert_eq!((page.papers, page.total, page.notice), (PagePapers::None, Some(12), None));
        let batch = page.next.unwrap();
        assert!(batch.path.starts_with("/meta/v1/metadata/doi:10.1000/c0__doi:10.1000/c1__"));
        let last = read(Service::OpenCitations, &batch, "[{\"title\": \"A\"}]", &[]).unwrap();
        let last = last.next.unwrap();
        assert_eq!(last.path, "/meta/v1/metadata/doi:10.1000/c10__doi:10.1000/c11");
        assert_eq!(read(Service::OpenCitations, &last, "[]", &[]).unwrap().next, None);
        let none = read(Service::OpenCitations, &request, "[]", &[]).unwrap();
        assert_eq!((none.next, none.total), (None, Some(0)));
    }
}
