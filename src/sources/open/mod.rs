//! Opens sources and detects their contents.

pub mod contents;
pub mod folder;
pub mod source;
pub mod standard_input;
