//! What the reader did to papers, kept from run to run.
//!
//! The program hands [`Task`]s in and has [`News`] back; both are plain data. What was done is an
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

pub use db::check::{Derived, Report, check, rescue};
pub use db::issued_keys::kept_keys;
pub use db::store::{Opened, Store};
pub use error::{Cause, LibraryError};
pub use model::change::{Act, ActId, Deed, KeptId, Spot, Switch, Which};
pub use model::command::Task;
pub use model::event::{Basket, Did, Found, Logged, News, Opening, Receipt, Standing};
pub use model::issued_key::GivenKey;
pub use model::session::{Ending, Place, Saved};
pub use service::Desk;
pub use snapshot::{Kept, kept};
pub use transfer::{Merged, export, import};
