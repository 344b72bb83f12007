//! A request to a host, its reply, and what a service reads in the reply. Plain data.

use std::time::Duration;

use super::host::Host;
use crate::formats::Format;

/// A request: `GET`, or `POST` of a JSON document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    pub host: Host,
    /// Path and query, as in `/api/query?id_list=2501.02950`; the whole address for [`Host::Web`].
    pub path: String,
    /// The JSON document of a `POST`.
    pub json_body: Option<String>,
}

impl HttpRequest {
    pub fn get(host: Host, path: impl Into<String>) -> Self {
        Self { host, path: path.into(), json_body: None }
    }

    pub fn post(host: Host, path: impl Into<String>, json_body: impl Into<String>) -> Self {
        Self { host, path: path.into(), json_body: Some(json_body.into()) }
    }
}

/// A reply with status 200, or one that the cache has kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpReply {
    pub body: Vec<u8>,
    /// The names are in lower case.
    pub headers: Vec<(String, String)>,
}

impl HttpReply {
    /// Returns the first header with this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }
}

/// The time for which a reply is taken from the cache without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// It never changes.
    Final,
    For(Duration),
    /// Until the next midnight in New York, when arXiv changes its results.
    ArxivDay,
}

/// What a service reads in a reply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageReading {
    pub papers: PagePapers,
    /// The number of papers in all pages, if the reply has it.
    pub total: Option<u64>,
    pub next: Option<HttpRequest>,
    /// A fact for the user, as in `OpenAlex: 980 of 1,000 credits left today`.
    pub notice: Option<String>,
}

/// The papers of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PagePapers {
    /// The body, in the format that is detected.
    #[default]
    InBody,
    /// A document made of the body, in this format.
    Document(Format, Vec<u8>),
    /// None: the reply only leads to the next request.
    None,
}
