//! Raised and lowered text in Unicode's own characters.

use crate::text::readable;

/// The longest sub- or superscript that is shown as one, in bytes.
const LONGEST: usize = 60;

/// Where a text stands beside the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Raised,
    Lowered,
}

/// The text in raised or lowered characters, where Unicode has one for each of its own.
pub fn scripted(script: Script, text: &str) -> Option<String> {
    let command = match script {
        Script::Raised => "textsuperscript",
        Script::Lowered => "textsubscript",
    };
    let text = text.trim();
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || "+-−=()".contains(c));
    if text.is_empty() || text.len() > LONGEST || !is_plain {
        return None;
    }
    let scripted = readable(&format!("\\{command}{{{text}}}").replace('−', "-")).into_owned();
    (!scripted.starts_with(['^', '_', '\\'])).then_some(scripted)
}

/// Appends a sub- or superscript: raised or lowered if each of its characters can be, else as it
/// stands.
pub fn push(script: Script, text: &str, out: &mut String) {
    match scripted(script, text) {
        Some(scripted) => out.push_str(&scripted),
        None => out.push_str(text.trim()),
    }
}
