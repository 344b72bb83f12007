//! The edits of a BibTeX entry that lead from one record to another. Both records are written, and
//! the fields that differ are set in the user's own entry, whose other bytes stay.

use super::writers::bibtex;
use super::writers::bibtex::kind::{BibtexDialect, Detail};
use crate::domain::{BibField, Corpus, Draft, SegmentBuilder};
use crate::formats::{EntryEdit, EntryPlace, entry_places};

/// Fields that only BibLaTeX has.
const BIBLATEX_FIELDS: [&str; 5] =
    ["date", "eprintclass", "eprinttype", "journaltitle", "location"];
/// Fields for links.
const LINK_FIELDS: [&str; 2] = ["link", "url"];
/// Fields for the place of publication, of which an entry keeps those of its new venue.
const VENUE_FIELDS: [&str; 4] = ["booktitle", "howpublished", "journal", "journaltitle"];

/// Returns the edits that make the entry at a place say what `after` says beyond `before`.
pub fn entry_edits(place: &EntryPlace, before: &Draft, after: &Draft) -> Vec<EntryEdit> {
    let has = |name: &str| place.fields.iter().any(|(it, _)| it == name);
    let is_biblatex = BIBLATEX_FIELDS.iter().any(|it| has(it));
    let dialect = if is_biblatex { BibtexDialect::Biblatex } else { BibtexDialect::Bibtex };
    let [Some(old), Some(new)] = [before, after].map(|it| written_entry(it, dialect)) else {
        return Vec::new();
    };
    let mut edits = Vec::new();
    if old.kind != new.kind {
        edits.push(EntryEdit::Kind(new.kind.clone()));
    }
    let value = |entry: &EntryPlace, name: &str| {
        entry.fields.iter().find(|(it, _)| it == name).map(|(_, value)| value.clone())
    };
    for (name, text) in &new.fields {
        // The link that follows from an identifier is none of the record.
        let is_derived = LINK_FIELDS.contains(&name.as_str()) && before.urls == after.urls;
        if !is_derived && value(&old, name).as_ref() != Some(text) {
            edits.push(EntryEdit::Set { name: name.clone(), value: text.clone() });
        }
    }
    let is_new_venue = before.venue != after.venue;
    for (name, _) in &place.fields {
        let was_written = value(&old, name).is_some();
        let is_venue = is_new_venue && VENUE_FIELDS.contains(&name.as_str());
        if value(&new, name).is_none() && (was_written || is_venue) {
            edits.push(EntryEdit::Remove { name: name.clone() });
        }
    }
    edits
}

/// The entry that is written for a record, in its parts.
fn written_entry(draft: &Draft, dialect: BibtexDialect) -> Option<EntryPlace> {
    let mut draft = draft.clone();
    draft.fields.retain(|(it, _)| *it != BibField::Raw);
    let mut builder = SegmentBuilder::default();
    builder.push(&draft);
    let mut corpus = Corpus::default();
    corpus.push(builder.seal());
    let (_, paper) = corpus.papers().next()?;
    let text = bibtex::entry(&paper, "key", draft.abstract_text.trim(), dialect, Detail::Full);
    entry_places(&text).pop()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PaperKind;
    use crate::formats::edit_entry;

    #[test]
    fn only_what_differs_is_changed_in_the_users_entry() {
        let entry = "@misc{vaswani2017,\n  title   = \"{A}ttention\",\n  author  = {Ashish Vaswani},\n  \
            journal = {arXiv preprint arXiv:1706.03762},\n  year    = 2017,\n  note    = {mine}\n}";
        let place = entry_places(entry).pop().unwrap();
        let before = Draft {
            title: "{A}ttention".to_owned(),
            authors: vec!["Ashish Vaswani".to_owned()],
            venue: "arXiv preprint arXiv:1706.03762".to_owned(),
            arxiv: "1706.03762".to_owned(),
            year: Some(2017),
            ..Draft::default()
        };
        let after = Draft {
            venue: "Advances in Snow".to_owned(),
            kind: PaperKind::Conference,
            doi: "10.1000/a_b".to_owned(),
            year: Some(2018),
            ..before.clone()
        };
        let edited = edit_entry(entry, &entry_edits(&place, &before, &after)).unwrap();
        assert_eq!(
            edited,
            "@inproceedings{vaswani2017,\n  title   = \"{A}ttention\",\n  author  = {Ashish Vaswani},\n  \
             year    = {2018},\n  note    = {mine},\n  booktitle = {Advances in Snow},\n  \
             doi = {10.1000/a_b}\n}"
        );
        assert_eq!(entry_edits(&place, &before, &before), []);
    }
}
