//! Keys as the program knows them, and where they are looked up.
pub mod context;
pub mod key;
