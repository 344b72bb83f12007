//! A paper and its parts: names, bibliographic fields, pages, links, identity, and the separators
//! of stored records.

pub mod draft;
pub mod field;
pub mod identity;
pub mod link;
pub mod name;
pub mod organisation;
pub mod pages;
pub mod paper;
pub mod record;
