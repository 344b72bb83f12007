//! What the reader did to papers, kept from run to run.
//!
//! The program hands [`Task`]s in and has [`News`] back; both are plain data. What was done is an
//! append-only log, so that nothing is lost and everything can be taken back: what is true of a
//! paper is what the last entry says that was not revoked.

mod acts;
mod arrivals;
mod aspect;
mod bookmark;
mod card;
mod catch_up;
mod check;
mod deed;
mod desk;
mod disk;
mod error;
mod fresh;
mod given;
mod issued_key;
mod kept;
mod log;
mod moving;
mod news;
mod place;
mod rebuild;
mod record;
mod recording;
mod schema;
mod sights;
mod store;
mod task;
#[cfg(test)]
mod tests;
mod view;

pub use check::{Derived, Report, check, rescue};
pub use deed::{Act, ActId, Deed, KeptId, Spot, Switch, Which};
pub use desk::Desk;
pub use error::{Cause, LibraryError};
pub use given::kept_keys;
pub use issued_key::GivenKey;
pub use kept::{Kept, kept};
pub use moving::{Merged, export, import};
pub use news::{Basket, Did, Found, Logged, News, Opening, Receipt, Standing};
pub use place::{Ending, Place, Saved};
pub use store::{Opened, Store};
pub use task::Task;
