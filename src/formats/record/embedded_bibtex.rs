//! Reads the BibTeX entry that some services embed in a record.

use std::ops::ControlFlow;

use super::field::RecordField;

use super::field_record::Record;
use crate::domain::{BibField, Draft, PaperKind};
use crate::formats::bibtex;
use crate::formats::bibtex::abbreviations::Abbreviations;

/// The fields that are taken from the entry if the record lacks them.
const EMBEDDED_FIELDS: [BibField; 8] = [
    BibField::Date,
    BibField::Volume,
    BibField::Number,
    BibField::Pages,
    BibField::Publisher,
    BibField::Editors,
    BibField::Series,
    BibField::Institution,
];

impl Record<'_> {
    /// Fills missing fields from the embedded entry: the year, the venue, and others.
    pub fn add_embedded_bibtex(&self, draft: &mut Draft) {
        let mut entries =
            self.all(RecordField::Bibtex).flat_map(|it| it.texts(&["bibtex", "value"]));
        let Some(text) = entries.next() else { return };
        let mut entry = None;
        let is_read =
            bibtex::read(&mut text.as_bytes(), &Abbreviations::default(), &mut |record| {
                entry = record.ok();
                ControlFlow::Break(())
            });
        let Some(entry) = entry.filter(|_| is_read.is_ok()) else { return };
        let has_year = draft.year.is_some();
        draft.year = draft.year.or(entry.year);
        for (value, embedded) in [
            (&mut draft.venue, &entry.venue),
            (&mut draft.doi, &entry.doi),
            (&mut draft.arxiv, &entry.arxiv),
        ] {
            if value.is_empty() {
                value.clone_from(embedded);
            }
        }
        if draft.authors.is_empty() {
            draft.authors.clone_from(&entry.authors);
        }
        if draft.kind == PaperKind::Unknown {
            draft.kind = entry.kind;
        }
        for field in EMBEDDED_FIELDS {
            if field != BibField::Date || !has_year || draft.year == entry.year {
                draft.add_field(field, entry.field(field));
            }
        }
    }
}
