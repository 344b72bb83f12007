//! One record as a tree of elements, and the text of mixed content.

use std::fmt::Write as _;

use crate::formats::values::script::{self, ScriptPosition};

/// The prefixes of the namespaces that the formats use.
const NAMESPACES: [&str; 6] = [
    "http://arxiv.org/", "http://prismstandard.org/", "http://purl.org/",
    "http://www.openarchives.org/", "http://www.w3.org/1", "http://www.w3.org/2005/Atom",
];

/// An element, with its local name.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub space: Namespace,
    pub attributes: Vec<(String, String)>,
    pub nodes: Vec<XmlNode>,
}

/// The namespace of a name: used by a format, or foreign. An element in a foreign namespace has
/// another meaning, such as the title of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Namespace {
    #[default]
    Known,
    Foreign,
}

impl Namespace {
    pub fn from_uri(namespace: &str) -> Self {
        let is_known = NAMESPACES.iter().any(|it| namespace.starts_with(it));
        if is_known { Self::Known } else { Self::Foreign }
    }
}

#[derive(Debug)]
pub enum XmlNode {
    Text(String),
    Element(Element),
}

impl Element {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn has_name(&self, name: &str) -> bool {
        self.name == name && self.space == Namespace::Known
    }

    /// Returns the value of an attribute, or an empty string.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value)
    }

    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// Returns all elements on a path such as `Journal/Title`.
    pub fn all(&self, path: &str) -> Vec<&Self> {
        path.split('/').fold(vec![self], |elements, name| {
            elements.into_iter().flat_map(Self::elements).filter(|it| it.has_name(name)).collect()
        })
    }

    pub fn first(&self, path: &str) -> Option<&Self> {
        self.all(path).into_iter().next()
    }

    /// Returns the non-blank texts on a path.
    pub fn texts(&self, path: &str) -> Vec<String> {
        self.all(path).into_iter().map(Self::text).filter(|it| !it.is_empty()).collect()
    }

    /// Returns the first non-blank text on a path, or an empty string.
    pub fn text_at(&self, path: &str) -> String {
        self.texts(path).into_iter().next().unwrap_or_default()
    }

    /// Returns the text of the element without markup, with blanks collapsed.
    pub fn text(&self) -> String {
        super::text::line(&self.raw_text())
    }

    /// Returns the text of the element with its line breaks.
    pub fn raw_text(&self) -> String {
        let mut out = String::new();
        self.push_content(&mut out);
        out
    }

    fn push_content(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                XmlNode::Text(text) => out.push_str(text),
                XmlNode::Element(element) => element.push(out),
            }
        }
    }

    fn push(&self, out: &mut String) {
        let start = out.len();
        match self.name.as_str() {
            "tex-math" => {
                self.push_content(out);
                if !out[start..].trim().is_empty() && !out[start..].contains('$') {
                    out.insert(start, '$');
                    out.push('$');
                }
            }
            "sup" => script::push_script(ScriptPosition::Superscript, &self.raw_text(), out),
            "sub" | "inf" => script::push_script(ScriptPosition::Subscript, &self.raw_text(), out),
            "math" => self.push_math(out),
            "br" | "p" | "div" | "sec" | "title" | "list-item" | "li" => {
                out.push(' ');
                self.push_content(out);
                out.push(' ');
            }
            _ => self.push_content(out),
        }
    }

    /// Appends a `MathML` formula: its TeX annotation if it has one, or else linear text.
    fn push_math(&self, out: &mut String) {
        match self.annotation() {
            Some(tex) => {
                let _ = write!(out, "${}$", tex.text().trim_matches('$'));
            }
            None => self.push_term(out),
        }
    }

    /// Returns the annotation with the same formula in TeX.
    fn annotation(&self) -> Option<&Self> {
        let is_tex =
            |it: &&Self| it.name == "annotation" && it.attribute("encoding").contains("tex");
        self.elements().find(is_tex).or_else(|| self.elements().find_map(Self::annotation))
    }

    fn push_term(&self, out: &mut String) {
        let script_of = |element: &Self| {
            let mut text = String::new();
            element.push_term(&mut text);
            text
        };
        let parts: Vec<&Self> = self.elements().collect();
        match (self.name.as_str(), parts.as_slice()) {
            ("msup", [base, high]) => {
                base.push_term(out);
                script::push_script(ScriptPosition::Superscript, &script_of(high), out);
            }
            ("msub", [base, low]) => {
                base.push_term(out);
                script::push_script(ScriptPosition::Subscript, &script_of(low), out);
            }
            ("msubsup", [base, low, high]) => {
                base.push_term(out);
                script::push_script(ScriptPosition::Subscript, &script_of(low), out);
                script::push_script(ScriptPosition::Superscript, &script_of(high), out);
            }
            ("mfrac", [numerator, denominator]) => {
                numerator.push_term(out);
                out.push('/');
                denominator.push_term(out);
            }
            (_, []) => out.push_str(&self.text()),
            (_, parts) => parts.iter().for_each(|it| it.push_term(out)),
        }
    }
}
