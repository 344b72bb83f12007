//! Accents of TeX as the letters that they make, for programs that read Unicode.

use crate::text::readable;

/// The text with accents and letters of TeX as characters. Formulas, braces that guard capitals and
/// all other commands stay.
pub fn resolved(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['\\', '{', '$']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = match super::math_end(rest) {
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

/// The character that an accent or a letter at the beginning makes, and how long its TeX is:
/// `\"u`, `\"{u}`, `{\"u}`, `\v{c}`, `{\o}`, `\ss{}`.
fn letter(rest: &str) -> Option<(usize, String)> {
    if let Some(inner) = rest.strip_prefix('{') {
        let (len, letter) = letter(inner).filter(|_| inner.starts_with('\\'))?;
        return inner[len..].starts_with('}').then_some((len + 2, letter));
    }
    let name = rest.strip_prefix('\\')?;
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let command = if letters > 0 { letters } else { 1 };
    let after = name.get(command..)?;
    let mut end = 1 + command;
    match name.get(..command)? {
        "\"" | "'" | "`" | "^" | "~" | "=" | "." | "c" | "k" | "d" | "b" | "H" | "r" | "u"
        | "v" => {
            let blank = after.len() - after.trim_start_matches(' ').len();
            end += if letters > 0 { blank } else { 0 };
            end += argument(rest.get(end..)?)?;
        }
        "o" | "O" | "l" | "L" | "ss" | "ae" | "AE" | "oe" | "OE" | "aa" | "AA" | "i" | "j" => {
            end += if after.starts_with("{}") { 2 } else { usize::from(after.starts_with(' ')) };
        }
        _ => return None,
    }
    let made = readable(&rest[..end]);
    let made = made.trim();
    let is_letter = made.chars().next().is_some_and(|it| it.is_alphabetic() && !it.is_ascii());
    (is_letter && made.chars().count() == 1).then(|| (end, made.to_owned()))
}

/// How long an argument is that is one letter: `u`, `{u}`, `\i`, `{\i}`.
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
            assert_eq!(resolved(tex), text);
        }
    }
}
