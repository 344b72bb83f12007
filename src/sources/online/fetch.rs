//! Asks a service page after page.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::address::{Address, Question};
use super::error::FetchError;
use super::request::{HttpReply, HttpRequest, Lifetime, PagePapers};
use super::service::Service;
use super::service_query::ServiceQuery;
use super::services::protocol;
use super::settings::OnlineSettings;
use crate::domain::Identifier;
use crate::formats::Format;
use crate::sources::load_control::LoadControl;

/// Papers of one fetch. A search that has more says so.
const MAX_PAPERS: u64 = 2_000;

/// A source on the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnlineSource {
    pub address: Address,
    /// The query of a search, as far as its service can express it.
    pub query: ServiceQuery,
    /// The rest of the query, as a filter for the papers that come; may be empty.
    pub filter: String,
}

/// Whether a reply of the cache that is not out of date is taken without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Freshness {
    #[default]
    FromCache,
    /// Every reply is asked for again, with what the cache knows of it.
    Revalidated,
}

/// What arrives during a fetch.
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
    /// What the fetch waits for, as in `3 s between requests`.
    pub waits_for: Option<String>,
}

/// What sends requests and keeps replies.
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

    /// Today in UTC, as in `2026-11-30`.
    fn today(&self) -> String;
}

impl OnlineSource {
    /// A source whose address is not a search.
    pub fn new(address: Address) -> Self {
        Self { address, query: ServiceQuery::default(), filter: String::new() }
    }

    /// The questions that the address leads to, each with the service that answers it.
    fn questions(&self) -> Vec<(Service, Question<'_>)> {
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

/// Fetches the pages of a source in order. `each` receives them as they come, and ends the fetch by
/// breaking.
///
/// # Errors
///
/// Returns the first error; the pages before it have been passed on.
pub fn fetch(
    source: &OnlineSource,
    settings: &OnlineSettings,
    connection: &dyn ReplySource,
    freshness: Freshness,
    control: &LoadControl,
    each: &mut dyn FnMut(FetchEvent) -> ControlFlow<()>,
) -> Result<(), FetchError> {
    let mut progress = FetchProgress {
        name: source.address.title().into(),
        pages: 0,
        total: None,
        waits_for: None,
    };
    for (service, question) in source.questions() {
        let protocol = protocol(service);
        let mut next = Some(protocol.first(&question, settings)?);
        while let Some(request) = next.take() {
            if control.wait_while_paused() {
                return Err(FetchError::Cancelled);
            }
            let lifetime = protocol.lifetime(&request, &connection.today());
            let reply =
                connection.ask(&request, lifetime, freshness, control, &mut |waits_for| {
                    progress.waits_for = Some(waits_for);
                    let _ = each(FetchEvent::Progress(progress.clone()));
                })?;
            let page = protocol.read(&request, &reply)?;
            progress.pages += 1;
            progress.total = page.total.or(progress.total);
            progress.waits_for = None;
            let papers = match page.papers {
                PagePapers::InBody => Some(FetchEvent::Page(reply.body, None)),
                PagePapers::Document(format, bytes) => Some(FetchEvent::Page(bytes, Some(format))),
                PagePapers::None => None,
            };
            let notice = page.notice.map(FetchEvent::Notice);
            let events = papers.into_iter().chain(notice);
            for event in events.chain([FetchEvent::Progress(progress.clone())]) {
                if each(event).is_break() {
                    return Ok(());
                }
            }
            next = page.next.filter(|it| *it != request);
        }
    }
    Ok(())
}

/// Maximum number of papers of one fetch.
pub fn max_papers() -> u64 {
    MAX_PAPERS
}
