//! Sources of papers: the built-in corpus, files and standard input, loaded into segments.
//!
//! [`open()`] detects the contents of a source from its first bytes. [`load_all()`] loads sources
//! on the caller's thread and posts events, controlled by a [`LoadControl`].

mod abstracts;
mod atomic_file;
mod builtin;
mod cache;
mod disk;
mod error;
mod inbox;
mod input;
mod load;
mod load_control;
mod load_event;
mod online;
mod open;
mod options;
mod record_lookup;
mod source;
mod zotero;

pub use atomic_file::{AtomicFile, FileAccess, SpecialFilePolicy, would_replace, write_private};
pub use builtin::builtin_corpus;
pub use cache::directory::{Cache, CacheListing};
pub use cache::index_file::IndexSaver;
pub use disk::{format_bytes, io_reason};
pub use error::SourceError;
pub use inbox::follow_list::{with_line, without_line};
pub use inbox::followed_source::followed_address;
pub use inbox::{
    ArrivalCounts, FetchLog, FollowList, FollowedSource, IdentityIndex, InboxDirectory,
    InboxSettings, InboxUpdate, KeepPeriod, KnownRecords, MarkedPaper, NEWS, RecordIdentity,
    default_name, is_source_name, missed_lists,
};
pub use load::{index_saver, load_all, load_corpus};
pub use load_control::LoadControl;
pub use load_event::LoadEvent;
pub use online::{
    Address, AddressError, AlternativeSyntax, ApiKey, CachedReplies, FetchError, FetchProgress,
    Freshness, Host, Listing, NetworkAccess, OnlineSettings, OnlineSource, Period, PreprintServer,
    QuerySyntax, Relation, ReplyCache, Service, ServiceClause, ServiceField, ServiceQuery,
    ServiceTerm, complete_address, is_arxiv_category, print_secret, query_syntax,
};
pub use open::source::{Fingerprint, OpenSource, open};
pub use open::standard_input::{PeekTimeout, StandardInput};
pub use options::ReadOptions;
pub use record_lookup::{LookupEvent, look_up_records};
pub use source::{InboxFile, Source};
pub use zotero::{
    LeftOut, ZoteroAddress, ZoteroError, ZoteroLibrary, ZoteroReport, ZoteroTypeCount,
};

#[cfg(test)]
mod tests;
