//! What the reader did to papers, kept from run to run.
//!
//! The program hands [`Task`]s in and has [`News`] back; both are plain data. What was done is an
//! append-only log, so that nothing is lost and everything can be taken back: what is true of a
//! paper is what the last entry says that was not revoked.

mod deed;
mod news;
mod place;
mod task;

pub use deed::{Act, ActId, Deed, KeptId, Spot, Switch, Which};
pub use news::{Basket, Did, Found, Logged, News, Opening, Receipt, Standing};
pub use place::{Ending, Place, Saved};
pub use task::Task;
