//! Text as bytes, cells and meaning: folding for matching, TeX for reading, widths, wrapping, sanitising.

mod fold;

pub use fold::{Folded, fold, fold_into, variants};
