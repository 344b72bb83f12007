//! The pure core: the state of the program and the only function that changes it.

mod key;

pub use key::{Code, Key, parse_keys};
