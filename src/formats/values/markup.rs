//! Strips markup from fields that are otherwise plain text: JATS, some HTML tags, `MathML`,
//! entities.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

use super::mathml::{MathElement, MathMlWriter};
use super::script::{ScriptPosition, to_script};
use crate::formats::input::windows_1252::decode_byte;
use crate::text::tex_to_unicode;

/// The maximal length of an entity in bytes, with its ampersand.
const MAX_ENTITY_LEN: usize = 34;

/// The effect of a tag on the surrounding text.
#[derive(Clone, Copy)]
enum MarkupTag {
    /// `span class="nocase"` of CSL-JSON, which preserves capitals: becomes braces, as in TeX.
    Literal,
    /// Emphasis and similar tags: only the tag is removed.
    Inline,
    /// A paragraph or heading: ends a line.
    Block,
    Script(ScriptPosition),
    Math(MathElement),
    /// A formula in TeX, possibly a whole document.
    Tex,
}

/// Strips tags and decodes entities. Superscripts and subscripts become Unicode characters where
/// these exist, and TeX elsewhere. Text that only resembles a tag, as in `a<b`, remains.
///
/// An escaped tag, such as `&lt;i&gt;`, is a tag if it has an end.
pub fn strip_markup(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let text = if has_tags(text) { strip_tags(text) } else { Cow::Borrowed(text) };
    if !(text.contains('&') && text.contains(';')) {
        return text;
    }
    let mut decoded = replace_entities(&text);
    // Some databases escape twice.
    if text.contains("&amp;") && decoded.contains('&') {
        decoded = replace_entities(&decoded);
    }
    let has_more = text.contains("lt;") && has_tags(&decoded);
    Cow::Owned(if has_more { strip_tags(&decoded).into_owned() } else { decoded })
}

fn has_tags(text: &str) -> bool {
    text.contains("</") || text.contains("/>") || text.contains("<br>") || text.starts_with("<p>")
}

fn strip_tags(text: &str) -> Cow<'_, str> {
    let mut plain = String::with_capacity(text.len());
    let mut formula = MathMlWriter::default();
    // The open script or formula, and the offset at which it begins.
    let mut open: Option<(MarkupTag, usize)> = None;
    let mut is_kept = false;
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        formula.push(&rest[..at], &mut plain);
        rest = &rest[at..];
        let end = memchr::memchr2(b'<', b'>', &rest.as_bytes()[1..]).map(|end| end + 1);
        let end = end.filter(|&end| rest.as_bytes()[end] == b'>');
        let closed_tag = end.and_then(|end| Some((end, tag(&rest[1..end], formula.is_open())?)));
        let Some((end, tag)) = closed_tag else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        let (is_end, is_empty) = (rest.starts_with("</"), rest[..end].ends_with('/'));
        let ends_kept = is_kept && rest[..end].eq_ignore_ascii_case("</span");
        rest = &rest[end + 1..];
        match tag {
            MarkupTag::Inline if ends_kept => {
                plain.push('}');
                is_kept = false;
            }
            MarkupTag::Inline => {}
            MarkupTag::Literal if is_kept || !rest.contains("</span>") => {}
            MarkupTag::Literal => {
                plain.push('{');
                is_kept = true;
            }
            MarkupTag::Block if plain.ends_with('\n') || plain.is_empty() => {}
            MarkupTag::Block => plain.push('\n'),
            MarkupTag::Math(element) => {
                if !is_end {
                    formula.begin(element, &mut plain);
                }
                if is_end || is_empty {
                    formula.end(element, rest, &mut plain);
                }
            }
            MarkupTag::Script(_) | MarkupTag::Tex if is_empty => {}
            MarkupTag::Script(_) | MarkupTag::Tex if !is_end => open = Some((tag, plain.len())),
            MarkupTag::Script(_) | MarkupTag::Tex => {
                if let Some((tag, start)) = open.take().filter(|it| it.1 <= plain.len()) {
                    let inner = plain.split_off(start);
                    plain.push_str(&close(tag, &inner));
                }
            }
        }
    }
    formula.push(rest, &mut plain);
    Cow::Owned(strip_heading(&plain))
}

