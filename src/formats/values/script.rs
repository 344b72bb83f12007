//! Converts superscripts and subscripts to Unicode characters.

use crate::text::tex_to_unicode;

/// The maximal length of a converted script in bytes.
const MAX_SCRIPT_LEN: usize = 60;

/// The position of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptPosition {
    Superscript,
    Subscript,
}

/// Converts a text to superscript or subscript characters. Returns `None` if Unicode lacks one of
/// them.
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

/// Appends a superscript or subscript, or the plain text if Unicode lacks one of its characters.
pub fn push_script(script: ScriptPosition, text: &str, out: &mut String) {
    match to_script(script, text) {
        Some(scripted) => out.push_str(&scripted),
        None => out.push_str(text.trim()),
    }
}
