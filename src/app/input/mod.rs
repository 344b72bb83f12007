//! Keys and the contexts in which they are looked up.
pub mod context;
pub mod key;
pub mod lang_map;
pub mod mouse;
