//! Papers from services on the network: addresses, requests, and the replies as pages of papers.
//!
//! [`Address`] is what the user typed. A file in `services` turns it into requests and finds the next
//! page in a reply, without I/O. [`fetch()`] asks, one page after the other.

pub mod address;
mod address_completion;
mod address_parser;
mod address_text;
mod arxiv_category;
pub mod back_off;
pub mod cached_reply;
pub mod clock;
pub mod connection;
pub mod credentials;
pub mod error;
pub mod expiry;
pub mod fetch;
pub mod host;
pub mod http;
pub mod http_cache;
pub mod pacing;
pub mod pacing_lock;
pub mod pacing_state;
pub mod page_fetch;
pub mod protocol;
pub mod request;
pub mod service;
pub mod service_query;
pub mod services;
pub mod settings;
pub mod url;

pub use address::{Address, AddressError, Listing, Period, PreprintServer, Relation};
pub use address_completion::complete_address;
pub use arxiv_category::is_arxiv_category;
pub use connection::OnlineConnection;
pub use credentials::print_secret;
pub use error::FetchError;
pub use fetch::{FetchEvent, FetchProgress, Freshness, OnlineSource};
pub use host::Host;
pub use http_cache::{CachedReplies, ReplyCache};
pub use page_fetch::fetch;
pub use service::Service;
pub use service_query::{
    AlternativeSyntax, QuerySyntax, ServiceClause, ServiceField, ServiceQuery, ServiceTerm,
};
pub use services::query_syntax;
pub use settings::{ApiKey, NetworkAccess, OnlineSettings};

#[cfg(test)]
mod tests;
