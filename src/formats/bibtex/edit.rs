//! Changes fields of an entry and leaves all its other bytes as they are.

use std::ops::Range;

use super::parser::{BibtexBlock, RawEntry, RawField, parse_block};
use super::splitter::find_entry;
use crate::text::has_balanced_braces;

/// An entry of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPlace {
    /// The word behind `@`, in lower case.
    pub kind: String,
    /// Empty if it has none.
    pub key: String,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// Its fields with their names in lower case, and their values as they are written, with braces
    /// or quotes.
    pub fields: Vec<(String, String)>,
}

/// A change of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryEdit {
    /// Sets a field to a value as it is to be written, with its braces.
    Set {
        name: String,
        value: String,
    },
    Remove {
        name: String,
    },
    /// The word behind `@`.
    Kind(String),
}

/// Returns the entries of a text in order. An entry that cannot be parsed has none, and neither has
/// an abbreviation or a comment.
pub fn entry_places(text: &str) -> Vec<EntryPlace> {
    let (mut places, mut from) = (Vec::new(), 0);
    while let Some(at) = find_entry(&text[from..]).map(|it| it + from) {
        match parse_block(text, at) {
            Ok((block, end)) => {
                if let BibtexBlock::Entry(entry) = block {
                    let value =
                        |span: &Range<usize>| text[value_span(text, span.clone())].to_owned();
                    let field = |it: &RawField<'_>| (it.name.to_lowercase(), value(&it.span));
                    let fields = entry.fields.iter().map(field).collect();
                    let (kind, key) = (entry.kind.to_lowercase(), entry.key.to_owned());
                    places.push(EntryPlace { kind, key, range: at..end, fields });
                }
                from = end;
            }
            Err(_) => from = at + 1,
        }
    }
    places
}

/// Returns the entry with the edits made. `None` if it cannot be parsed, or if a value has
/// unbalanced braces.
pub fn edit_entry(entry_text: &str, edits: &[EntryEdit]) -> Option<String> {
    let Ok((BibtexBlock::Entry(mut entry), end)) = parse_block(entry_text, 0) else { return None };
    let mut replaced: Vec<(Range<usize>, String)> = Vec::new();
    let mut added = Vec::new();
    for edit in edits {
        match edit {
            EntryEdit::Kind(kind) => {
                let start = entry_text.find(entry.kind)?;
                replaced.push((start..start + entry.kind.len(), kind.clone()));
            }
            EntryEdit::Set { value, .. } if !has_balanced_braces(value) => return None,
            EntryEdit::Set { name, value } => match span(&entry, name) {
                Some(span) => replaced.push((value_span(entry_text, span), value.clone())),
                None => added.push((name, value)),
            },
            EntryEdit::Remove { name } => {
                if let Some(span) = span(&entry, name) {
                    replaced.push((removed_span(entry_text, span), String::new()));
                }
            }
        }
    }
    if !added.is_empty() {
        let is_removed = |name: &str| {
            let removes = |it: &EntryEdit| matches!(it, EntryEdit::Remove { name: removed } if removed.eq_ignore_ascii_case(name));
            edits.iter().any(removes)
        };
        entry.fields.retain(|it| !is_removed(it.name));
        let (place, text) = addition(entry_text, &entry, end, &added);
        replaced.push((place, text));
    }
    replaced.sort_by_key(|(span, _)| (span.start, span.end));
    let (mut result, mut copied_to) = (String::with_capacity(entry_text.len()), 0);
    for (span, new) in replaced {
        result.push_str(entry_text.get(copied_to..span.start)?);
        result.push_str(&new);
        copied_to = span.end;
    }
    result.push_str(&entry_text[copied_to..]);
    // The result must still be one entry with all its fields.
    matches!(parse_block(&result, 0), Ok((BibtexBlock::Entry(_), _))).then_some(result)
}

/// The bytes of name and value of a field; the first counts, as in BibTeX.
fn span(entry: &RawEntry<'_>, name: &str) -> Option<Range<usize>> {
    let field = entry.fields.iter().find(|it| it.name.eq_ignore_ascii_case(name))?;
    Some(field.span.clone())
}

/// The bytes of the value in those of a field.
fn value_span(text: &str, field: Range<usize>) -> Range<usize> {
    let value = text[field.clone()].find('=').map_or(field.end, |at| field.start + at + 1);
    let blanks = text[value..field.end].len() - text[value..field.end].trim_start().len();
    value + blanks..field.end
}

/// The bytes of a field with its comma and the blanks before it.
fn removed_span(text: &str, field: Range<usize>) -> Range<usize> {
    let after = &text[field.end..];
    let comma = after.len() - after.trim_start().len();
    let end = if after[comma..].starts_with(',') { field.end + comma + 1 } else { field.end };
    text[..field.start].trim_end().len()..end
}

