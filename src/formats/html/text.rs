//! HTML as text: a line for each block, and the links of each.

use std::ops::Range;

use super::tokens::{HtmlToken, HtmlTokens, attribute};
use crate::formats::values::markup::decode_entities;

/// Elements that stand in a line with their surroundings.
const INLINE_ELEMENTS: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "img", "ins",
    "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
];

/// A block of a document: a paragraph, a heading, a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HtmlBlock {
    /// Without line breaks and double blanks.
    pub text: String,
    pub links: Vec<HtmlLink>,
}

/// A link in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlLink {
    pub url: String,
    /// The bytes of its text in the block.
    pub range: Range<usize>,
}

impl HtmlBlock {
    /// The text of a link.
    pub fn link_text(&self, link: &HtmlLink) -> &str {
        self.text.get(link.range.clone()).unwrap_or_default().trim()
    }
}

/// Returns the blocks that have text.
pub fn html_blocks(html: &str) -> Vec<HtmlBlock> {
    let mut blocks = vec![HtmlBlock::default()];
    // The address of the open link, and the offset at which its text begins.
    let mut open: Option<(String, usize)> = None;
    for token in HtmlTokens::new(html) {
        let Some(block) = blocks.last_mut() else { break };
        match token {
            HtmlToken::Text(text) => push_words(&decode_entities(text), &mut block.text),
            HtmlToken::Start { name, attributes } if name == "a" => {
                close_link(&mut open, block);
                open = attribute(attributes, "href").map(|url| (url, block.text.len()));
            }
            HtmlToken::End { name } if name == "a" => close_link(&mut open, block),
            HtmlToken::Start { name, .. } | HtmlToken::End { name } => {
                if INLINE_ELEMENTS.contains(&name.as_str()) {
                    continue;
                }
                // A link around several blocks continues in the next.
                let url = open.as_ref().map(|(url, _)| url.clone());
                close_link(&mut open, block);
                open = url.map(|url| (url, 0));
                if !block.text.trim().is_empty() {
                    blocks.push(HtmlBlock::default());
                } else if let Some(block) = blocks.last_mut() {
                    *block = HtmlBlock::default();
                }
            }
        }
    }
    if let Some(block) = blocks.last_mut() {
        close_link(&mut open, block);
    }
    blocks.retain(|it| !it.text.trim().is_empty());
    blocks
}

/// Returns the text of a note, with a line for each block and a dash before each item of a list.
pub fn html_to_plain_text(html: &str) -> String {
    let mut lines = vec![String::new()];
    for token in HtmlTokens::new(html) {
        let Some(line) = lines.last_mut() else { break };
        match token {
            HtmlToken::Text(text) => push_words(&decode_entities(text), line),
            HtmlToken::Start { name, .. } | HtmlToken::End { name }
                if INLINE_ELEMENTS.contains(&name.as_str()) => {}
            HtmlToken::Start { name, .. } => {
                if matches!(line.trim(), "" | "-") {
                    if name == "li" {
                        "- ".clone_into(line);
                    }
                } else {
                    lines.push(if name == "li" { "- ".to_owned() } else { String::new() });
                }
            }
            HtmlToken::End { .. } if line.trim().is_empty() => {}
            HtmlToken::End { .. } => lines.push(String::new()),
        }
    }
    let lines = lines.iter().map(|it| it.trim()).filter(|it| !matches!(*it, "" | "-"));
    lines.collect::<Vec<_>>().join("\n")
}

fn close_link(open: &mut Option<(String, usize)>, block: &mut HtmlBlock) {
    if let Some((url, start)) = open.take()
        && block.text.get(start..).is_some_and(|it| !it.trim().is_empty())
    {
        block.links.push(HtmlLink { url, range: start..block.text.len() });
    }
}

/// Appends text with its white space collapsed.
fn push_words(text: &str, line: &mut String) {
    let is_invisible =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{34f}');
    if text.starts_with(char::is_whitespace) && !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 && !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
        line.extend(word.chars().filter(|it| !is_invisible(*it)));
    }
    if text.ends_with(char::is_whitespace) && !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_a_line_for_each_block() {
        let html = "<div data-schema-version=\"8\"><h1>Snow &amp; ice</h1>\n<p>It <b>melts</b>\n in \
            May.</p><ul>\n<li>\none\n</li>\n<li>two<br>lines</li></ul><!-- x --></div>";
        assert_eq!(html_to_plain_text(html), "Snow & ice\nIt melts in May.\n- one\n- two\nlines");
        assert_eq!(html_to_plain_text("no markup"), "no markup");
        assert_eq!(html_to_plain_text("<p></p>"), "");
    }

    #[test]
    fn a_block_has_the_links_of_its_text() {
        let html = "<td>[PDF] <a href=\"https://example.org/a?b=1&amp;c=2\"><b>On\u{200b}\n looms</b></a> \
            </td><a href=x><div>Engines</div><div>and mills</div></a><a href=y><img></a>";
        let blocks = html_blocks(html);
        let texts: Vec<&str> = blocks.iter().map(|it| it.text.trim()).collect();
        assert_eq!(texts, ["[PDF] On looms", "Engines", "and mills"]);
        let link = &blocks[0].links[0];
        assert_eq!(
            (&*link.url, blocks[0].link_text(link)),
            ("https://example.org/a?b=1&c=2", "On looms")
        );
        assert_eq!((&*blocks[2].links[0].url, blocks[2].links.len()), ("x", 1));
    }
}
