//! Text as bytes, cells and meaning: folding for matching, TeX for reading, widths, wrapping, sanitising.

mod fold;
mod links;
mod sanitise;
mod tex;
mod width;

pub use fold::{Folded, fold, fold_into, variants};
pub use links::{Link, links};
pub use sanitise::{sanitise, sanitise_lines};
pub use tex::{Emphasis, Rich, escape, readable, rich};
pub use width::{truncate, width, wrap};
