//! A file, feed or page with an address of its own.

use std::time::Duration;

use crate::sources::online::address::Question;
use crate::sources::online::error::FetchError;
use crate::sources::online::host::Host;
use crate::sources::online::protocol::ServiceProtocol;
use crate::sources::online::request::{HttpReply, HttpRequest, Lifetime, PageReading};
use crate::sources::online::service_query::QuerySyntax;
use crate::sources::online::settings::OnlineSettings;

/// A page may change at any time; a moment later it is asked for again only if it has.
const LIFETIME: Duration = Duration::from_mins(1);

pub struct Web;

impl ServiceProtocol for Web {
    fn syntax(&self) -> QuerySyntax {
        QuerySyntax::WORDS_ONLY
    }

    fn first(
        &self,
        question: &Question<'_>,
        _settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        match question {
            Question::Page(url) => Ok(HttpRequest::get(Host::Web, *url)),
            _ => Err(FetchError::Unsupported { what: question.to_string(), service: "the web" }),
        }
    }

    fn read(&self, _request: &HttpRequest, _reply: &HttpReply) -> Result<PageReading, FetchError> {
        Ok(PageReading::default())
    }

    fn lifetime(&self, _request: &HttpRequest, _today: &str) -> Lifetime {
        Lifetime::For(LIFETIME)
    }
}
