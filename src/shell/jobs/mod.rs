//! Jobs of effects that use files or other programs: citing, exports, notes, links and styles.

pub mod browser;
pub mod cite;
pub mod complete_path;
pub mod enrich;
pub mod export;
pub mod find_style;
pub mod inbox_update;
pub mod note_editor;
pub mod open_link;
