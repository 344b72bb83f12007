//! Plain data of the library: commands, events, changes and sessions.

pub mod change;
pub mod command;
pub mod event;
pub mod issued_key;
pub mod session;
