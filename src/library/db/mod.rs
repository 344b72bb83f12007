//! The database: an append-only log of changes, and the tables that are derived from it.

pub mod accepted_json;
pub mod attribute;
pub mod check;
pub mod file_identity;
pub mod filesystem;
pub mod issued_keys;
pub mod log;
pub mod paper_json;
pub mod paper_map;
pub mod rebuild;
pub mod record_changes;
pub mod schema;
pub mod source_record;
pub mod state;
pub mod store;
