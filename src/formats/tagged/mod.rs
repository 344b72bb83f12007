//! Formats of tagged lines: what they share.

pub mod identify;
pub mod reader;
pub mod record;
