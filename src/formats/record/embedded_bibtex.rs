//! An entry of BibTeX inside of a record, as services hand it out beside their own fields.

use std::ops::ControlFlow;

use super::field::Field;
use super::field_record::Record;
use crate::domain::{Draft, Fact, Kind};
use crate::formats::bibtex;
use crate::formats::bibtex::abbreviations::Macros;

/// The facts that are taken from the entry where the record does not say them.
const FACTS: [Fact; 8] = [
    Fact::Date,
    Fact::Volume,
    Fact::Number,
    Fact::Pages,
    Fact::Publisher,
    Fact::Editors,
    Fact::Series,
    Fact::Institution,
];

impl Record<'_> {
    /// Fills in what only the entry says: the year, the venue and the like.
    pub fn add_embedded(&self, draft: &mut Draft) {
        let mut entries = self.all(Field::Bibtex).flat_map(|it| it.texts(&["bibtex", "value"]));
        let Some(entry) = entries.next() else { return };
        let mut found = None;
        let is_read = bibtex::read(&mut entry.as_bytes(), &Macros::default(), &mut |record| {
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
        if draft.kind == Kind::Unknown {
            draft.kind = entry.kind;
        }
        for fact in FACTS {
            if fact != Fact::Date || !has_year || draft.year == entry.year {
                draft.add_fact(fact, entry.fact(fact));
            }
        }
    }
}
