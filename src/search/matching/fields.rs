//! The other fields of a paper that are searched by default, behind title, authors and abstract:
//! keywords, notes and comments of its record.

use crate::domain::{BibField, Paper};
use crate::text::{fold, index_terms, tex_to_unicode};

/// The fields of a record that are searched, and their labels.
pub const SEARCHED_FIELDS: [(BibField, &str); 4] = [
    (BibField::Keywords, "keyword"),
    (BibField::Annotation, "note"),
    (BibField::Note, "note"),
    (BibField::Comment, "comment"),
];

/// Words of nearly every comment, such as `12 pages, 5 figures`. They are not indexed, since the
/// rest of the comment tells papers apart.
const LAYOUT_WORDS: [&str; 10] =
    ["page", "pages", "pp", "fig", "figs", "figure", "figures", "table", "tables", "appendix"];

/// The searched fields of a paper, folded.
pub fn folded_fields<'a>(paper: &Paper<'a>) -> impl Iterator<Item = (BibField, String)> + use<'a> {
    let is_searched = |field| SEARCHED_FIELDS.iter().any(|(it, _)| *it == field);
    let fields = paper.fields().filter(move |(field, _)| is_searched(*field));
    fields.map(|(field, value)| (field, fold(&tex_to_unicode(value))))
}

/// Calls `visit` with each term of the searched fields to be indexed.
pub fn for_each_field_term(paper: &Paper<'_>, mut visit: impl FnMut(&str)) {
    for (field, text) in folded_fields(paper) {
        let is_comment = field == BibField::Comment;
        let terms = index_terms(&text).filter(|it| !(is_comment && LAYOUT_WORDS.contains(it)));
        terms.for_each(&mut visit);
    }
}
