//! Markup inside fields that are otherwise plain text: JATS, a few tags of HTML, entities.

use std::borrow::Cow;

/// What a tag does to the text around it.
enum Tag {
    /// Emphasis and the like: only the tag goes.
    Inline,
    /// A paragraph or a heading: a line ends.
    Block,
    Superscript,
    Subscript,
}

/// The text without tags and entities; raised and lowered text becomes TeX. What only looks like
/// a tag, as in `a<b`, stays.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let text = if text.contains("</") { without_tags(text) } else { Cow::Borrowed(text) };
    if text.contains('&') && text.contains(';') {
        Cow::Owned(without_entities(&text))
    } else {
        text
    }
}

fn without_tags(text: &str) -> Cow<'_, str> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').filter(|&end| !rest[1..end].contains('<'));
        let known = end.and_then(|end| Some((end, tag(&rest[1..end])?)));
        let Some((end, tag)) = known else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        let is_end = rest.starts_with("</");
        match tag {
            Tag::Inline => {}
            Tag::Block if plain.ends_with('\n') || plain.is_empty() => {}
            Tag::Block => plain.push('\n'),
            Tag::Superscript | Tag::Subscript if is_end => plain.push_str("}$"),
            Tag::Superscript => plain.push_str("$^{"),
            Tag::Subscript => plain.push_str("$_{"),
        }
        rest = &rest[end + 1..];
    }
    plain.push_str(rest);
    Cow::Owned(without_heading(&plain))
}

/// Drops the heading that says what one can see.
fn without_heading(text: &str) -> String {
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

/// What the tag between the angles does, unless it is none.
fn tag(inside: &str) -> Option<Tag> {
    let name = inside.trim_start_matches('/');
    let end = name.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(name.len());
    let name = name[..end].to_ascii_lowercase();
    if name.starts_with("mml:") {
        return Some(Tag::Inline);
    }
    Some(match name.strip_prefix("jats:").unwrap_or(&name) {
        "i" | "b" | "u" | "em" | "strong" | "span" | "sc" | "scp" | "italic" | "bold"
        | "underline" | "monospace" | "roman" | "styled-content" | "ext-link" | "a" | "xref"
        | "named-content" | "inline-formula" | "inline-graphic" | "tex-math" | "alternatives"
        | "math" | "mi" | "mn" | "mo" | "mrow" | "msub" | "msup" => Tag::Inline,
        "p" | "title" | "sec" | "br" | "div" | "li" | "ul" | "ol" | "list" | "list-item"
        | "disp-formula" | "label" => Tag::Block,
        "sup" => Tag::Superscript,
        "sub" | "inf" => Tag::Subscript,
        _ => return None,
    })
}

fn without_entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(10).position(|it| it == b';');
        let known = end.and_then(|end| Some((end, entity(&rest[1..end])?)));
        let (len, c) = known.map_or((1, '&'), |(end, c)| (end + 1, c));
        plain.push(c);
        rest = &rest[len..];
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|it| !it.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_go_and_what_they_mean_stays() {
        for (text, expected) in [
            ("plain", "plain"),
            ("On <i>Maps</i> &amp; <span class=\"nocase\">eBay</span>", "On Maps & eBay"),
            ("H<sub>2</sub>O, 10<sup>-3</sup>", "H$_{2}$O, 10$^{-3}$"),
            (
                "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>",
                "One.\nTwo.",
            ),
            ("<p>One.</p>", "One."),
            ("&#8220;Maps&#x201d; &apos;s &bogus; R&D;", "“Maps” 's &bogus; R&D;"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        for text in ["a<b>c", "$a<b$ and $c>d$", "</", "x </unknown> y", "<i", "AT&T", "& ; &;"] {
            assert_eq!(plain(text), text, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_plain_form(text in "(<|/|>|&|;|#|p|i|jats:|é|\\PC| ){0,30}") {
            let _ = plain(&text);
        }
    }
}
