//! The inbox: what the user follows, and the papers that it has listed, one JSON Lines file a source.
//!
//! ```text
//! inbox/NAME.jsonl        the papers of a source, each with its day, its source and how it was announced
//! inbox/News.jsonl        changes of marked papers
//! inbox/NAME.past         keys of the papers that are kept no longer, so that none comes twice
//! inbox/fetched.json      the time of the last fetch of each source, and of an update that is not done
//! inbox/unfollowed/       the files of sources that are followed no longer
//! ```
//!
//! Every file is replaced by a rename, in an order in which a process that is killed at any moment
//! leaves papers that the next update knows.

pub mod address;
pub mod directory;
pub mod fetch_log;
pub mod follow_list;
pub mod followed_source;
pub mod identity_index;
pub mod known_records;
pub mod missed_lists;
pub mod news;
pub mod source_name;
pub mod store;

pub use address::InboxSettings;
pub use directory::InboxDirectory;
pub use fetch_log::FetchLog;
pub use follow_list::FollowList;
pub use followed_source::{FollowedSource, KeepPeriod};
pub use identity_index::{IdentityIndex, RecordIdentity};
pub use known_records::KnownRecords;
pub use missed_lists::missed_lists;
pub use news::MarkedPaper;
pub use source_name::{NEWS, default_name, is_source_name};
pub use store::{ArrivalCounts, InboxUpdate};
