//! Unpaywall: the open copy of a paper, by its DOI.

use std::time::Duration;

use super::reply::json;
use crate::domain::{Identifier, doi, percent_encode};
use crate::sources::online::address::Question;
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, Lifetime, PageReading};
use crate::sources::online::service_query::{QuerySyntax, ServiceField};
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "Unpaywall";
const LIFETIME: Duration = Duration::from_hours(7 * 24);

pub struct Unpaywall;

impl ServiceProtocol for Unpaywall {
    fn syntax(&self) -> QuerySyntax {
        QuerySyntax::WORDS_ONLY
    }

    fn first(
        &self,
        question: &Question<'_>,
        settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        let unsupported = || FetchError::Unsupported { what: question.to_string(), service: NAME };
        if settings.contact.is_none() {
            let reason = "it needs your e-mail address: set `contact` in the table `online` of \
                          the configuration";
            return Err(FetchError::Refused { service: NAME, reason: reason.to_owned() });
        }
        let dois: Option<Vec<String>> = match question {
            Question::Search(query) => {
                let terms = query.clauses.iter().flat_map(|it| &it.alternatives);
                let terms = terms.filter(|it| it.field == ServiceField::Anywhere);
                terms.map(|it| doi(&it.text)).collect()
            }
            Question::Papers(identifiers) => {
                let doi = |it: &Identifier| match it {
                    Identifier::Doi(doi) => Some(doi.clone()),
                    Identifier::Arxiv(_) | Identifier::Pmid(_) | Identifier::Pmcid(_) => None,
                };
                identifiers.iter().map(doi).collect()
            }
            Question::Listing(_) | Question::Related(..) | Question::Page(_) => None,
        };
        let request = |doi: &String| {
            let doi = percent_encode(doi, "-._~/:;()");
            HttpRequest::get(Host::Unpaywall, format!("/v2/{doi}"))
        };
        let requests = dois.iter().flatten().map(request).collect();
        HttpRequest::chain(requests).ok_or_else(unsupported)
    }

    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        json(reply, NAME)?;
        Ok(PageReading { next: request.next(), ..PageReading::default() })
    }

    fn lifetime(&self, _request: &HttpRequest, _today: &str) -> Lifetime {
        Lifetime::For(LIFETIME)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{papers, read, search};

    #[test]
    fn a_paper_is_asked_for_by_its_doi() {
        let request = search(Service::Unpaywall, "10.1000/A(1)");
        assert_eq!(request.path, "/v2/10.1000/a(1)");
        let request = papers(Service::Unpaywall, &["10.1000/a".into(), "10.1000/b".into()]);
        let page = read(Service::Unpaywall, &request, "{\"title\": \"A\"}", &[]).unwrap();
        assert_eq!(page.next.unwrap().path, "/v2/10.1000/b");
        let error = "{\"HTTP_status_code\": 404, \"error\": true, \"message\": \"not here\"}";
        let error = read(Service::Unpaywall, &request, error, &[]).unwrap_err();
        assert_eq!(error.to_string(), "Unpaywall: not here");
        let ids = [Identifier::Doi("10.1000/a".to_owned())];
        let error = Unpaywall.first(&Question::Papers(&ids), &OnlineSettings::default());
        assert!(error.unwrap_err().to_string().contains("needs your e-mail address"));
    }
}
