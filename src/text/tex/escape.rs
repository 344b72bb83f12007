//! Converts Unicode to TeX, for the values of BibTeX fields.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{accents, math, outside_braces, unicode_signs};

/// Escapes the special characters of TeX, and replaces every letter and symbol for which LaTeX has
/// a command. All other characters remain: see [`chars_without_tex`].
pub fn escape(text: &str) -> String {
    escape_unless(text, |_| false)
}

/// Escapes the special characters of TeX, but preserves the letters and symbols that `pdfLaTeX`
/// accepts in UTF-8: Latin letters, dashes, quotes. Symbols of formulas become TeX.
pub fn escape_signs(text: &str) -> String {
    escape_unless(text, |c| {
        let is_latin = matches!(c, '\u{a0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
        // `ŉ` and `ʼn` are equivalent in Unicode, but not in LaTeX.
        let is_twin = c > '\u{ff}' && [c].into_iter().nfkc().ne([c]) || matches!(c, 'ʻ' | 'ʼ');
        (is_latin || unicode_signs::text_command(c).is_some())
            && !is_twin
            && script_base(c).is_none()
    })
}

/// Escapes all but the characters for which `is_kept` is true. Special characters of TeX in ASCII
/// are always escaped.
fn escape_unless(text: &str, is_kept: fn(char) -> bool) -> String {
    let text = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) };
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest: &str = &text;
    // True if `out` ends with TeX that this function wrote, whose last character could form a
    // ligature with the next one.
    let mut ends_with_tex = false;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        let cluster = if let Some((script, _)) = script_base(c) {
            let is_end = |it: char| self::script_base(it).is_none_or(|(other, _)| other != script);
            &rest[..rest.find(is_end).unwrap_or(rest.len())]
        } else {
            let marks = tail.find(|it| !is_combining_mark(it)).unwrap_or(tail.len());
            &rest[..c.len_utf8() + marks]
        };
        rest = &rest[cluster.len()..];
        match (command(c), script_base(c)) {
            (Some(tex), _) => out.extend([tex, &cluster[c.len_utf8()..]]),
            _ if c.is_ascii() && cluster.len() == 1 || is_kept(c) => {
                if ends_with_tex {
                    split_ligature(&mut out, cluster);
                }
                out.push_str(cluster);
            }
            (None, Some((script, _))) => out.push_str(&escape_script(script, cluster)),
            (None, None) => {
                let tex = escape_cluster(cluster).unwrap_or(Cow::Borrowed(cluster));
                split_ligature(&mut out, &tex);
                out.push_str(&tex);
                ends_with_tex = true;
                continue;
            }
        }
        ends_with_tex = false;
    }
    out
}

/// Separates two quotes or dashes that TeX would join to a ligature: `’’` is not `”`.
fn split_ligature(out: &mut String, next: &str) {
    let is_part = |c: char| matches!(c, '\'' | '`' | '-');
    if next.chars().next().filter(|it| is_part(*it)).is_some_and(|it| out.ends_with(it)) {
        out.push_str("{}");
    }
}

/// Returns the characters of a text for which LaTeX has no command, and which [`escape`] leaves as
/// they are.
pub fn chars_without_tex(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_ascii() && !is_combining_mark(*c)).filter(|c| {
        let mut buffer = [0; 4];
        script_base(*c).is_none() && escape_cluster(c.encode_utf8(&mut buffer)).is_none()
    })
}

/// Returns true if a character continues a word: letters, digits, combining marks, superscripts and
/// subscripts.
pub fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && (is_combining_mark(c) || script_base(c).is_some())
}

const fn command(c: char) -> Option<&'static str> {
    Some(match c {
        '%' => "\\%",
        '&' => "\\&",
        '_' => "\\_",
        '#' => "\\#",
        '$' => "\\$",
        // BibTeX counts braces even after a backslash.
        '{' => "\\textbraceleft{}",
        '}' => "\\textbraceright{}",
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        _ => return None,
    })
}

