//! A BibTeX entry with its values resolved.

use std::fmt::Write as _;
use std::ops::Range;

use super::abbreviations::{AbbreviationTable, ResolvedWord};
use super::cleaning::replace_ties;
use super::parse_error::entry_message;
use super::parser::{BibtexBlock, RawChunk, RawEntry, list_length, parse_block};
use crate::formats::input::lines::MAX_LINE;
use crate::text::{has_balanced_braces, resolve_conditionals};

/// The fields that name the parents of an entry.
pub const PARENT_FIELDS: [&str; 2] = ["crossref", "xdata"];

/// Fields in which `~` is literal.
const VERBATIM_FIELDS: [&str; 6] = ["url", "doi", "file", "eprint", "crossref", "xdata"];

/// A self-contained entry. Its kind and the names of fields are in lower case.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct BibtexEntry {
    pub line: u64,
    pub kind: String,
    pub key: String,
    /// Without line breaks. If a field is repeated, the first counts, as in BibTeX.
    pub fields: Vec<(String, String)>,
    /// The text of the entry with abbreviations expanded, so that a copy of the entry alone is
    /// complete.
    pub raw: String,
    /// Undefined abbreviations, with the fields in which they occur.
    pub undefined_abbreviations: Vec<(String, String)>,
}

impl BibtexEntry {
    /// Resolves an entry. `raw` is its text, which begins at offset `start` of the file's chunk.
    ///
    /// # Errors
    ///
    /// Returns a message if the expanded entry exceeds [`MAX_LINE`].
    pub fn new(
        entry: &RawEntry<'_>,
        raw: &str,
        start: usize,
        abbreviations: &AbbreviationTable,
    ) -> Result<Self, String> {
        let too_long = || entry_message(entry.key, "entry too long after macro expansion");
        let mut remaining_len = MAX_LINE;
        let mut record = Self { key: entry.key.to_owned(), ..Self::default() };
        let mut edits = Vec::new();
        for field in &entry.fields {
            let Some(text) = abbreviations.expand(&field.value, remaining_len) else {
                return Err(too_long());
            };
            remaining_len -= text.len();
            let text = resolve_conditionals(&text);
            let name = field.name.to_lowercase();
            let text =
                if VERBATIM_FIELDS.contains(&name.as_str()) { text } else { replace_ties(&text) };
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for piece in &field.value {
                let RawChunk::Abbreviation(word, offset) = *piece else { continue };
                let span = offset - start..offset - start + word.len();
                match abbreviations.resolve(word) {
                    ResolvedWord::Text(text) if has_balanced_braces(text) => {
                        edits.push((span, format!("{{{text}}}")));
                    }
                    ResolvedWord::Unknown => {
                        record
                            .undefined_abbreviations
                            .push((word.to_owned(), field.name.to_owned()));
                    }
                    ResolvedWord::Text(_) | ResolvedWord::Verbatim => {}
                }
            }
            record.fields.push((name, text));
        }
        record.kind = entry.kind.to_lowercase();
        if list_length(entry.kind) > 0 {
            kind_of_list(entry.kind).clone_into(&mut record.kind);
            let offset = raw.find('[').unwrap_or_default();
            edits.insert(0, (offset..offset + entry.kind.len(), record.kind.clone()));
        }
        record.raw = apply_edits(raw, &edits);
        if record.raw.len() > MAX_LINE { Err(too_long()) } else { Ok(record) }
    }

    /// Adds inherited fields, also to the raw text, where they replace the fields that name the
    /// parents.
    pub fn add_inherited(&mut self, fields: Vec<(String, String)>) {
        if let Some(raw) = with_fields(&self.raw, &fields) {
            self.raw = raw;
        }
        self.fields.extend(fields);
    }

    /// Returns the first non-empty of these fields, without enclosing braces.
    pub fn get(&self, names: &[&str]) -> &str {
        names
            .iter()
            .map(|name| strip_braces(self.get_raw(name)))
            .find(|it| !it.is_empty())
            .unwrap_or("")
    }

    /// Returns a field as it is written.
    pub fn get_raw(&self, name: &str) -> &str {
        let mut fields = self.fields.iter().filter(|(it, _)| it == name);
        fields.find(|(_, text)| !text.is_empty()).map_or("", |(_, text)| text)
    }

    pub fn has(&self, names: &[&str]) -> bool {
        !self.get(names).is_empty()
    }

    /// The memory use in bytes.
    pub fn heap_bytes(&self) -> usize {
        let fields = self.fields.iter().map(|(name, text)| name.len() + text.len());
        size_of::<Self>() + self.raw.len() + self.key.len() + fields.sum::<usize>()
    }
}

/// Returns the kind for a list of types such as `['JournalArticle', 'Conference']`, from its first
/// item.
fn kind_of_list(list: &str) -> &'static str {
    let words = list.split(|c: char| !c.is_ascii_alphabetic()).filter(|it| !it.is_empty());
    match words.map(str::to_ascii_lowercase).next().as_deref() {
        Some("journalarticle" | "review" | "article" | "lettersandcomments" | "editorial") => {
            "article"
        }
        Some("conference") => "inproceedings",
        Some("book") => "book",
        Some("booksection") => "incollection",
        _ => "misc",
    }
}

/// Replaces the given ranges of a text, which must be in order.
fn apply_edits(text: &str, edits: &[(Range<usize>, String)]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut copied_to = 0;
    for (span, new) in edits {
        result.push_str(text.get(copied_to..span.start).unwrap_or_default());
        result.push_str(new);
        copied_to = span.end;
    }
    result.push_str(text.get(copied_to..).unwrap_or_default());
    result
}

/// Appends fields to the raw text of an entry and removes those that name its parents. Returns
/// `None` if the text cannot be parsed.
fn with_fields(raw: &str, fields: &[(String, String)]) -> Option<String> {
    if !raw.starts_with('@') {
        return None;
    }
    let Ok((BibtexBlock::Entry(entry), end)) = parse_block(raw, 0) else { return None };
    let is_parent = |name: &str| PARENT_FIELDS.iter().any(|it| it.eq_ignore_ascii_case(name));
    let parents = entry.fields.iter().filter(|it| is_parent(it.name));
    let removals = parents.map(|field| {
        let following_text = &raw[field.span.end..];
        let remaining =
            following_text.trim_start().strip_prefix(',').unwrap_or(following_text).trim_start();
        (field.span.start..raw.len() - remaining.len(), String::new())
    });
    let removals: Vec<_> = removals.collect();
    let result = apply_edits(&raw[..end], &removals);
    let close = result.chars().last()?;
    let body = result[..result.len() - close.len_utf8()].trim_end();
    let comma = if body.ends_with(',') { "" } else { "," };
    let mut result = format!("{body}{comma}\n");
    for (name, text) in fields.iter().filter(|(_, text)| has_balanced_braces(text)) {
        let _ = writeln!(result, "  {name} = {{{text}}},");
    }
    result.push(close);
    Some(result)
}

/// Strips braces that enclose the whole text.
pub fn strip_braces(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(inner) = text.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        if !has_balanced_braces(inner) {
            break;
        }
        text = inner.trim();
    }
    text
}
