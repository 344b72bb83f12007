//! A record of named fields, independent of its syntax, and its conversion to a draft.

pub mod authors;
pub mod column_names;
pub mod draft;
pub mod embedded_bibtex;
pub mod extra_fields;
pub mod field;
pub mod field_names;
pub mod field_record;
pub mod json;
pub mod kind;
pub mod lenient;
pub mod retraction;
pub mod server;
pub mod text;
pub mod venue;
