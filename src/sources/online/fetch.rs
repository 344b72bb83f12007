//! A source on the network, what arrives of it, and what sends its requests.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::address::{Address, Question};
use super::error::FetchError;
use super::request::{HttpReply, HttpRequest, Lifetime};
use super::service::Service;
use super::service_query::ServiceQuery;
use crate::domain::Identifier;
use crate::formats::Format;
use crate::sources::load_control::LoadControl;

/// A source on the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnlineSource {
    pub address: Address,
    /// The query of a search, as far as its service can express it.
    pub query: ServiceQuery,
    /// The rest of the query, as a filter for the papers that come; may be empty.
    pub filter: String,
}

/// The trust in a reply of the cache that is not out of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Freshness {
    #[default]
    FromCache,
    /// Every reply is asked for again, with what the cache knows of it.
    Revalidated,
}

/// An event of a fetch.
#[derive(Debug)]
pub enum FetchEvent {
    /// A page with papers, in this format or in one that is detected.
    Page(Vec<u8>, Option<Format>),
    Progress(FetchProgress),
    Notice(String),
}

/// The progress of a fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchProgress {
    /// The name of the list.
    pub name: Arc<str>,
    /// Pages read.
    pub pages: u32,
    /// The number of papers that the service has announced.
    pub total: Option<u64>,
    /// The reason for waiting, as in `3 s between requests`.
    pub waits_for: Option<String>,
    /// The part of the query that the service cannot express, which is to be applied to the papers
    /// that come; empty if the service applies all of it.
    pub filter: Arc<str>,
    /// True in the last event of a fetch, whether or not it failed.
    pub is_ended: bool,
}

/// A sender of requests that keeps replies.
pub trait ReplySource {
    /// The reply to a request, from the cache or from the host. `on_wait` is told what is waited
    /// for.
    ///
    /// # Errors
    ///
    /// Returns the reason if there is no reply; [`FetchError::Cancelled`] soon after the load is
    /// cancelled.
    fn ask(
        &self,
        request: &HttpRequest,
        lifetime: Lifetime,
        freshness: Freshness,
        control: &LoadControl,
        on_wait: &mut dyn FnMut(String),
    ) -> Result<HttpReply, FetchError>;

    /// Forgets the reply to a request, which proved to have no papers that can be read.
    fn forget(&self, request: &HttpRequest);

    /// Today in UTC, as in `2026-11-30`.
    fn today(&self) -> String;
}

/// The receiver of what arrives. It returns the number of papers of the event, or ends the fetch by
/// breaking.
pub type FetchReceiver<'a> = dyn FnMut(FetchEvent) -> ControlFlow<(), u64> + 'a;

impl OnlineSource {
    /// A source whose address is not a search.
    pub fn new(address: Address) -> Self {
        Self { address, query: ServiceQuery::default(), filter: String::new() }
    }

    /// The request that the fetch begins with.
    ///
    /// # Errors
    ///
    /// Returns [`FetchError::Unsupported`] if the service has no such list.
    #[cfg(test)]
    pub fn first_request(
        &self,
        settings: &super::settings::OnlineSettings,
    ) -> Result<HttpRequest, FetchError> {
        use super::services::protocol;
        let questions = self.questions();
        let first = questions.first().map(|(service, question)| (protocol(*service), question));
        let nothing =
            || FetchError::Unsupported { what: self.address.title(), service: "no service" };
        let (protocol, question) = first.ok_or_else(nothing)?;
        protocol.first(question, settings)
    }

    /// The questions that the address leads to, each with the service that answers it.
    pub fn questions(&self) -> Vec<(Service, Question<'_>)> {
        match &self.address {
            Address::Listing(listing) => {
                vec![(listing.service(), Question::Listing(listing))]
            }
            Address::Search { service, .. } => vec![(*service, Question::Search(&self.query))],
            Address::Papers(identifiers) => identifiers
                .chunk_by(|one, other| service_of(one) == service_of(other))
                .map(|same| (service_of(&same[0]), Question::Papers(same)))
                .collect(),
            Address::Related(relation, id) => {
                vec![(Service::SemanticScholar, Question::Related(*relation, id))]
            }
            Address::Page(url) => vec![(Service::Web, Question::Page(url))],
        }
    }
}

/// The service that knows a paper by an identifier of this kind.
fn service_of(identifier: &Identifier) -> Service {
    match identifier {
        Identifier::Arxiv(_) => Service::Arxiv,
        Identifier::Doi(_) => Service::Crossref,
        Identifier::Pmid(_) => Service::Pubmed,
        Identifier::Pmcid(_) => Service::EuropePmc,
    }
}
