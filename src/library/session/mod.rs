//! Sessions: the reading position in a source, and the papers that the source held at the last
//! visit.

pub mod restore;
pub mod visits;
