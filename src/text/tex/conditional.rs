//! Resolves the conditional with which the American Physical Society writes letters for formulas
//! and for text: `\ifmmode \check{S}\else \v{S}\fi{}`.

use std::borrow::Cow;

use memchr::memmem;

const IF_MATH: &str = "\\ifmmode";
const ELSE: &str = "\\else";
const CLOSE: &str = "\\fi";
/// The maximal length of a conditional in bytes.
const MAX_CONDITIONAL_LEN: usize = 200;

/// Replaces each conditional by its branch for text. An unclosed one remains.
pub fn resolve_conditionals(text: &str) -> Cow<'_, str> {
    if memmem::find(text.as_bytes(), IF_MATH.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(IF_MATH) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if let Some((branch, length)) = text_branch(rest) {
            // Without braces the command would take the next character as its argument.
            let is_bare = branch.ends_with(|c: char| c.is_ascii_alphabetic());
            out.extend(if is_bare { ["{", branch, "}"] } else { ["", branch, ""] });
            length
        } else {
            out.push_str(IF_MATH);
            IF_MATH.len()
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Returns the text branch of the conditional at the start, and the length of the conditional.
fn text_branch(rest: &str) -> Option<(&str, usize)> {
    let mut window = rest.len().min(MAX_CONDITIONAL_LEN);
    while !rest.is_char_boundary(window) {
        window -= 1;
    }
    let window = &rest[..window];
    let middle = window.find(ELSE)?;
    let start = middle + ELSE.len();
    let end = start + window[start..].find(CLOSE)?;
    let is_nested = window[IF_MATH.len()..end].contains(IF_MATH);
    let tail = &rest[end + CLOSE.len()..];
    let skipped =
        if tail.starts_with("{}") { 2 } else { tail.len() - tail.trim_start_matches(' ').len() };
    let is_command = !tail.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_command && !is_nested).then(|| (window[start..end].trim(), end + CLOSE.len() + skipped))
}

#[cfg(test)]
mod tests {
    use super::super::tex_to_unicode;

    #[test]
    fn a_letter_for_formulas_and_text_is_one_letter() {
        for (tex, text) in [
            (r"Kova\ifmmode \check{c}\else \v{c}\fi{}ek", "Kovaček"),
            (
                r"Bo\ifmmode\check{s}\else\v{s}\fi{}ko \ifmmode\acute{C}\else\'{C}\fi{}osi",
                "Boško Ćosi",
            ),
            (r#"F\ifmmode \ddot{o}\else \"{o}\fi{}rster"#, "Förster"),
            (r"\ifmmode\dot{I}\else\.{I}\fi{}lhan", "İlhan"),
            (r"Fa\ifmmode \mbox{\c{c}}\else \c{c}\fi{}on", "Façon"),
            (r"M\ifmmode\bar{a}\else\=a\fi{}ris", "Māris"),
            (
                r"at 90\ifmmode^\circ\else\textdegree\fi{} and 3\ifmmode\times\else\texttimes\fi{}4",
                "at 90° and 3×4",
            ),
            (r"{\L}o\ifmmode\acute{s}\else\'{s}\fi{}", "Łoś"),
            (r"\ifmmode \check{c}", r"\ifmmode č"),
        ] {
            assert_eq!(tex_to_unicode(tex), text, "{tex}");
        }
    }
}
