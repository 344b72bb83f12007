//! A paper as a link, in the languages in which documents are written.

use std::fmt::Write as _;

use crate::cite::output_format::Form;
use crate::domain::{Paper, main_link};
use crate::text::{readable, sanitise};

/// A paper as a link.
pub struct Linked {
    pub text: String,
    pub html: Option<String>,
    pub address: Address,
}

/// Whether a paper's address is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    Known,
    Unknown,
}

/// The title with the address, or one of them. Of a paper without address nothing is left but the
/// title, in the form that is title and address without a link between them.
pub fn linked(paper: &Paper<'_>, form: Form) -> Option<Linked> {
    let title = shown(paper.title);
    let Some(link) = main_link(paper) else {
        let is_list = form == Form::TitleAndLink && !title.is_empty();
        let html = Some(escape_html(&title));
        return is_list.then_some(Linked { text: title, html, address: Address::Unknown });
    };
    let url = sanitise(&link.url).into_owned();
    let html = format!("<a href=\"{}\">{}</a>", escape_html(&url), escape_html(&title));
    let text = match form {
        Form::Markdown => format!("[{}]({})", escape_markdown(&title), encoded(&url, "()")),
        Form::Org => format!("[[{}][{}]]", encoded(&url, "[]\\"), escape_org(&title)),
        Form::Typst => format!("#link(\"{}\")[{}]", encoded(&url, "\"\\"), escape_typst(&title)),
        Form::Html => html.clone(),
        Form::TitleAndLink => format!("{title} {url}"),
        _ => return Some(Linked { text: url, html: None, address: Address::Known }),
    };
    Some(Linked { text, html: Some(html), address: Address::Known })
}

/// As a person reads it.
pub fn shown(raw: &str) -> String {
    sanitise(&readable(raw)).trim().to_owned()
}

/// The address with these signs percent-encoded, which would end it where it is written.
fn encoded(url: &str, signs: &str) -> String {
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        if signs.contains(c) {
            let _ = write!(safe, "%{:02X}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

fn escaped(text: &str, signs: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if signs.contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn escape_markdown(text: &str) -> String {
    escaped(text, "\\[]*_`<>")
}

/// Org knows no escape within a description; brackets that look alike keep it whole.
fn escape_org(text: &str) -> String {
    text.replace('[', "(").replace(']', ")")
}

fn escape_typst(text: &str) -> String {
    escaped(text, "\\[]*_`$#<>@~")
}

pub fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
