//! An entry of BibTeX inside of a record, as services hand it out beside their own fields.

use std::ops::ControlFlow;

use super::field::RecordField;
use super::field_record::Record;
use crate::domain::{BibField, Draft, PaperKind};
use crate::formats::bibtex;
use crate::formats::bibtex::abbreviations::Abbreviations;

/// The facts that are taken from the entry where the record does not say them.
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
    /// Fills in what only the entry says: the year, the venue and the like.
    pub fn add_embedded_bibtex(&self, draft: &mut Draft) {
        let mut entries =
            self.all(RecordField::Bibtex).flat_map(|it| it.texts(&["bibtex", "value"]));
        let Some(entry) = entries.next() else { return };
        let mut found = None;
        let is_read =
            bibtex::read(&mut entry.as_bytes(), &Abbreviations::default(), &mut |record| {
                found = record.ok();
                ControlFlow::Break(())
            });
        let Some(entry) = found.filter(|_| is_read.is_ok()) else { return };
        let has_year = draft.year.is_some();
        draft.year = draft.year.or(entry.year);
        for (own, other) in [
            (&mut draft.venue, &entry.venue),
            (&mut draft.doi, &entry.doi),
            (&mut draft.arxiv, &entry.arxiv),
        ] {
            if own.is_empty() {
                own.clone_from(other);
            }
        }
        if draft.authors.is_empty() {
            draft.authors.clone_from(&entry.authors);
        }
        if draft.kind == PaperKind::Unknown {
            draft.kind = entry.kind;
        }
        for fact in EMBEDDED_FIELDS {
            if fact != BibField::Date || !has_year || draft.year == entry.year {
                draft.add_field(fact, entry.field(fact));
            }
        }
    }
}
