//! Converts `MathML` inside other text to linear text.

use super::script::{self, ScriptPosition};

/// The stack of open elements of a formula.
#[derive(Default)]
pub struct MathMlWriter(Vec<OpenElement>);

struct OpenElement {
    element: MathElement,
    /// The offset at which its text begins.
    start: usize,
    /// The position of the second or third part of a term with scripts.
    script: Option<ScriptPosition>,
    /// The number of its children so far.
    parts: usize,
}

/// An element, classified by the treatment of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MathElement {
    Formula,
    /// A term with a subscript, a superscript, or both.
    Subscript,
    Superscript,
    SubSuperscript,
    Fraction,
    /// Preserves the blanks of its text; in all other elements blanks have no meaning.
    Token,
    /// The same formula in TeX or another language, which an attribute declares.
    Annotation(AnnotationLanguage),
    Group,
}

#[derive(Debug, Clone, Copy)]
pub enum AnnotationLanguage {
    Tex,
    Other,
}

/// All values are equal, because an end tag does not name the language.
impl PartialEq for AnnotationLanguage {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for AnnotationLanguage {}

impl MathElement {
    /// Returns the element with this name, which must be in lower case and without prefix.
    pub fn from_tag(name: &str, attributes: &str) -> Option<Self> {
        Some(match name {
            "math" => Self::Formula,
            "msub" | "munder" => Self::Subscript,
            "msup" | "mover" => Self::Superscript,
            "msubsup" | "munderover" => Self::SubSuperscript,
            "mfrac" => Self::Fraction,
            "mi" | "mn" | "mo" | "ms" | "mtext" => Self::Token,
            "annotation" if attributes.contains("tex") => Self::Annotation(AnnotationLanguage::Tex),
            "annotation" | "annotation-xml" => Self::Annotation(AnnotationLanguage::Other),
            "mrow" | "mstyle" | "msqrt" | "mroot" | "mfenced" | "menclose" | "mpadded"
            | "mphantom" | "merror" | "mspace" | "mtable" | "mtr" | "mtd" | "mmultiscripts"
            | "mprescripts" | "semantics" => Self::Group,
            _ => return None,
        })
    }
}

impl MathMlWriter {
    /// Returns true if a formula is open.
    pub fn is_open(&self) -> bool {
        !self.0.is_empty()
    }

    /// Appends text inside the formula.
    pub fn push(&self, text: &str, out: &mut String) {
        let is_token = |it: &OpenElement| {
            matches!(it.element, MathElement::Token | MathElement::Annotation(_))
        };
        if self.0.last().is_none_or(is_token) {
            out.push_str(text);
        } else {
            out.push_str(text.trim());
        }
    }

    /// Opens an element.
    pub fn begin(&mut self, element: MathElement, out: &mut String) {
        if element == MathElement::Formula && self.0.is_empty() && ends_in_word(out) {
            out.push(' ');
        }
        let mut script = None;
        if let Some(parent) = self.0.last_mut() {
            parent.parts += 1;
            script = match (parent.element, parent.parts) {
                (MathElement::Subscript | MathElement::SubSuperscript, 2) => {
                    Some(ScriptPosition::Subscript)
                }
                (MathElement::Superscript, 2) | (MathElement::SubSuperscript, 3) => {
                    Some(ScriptPosition::Superscript)
                }
                _ => None,
            };
            if parent.element == MathElement::Fraction && parent.parts == 2 {
                out.push('/');
            }
        }
        self.0.push(OpenElement { element, start: out.len(), script, parts: 0 });
    }

    /// Closes an element, unless another one is open. `rest` is the text after it.
    pub fn end(&mut self, element: MathElement, rest: &str, out: &mut String) {
        if element == MathElement::Formula {
            self.0.truncate(1);
        }
        let Some(open) = self.0.pop_if(|it| it.element == element) else { return };
        let text = out.split_off(open.start);
        match (open.element, open.script) {
            (MathElement::Annotation(AnnotationLanguage::Tex), _) => {
                out.truncate(self.0.first().map_or(open.start, |it| it.start));
                out.extend(["$", text.trim().trim_matches('$'), "$"]);
            }
            (MathElement::Annotation(AnnotationLanguage::Other), _) => {}
            (_, Some(position)) => script::push_script(position, &text, out),
            _ => out.push_str(&text),
        }
        if element == MathElement::Formula && begins_with_word(rest) {
            out.push(' ');
        }
    }
}

/// Returns true if a text ends in a word, after which publishers often omit the blank. A single
/// letter is a part of the formula.
fn ends_in_word(text: &str) -> bool {
    let mut last = text.chars().rev();
    let mut is_letter = || last.next().is_some_and(char::is_alphabetic);
    is_letter() && is_letter()
}

/// Returns true if a text begins with a word instead of a suffix, as in `3-manifolds`, `nth`, `Ks`.
fn begins_with_word(text: &str) -> bool {
    let len = text.chars().take_while(|it| it.is_alphabetic()).count();
    len > 1 && !["th", "st", "nd", "rd"].iter().any(|it| len == 2 && text.starts_with(it))
}
