//! Work that effects ask for and that touches files or other programs: citing, export,
//! notes, links, styles.

pub mod cite;
pub mod export;
pub mod find_style;
pub mod note_editor;
pub mod open_link;
