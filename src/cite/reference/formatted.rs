//! Converts formatted references to plain text and to HTML.

use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatted};

use super::protect::unprotect;

use super::quotes;
use crate::cite::writers::links::escape_html;

/// Visibility of the number of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberLabel {
    Shown,
    Hidden,
}

/// A formatted reference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormattedReference {
    pub text: String,
    pub html: String,
}

/// Formats elements as text. With a hidden label, everything up to the number is dropped.
pub fn format_elements(elements: &[&ElemChildren], number: NumberLabel) -> FormattedReference {
    let mut set = FormattedReference::default();
    for children in elements {
        set.push_space();
        set.add(children, number);
    }
    let [text, html] =
        [set.text, set.html].map(|it| quotes::nest_quotes(&tidy_punctuation(&it)).into_owned());
    FormattedReference { text, html }
}

impl FormattedReference {
    fn add(&mut self, children: &ElemChildren, number: NumberLabel) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) | ElemChild::Link { text, .. } => self.push(text),
                ElemChild::Markup(text) => self.push_plain(text),
                ElemChild::Transparent { .. } => {}
                ElemChild::Elem(elem) => {
                    let is_number = elem.meta == Some(ElemMeta::CitationNumber);
                    if is_number && number == NumberLabel::Hidden {
                        self.text.clear();
                        self.html.clear();
                        continue;
                    }
                    if elem.display.is_some() {
                        self.push_space();
                    }
                    self.add(&elem.children, number);
                    if elem.display == Some(Display::LeftMargin) {
                        self.push_space();
                    }
                }
            }
        }
    }

    fn push_space(&mut self) {
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
        let tags = tags.iter().filter(|(is_set, ..)| *is_set);
        tags.clone().for_each(|(_, open, _)| self.html.push_str(open));
        self.html.push_str(&escape_html(&text.text));
        tags.rev().for_each(|(.., close)| self.html.push_str(close));
    }
}

/// Replacements for punctuation that styles print around empty variables.
const PUNCTUATION_FIXES: [(&str, &str); 21] = [
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

/// Returns the text on one line, with the punctuation fixed.
fn tidy_punctuation(text: &str) -> String {
    let words = text.split([' ', '\n', '\t']).filter(|it| !it.is_empty());
    let mut tidy = unprotect(&words.collect::<Vec<_>>().join(" "));
    for (wrong, corrected) in PUNCTUATION_FIXES {
        if tidy.contains(wrong) {
            tidy = tidy.replace(wrong, corrected);
        }
    }
    for digit in '0'..='9' {
        tidy = tidy.replace(&format!(" : {digit}"), &format!(": {digit}"));
    }
    tidy.trim_matches([' ', ',']).to_owned()
}
