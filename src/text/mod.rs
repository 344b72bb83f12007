//! Text as bytes, cells and meaning: folding for matching, TeX for reading, widths, wrapping, sanitising.
//!
//! A title takes one way through here. It comes from a stranger, so it is sanitised first
//! ([`sanitise()`], or [`sanitise_lines`] where lines matter); it comes from an author, so its TeX is
//! then made readable ([`tex_to_unicode`], or [`rich_text`] with its emphasis); it will be searched, so what is
//! readable is folded ([`fold()`]), and its umlauts are spelled out beside that ([`umlaut_variants`]). What
//! is found in folded text is shown in the readable one ([`FoldedText`]), cut or wrapped to the cells
//! there are ([`truncate`], [`wrap`]). [`find_urls()`] finds the addresses in an abstract, best in the
//! text as it came; [`escape()`] goes back to TeX, for BibTeX.
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

pub use cow::{find_in_cow, map_cow};
pub use distinct::{Distinct, distinct};
pub use fnv::{fnv, fnv_ignoring_case, fnv_of_parts, fnv_of_words};
pub use fold::{FoldedText, fold, fold_into, umlaut_variants};
pub use placeholders::{PatternPiece, split_placeholders};
pub use sanitise::{display_path, is_tidy, sanitise, sanitise_lines, tidy};
pub use tex::{
    Emphasis, RichText, chars_without_tex, escape, escape_signs, is_command, is_word_part,
    resolve_conditionals, rich_text, symbol, tex_to_unicode,
};
pub use urls::{FoundUrl, find_urls};
pub use width::{truncate, width, wrap};
pub use words::{first_words, is_boundary, words};
