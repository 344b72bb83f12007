//! What a style has set, as plain text and as HTML.

use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatted};

use super::protect::lifted;
use super::quotes;
use crate::cite::writers::links::escape_html;

/// Whether a reference shows its number in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    Shown,
    Left,
}

/// A reference, set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Set {
    pub text: String,
    pub html: String,
}

/// The elements as text. Without its number a reference begins with what comes after that.
pub fn set(elements: &[&ElemChildren], number: Number) -> Set {
    let mut set = Set::default();
    for children in elements {
        set.space();
        set.add(children, number);
    }
    let [text, html] = [set.text, set.html].map(|it| quotes::nested(&tidied(&it)).into_owned());
    Set { text, html }
}

impl Set {
    fn add(&mut self, children: &ElemChildren, number: Number) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) | ElemChild::Link { text, .. } => self.push(text),
                ElemChild::Markup(text) => self.push_plain(text),
                ElemChild::Transparent { .. } => {}
                ElemChild::Elem(elem) => {
                    let is_number = elem.meta == Some(ElemMeta::CitationNumber);
                    if is_number && number == Number::Left {
                        self.text.clear();
                        self.html.clear();
                        continue;
                    }
                    if elem.display.is_some() {
                        self.space();
                    }
                    self.add(&elem.children, number);
                    if elem.display == Some(Display::LeftMargin) {
                        self.space();
                    }
                }
            }
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() {
            self.push_plain(" ");
        }
    }

    fn push_plain(&mut self, text: &str) {
        self.text.push_str(text);
        self.html.push_str(&escape_html(text));
    }

    fn push(&mut self, text: &Formatted) {
        self.text.push_str(&text.text);
        let format = &text.formatting;
        let tags = [
            (format.font_style != FontStyle::Normal, "<i>", "</i>"),
            (format.font_weight == FontWeight::Bold, "<b>", "</b>"),
            (
                format.font_variant == FontVariant::SmallCaps,
                "<span style=\"font-variant: small-caps\">",
                "</span>",
            ),
            (format.vertical_align == VerticalAlign::Sup, "<sup>", "</sup>"),
            (format.vertical_align == VerticalAlign::Sub, "<sub>", "</sub>"),
        ];
        let tags = tags.iter().filter(|(holds, ..)| *holds);
        tags.clone().for_each(|(_, open, _)| self.html.push_str(open));
        self.html.push_str(&escape_html(&text.text));
        tags.rev().for_each(|(.., close)| self.html.push_str(close));
    }
}

/// What is left where a style found nothing to put, and what stands there instead.
const LEFTOVERS: [(&str, &str); 21] = [
    (" ,", ","),
    (" .", "."),
    (" ;", ";"),
    (",.", "."),
    (",,", ","),
    (",)", ")"),
    ("()", ""),
    (" )", ")"),
    ("?.", "?"),
    ("!.", "!"),
    ("?.”", "?”"),
    ("!.”", "!”"),
    ("?.’", "?’"),
    ("!.’", "!’"),
    (".”.", ".”"),
    (".’.", ".’"),
    ("?”.", "?”"),
    ("!”.", "!”"),
    ("Retrieved http", "http"),
    (", Released.", "."),
    ("arXiv: arXiv:", "arXiv:"),
];

/// The text on one line, without what is left where a style found nothing to put.
fn tidied(text: &str) -> String {
    let words = text.split([' ', '\n', '\t']).filter(|it| !it.is_empty());
    let mut tidy = lifted(&words.collect::<Vec<_>>().join(" "));
    for (left, right) in LEFTOVERS {
        if tidy.contains(left) {
            tidy = tidy.replace(left, right);
        }
    }
    for digit in '0'..='9' {
        tidy = tidy.replace(&format!(" : {digit}"), &format!(": {digit}"));
    }
    tidy.trim_matches([' ', ',']).to_owned()
}
