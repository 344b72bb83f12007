//! What values mean in any format: dates, lists of authors, inline markup, limits of lists.

pub mod author_list;
pub mod date;
pub mod list_limits;
pub mod markup;
pub mod mathml;
pub mod script;
