//! The changes of a record as lines: `-` and `+` for what is replaced, `?` for what only
//! contradicts.

use super::field_names::field_label;
use crate::domain::{BibField, ChangeMerit, Draft, EnrichedField, FieldChange};
use crate::text::{tex_to_unicode, truncate};

/// The width of a value, in terminal cells.
const MAX_VALUE_CELLS: usize = 300;
/// The width of a title, in terminal cells.
const MAX_TITLE_CELLS: usize = 100;

/// The key and the title of a paper.
pub fn record_heading(draft: &Draft) -> String {
    let title = tex_to_unicode(&draft.title);
    let title = truncate(&title, MAX_TITLE_CELLS);
    match draft.field(BibField::Key) {
        "" => title.to_string(),
        key => format!("{key}: {title}"),
    }
}

/// The lines of a change.
pub fn change_lines(change: &FieldChange) -> Vec<String> {
    let label = enriched_field_label(change.field);
    let [old, new] = [&change.old, &change.new].map(|it| truncate(it, MAX_VALUE_CELLS));
    if change.merit == ChangeMerit::Difference {
        return vec![format!("? {label}: {old}; elsewhere: {new}")];
    }
    let removed = (!old.is_empty()).then(|| format!("- {label}: {old}"));
    removed.into_iter().chain([format!("+ {label}: {new}")]).collect()
}

fn enriched_field_label(field: EnrichedField) -> &'static str {
    match field {
        EnrichedField::Title => "title",
        EnrichedField::Authors => "authors",
        EnrichedField::Abstract => "abstract",
        EnrichedField::Year => "year",
        EnrichedField::Venue => "venue",
        EnrichedField::Kind => "type",
        EnrichedField::Arxiv => "arXiv",
        EnrichedField::Doi => "DOI",
        EnrichedField::Url => "link",
        EnrichedField::Bib(field) => field_label(field),
    }
}
