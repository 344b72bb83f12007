//! Raised and lowered text in Unicode's own characters.

use crate::text::tex_to_unicode;

/// The longest sub- or superscript that is shown as one, in bytes.
const MAX_SCRIPT_LEN: usize = 60;

/// Where a text stands beside the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptPosition {
    Superscript,
    Subscript,
}

/// The text in raised or lowered characters, where Unicode has one for each of its own.
pub fn to_script(script: ScriptPosition, text: &str) -> Option<String> {
    let command = match script {
        ScriptPosition::Superscript => "textsuperscript",
        ScriptPosition::Subscript => "textsubscript",
    };
    let text = text.trim();
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || "+-−=()".contains(c));
    if text.is_empty() || text.len() > MAX_SCRIPT_LEN || !is_plain {
        return None;
    }
    let scripted = tex_to_unicode(&format!("\\{command}{{{text}}}").replace('−', "-")).into_owned();
    (!scripted.starts_with(['^', '_', '\\'])).then_some(scripted)
}

/// Appends a sub- or superscript: raised or lowered if each of its characters can be, else as it
/// stands.
pub fn push_script(script: ScriptPosition, text: &str, out: &mut String) {
    match to_script(script, text) {
        Some(scripted) => out.push_str(&scripted),
        None => out.push_str(text.trim()),
    }
}
