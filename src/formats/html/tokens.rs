//! Splits HTML into tags and text. What is no tag is text, and unclosed constructs end with the
//! document, as in browsers.

use memchr::{memchr, memmem};

use crate::formats::values::markup::decode_entities;

/// Elements whose contents are neither text nor tags.
const RAW_ELEMENTS: [&str; 6] = ["script", "style", "title", "template", "noscript", "svg"];

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HtmlToken<'a> {
    /// Text with its entities, as written.
    Text(&'a str),
    /// A tag, and the text of its attributes.
    Start {
        name: String,
        attributes: &'a str,
    },
    End {
        name: String,
    },
}

/// The pieces of a document in order.
pub struct HtmlTokens<'a> {
    rest: &'a str,
    /// Set once no `>` follows, so that later `<` are not searched for it again.
    has_no_tag_end: bool,
    /// The same for the quotes `"` and `'`.
    has_no_quote: [bool; 2],
}

impl<'a> HtmlTokens<'a> {
    pub fn new(html: &'a str) -> Self {
        Self { rest: html, has_no_tag_end: false, has_no_quote: [false; 2] }
    }

    /// The text before the next tag; it begins with a `<` that opens none if `skip` is 1.
    fn text(&mut self, skip: usize) -> HtmlToken<'a> {
        let end = memchr(b'<', &self.rest.as_bytes()[skip..]);
        let (text, rest) = self.rest.split_at(end.map_or(self.rest.len(), |at| at + skip));
        self.rest = rest;
        HtmlToken::Text(text)
    }

    /// Skips a comment or a declaration.
    fn skip_declaration(&mut self) {
        let end = if self.rest.starts_with("<!--") { "-->" } else { ">" };
        let at = memmem::find(&self.rest.as_bytes()[2..], end.as_bytes());
        self.rest = at.map_or("", |at| &self.rest[2 + at + end.len()..]);
    }

    /// The offset of the `>` that ends the tag at the start of the rest. A `>` in quotes does not
    /// end it, unless the quote is never closed.
    fn tag_end(&mut self) -> Option<usize> {
        if self.has_no_tag_end {
            return None;
        }
        let bytes = self.rest.as_bytes();
        let mut at = 1;
        loop {
            let sign = at + bytes[at..].iter().position(|it| b"\"'>".contains(it))?;
            let quote = match bytes[sign] {
                b'>' => return Some(sign),
                b'"' => 0,
                _ => 1,
            };
            // A quote opens a value only behind `=`.
            let before = bytes[..sign].iter().rev().find(|it| !it.is_ascii_whitespace());
            at = sign + 1;
            if before != Some(&b'=') || self.has_no_quote[quote] {
                continue;
            }
            match memchr(bytes[sign], &bytes[at..]) {
                Some(close) => at += close + 1,
                None => self.has_no_quote[quote] = true,
            }
        }
    }

    /// Skips the contents of an element that has neither text nor tags.
    fn skip_raw(&mut self, name: &str) {
        let mut from = 0;
        while let Some(at) = memmem::find(&self.rest.as_bytes()[from..], b"</") {
            let start = from + at + 2;
            let is_end = self.rest.as_bytes()[start..]
                .get(..name.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
            if is_end {
                self.rest = &self.rest[start - 2..];
                return;
            }
            from = start;
        }
        self.rest = "";
    }
}

impl<'a> Iterator for HtmlTokens<'a> {
    type Item = HtmlToken<'a>;

