//! The protocol of a service: its requests and its replies.

use std::time::Duration;

use super::address::Question;
use super::error::FetchError;
use super::request::{HttpReply, HttpRequest, Lifetime, PageReading};
use super::service_query::QuerySyntax;
use super::settings::OnlineSettings;

/// Requests and replies of a service. Without I/O, so that it is tested without a socket.
pub trait ServiceProtocol: Sync {
    /// The syntax of its queries.
    fn syntax(&self) -> QuerySyntax;

    /// The request for the first page.
    ///
    /// # Errors
    ///
    /// Returns [`FetchError::Unsupported`] if the service has no such list.
    fn first(
        &self,
        question: &Question<'_>,
        settings: &OnlineSettings,
    ) -> Result<HttpRequest, FetchError>;

    /// Finds the papers of a reply and the request for the next page.
    ///
    /// # Errors
    ///
    /// Returns an error if the reply is a message of the service instead of papers.
    fn read(&self, request: &HttpRequest, reply: &HttpReply) -> Result<PageReading, FetchError>;

    /// The time for which the reply to a request is kept: a day, unless the service says more. `_today`
    /// is the day in UTC, as in `2026-11-30`.
    fn lifetime(&self, _request: &HttpRequest, _today: &str) -> Lifetime {
        const DAY: Duration = Duration::from_hours(24);
        Lifetime::For(DAY)
    }
}
