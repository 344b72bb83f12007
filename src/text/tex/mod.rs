//! Converts TeX to Unicode for reading, and Unicode to TeX for BibTeX.
//!
//! Titles and abstracts contain TeX as authors typed it: accents, emphasis, formulas, and sometimes
//! half of a macro. The conversion resolves known commands, leaves unknown ones unchanged, and
//! loses nothing of broken TeX. Text without a backslash, dollar or brace is returned unchanged.
//!
//! The converter is our own, because the licence of `unicodeit` (LPPL) is not acceptable here, and
//! it has no rules for prose.
//!
//! Three characters have different meanings in TeX and in prose. The rules are:
//!
//! - `$…$` is a formula if it contains a command; or if it contains no words and is either tight
//!   between its dollars and not followed by a digit, or has a script, or is a single term that
//!   does not begin with a digit. Otherwise the dollars are money.
//! - `~` is a space in a formula, and, in text with a command or group, between letters, digits and
//!   their punctuation; but not if a digit follows a digit or a single letter (`N~1000`), or after
//!   a blank (`about ~30%`), where it means "about".
//! - `--`, `---` and TeX's quotes become dashes and quotes only in text with a command or group.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr3;

pub mod accents;
pub mod commands;
pub mod conditional;
pub mod escape;
pub mod formula;
pub mod math;
pub mod parser;
pub mod symbol_table;
pub mod symbols;
#[cfg(test)]
mod tests;
pub mod unicode_signs;

pub use commands::is_command;
pub use conditional::resolve_conditionals;
pub use escape::{chars_without_tex, escape, escape_signs, is_word_part};
pub use symbols::symbol;

/// The emphasis of a range of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Emphasis {
    Italic,
    Bold,
    Mono,
}

/// Converted text and its emphasis.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RichText {
    pub text: String,
    /// Byte ranges of `text`, sorted by their start, with the outer of two nested ranges first.
    pub emphasis: Vec<(Range<usize>, Emphasis)>,
}

/// Converts the TeX in `raw`. Borrowed if it cannot contain any.
pub fn tex_to_unicode(raw: &str) -> Cow<'_, str> {
    if is_plain(raw) {
        Cow::Borrowed(raw)
    } else {
        Cow::Owned(parser::parse(&resolve_conditionals(raw)).text)
    }
}

/// Returns the result of [`tex_to_unicode`] with its emphasis.
pub fn rich_text(raw: &str) -> RichText {
    if is_plain(raw) {
        return RichText { text: raw.to_owned(), emphasis: Vec::new() };
    }
    parser::parse(&resolve_conditionals(raw))
}

fn is_plain(raw: &str) -> bool {
    memchr3(b'\\', b'$', b'{', raw.as_bytes()).is_none()
}

/// Returns true if every brace has its counterpart.
pub fn has_balanced_braces(text: &str) -> bool {
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

/// Returns a test of characters in their order that fails for those within braces.
pub fn outside_braces(is_match: impl Fn(char) -> bool) -> impl FnMut(char) -> bool {
    let mut depth = 0_usize;
    move |c| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && is_match(c)
    }
}

/// Splits at separators outside braces. The parts are trimmed, and empty ones are dropped.
pub fn split_outside_braces(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<&str> {
    let parts = text.split(outside_braces(is_separator));
    parts.map(str::trim).filter(|it| !it.is_empty()).collect()
}
