//! TeX to Unicode for reading, and Unicode to TeX for BibTeX.
//!
//! Titles and abstracts hold TeX as their authors typed it: accents, emphasis, formulas, and half
//! of a macro now and then. Reading must resolve what it knows, leave what it does not know as it
//! stands, and lose nothing where the TeX is broken. Text without a backslash, a dollar or a brace
//! is given back as it is.
//!
//! Three characters mean one thing in TeX and another in prose, and are decided so:
//!
//! - `$…$` is a formula if it has a command in it; or if it holds no words and either stands close
//!   to its dollars and before no digit, or has a script, or is one term that begins with no digit.
//!   Otherwise it is money.
//! - `~` is a space in a formula, and between letters, digits and their punctuation in text that
//!   has a command or a group somewhere; but not where a digit follows a digit or a lone letter
//!   (`N~1000`) nor after a blank (`about ~30%`), where it means "about".
//! - `--`, `---` and the quotes of TeX become dashes and quotes only in such text, too.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr3;

pub mod accents;
pub mod commands;
pub mod conditional;
pub mod escape;
pub mod math;
pub mod parser;
pub mod symbols;
#[cfg(test)]
mod tests;
pub mod unicode_signs;

pub use commands::is_command;
pub use conditional::resolve_conditionals;
pub use escape::{chars_without_tex, escape, escape_signs, is_word_part};
pub use symbols::symbol;

/// How a stretch of text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Emphasis {
    Italic,
    Bold,
    Mono,
}

/// Readable text and what is emphasised in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RichText {
    pub text: String,
    /// Bytes of `text`, by their beginnings, the outer of two that nest first.
    pub emphasis: Vec<(Range<usize>, Emphasis)>,
}

/// Returns `raw` with its TeX resolved; borrowed if it can hold none.
pub fn tex_to_unicode(raw: &str) -> Cow<'_, str> {
    if is_plain(raw) {
        Cow::Borrowed(raw)
    } else {
        Cow::Owned(parser::parse(&resolve_conditionals(raw)).text)
    }
}

/// Returns the text of [`tex_to_unicode`] with its emphasis.
pub fn rich_text(raw: &str) -> RichText {
    if is_plain(raw) {
        return RichText { text: raw.to_owned(), emphasis: Vec::new() };
    }
    parser::parse(&resolve_conditionals(raw))
}

fn is_plain(raw: &str) -> bool {
    memchr3(b'\\', b'$', b'{', raw.as_bytes()).is_none()
}
