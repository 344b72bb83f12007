//! Parses TeX: groups, formulas, ties, dashes and quotes. Commands are in `commands`.

use std::cmp::Reverse;
use std::ops::Range;

use memchr::{memchr3_iter, memmem};

use super::{Emphasis, RichText};

use super::formula::is_formula;

/// The maximal nesting of groups. Deeper groups are copied verbatim, to bound the depth of
/// recursion.
const MAX_GROUP_DEPTH: usize = 24;
/// The number of bytes of output that are searched for the start of a URL.
const MAX_URL_LOOKBACK: usize = 200;
/// The maximal length of a formula between `\(` and `\)` in bytes.
const MAX_FORMULA_LEN: usize = 4096;

/// Converts the TeX in `raw`.
pub fn parse(raw: &str) -> RichText {
    let groups = find_groups(raw);
    let prose =
        if raw.contains('\\') || !groups.is_empty() { ProseStyle::Tex } else { ProseStyle::Plain };
    let mut reader = TexParser {
        raw,
        groups,
        prose,
        mode: TexMode::Text,
        pos: 0,
        end: 0,
        depth: 0,
        out: String::with_capacity(raw.len()),
        emphasis: Vec::new(),
        switches: Vec::new(),
    };
    reader.parse_range(0..raw.len());
    let TexParser { out: text, mut emphasis, .. } = reader;
    emphasis.retain(|(range, _)| !range.is_empty() && text.get(range.clone()).is_some());
    emphasis.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
    RichText { text, emphasis }
}

/// Returns the offsets of the braces of each closed group, sorted.
fn find_groups(raw: &str) -> Vec<(usize, usize)> {
    let (mut open, mut groups) = (Vec::new(), Vec::new());
    let mut escaped = None;
    for at in memchr3_iter(b'{', b'}', b'\\', raw.as_bytes()) {
        match raw.as_bytes()[at] {
            _ if escaped == Some(at) => {}
            b'{' => open.push(at),
            b'}' => groups.extend(open.pop().map(|start| (start, at))),
            _ => escaped = Some(at + 1),
        }
    }
    groups.sort_unstable();
    groups
}

/// True for bytes that may begin TeX. All others are copied.
static IS_SPECIAL_BYTE: [bool; 256] = {
    let mut special = [false; 256];
    let (mut at, all) = (0, b"\\{$~-`'^_");
    while at < all.len() {
        special[all[at] as usize] = true;
        at += 1;
    }
    special
};

/// The meaning of dashes, quotes and ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ProseStyle {
    Plain,
    Tex,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TexMode {
    Text,
    /// A formula, and the offset at which it begins in the output.
    Math {
        start: usize,
    },
}

/// Converts TeX to text. `accents`, `commands` and `math` add further methods.
pub struct TexParser<'a> {
    pub raw: &'a str,
    groups: Vec<(usize, usize)>,
    prose: ProseStyle,
    pub mode: TexMode,
    /// The offset of the next byte of `raw`, and the end of the current range.
    pub pos: usize,
    pub end: usize,
    depth: usize,
    pub out: String,
    pub emphasis: Vec<(Range<usize>, Emphasis)>,
    /// Open font switches such as `\em`: their offset in the output. They end with the group.
    pub switches: Vec<(usize, Emphasis)>,
}

impl<'a> TexParser<'a> {
    /// Converts a range of `raw` into the output, without moving the current position.
    pub fn parse_range(&mut self, range: Range<usize>) {
        if self.depth == MAX_GROUP_DEPTH {
            return self.out.push_str(&self.raw[range]);
        }
        let (at, end, outer) = (self.pos, self.end, self.switches.len());
        (self.pos, self.end) = (range.start, range.end);
        self.depth += 1;
        self.parse_to_end();
        self.depth -= 1;
        (self.pos, self.end) = (at, end);
        self.end_switches(outer);
    }

    /// Converts a range of `raw` to a separate text.
    pub fn parse_apart(&mut self, range: Range<usize>) -> String {
        let (start, emphasis_count) = (self.out.len(), self.emphasis.len());
        self.parse_range(range);
        self.emphasis.truncate(emphasis_count);
        self.out.split_off(start)
    }

    /// Ends all open font switches but the first `kept_count`.
    pub fn end_switches(&mut self, kept_count: usize) {
        let end = self.out.len();
        let finished = self.switches.drain(kept_count..);
        self.emphasis.extend(finished.map(|(start, kind)| (start..end.max(start), kind)));
    }