/// Converts the text of a closed element.
fn close(tag: MarkupTag, text: &str) -> String {
    match tag {
        MarkupTag::Script(script) => to_script(script, text).unwrap_or_else(|| match script {
            _ if text.is_empty() => String::new(),
            ScriptPosition::Superscript => format!("$^{{{text}}}$"),
            ScriptPosition::Subscript => format!("$_{{{text}}}$"),
        }),
        MarkupTag::Tex => {
            let body = text.split_once("\\begin{document}").map_or(text, |(_, it)| it);
            let body = body.split_once("\\end{document}").map_or(body, |(it, _)| it).trim();
            let body = body.trim_matches('$');
            if body.is_empty() { String::new() } else { format!("${body}$") }
        }
        MarkupTag::Inline | MarkupTag::Literal | MarkupTag::Block | MarkupTag::Math(_) => {
            text.to_owned()
        }
    }
}

/// Drops a redundant heading, such as "Abstract".
fn strip_heading(text: &str) -> String {
    let trimmed = text.trim();
    match trimmed.split_once('\n') {
        Some((heading, body))
            if ["abstract", "summary"].contains(&heading.trim().to_lowercase().as_str()) =>
        {
            body.trim().to_owned()
        }
        _ => trimmed.to_owned(),
    }
}

/// Returns the effect of the tag with this content, or `None` if it is not a known tag.
fn tag(inner: &str, is_in_formula: bool) -> Option<MarkupTag> {
    let name = inner.trim_start_matches('/');
    let end = name.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(name.len());
    let (name, attributes) = (name[..end].to_ascii_lowercase(), &name[end..]);
    if let Some(name) = name.strip_prefix("mml:") {
        return Some(
            MathElement::from_tag(name, attributes).map_or(MarkupTag::Inline, MarkupTag::Math),
        );
    }
    let name = name.strip_prefix("jats:").unwrap_or(&name);
    if is_in_formula || matches!(name, "math") {
        return MathElement::from_tag(name, attributes).map(MarkupTag::Math);
    }
    Some(match name {
        "span" if attributes.contains("\"nocase\"") => MarkupTag::Literal,
        "i" | "b" | "u" | "em" | "strong" | "span" | "sc" | "scp" | "italic" | "bold"
        | "underline" | "monospace" | "roman" | "styled-content" | "ext-link" | "a" | "xref"
        | "named-content" | "inline-formula" | "inline-graphic" | "alternatives" | "small"
        | "font" | "tt" | "mi" | "mn" | "mo" | "mrow" | "msub" | "msup" => MarkupTag::Inline,
        "p" | "title" | "sec" | "br" | "div" | "li" | "ul" | "ol" | "list" | "list-item"
        | "disp-formula" | "label" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => MarkupTag::Block,
        "sup" => MarkupTag::Script(ScriptPosition::Superscript),
        "sub" | "inf" => MarkupTag::Script(ScriptPosition::Subscript),
        "tex-math" => MarkupTag::Tex,
        _ => return None,
    })
}

/// Decodes entities but leaves tags, because a DOI may contain text that resembles one.
pub fn decode_entities(text: &str) -> Cow<'_, str> {
    if text.contains('&') { Cow::Owned(replace_entities(text)) } else { Cow::Borrowed(text) }
}

fn replace_entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((decoded, tail)) = entity(rest) {
            plain.push_str(&decoded);
            rest = tail;
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

/// Decodes the entity at the start of a text, and returns the text after it.
pub fn entity(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let end = text.bytes().take(MAX_ENTITY_LEN).position(|it| it == b';')?;
    let name = text[..end].strip_prefix('&')?;
    let tail = &text[end + 1..];
    let decoded = match name.strip_prefix('#') {
        Some(number) => Cow::Owned(numeric_entity(number)?.to_string()),
        None => named_entity(name)?,
    };
    Some((if decoded == "\u{a0}" { Cow::Borrowed(" ") } else { decoded }, tail))
}

/// Returns the characters of a named entity. Names of accented letters are composed from letter and
/// accent, because the table of `quick-xml` has control characters for some of them.
fn named_entity(name: &str) -> Option<Cow<'static, str>> {
    const ACCENTS: [(&str, &str); 12] = [
        ("macr", "="),
        ("breve", "u"),
        ("ogon", "k"),
        ("acute", "'"),
        ("grave", "`"),
        ("circ", "^"),
        ("dot", "."),
        ("caron", "v"),
        ("cedil", "c"),
        ("tilde", "~"),
        ("ring", "r"),
        ("dblac", "H"),
    ];
    let resolved = resolve_html5_entity(name)?;
    if !resolved.contains(char::is_control) {
        return Some(Cow::Borrowed(resolved));
    }
    let (letter, accent) = name.split_at_checked(1)?;
    let stroked = match name {
        "Dstrok" => "Đ",
        "dstrok" => "đ",
        "Lstrok" => "Ł",
        "lstrok" => "ł",
        "inodot" | "imath" => "ı",
        "OElig" => "Œ",
        "oelig" => "œ",
        _ => "",
    };
    if !stroked.is_empty() {
        return Some(Cow::Borrowed(stroked));
    }
    let (_, command) = ACCENTS.iter().find(|(name, _)| *name == accent)?;
    Some(Cow::Owned(tex_to_unicode(&format!("\\{command}{{{letter}}}")).into_owned()))
}

