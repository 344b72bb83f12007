//! Escapes text for HTML and XML.

use crate::cite::escape_html;

/// Escapes text for HTML and XML, also in quoted attributes. Characters that XML does not allow are
/// dropped.
pub fn escape(text: &str) -> String {
    let is_allowed = |it: &char| !it.is_control() && !['\u{fffe}', '\u{ffff}'].contains(it);
    let text: String = text.chars().filter(is_allowed).collect();
    escape_html(&text).replace('\'', "&#39;")
}
