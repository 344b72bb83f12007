//! Adds the reader's tags and note to the fields of a paper: tags as keywords, the note as
//! annotation.

use super::writers::bibtex;
use crate::domain::{BibField, Paper, PaperMarks, encode_fields};
use crate::text::{distinct, tidy};

/// Returns the encoded fields of the paper with the reader's tags and note; `None` if they are
/// already in the fields.
pub fn annotated_fields(paper: &Paper<'_>, marked: &PaperMarks) -> Option<String> {
    let annotations = [
        (BibField::Keywords, keywords(paper, marked)),
        (BibField::Annotation, note(paper, marked)),
    ];
    let new = annotations.iter().filter(|(field, text)| paper.field(*field) != *text);
    let new: Vec<(BibField, &str)> = new.map(|(field, text)| (*field, &**text)).collect();
    if new.is_empty() {
        return None;
    }
    let entry = annotated_entry(paper, &new);
    let is_replaced =
        |field: BibField| field == BibField::Raw || new.iter().any(|(it, _)| *it == field);
    let other_fields = paper.fields().filter(|(field, _)| !is_replaced(*field));
    let entry = entry.as_deref().map(|it| (BibField::Raw, it));
    Some(encode_fields(other_fields.chain(new.iter().copied()).chain(entry)))
}

fn keywords(paper: &Paper<'_>, marked: &PaperMarks) -> String {
    let keywords_of_source =
        paper.field(BibField::Keywords).split("; ").filter(|it| !it.is_empty());
    distinct(keywords_of_source.chain(marked.tags.iter().map(String::as_str))).join("; ")
}

/// Returns the annotation of the source followed by the note, or the note alone if it contains the
/// annotation.
fn note(paper: &Paper<'_>, marked: &PaperMarks) -> String {
    let annotation = paper.field(BibField::Annotation);
    match &*marked.note {
        "" => annotation.to_owned(),
        note if tidy(note).contains(annotation) => note.to_owned(),
        note => format!("{annotation}\n\n{note}"),
    }
}

/// Returns the BibTeX entry of the source with these fields added. Returns `None` if the paper has
/// no entry or one of the fields has another value in it; the entry is then generated.
fn annotated_entry(paper: &Paper<'_>, new: &[(BibField, &str)]) -> Option<String> {
    let entry = paper.field(BibField::Raw);
    let has_conflict = new.iter().any(|(field, _)| !paper.field(*field).is_empty());
    if entry.is_empty() || has_conflict { None } else { bibtex::insert_fields(entry, new) }
}
