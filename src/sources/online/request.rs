//! A request to a host, its reply, and what a service reads in the reply. Plain data.

use std::time::Duration;

use super::host::Host;
use crate::formats::Format;

/// Papers of one fetch. A search that has more says so.
pub const MAX_PAPERS: u64 = 2_000;

/// A request: `GET`, or `POST` of a JSON document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    pub host: Host,
    /// Path and query, as in `/api/query?id_list=2501.02950`; the whole address for [`Host::Web`].
    pub path: String,
    /// The JSON document of a `POST`.
    pub json_body: Option<String>,
    /// The request after this one, if its reply does not tell: not sent, and no part of what the
    /// cache knows the request by.
    pub then: Option<Box<Self>>,
}

impl HttpRequest {
    pub fn get(host: Host, path: impl Into<String>) -> Self {
        Self { host, path: path.into(), json_body: None, then: None }
    }

    pub fn post(host: Host, path: impl Into<String>, json_body: impl Into<String>) -> Self {
        let json_body = Some(json_body.into());
        Self { host, path: path.into(), json_body, then: None }
    }

    /// The requests one after the other, as one that leads to all of them; `None` without any.
    pub fn chain(requests: Vec<Self>) -> Option<Self> {
        requests
            .into_iter()
            .rev()
            .reduce(|after, before| Self { then: Some(Box::new(after)), ..before })
    }

    /// The request after this one.
    pub fn next(&self) -> Option<Self> {
        self.then.as_deref().cloned()
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

/// The result of reading a reply.
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
    /// The body, in this format, whatever the user says of the formats of files.
    InFormat(Format),
    /// None: the reply only leads to the next request.
    None,
}
