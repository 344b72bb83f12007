//! Parsers of values that all formats share: dates, author lists, inline markup, and limits of
//! lists.

pub mod author_list;
pub mod date;
pub mod list_limits;
pub mod markup;
pub mod mathml;
pub mod script;