/// Returns the character of a numeric entity. As in browsers, codes of control characters are read
/// as Windows-1252.
fn numeric_entity(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    let code = code.ok()?;
    let c = match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => decode_byte(byte),
        _ => char::from_u32(code)?,
    };
    (!c.is_control()).then_some(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_go_and_what_they_mean_stays() {
        for (text, expected) in [
            ("plain", "plain"),
            ("On <i>Maps</i> &amp; <span class=\"term\">eBay</span>", "On Maps & eBay"),
            (
                "On <span class=\"nocase\">eBay <i>in</i> Ely</span>: a map",
                "On {eBay in Ely}: a map",
            ),
            ("On <span class=\"nocase\">eBay</i>", "On eBay"),
            ("H<sub>2</sub>O, 10<sup>-3</sup>", "H₂O, 10⁻³"),
            ("T<sub>c</sub> and x<SUP>a.b</SUP>", "T$_{c}$ and x$^{a.b}$"),
            ("x<sup></sup><sub/>y", "xy"),
            ("<h2>One</h2>Two<br>Three", "One\nTwo\nThree"),
            (
                "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>",
                "One.\nTwo.",
            ),
            ("<p>One.</p>", "One."),
            ("&#8220;Maps&#x201d; &apos;s &bogus; R&D;", "“Maps” 's &bogus; R&D;"),
            ("Erd&odblac;s &ndash; caf&#233;&nbsp;&#150; &amp;amp; Sons", "Erdős – café – & Sons"),
            ("On &lt;i&gt;Maps&lt;/i&gt; &amp;lt;b&amp;gt;2&amp;lt;/b&amp;gt;", "On Maps 2"),
        ] {
            assert_eq!(strip_markup(text), expected, "{text}");
        }
    }

    #[test]
    fn a_formula_is_written_as_it_is_read_out() {
        let variable = "<mml:math xmlns:mml=\"x\"><mml:mi>K</mml:mi></mml:math>";
        let index = "<math>\n <msub> <mi>T</mi>\n <mn>2</mn> </msub> <mo>=</mo><msup><mi>k</mi><mrow><mo>-</mo><mn>1</mn></mrow></msup>\n</math>";
        let fraction = "<mml:math><mml:msubsup><mml:mi>x</mml:mi><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:msubsup><mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac></mml:math>";
        let tex = "<math><semantics><mi>a</mi><annotation encoding=\"application/x-tex\">\\alpha</annotation></semantics></math>";
        for (text, expected) in [
            (format!("Maps in{variable}-theory of{variable}and {variable}s"), "Maps in K-theory of K and Ks"),
            (format!("At {index}, {fraction}"), "At T₂=k⁻¹, x₁²1/2"),
            (format!("On {tex}."), "On $\\alpha$."),
            (
                "<tex-math>\\documentclass{minimal}\\begin{document}$$x$$\\end{document}</tex-math>"
                    .to_owned(),
                "$x$",
            ),
            ("<math><mi>a</math>b</mi>".to_owned(), "ab"),
            ("<mml:math><mml:mi>a".to_owned(), "<mml:math><mml:mi>a"),
        ] {
            assert_eq!(strip_markup(&text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        for text in ["a<b>c", "$a<b$ and $c>d$", "</", "x </unknown> y", "<i", "AT&T", "& ; &;"] {
            assert_eq!(strip_markup(text), text, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_plain_form(text in "(<|/|>|&|;|#|p|i|jats:|<mml:m(i|sub|ath)>|</mml:m(i|sub|ath)>|</?su[bp]>|é|\\PC| ){0,30}") {
            let _ = strip_markup(&text);
        }
    }
}
