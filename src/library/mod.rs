//! What the reader did to papers, kept from run to run.
//!
//! The program hands [`LibraryCommand`]s in and has [`LibraryEvent`] back; both are plain data. What was done is an
//! append-only log, so that nothing is lost and everything can be taken back: what is true of a
//! paper is what the last entry says that was not revoked.

mod catch_up;
mod db;
mod error;
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
pub use snapshot::{LibrarySnapshot, read_snapshot};
pub use transfer::{MergeSummary, export, import};
