//! Text as bytes, cells and meaning: folding for matching, TeX for reading, widths, wrapping, sanitising.
//!
//! A title takes one way through here. It comes from a stranger, so it is sanitised first
//! ([`sanitise()`], or [`sanitise_lines`] where lines matter); it comes from an author, so its TeX is
//! then made readable ([`readable`], or [`rich`] with its emphasis); it will be searched, so what is
//! readable is folded ([`fold()`]), and its umlauts are spelled out beside that ([`variants`]). What
//! is found in folded text is shown in the readable one ([`Folded`]), cut or wrapped to the cells
//! there are ([`truncate`], [`wrap`]). [`links()`] finds the addresses in an abstract, best in the
//! text as it came; [`escape`] goes back to TeX, for BibTeX.
//!
//! Nothing here can fail, and what needs no change is borrowed where it can be.

mod cow;
mod distinct;
mod fnv;
mod fold;
mod placeholders;
pub mod sanitise;
mod tex;
mod urls;
mod width;
mod words;

pub use cow::{changed, found};
pub use distinct::{Distinct, distinct};
pub use fnv::{fnv, fnv_of, fnv_of_any_case, fnv_of_words};
pub use fold::{Folded, fold, fold_into, variants};
pub use placeholders::{Piece, pieces};
pub use sanitise::{is_tidy, sanitise, sanitise_lines, tidy};
pub use tex::{
    Emphasis, Rich, escape, escape_signs, is_command, is_word_part, readable, resolve_conditionals,
    rich, symbol, without_tex,
};
pub use urls::{Link, links};
pub use width::{truncate, width, wrap};
pub use words::{first_words, is_boundary, words};
