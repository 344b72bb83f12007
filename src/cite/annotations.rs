//! Adds the reader's tags and note to the fields of a paper: tags as keywords, the note as
//! annotation.

use super::writers::bibtex;
use crate::domain::{BibField, Paper, PaperMarks, encode_fields};
use crate::text::{distinct, tidy};

/// Returns the encoded fields of the paper with the reader's tags and note; `None` if they are
/// already in the fields.
pub fn annotated_fields(paper: &Paper<'_>, marked: &PaperMarks) -> Option<String> {
    let said = [
        (BibField::Keywords, keywords(paper, marked)),
        (BibField::Annotation, note(paper, marked)),
    ];
    let new = said.iter().filter(|(fact, text)| paper.field(*fact) != *text);
    let new: Vec<(BibField, &str)> = new.map(|(fact, text)| (*fact, &**text)).collect();
    if new.is_empty() {
        return None;
    }
    let own = annotated_entry(paper, &new);
    let is_old = |fact: BibField| fact == BibField::Raw || new.iter().any(|(it, _)| *it == fact);
    let old = paper.fields().filter(|(fact, _)| !is_old(*fact));
    let own = own.as_deref().map(|it| (BibField::Raw, it));
    Some(encode_fields(old.chain(new.iter().copied()).chain(own)))
}

fn keywords(paper: &Paper<'_>, marked: &PaperMarks) -> String {
    let own = paper.field(BibField::Keywords).split("; ").filter(|it| !it.is_empty());
    distinct(own.chain(marked.tags.iter().map(String::as_str))).join("; ")
}

/// Returns the annotation of the source followed by the note, or the note alone if it contains the
/// annotation.
fn note(paper: &Paper<'_>, marked: &PaperMarks) -> String {
    let known = paper.field(BibField::Annotation);
    match &*marked.note {
        "" => known.to_owned(),
        note if tidy(note).contains(known) => note.to_owned(),
        note => format!("{known}\n\n{note}"),
    }
}

/// Returns the BibTeX entry of the source with these fields added. Returns `None` if the paper has
/// no entry or one of the fields has another value in it; the entry is then generated.
fn annotated_entry(paper: &Paper<'_>, new: &[(BibField, &str)]) -> Option<String> {
    let entry = paper.field(BibField::Raw);
    let has_others = new.iter().any(|(fact, _)| !paper.field(*fact).is_empty());
    if entry.is_empty() || has_others { None } else { bibtex::insert_fields(entry, new) }
}