/// The place behind the last field, and the new fields in the form of the first one.
fn addition(
    text: &str,
    entry: &RawEntry<'_>,
    end: usize,
    fields: &[(&String, &String)],
) -> (Range<usize>, String) {
    let close = end - 1;
    let body_end = text[..close].trim_end().len();
    let last = entry.fields.last().map_or(body_end, |it| it.span.end);
    // A comment behind the last field stays there.
    let has_comma = text[last..close].trim_start().starts_with(',');
    let has_comma = has_comma || text[..last].trim_end().ends_with(',');
    let place =
        if has_comma { text[last..close].find(',').map_or(last, |at| last + at + 1) } else { last };
    let first = entry.fields.first().map(|it| &it.span);
    let line_start = first.and_then(|it| text[..it.start].rfind('\n'));
    let (separator, indentation) = match (first, line_start) {
        (Some(first), Some(at)) => {
            let indentation = &text[at + 1..first.start];
            let is_blank = indentation.trim().is_empty();
            ("\n", if is_blank { indentation } else { "  " })
        }
        (Some(_), None) => (" ", ""),
        (None, _) => ("\n", "  "),
    };
    let is_tight = first.is_some_and(|it| !text[it.clone()].contains(" ="));
    let equals = if is_tight { "=" } else { " = " };
    let mut added = String::new();
    if !has_comma {
        added.push(',');
    }
    for (at, (name, value)) in fields.iter().enumerate() {
        added.push_str(separator);
        added.push_str(indentation);
        added.push_str(name);
        added.push_str(equals);
        added.push_str(value);
        if has_comma || at + 1 < fields.len() {
            added.push(',');
        }
    }
    if entry.fields.is_empty() && separator == "\n" {
        added.push('\n');
    }
    (place..place, added)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(name: &str, value: &str) -> EntryEdit {
        EntryEdit::Set { name: name.to_owned(), value: format!("{{{value}}}") }
    }

    #[test]
    fn only_the_changed_fields_differ() {
        let entry =
            "@Misc{moss2021,\n\ttitle = \"Snow\", % mine\n\tYear= 2021,\n\tjournal={arXiv}\n}";
        let edits = [
            set("year", "2022"),
            set("doi", "10.1000/1"),
            set("pages", "1--2"),
            EntryEdit::Remove { name: "journal".to_owned() },
            EntryEdit::Kind("article".to_owned()),
        ];
        assert_eq!(
            edit_entry(entry, &edits).unwrap(),
            "@article{moss2021,\n\ttitle = \"Snow\", % mine\n\tYear= {2022},\n\tdoi = {10.1000/1},\n\tpages = {1--2},\n}"
        );
    }

    #[test]
    fn fields_are_added_in_the_form_of_the_others() {
        for (entry, expected) in [
            (
                "@book{a,\n  title={A},\n  year={1},\n}",
                "@book{a,\n  title={A},\n  year={1},\n  doi={x},\n}",
            ),
            ("@book{a, title = {A}}", "@book{a, title = {A}, doi = {x}}"),
            ("@book{a}", "@book{a,\n  doi = {x}\n}"),
            ("@book(a,\n title = {A}\n)", "@book(a,\n title = {A},\n doi = {x}\n)"),
        ] {
            assert_eq!(edit_entry(entry, &[set("doi", "x")]).as_deref(), Some(expected), "{entry}");
        }
        assert_eq!(edit_entry("@book{a}", &[set("doi", "x}")]), None);
        assert_eq!(edit_entry("@book{a, title = {", &[set("doi", "x")]), None);
    }

    #[test]
    fn the_entries_of_a_file_have_their_places() {
        let text = "@string{m = {x}}\n% @book{no,}\n@book{a, title = {A}}\n@article{broken, title = {\n@misc{b}\n";
        let places = entry_places(text);
        let keys: Vec<_> = places.iter().map(|it| (&*it.key, &text[it.range.clone()])).collect();
        assert_eq!(keys, [("a", "@book{a, title = {A}}"), ("b", "@misc{b}")]);
        assert_eq!(places[0].fields, [("title".to_owned(), "{A}".to_owned())]);
    }

    proptest! {
        #[test]
        fn an_edited_entry_is_an_entry_with_the_value(text in "@book\\{a[, =\\n{}\"%#a-c1]{0,40}\\}") {
            for place in entry_places(&text) {
                if let Some(edited) = edit_entry(&text[place.range.clone()], &[set("doi", "x")]) {
                    prop_assert!(edited.contains("{x}"), "{} {}", text, edited);
                }
            }
        }
    }
}
