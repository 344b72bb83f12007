//! Text processing: sanitising, TeX, folding for matching, widths and wrapping.
//!
//! A title passes these stages. It comes from an untrusted source, so it is sanitised
//! ([`sanitise()`], or [`sanitise_lines`] to preserve line breaks). Its TeX is converted for
//! display ([`tex_to_unicode`], or [`rich_text`] with emphasis). The result is folded for search
//! ([`fold()`]), with the variants of its umlauts ([`umlaut_variants`]). [`FoldedText`] maps
//! matches back to the displayed text, which is truncated or wrapped to the available cells
//! ([`truncate`], [`wrap`]). [`find_urls()`] finds the URLs of an abstract, best in its original
//! text. [`escape()`] converts back to TeX, for BibTeX.
//!
//! No conversion fails, and text that needs no change is borrowed where possible.

mod cow;
mod distinct;
mod english;
mod fnv;
mod fold;
mod greek;
mod name_table;
mod nearest;
mod placeholders;
pub mod sanitise;
mod sentences;
mod tex;
mod urls;
mod width;
mod word_form;
mod words;

pub use cow::{find_in_cow, map_cow};
pub use distinct::{Distinct, distinct};
pub use english::{MONTHS, capitalise, counted, group_digits, is_function_word, is_stop_word};
pub use fnv::{fnv, fnv_ignoring_case, fnv_of_parts, fnv_of_words};
pub use fold::{FoldedText, fold, fold_into, umlaut_variants};
pub use greek::{GreekEnding, greek_spellings};
pub use name_table::NameTable;
pub use nearest::nearest_word;
pub use placeholders::{PatternPiece, split_placeholders};
pub use sanitise::{display_path, is_tidy, sanitise, sanitise_lines, tidy};
pub use sentences::sentences;
pub use tex::{
    Emphasis, RichText, chars_without_tex, escape, escape_signs, has_balanced_braces, is_command,
    is_word_part, outside_braces, resolve_conditionals, rich_text, split_outside_braces, symbol,
    tex_to_unicode,
};
pub use urls::{FoundUrl, find_urls};
pub use width::{truncate, width, wrap};
pub use word_form::{are_forms, spelling_variants, stem};
pub use words::{
    first_words, index_terms, is_boundary, is_unspaced, is_word_char, word_rest_len, words,
};