    pub fn rest(&self) -> &'a str {
        &self.raw[self.pos..self.end]
    }

    fn parse_to_end(&mut self) {
        while self.pos < self.end {
            let rest = self.rest();
            let special = rest.bytes().position(|it| IS_SPECIAL_BYTE[usize::from(it)]);
            let plain = special.unwrap_or(rest.len());
            self.out.push_str(&rest[..plain]);
            self.pos += plain;
            match rest.as_bytes().get(plain) {
                Some(b'\\') => self.command(),
                Some(b'{') => self.group(),
                Some(b'$') => self.dollar(),
                Some(b'~') => self.tie(),
                Some(b'^' | b'_') if self.mode != TexMode::Text => self.script(),
                Some(b'\'') if self.mode != TexMode::Text => self.replace(1, "′"),
                Some(_) => self.ligature(),
                None => {}
            }
        }
    }

    /// Appends `text` in place of the next `length` bytes.
    fn replace(&mut self, length: usize, text: &str) {
        self.out.push_str(text);
        self.pos += length;
    }

    fn copy(&mut self, length: usize) {
        self.replace(length, &self.rest()[..length]);
    }

    fn ligature(&mut self) {
        let rest = self.rest();
        let run = rest.bytes().take_while(|byte| *byte == rest.as_bytes()[0]).count();
        let is_tex =
            self.prose == ProseStyle::Tex && self.mode == TexMode::Text && !self.is_in_url();
        let is_arrow = rest[run..].starts_with('>');
        match (&rest[..run], is_tex && !is_arrow) {
            ("--", true) => self.replace(2, "–"),
            ("---", true) => self.replace(3, "—"),
            ("``", true) => self.replace(2, "“"),
            ("''", true) => self.replace(2, "”"),
            _ => self.copy(run),
        }
    }

    fn group(&mut self) {
        match self.group_at(self.pos) {
            Some(inner) if !self.is_in_url() && !self.is_set(&inner) => {
                self.parse_range(inner.clone());
                self.pos = inner.end + 1;
            }
            _ => self.copy(1),
        }
    }

    /// Returns true for `{0, 1}` in prose, which is a set with unescaped braces.
    fn is_set(&self, inner: &Range<usize>) -> bool {
        let text = &self.raw[inner.clone()];
        let is_item = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '.' | '-' | '+');
        self.mode == TexMode::Text && text.contains(',') && text.chars().all(is_item)
    }

    /// Returns the range inside the group that opens at `open`, if the group closes in the current
    /// range.
    pub fn group_at(&self, open: usize) -> Option<Range<usize>> {
        let group = self.groups.binary_search_by_key(&open, |group| group.0).ok()?;
        let close = self.groups[group].1;
        (close < self.end).then_some(open + 1..close)
    }

    fn dollar(&mut self) {
        let fence = if self.rest().starts_with("$$") { 2 } else { 1 };
        let start = self.pos + fence;
        let Some(close) = self.closing_dollar(start, fence) else { return self.copy(1) };
        let next_char = self.raw[close + fence..self.end].chars().next();
        let content = &self.raw[start..close];
        let is_formula = match fence {
            1 => is_formula(content, next_char),
            _ => is_formula(content.trim(), None),
        };
        if self.mode == TexMode::Text && is_formula {
            self.formula(start..close, close + fence);
        } else {
            self.copy(1);
        }
    }

    fn closing_dollar(&self, start: usize, fence: usize) -> Option<usize> {
        let bytes = &self.raw.as_bytes()[..self.end];
        let mut at = start;
        while at < bytes.len() {
            match bytes[at] {
                b'$' if fence == 1 || bytes[at..].starts_with(b"$$") => return Some(at),
                b'\\' => at += 2,
                b'{' => at = self.group_at(at).map_or(at, |inner| inner.end) + 1,
                _ => at += 1,
            }
        }
        None
    }

    /// Converts the formula from the current position, after `\(` or `\[` at `start`, to `close`.
    /// If another formula begins inside, this one was never closed.
    pub fn delimited_formula(&mut self, start: usize, close: &str) {
        let open = &self.raw.as_bytes()[start..self.pos];
        let window = self.rest().as_bytes();
        let window = &window[..window.len().min(MAX_FORMULA_LEN)];
        let length = memmem::find(window, close.as_bytes())
            .filter(|length| memmem::find(&window[..*length], open).is_none());
        match length {
            Some(length) => self.formula(self.pos..self.pos + length, self.pos + length + 2),
            None => self.out.push_str(&self.raw[start..self.pos]),
        }
    }

    fn formula(&mut self, range: Range<usize>, next_pos: usize) {
        let text = &self.raw[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        let end = start + text.trim().len();
        let mode = std::mem::replace(&mut self.mode, TexMode::Math { start: self.out.len() });
        self.parse_range(start..end);
        self.mode = mode;
        self.pos = next_pos;
    }

    fn tie(&mut self) {
        if self.mode != TexMode::Text || (self.prose == ProseStyle::Tex && self.is_tie()) {
            self.replace(1, " ");
        } else {
            self.copy(1);
        }
    }

    fn is_tie(&self) -> bool {
        let mut preceding = self.raw[..self.pos].chars().rev();
        let (previous, before_previous) =
            (preceding.next().unwrap_or(' '), preceding.next().unwrap_or(' '));
        let right = self.raw[self.pos + 1..self.end].chars().next().unwrap_or(' ');
        let joins = previous.is_alphanumeric() || ".,;)]}'$".contains(previous);
        let is_joined = right.is_alphanumeric() || "\\${".contains(right);
        let is_lone = previous.is_numeric()
            || (previous.is_alphabetic() && !before_previous.is_alphanumeric());
        joins && is_joined && !(right.is_numeric() && is_lone) && !self.is_in_url()
    }

    /// Returns true if the current word of the output is a URL, which is copied verbatim.
    fn is_in_url(&self) -> bool {
        let output = self.out.as_bytes();
        let recent = &output[output.len().saturating_sub(MAX_URL_LOOKBACK)..];
        let word = recent.iter().rposition(u8::is_ascii_whitespace).map_or(0, |at| at + 1);
        memmem::find(&recent[word..], b"://").is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_group_is_closed_by_the_brace_that_no_backslash_hides(raw in "[ab{}\\\\]{0,24}") {
            let (mut open, mut expected, mut is_hidden) = (Vec::new(), Vec::new(), false);
            for (at, c) in raw.char_indices() {
                match c {
                    _ if is_hidden => {}
                    '{' => open.push(at),
                    '}' => expected.extend(open.pop().map(|start| (start, at))),
                    _ => {}
                }
                is_hidden = c == '\\' && !is_hidden;
            }
            expected.sort_unstable();
            prop_assert_eq!(find_groups(&raw), expected);
        }
    }
}
