//! The forms of a digest: plain text, Markdown, a page and a feed.

pub mod atom;
pub mod html;
pub mod markdown;
mod markup;
pub mod text;
