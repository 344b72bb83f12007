//! Converts HTML inside XML to text, for the descriptions of feeds.

use std::borrow::Cow;

use memchr::memchr2;
use quick_xml::escape::{resolve_html5_entity, unescape_with};

use crate::formats::values::script::{self, ScriptPosition};

/// Tags that end a line.
const BLOCK_TAGS: [&str; 14] =
    ["p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table"];
const INLINE_TAGS: [&str; 16] = [
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "img", "small", "span", "strong", "sub",
    "sup", "tt", "u",
];
/// The maximal length of an entity in bytes.
const MAX_ENTITY: usize = 40;

/// Converts HTML to text, with one line per block. A `<` that opens no known tag is literal,
/// because many feeds have plain text in place of HTML.
pub fn html_to_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    // The offset of the open script.
    let mut scripted = None;
    let mut rest = html;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((text, tail)) = entity(rest) {
            out.push_str(&text);
            rest = tail;
        } else if let Some((name, tail)) = tag(rest) {
            match name.as_str() {
                "sub" | "sup" => scripted = Some(out.len()),
                "/sub" | "/sup" => {
                    if let Some(text) = scripted.take().map(|start| out.split_off(start)) {
                        let position = if name == "/sup" {
                            ScriptPosition::Superscript
                        } else {
                            ScriptPosition::Subscript
                        };
                        script::push_script(position, &text, &mut out);
                    }
                }
                name if BLOCK_TAGS.contains(&name.trim_start_matches('/')) => out.push('\n'),
                _ => {}
            }
            rest = tail;
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Parses a tag at the start of a text. Returns its name in lower case, with the slash of an end
/// tag, and the text after it.
fn tag(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('<')?;
    let slash = if inner.starts_with('/') { "/" } else { "" };
    let inner = &inner[slash.len()..];
    let len = inner.bytes().take_while(u8::is_ascii_alphanumeric).take(8).count();
    let name = inner[..len].to_ascii_lowercase();
    if !BLOCK_TAGS.contains(&name.as_str()) && !INLINE_TAGS.contains(&name.as_str()) {
        return None;
    }
    let end = memchr2(b'<', b'>', &inner.as_bytes()[len..]).map(|at| len + at)?;
    let tail = inner[end..].strip_prefix('>')?;
    let attributes = inner[len..end].trim_end_matches('/');
    let is_tag = attributes.trim().is_empty()
        || attributes.starts_with(char::is_whitespace) && attributes.contains('=');
    is_tag.then(|| (format!("{slash}{name}"), tail))
}

/// Decodes an entity at the start of a text, and returns the text after it.
fn entity(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let end = text.bytes().take(MAX_ENTITY).position(|it| it == b';')?;
    let (entity, tail) = text.split_at(end + 1);
    let is_single = entity.starts_with('&') && !entity[1..].contains('&');
    let resolved = unescape_with(entity, resolve_html5_entity);
    resolved.ok().filter(|_| is_single).map(|it| (it, tail))
}

/// Decodes the entities of an attribute. Unknown ones remain.
pub fn unescape(raw: &str) -> String {
    unescape_with(raw, resolve_html5_entity).map_or_else(|_| raw.to_owned(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_read_as_lines_of_text() {
        assert_eq!(
            html_to_text("<p><b>Authors:</b> A, B</p><p>x<br/>y</p>"),
            "\nAuthors: A, B\n\nx\ny\n"
        );
        assert_eq!(html_to_text("M&uuml;ller &amp; Co&#39;s &no; &"), "Müller & Co's &no; &");
        assert_eq!(html_to_text("H<sub>2</sub>O, 10<SUP>-3</SUP>"), "H₂O, 10⁻³");
        assert_eq!(html_to_text("<img src=\"a>b\" alt='x'>"), "b\" alt='x'>");
    }

    #[test]
    fn a_sign_that_opens_no_tag_stays() {
        for text in ["p < 0.05 and q > 1", "a<b$ and c>d", "if i<i and j>k", "<", "<p", "</", "&#;"]
        {
            assert_eq!(html_to_text(text), text);
        }
    }
}
