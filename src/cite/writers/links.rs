//! Writes papers as links in markup languages.

use std::fmt::Write as _;

use crate::cite::output_format::OutputFormat;
use crate::domain::{Paper, main_link};
use crate::text::{sanitise, tex_to_unicode};

/// A rendered link.
pub struct RenderedLink {
    pub text: String,
    pub html: Option<String>,
    pub status: LinkStatus,
}

/// Availability of a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStatus {
    Known,
    Unknown,
}

/// Renders a link, or the URL alone. Returns `None` for a paper without URL, except in the format
/// [`OutputFormat::TitleAndLink`], which falls back to the title.
pub fn render_link(paper: &Paper<'_>, format: OutputFormat) -> Option<RenderedLink> {
    let title = display_text(paper.title);
    let Some(link) = main_link(paper) else {
        let is_list = format == OutputFormat::TitleAndLink && !title.is_empty();
        let html = Some(escape_html(&title));
        return is_list.then_some(RenderedLink { text: title, html, status: LinkStatus::Unknown });
    };
    let url = sanitise(&link.url).into_owned();
    let html = format!("<a href=\"{}\">{}</a>", escape_html(&url), escape_html(&title));
    let text = match format {
        OutputFormat::Markdown => {
            format!("[{}]({})", backslash_escape(&title, "\\[]*_`<>"), encode_url(&url, "()"))
        }
        OutputFormat::Org => format!("[[{}][{}]]", encode_url(&url, "[]\\"), escape_org(&title)),
        OutputFormat::Typst => {
            format!(
                "#link(\"{}\")[{}]",
                encode_url(&url, "\"\\"),
                backslash_escape(&title, "\\[]*_`$#<>@~")
            )
        }
        OutputFormat::Html => html.clone(),
        OutputFormat::TitleAndLink => format!("{title} {url}"),
        _ => return Some(RenderedLink { text: url, html: None, status: LinkStatus::Known }),
    };
    Some(RenderedLink { text, html: Some(html), status: LinkStatus::Known })
}

/// Converts TeX to Unicode and sanitises the text.
pub fn display_text(raw: &str) -> String {
    sanitise(&tex_to_unicode(raw)).trim().to_owned()
}

/// Percent-encodes the given characters, which would end the URL in its syntax.
fn encode_url(url: &str, chars: &str) -> String {
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        if chars.contains(c) {
            let _ = write!(safe, "%{:02X}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Returns the text with a backslash before each of the characters `chars`.
pub fn backslash_escape(text: &str, chars: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if chars.contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Replaces brackets by parentheses, as Org has no escape within a description.
fn escape_org(text: &str) -> String {
    text.replace('[', "(").replace(']', ")")
}

/// Escapes text for HTML and XML, also in attributes in double quotes.
pub fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
