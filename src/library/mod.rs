//! The library of a reader: marks, tags, notes, basket, saved searches and sessions, kept across
//! runs.
//!
//! Takes [`LibraryCommand`]s and returns [`LibraryEvent`]s; both are plain data. Changes are stored
//! in an append-only log, so that every one of them can be undone: the current value of an
//! attribute of a paper is that of its newest entry that is not undone.

mod catch_up;
mod db;
mod error;
mod follow_file;
mod model;
mod recognition;
mod service;
mod session;
mod snapshot;
#[cfg(test)]
mod tests;
mod transfer;
mod undo;

pub use db::check::{CheckReport, DerivedTables, check_library, repair};
pub use db::issued_keys::read_issued_keys;
pub use db::store::{OpenedStore, Store};
pub use error::{LibraryError, OpenCause};
pub use model::change::{
    BasketPosition, Change, ChangeSet, ChangeSetId, LibraryId, OnOff, PaperRef,
};
pub use model::command::LibraryCommand;
pub use model::event::{
    Basket, ChangeKind, Durability, LibraryEvent, LogEntry, OpenedLibrary, Receipt, RestoredPapers,
};
pub use model::issued_key::IssuedKey;
pub use model::session::{SavedSearch, Session, SessionEnd};
pub use service::Library;
pub use session::restore::PendingPapers;
pub use session::visits::{LoadStart, NewPapersBaseline};
pub use snapshot::{LibrarySnapshot, read_snapshot};
pub use transfer::{MergeSummary, export, import};
