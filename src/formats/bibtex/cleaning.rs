//! Removes markup and entities that services leave in BibTeX fields, escaped for TeX or not.

use std::borrow::Cow;

use crate::formats::values::markup;

/// Characters of markup in the forms in which programs escape them for TeX.
const ESCAPED: [(&str, &str); 14] = [
    ("\\ensuremath{<}", "<"),
    ("\\ensuremath{>}", ">"),
    ("{$<$}", "<"),
    ("{$>$}", ">"),
    ("$<$", "<"),
    ("$>$", ">"),
    ("{\\textless}", "<"),
    ("{\\textgreater}", ">"),
    ("\\textless{}", "<"),
    ("\\textgreater{}", ">"),
    ("{\\&}", "&"),
    ("\\&", "&"),
    ("\\mathsemicolon", ";"),
    ("&\\#", "&#"),
];

/// Removes markup and entities. In text without any other TeX, also converts TeX dashes and quotes,
/// since nothing would mark it as TeX later.
pub fn clean(text: &str) -> Cow<'_, str> {
    match strip_markup(text) {
        Some(text) => Cow::Owned(text),
        None if text.contains(['\\', '$', '{']) => Cow::Borrowed(text),
        None if text.contains("--") || text.contains("``") => Cow::Owned(
            text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”"),
        ),
        None => Cow::Borrowed(text),
    }
}

/// Replaces each tie (`~`) between words by a blank. A `~` in a URL or before a number, as in `~30`
/// and `10~100`, is literal in practice.
pub fn replace_ties(text: &str) -> Cow<'_, str> {
    if !text.contains('~') {
        return Cow::Borrowed(text);
    }
    let words = text.split_inclusive(' ').map(|word| {
        let is_address = word.contains("://") || word.contains("\\url") || word.contains("www.");
        if is_address { Cow::Borrowed(word) } else { replace_tie(word) }
    });
    Cow::Owned(words.collect())
}

fn replace_tie(word: &str) -> Cow<'_, str> {
    let parts: Vec<&str> = word.split('~').collect();
    let mut out = parts[0].to_owned();
    for pair in parts.windows(2) {
        let (last_char, next_char) = (pair[0].chars().next_back(), pair[1].chars().next());
        let is_accent = last_char == Some('\\');
        let is_sign = next_char.is_some_and(char::is_numeric)
            && pair[0].chars().all(|it| it.is_numeric() || "+-<>=($".contains(it));
        out.push(if is_accent || is_sign { '~' } else { ' ' });
        out.push_str(pair[1]);
    }
    Cow::Owned(out)
}

/// Returns `None` if the text has no markup.
fn strip_markup(text: &str) -> Option<String> {
    let has_sign = text.contains(['<', '&']) || ["less", "{>}"].iter().any(|it| text.contains(it));
    if !has_sign {
        return None;
    }
    let unescaped = ESCAPED.iter().fold(Cow::Borrowed(text), |text, (tex, character)| {
        if text.contains(tex) { Cow::Owned(text.replace(tex, character)) } else { text }
    });
    let clean = markup::strip_markup(&unescaped);
    (clean != unescaped).then(|| clean.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_is_a_blank() {
        for (text, expected) in [
            ("Hall, P.~Q. and Ida~Roe", "Hall, P. Q. and Ida Roe"),
            ("Fig.~3 of New~York, {\\'E}~A", "Fig. 3 of New York, {\\'E} A"),
            ("A~{B}~C~", "A {B} C "),
            ("Mu\\~noz, ~30 of 10~100", "Mu\\~noz, ~30 of 10~100"),
            (
                "see https://example.org/~roe or \\url{example.org/~roe}",
                "see https://example.org/~roe or \\url{example.org/~roe}",
            ),
        ] {
            assert_eq!(replace_ties(text), expected);
        }
    }

    #[test]
    fn markup_goes_however_it_is_written() {
        for (text, expected) in [
            ("Maps of <i>A. mellifera</i> &amp; bees", "Maps of A. mellifera & bees"),
            ("Maps of {\\textless}i{\\textgreater}A{\\textless}/i{\\textgreater}", "Maps of A"),
            ("$<$b$>$Maps$<$/b$>$ {\\&}amp; Charts", "Maps & Charts"),
            ("Maps \\&amp\\mathsemicolon Charts", "Maps & Charts"),
            ("Caf\\&\\#233; Maps", "Café Maps"),
            (
                "On \\ensuremath{<}mml:math\\ensuremath{>}\\ensuremath{<}mml:mi\\ensuremath{>}k\\ensuremath{<}/mml:mi\\ensuremath{>}\\ensuremath{<}/mml:math\\ensuremath{>} maps",
                "On k maps",
            ),
            ("Maps with $p<q$ \\& {\\textless} b", "Maps with $p<q$ \\& {\\textless} b"),
            ("Maps -- a ``view''", "Maps – a “view”"),
            ("Maps", "Maps"),
        ] {
            assert_eq!(clean(text), expected);
        }
    }
}
