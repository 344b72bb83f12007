//! Replaces TeX accents by Unicode letters, for programs that read Unicode. Finds formulas, which
//! contain no accents.

use crate::text::tex_to_unicode;

/// Replaces TeX accents and letter commands by Unicode characters. Formulas, braces around capitals
/// and all other commands are unchanged.
pub fn resolve_accents(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['\\', '{', '$']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = match math_end(rest) {
            Some(end) => end,
            None => match letter(rest) {
                Some((len, letter)) => {
                    text.push_str(&letter);
                    rest = &rest[len..];
                    continue;
                }
                None => 1 + usize::from(rest.starts_with("\\{") || rest.starts_with("\\$")),
            },
        };
        text.push_str(&rest[..len]);
        rest = &rest[len..];
    }
    text.push_str(rest);
    text
}

/// Parses an accent or letter command at the start: `\"u`, `\"{u}`, `{\"u}`, `\v{c}`, `{\o}`,
/// `\ss{}`. Returns the length of the TeX in bytes, and the letter.
fn letter(rest: &str) -> Option<(usize, String)> {
    if let Some(inner) = rest.strip_prefix('{') {
        let (len, letter) = letter(inner).filter(|_| inner.starts_with('\\'))?;
        return inner[len..].starts_with('}').then_some((len + 2, letter));
    }
    let name = rest.strip_prefix('\\')?;
    let letter_count = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let command = if letter_count > 0 { letter_count } else { 1 };
    let tail = name.get(command..)?;
    let mut end = 1 + command;
    match name.get(..command)? {
        "\"" | "'" | "`" | "^" | "~" | "=" | "." | "c" | "k" | "d" | "b" | "H" | "r" | "u"
        | "v" => {
            let blank = tail.len() - tail.trim_start_matches(' ').len();
            end += if letter_count > 0 { blank } else { 0 };
            end += argument(rest.get(end..)?)?;
        }
        "o" | "O" | "l" | "L" | "ss" | "ae" | "AE" | "oe" | "OE" | "aa" | "AA" | "i" | "j" => {
            end += if tail.starts_with("{}") { 2 } else { usize::from(tail.starts_with(' ')) };
        }
        _ => return None,
    }
    let converted = tex_to_unicode(&rest[..end]);
    let converted = converted.trim();
    let is_letter = converted.chars().next().is_some_and(|it| it.is_alphabetic() && !it.is_ascii());
    (is_letter && converted.chars().count() == 1).then(|| (end, converted.to_owned()))
}

/// Returns the length of a one-letter argument in bytes: `u`, `{u}`, `\i`, `{\i}`.
fn argument(text: &str) -> Option<usize> {
    ["{\\i}", "{\\j}", "\\i", "\\j"]
        .iter()
        .find(|it| text.starts_with(**it))
        .map(|it| it.len())
        .or_else(|| match text.as_bytes() {
            [b'{', letter, b'}', ..] if letter.is_ascii_alphabetic() => Some(3),
            [letter, ..] if letter.is_ascii_alphabetic() => Some(1),
            _ => None,
        })
}

/// Returns the end of a formula at the start, in bytes. The delimiters touch the formula, so that
/// prices such as `$5 and $6` are none.
pub fn math_end(rest: &str) -> Option<usize> {
    const FENCES: [(&str, &str); 4] = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")];
    let (open, close) = FENCES.into_iter().find(|(open, _)| rest.starts_with(open))?;
    let inner = &rest[open.len()..];
    let (formula, tail) = inner.split_once(close)?;
    let is_close = !formula.is_empty()
        && !formula.contains('$')
        && !formula.starts_with(char::is_whitespace)
        && !formula.ends_with(|c: char| c.is_whitespace() || c == '\\')
        && !tail.starts_with(|c: char| c.is_ascii_digit());
    (is_close && is_balanced(formula) && !has_accent(formula))
        .then_some(open.len() + formula.len() + close.len())
}

/// Returns true if the formula contains an accent command, which is invalid in math mode.
fn has_accent(formula: &str) -> bool {
    formula.match_indices('\\').any(|(at, _)| formula[at..].get(..2).is_some_and(is_accent))
}

/// Returns true if braces balance, both with and without counting escaped ones.
fn is_balanced(formula: &str) -> bool {
    let (mut depth, mut unescaped_depth, mut escaped) = (0_i32, 0_i32, false);
    for c in formula.chars() {
        let step = i32::from(c == '{') - i32::from(c == '}');
        depth += step;
        unescaped_depth += if escaped { 0 } else { step };
        if depth < 0 || unescaped_depth < 0 {
            return false;
        }
        escaped = c == '\\' && !escaped;
    }
    depth == 0 && unescaped_depth == 0 && !escaped
}

pub fn is_accent(command: &str) -> bool {
    command[1..].contains(['"', '\'', '`', '^', '~', '=', '.'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_become_letters_and_all_else_stays() {
        for (tex, text) in [
            ("na\\\"ive", "naïve"),
            ("M{\\\"u}ller, M\\\"{u}ller", "Müller, Müller"),
            ("Erd\\H{o}s {\\v{c}} \\v c", "Erdős č č"),
            ("S{\\o}ren \\ss{} \\aa ngstr", "Søren ß ångstr"),
            ("\\'{\\i}", "í"),
            ("$\\alpha$ {BERT} \\emph{x} \\& \\{\\\"u", "$\\alpha$ {BERT} \\emph{x} \\& \\{ü"),
            ("\\\"1 \\ \\", "\\\"1 \\ \\"),
        ] {
            assert_eq!(resolve_accents(tex), text);
        }
    }
}