    fn next(&mut self) -> Option<HtmlToken<'a>> {
        loop {
            match self.rest.as_bytes() {
                [] => return None,
                [b'<', b'!' | b'?', ..] => self.skip_declaration(),
                [b'<', b'/', b'a'..=b'z' | b'A'..=b'Z', ..]
                | [b'<', b'a'..=b'z' | b'A'..=b'Z', ..] => {
                    let Some(end) = self.tag_end() else {
                        self.has_no_tag_end = true;
                        return Some(self.text(1));
                    };
                    let (tag, rest) = (&self.rest[1..end], &self.rest[end + 1..]);
                    self.rest = rest;
                    let (tag, is_end) = tag.strip_prefix('/').map_or((tag, false), |it| (it, true));
                    let is_part = |c: char| c.is_ascii_alphanumeric() || "-:".contains(c);
                    let len = tag.find(|c| !is_part(c)).unwrap_or(tag.len());
                    let name = tag[..len].to_ascii_lowercase();
                    if is_end {
                        return Some(HtmlToken::End { name });
                    }
                    if RAW_ELEMENTS.contains(&name.as_str()) && !tag.ends_with('/') {
                        self.skip_raw(&name);
                    }
                    return Some(HtmlToken::Start { name, attributes: &tag[len..] });
                }
                [b'<', ..] => return Some(self.text(1)),
                _ => return Some(self.text(0)),
            }
        }
    }
}

/// The value of an attribute, with its entities decoded.
pub fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let len = rest.find(|c: char| c.is_whitespace() || "=/".contains(c)).unwrap_or(rest.len());
        let own_name = &rest[..len];
        let after = rest[len..].trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            if rest.is_empty() {
                return None;
            }
            // An attribute without a value; a lone sign is skipped.
            rest = rest.get(len.max(1)..).unwrap_or_default();
            continue;
        };
        let (value, tail) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                let end = memchr(*quote, &value.as_bytes()[1..]).map_or(value.len(), |at| at + 1);
                (&value[1..end], value.get(end + 1..).unwrap_or_default())
            }
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if own_name.eq_ignore_ascii_case(name) {
            return Some(decode_entities(value.trim()).into_owned());
        }
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(html: &str) -> Vec<String> {
        let name = |it| match it {
            HtmlToken::Text(text) => text.to_owned(),
            HtmlToken::Start { name, .. } => format!("<{name}>"),
            HtmlToken::End { name } => format!("</{name}>"),
        };
        HtmlTokens::new(html).map(name).collect()
    }

    #[test]
    fn what_is_no_tag_is_text() {
        for (html, expected) in [
            ("a<b>c</B>d", vec!["a", "<b>", "c", "</b>", "d"]),
            ("1 < 2 > 0", vec!["1 ", "< 2 > 0"]),
            ("a<!-- <b> -->c<!DOCTYPE html>d", vec!["a", "c", "d"]),
            ("<a title=\"x > y\">z", vec!["<a>", "z"]),
            ("<a title=\"x>z", vec!["<a>", "z"]),
            ("<p>it's</p>", vec!["<p>", "it's", "</p>"]),
            ("<style>p > a {}</style>x", vec!["<style>", "</style>", "x"]),
            ("<script>if (a</b>", vec!["<script>"]),
            ("a<b", vec!["a", "<b"]),
            ("<a <a <a", vec!["<a ", "<a ", "<a"]),
        ] {
            assert_eq!(names(html), expected, "{html}");
        }
    }

    #[test]
    fn an_attribute_is_read_in_every_spelling() {
        for (attributes, value) in [
            (" href=\"a&amp;b\" class=x", Some("a&b")),
            (" class='y' HREF = 'z'", Some("z")),
            (" disabled href=plain", Some("plain")),
            (" data-href=no", None),
            (" href", None),
            (" = = href=x/y", Some("x/y")),
        ] {
            assert_eq!(attribute(attributes, "href").as_deref(), value, "{attributes}");
        }
    }

    #[test]
    fn hostile_documents_are_read_in_linear_time() {
        for part in
            ["<a ", "<a \"", "<a =\"", "<a ='\"", "<!--", "<script>", "</", "<a x='>\"", "&"]
        {
            let html = part.repeat(200_000);
            assert!(HtmlTokens::new(&html).count() <= html.len(), "{part}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_document(text in "[<>/!a\"'= &;-]{0,60}|\\PC{0,40}") {
            for token in HtmlTokens::new(&text) {
                if let HtmlToken::Start { attributes, .. } = token {
                    let _ = attribute(attributes, "href");
                }
            }
        }
    }
}
