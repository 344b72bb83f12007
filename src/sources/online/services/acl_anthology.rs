//! The ACL Anthology: volumes as BibTeX.

use std::time::Duration;

use super::reply::refuse_page;
use crate::formats::Format;
use crate::sources::online::address::{Listing, Question};
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, Lifetime, PagePapers, PageReading};
use crate::sources::online::service_query::QuerySyntax;
use crate::sources::online::settings::OnlineSettings;

const NAME: &str = "ACL Anthology";
/// A volume changes rarely, by corrections.
const LIFETIME: Duration = Duration::from_hours(7 * 24);

pub struct AclAnthology;

impl ServiceProtocol for AclAnthology {
    fn syntax(&self) -> QuerySyntax {
        QuerySyntax { fields: &[], ..QuerySyntax::WORDS_ONLY }
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        match question {
            Question::Listing(Listing::Volume(volume)) => {
                Ok(HttpRequest::get(Host::AclAnthology, format!("/volumes/{volume}.bib")))
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

    fn read(&self, _request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError> {
        refuse_page(reply, NAME)?;
        let papers = PagePapers::InFormat(Format::Bibtex);
        Ok(PageReading { papers, ..PageReading::default() })
    }

    fn lifetime(&self, _request: &HttpRequest, _today: &str) -> Lifetime {
        Lifetime::For(LIFETIME)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::service::Service;
    use crate::sources::online::services::testing::{first, read};

    #[test]
    fn a_volume_is_one_file() {
        let volume = Listing::Volume("2024.acl-long".to_owned());
        let request = first(Service::AclAnthology, Question::Listing(&volume));
        assert_eq!(request.path, "/volumes/2024.acl-long.bib");
        let page = read(Service::AclAnthology, &request, "@article{a, title = {A}}", &[]).unwrap();
        assert_eq!(page.papers, PagePapers::InFormat(Format::Bibtex));
        assert!(read(Service::AclAnthology, &request, "<html>", &[]).is_err());
    }
}