/// Converts a letter with its marks to TeX, if LaTeX has it.
fn escape_cluster(cluster: &str) -> Option<Cow<'static, str>> {
    let mut chars = cluster.chars();
    let c = chars.next()?;
    if chars.as_str().is_empty() {
        let tex = unicode_signs::text_command(c).map(Cow::Borrowed);
        let tex = tex.or_else(|| unicode_signs::math_command(c).map(|it| formula(it).into()));
        if tex.is_some() {
            return tex;
        }
        if c.is_ascii() {
            return Some(command(c).map_or_else(|| c.to_string().into(), Cow::Borrowed));
        }
    }
    escape_accented(cluster)
        .or_else(|| escape_math_accented(cluster))
        .or_else(|| blackboard(c))
        .map(Cow::Owned)
        .or_else(|| {
            // Some characters are variants of others in appearance only: `ﬁ`, `𝑥`, full width.
            let plain: String = [c].into_iter().nfkc().collect();
            let is_decomposed = chars.as_str().is_empty() && !plain.contains(c);
            let parts = || plain.chars().map(|it| escape_cluster(it.encode_utf8(&mut [0; 4])));
            is_decomposed.then(parts)?.collect::<Option<String>>().map(Cow::Owned)
        })
}

/// Wraps TeX in dollars. Capitals outside braces get a group, because BibTeX styles lower-case them
/// in titles, even in command names.
fn formula(tex: &str) -> String {
    let is_capital = outside_braces(|c| c.is_ascii_uppercase());
    if tex.chars().any(is_capital) { format!("{{${tex}$}}") } else { format!("${tex}$") }
}

/// Returns `^` or `_`, and the plain character, for a superscript or subscript.
fn script_base(c: char) -> Option<(char, char)> {
    if c.is_ascii() {
        return None;
    }
    [('^', math::SUPERSCRIPTS), ('_', math::SUBSCRIPTS)].into_iter().find_map(|(script, table)| {
        let at = table.1.chars().position(|it| it == c)?;
        table.0.chars().nth(at).filter(|it| *it != c).map(|it| (script, it))
    })
}

fn escape_script(script: char, run: &str) -> String {
    let plain = run.chars().filter_map(script_base).map(|(_, plain)| {
        match unicode_signs::math_command(plain) {
            Some(tex) => Cow::Borrowed(tex),
            None => Cow::Owned(plain.to_string()),
        }
    });
    let plain: String = plain.collect();
    match plain.as_bytes() {
        [digit] if !digit.is_ascii_uppercase() => format!("${script}{plain}$"),
        _ => format!("${script}{{{plain}}}$"),
    }
}

/// Returns `{\"u}` for `ü`, if TeX has all accents of the letter.
fn escape_accented(cluster: &str) -> Option<String> {
    let mut parts = cluster.nfd();
    let base = parts.next().filter(|it| it.is_alphabetic())?;
    let mut marks = parts.peekable();
    let first = accents::text_command(*marks.peek()?)?;
    // LaTeX removes the dot of an i itself, and some readers of BibTeX do not know `\'\i`.
    let sits_above = !matches!(first, "c" | "k" | "d" | "b" | "textcommabelow");
    let mut tex = match base {
        'j' if sits_above => "\\j".to_owned(),
        other if other.is_ascii() => other.to_string(),
        other => unicode_signs::text_command(other)?.to_owned(),
    };
    for mark in marks {
        let command = accents::text_command(mark)?;
        let is_bare = tex.len() == 1 && !command.starts_with(char::is_alphabetic);
        let is_dotless = tex.len() == 2 && !command.starts_with(char::is_alphabetic);
        tex = if is_bare || is_dotless || tex.starts_with('{') {
            format!("\\{command}{tex}")
        } else {
            format!("\\{command}{{{tex}}}")
        };
    }
    Some(format!("{{{tex}}}"))
}

/// Returns `$\acute{\alpha}$` for `ά`.
fn escape_math_accented(cluster: &str) -> Option<String> {
    let mut parts = cluster.nfd();
    let base = unicode_signs::math_command(parts.next()?)?;
    let crossed = |tex: String, mark| match mark {
        '\u{338}' => Some(format!("\\not{tex}")),
        _ => accents::math_command(mark).map(|it| format!("\\{it}{{{tex}}}")),
    };
    parts.try_fold(base.to_owned(), crossed).map(|it| formula(&it))
}

/// Returns `$\mathbb{F}$` for `𝔽`.
fn blackboard(c: char) -> Option<String> {
    let plain: String = [c].into_iter().nfkc().collect();
    let is_double = matches!(c, '\u{1d538}'..='\u{1d550}') && plain.is_ascii();
    is_double.then(|| format!("$\\mathbb{{{plain}}}$"))
}
