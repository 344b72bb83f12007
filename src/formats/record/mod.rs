//! A record of named fields, whatever it was written in, and the paper that it describes.

pub mod columns;
pub mod draft;
pub mod embedded;
pub mod facts;
pub mod field;
pub mod field_record;
pub mod journal;
pub mod json;
pub mod kind;
pub mod loose;
pub mod names;
pub mod people;
pub mod snapshot;
pub mod steps;
pub mod text;
