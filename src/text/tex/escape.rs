//! Unicode to TeX, for the values of BibTeX fields.

use unicode_normalization::UnicodeNormalization;

use super::{accents, symbols};

/// Returns `text` as TeX: signs that TeX reads escaped, accents and letters of Latin as commands,
/// dashes and Greek letters too. All else is kept as it is.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match sign(c).or_else(|| letter(c)) {
            Some(tex) => out.push_str(tex),
            None if c.is_ascii() => out.push(c),
            None => match symbols::greek(c) {
                Some(name) => out.extend(["$\\", name, "$"]),
                None => out.push_str(&accented(c).unwrap_or_else(|| c.to_string())),
            },
        }
    }
    out
}

/// Returns `text` with the signs that TeX reads escaped, and all else as it is.
pub fn escape_signs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match sign(c).filter(|_| c.is_ascii()) {
            Some(tex) => out.push_str(tex),
            None => out.push(c),
        }
    }
    out
}

const fn sign(c: char) -> Option<&'static str> {
    Some(match c {
        '%' => "\\%",
        '&' => "\\&",
        '_' => "\\_",
        '#' => "\\#",
        '$' => "\\$",
        '{' => "\\{",
        '}' => "\\}",
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '–' => "--",
        '—' => "---",
        _ => return None,
    })
}

const fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "{\\o}",
        'Ø' => "{\\O}",
        'ł' => "{\\l}",
        'Ł' => "{\\L}",
        'ß' => "{\\ss}",
        'æ' => "{\\ae}",
        'Æ' => "{\\AE}",
        'œ' => "{\\oe}",
        'Œ' => "{\\OE}",
        'å' => "{\\aa}",
        'Å' => "{\\AA}",
        'ı' => "{\\i}",
        'ȷ' => "{\\j}",
        _ => return None,
    })
}

/// Returns `{\"u}` for `ü`, if TeX has all the accents on the letter.
fn accented(c: char) -> Option<String> {
    let mut parts = [c].into_iter().nfd();
    let base = parts.next().filter(char::is_ascii_alphabetic)?;
    let mut marks = parts.peekable();
    let first = accents::command(*marks.peek()?)?;
    // LaTeX takes the dot off an i by itself, and not all readers of BibTeX know `\'\i`.
    let sits_above = !matches!(first, "c" | "k" | "d" | "b");
    let mut tex = match base {
        'j' if sits_above => "\\j".to_owned(),
        other => other.to_string(),
    };
    for mark in marks {
        let command = accents::command(mark)?;
        let is_bare = tex.len() == 1 && !command.starts_with(char::is_alphabetic);
        let is_dotless = tex.len() == 2 && !command.starts_with(char::is_alphabetic);
        tex = if is_bare || is_dotless {
            format!("\\{command}{tex}")
        } else {
            format!("\\{command}{{{tex}}}")
        };
    }
    Some(format!("{{{tex}}}"))
}
