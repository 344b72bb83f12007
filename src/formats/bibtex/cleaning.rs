//! Markup and entities that services leave in the fields of BibTeX, hidden behind TeX or bare.

use std::borrow::Cow;

use crate::formats::markup::plain;

/// Signs of markup as programs escape them for TeX.
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

/// The text without markup and entities. Dashes and quotes of TeX are those of prose, where nothing
/// else tells a reader that the text is TeX.
pub(super) fn cleaned(text: &str) -> Cow<'_, str> {
    match without_markup(text) {
        Some(text) => Cow::Owned(text),
        None if text.contains(['\\', '$', '{']) => Cow::Borrowed(text),
        None if text.contains("--") || text.contains("``") => Cow::Owned(
            text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”"),
        ),
        None => Cow::Borrowed(text),
    }
}

/// Nothing where the text has none.
fn without_markup(text: &str) -> Option<String> {
    let has_sign = text.contains(['<', '&']) || ["less", "{>}"].iter().any(|it| text.contains(it));
    if !has_sign {
        return None;
    }
    let bare = ESCAPED.iter().fold(Cow::Borrowed(text), |text, (tex, sign)| {
        if text.contains(tex) { Cow::Owned(text.replace(tex, sign)) } else { text }
    });
    let clean = plain(&bare);
    (clean != bare).then(|| clean.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(cleaned(text), expected);
        }
    }
}
