//! The library of Zotero on this machine, read from its database and never written.
//!
//! `places` finds the database, `snapshot` opens a consistent state of it without a lock, also while
//! Zotero writes, `contents` reads the items, and `record` converts one to a paper. [`ZoteroLibrary`]
//! puts them together.

mod contents;
mod error;
mod library;
mod places;
mod record;
mod snapshot;
mod tables;

pub use contents::{LeftOut, ZoteroTypeCount};
pub use error::ZoteroError;
pub use library::{
    ZoteroAddress, ZoteroLibrary, ZoteroReport, is_zotero_database, zotero_database_in,
};
