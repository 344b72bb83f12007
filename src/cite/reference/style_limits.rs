//! Limits on the text of a style file, checked before it is parsed.
//!
//! The CSL parser recurses once for each open element and copies everything that it skips, so that
//! depth and number of elements bound its stack and its time.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Maximum length of a style file, in bytes. The longest public style has a quarter of that.
pub const MAX_STYLE_BYTES: usize = 1 << 20;
/// Maximum nesting of elements. Public styles nest at most 19 deep.
const MAX_DEPTH: usize = 40;
/// Maximum number of elements. Public styles have at most 3,600.
const MAX_ELEMENTS: usize = 30_000;
/// Maximum length of an attribute, in bytes, which is copied whenever its element is rendered.
/// Public styles have at most 350.
const MAX_ATTRIBUTE_LEN: usize = 1 << 10;
/// Maximum number of attributes of an element.
const MAX_ATTRIBUTES: usize = 40;
/// Maximum number of children of `names`, `name` and `date`, which are searched linearly for each
/// name and each date. CSL has at most four different ones.
const MAX_PARTS: usize = 16;

/// Checks the text of a style file.
///
/// # Errors
///
/// Returns the limit that the text exceeds, or the error in its XML.
pub fn check_style_text(xml: &str) -> Result<(), String> {
    if xml.len() > MAX_STYLE_BYTES {
        return Err(format!("longer than {MAX_STYLE_BYTES} bytes"));
    }
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<OpenTag> = Vec::new();
    let mut elements = 0;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => {
                enter(&start, &mut open, &mut elements)?;
                open.push(OpenTag::new(&start));
                if open.len() > MAX_DEPTH {
                    return Err(format!("elements nested more than {MAX_DEPTH} deep"));
                }
            }
            Event::Empty(start) => enter(&start, &mut open, &mut elements)?,
            Event::End(_) => drop(open.pop()),
            Event::DocType(_) => {
                return Err("document type (DOCTYPE) not allowed".to_owned());
            }
            Event::Eof => return Ok(()),
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

/// An open element.
struct OpenTag {
    /// Number of further children allowed; `None` if unlimited.
    remaining_children: Option<usize>,
}

impl OpenTag {
    fn new(start: &BytesStart<'_>) -> Self {
        let name = start.local_name();
        let is_bounded = [b"names".as_slice(), b"name", b"date"].contains(&name.as_ref());
        Self { remaining_children: is_bounded.then_some(MAX_PARTS) }
    }
}

/// Counts an element, also as a child of its parent, and checks its attributes.
fn enter(start: &BytesStart<'_>, open: &mut [OpenTag], elements: &mut usize) -> Result<(), String> {
    *elements += 1;
    if *elements > MAX_ELEMENTS {
        return Err(format!("more than {MAX_ELEMENTS} elements"));
    }
    if let Some(remaining) = open.last_mut().and_then(|it| it.remaining_children.as_mut()) {
        *remaining = remaining.checked_sub(1).ok_or_else(|| {
            format!("more than {MAX_PARTS} parts in one `names`, `name` or `date`")
        })?;
    }
    let mut names = HashSet::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.value.len() > MAX_ATTRIBUTE_LEN {
            return Err(format!("attribute longer than {MAX_ATTRIBUTE_LEN} bytes"));
        }
        if !names.insert(attribute.key.0.to_vec()) {
            return Err("duplicate attribute in an element".to_owned());
        }
        if names.len() > MAX_ATTRIBUTES {
            return Err(format!("more than {MAX_ATTRIBUTES} attributes in an element"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_checked_for_its_length_depth_and_number_of_elements() {
        let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert_eq!(check_style_text(&nested(MAX_DEPTH)), Ok(()));
        assert!(
            check_style_text(&nested(MAX_DEPTH + 1))
                .unwrap_err()
                .contains("elements nested more than")
        );
        assert!(
            check_style_text(&"<a>".repeat(20_000))
                .unwrap_err()
                .contains("elements nested more than")
        );
        let children = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count));
        assert_eq!(check_style_text(&children(MAX_ELEMENTS - 1)), Ok(()));
        assert!(check_style_text(&children(MAX_ELEMENTS)).unwrap_err().contains("elements"));
        assert!(
            check_style_text(&" ".repeat(MAX_STYLE_BYTES + 1)).unwrap_err().contains("longer than")
        );
    }

    #[test]
    fn attributes_are_few_and_short_and_none_comes_twice() {
        let long_value = "x".repeat(MAX_ATTRIBUTE_LEN + 1);
        assert!(
            check_style_text(&format!(r#"<text value="{long_value}"/>"#))
                .unwrap_err()
                .contains("attribute")
        );
        let attributes: Vec<String> =
            (0..=MAX_ATTRIBUTES).map(|at| format!(r#" a{at}="""#)).collect();
        assert!(
            check_style_text(&format!("<text{}/>", attributes.concat()))
                .unwrap_err()
                .contains("attributes")
        );
        assert!(
            check_style_text(r#"<text macro="a" macro="b"/>"#)
                .unwrap_err()
                .contains("duplicate attribute")
        );
    }

    #[test]
    fn names_and_dates_have_few_parts() {
        let date = |parts: usize| format!("<date>{}</date>", "<date-part/>".repeat(parts));
        assert_eq!(check_style_text(&date(MAX_PARTS)), Ok(()));
        assert!(check_style_text(&date(MAX_PARTS + 1)).unwrap_err().contains("parts"));
    }

    #[test]
    fn a_document_type_and_xml_that_is_broken_are_refused() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "&c;&c;">]><a>&b;</a>"#;
        assert!(check_style_text(bomb).unwrap_err().contains("document type"));
        for broken in ["<a></b>", "<a b=></a>", "<a", "<!-- "] {
            assert!(check_style_text(broken).is_err(), "{broken}");
        }
    }
}
