//! HTML of mails and notes: tags and text, without a tree. Any bytes are accepted, in linear time.

pub mod text;
pub mod tokens;
