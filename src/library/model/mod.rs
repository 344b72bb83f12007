//! Plain data of the library: what it is asked to do and what it tells.

pub mod change;
pub mod command;
pub mod event;
pub mod issued_key;
pub mod session;
