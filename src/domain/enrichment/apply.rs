//! Makes changes in a record.

use super::changes::{EnrichedField, FieldChange};
use crate::domain::paper::draft::Draft;
use crate::domain::paper::field::{BibField, PaperKind};

/// Makes the changes.
pub fn apply_changes(draft: &mut Draft, changes: &[FieldChange]) {
    for change in changes {
        set_value(draft, change.field, &change.new);
    }
}

/// Replaces the value of a field; a link is added.
pub fn set_value(draft: &mut Draft, field: EnrichedField, value: &str) {
    match field {
        EnrichedField::Title => value.clone_into(&mut draft.title),
        EnrichedField::Authors => {
            draft.authors = value.split("; ").map(str::to_owned).collect();
        }
        EnrichedField::Abstract => value.clone_into(&mut draft.abstract_text),
        EnrichedField::Year => {
            draft.year = value.parse().ok();
            // A day of another year would contradict it.
            let year = format!("{value}-");
            draft.fields.retain(|(it, date)| *it != BibField::Date || date.starts_with(&year));
        }
        EnrichedField::Venue => {
            value.clone_into(&mut draft.venue);
            draft.fields.retain(|(it, _)| *it != BibField::Container);
        }
        EnrichedField::Kind => {
            let is_named = |it: &PaperKind| format!("{it:?}").to_lowercase() == value;
            draft.kind = PaperKind::ALL.into_iter().find(is_named).unwrap_or(draft.kind);
        }
        EnrichedField::Arxiv => value.clone_into(&mut draft.arxiv),
        EnrichedField::Doi => value.clone_into(&mut draft.doi),
        EnrichedField::Url if draft.urls.iter().any(|it| it == value) => {}
        EnrichedField::Url => draft.urls.push(value.to_owned()),
        EnrichedField::Bib(field) => {
            draft.fields.retain(|(it, _)| *it != field);
            draft.add_field(field, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::enrichment::changes::{ChangeMerit, find_changes};
    use crate::domain::enrichment::matching::RecordIndex;

    fn preprint() -> Draft {
        Draft {
            title: "Attention Is All You Need".to_owned(),
            authors: vec!["A. Vaswani".to_owned(), "others".to_owned()],
            venue: "arXiv preprint arXiv:1706.03762".to_owned(),
            arxiv: "1706.03762".to_owned(),
            year: Some(2017),
            kind: PaperKind::Article,
            ..Draft::default()
        }
    }

    fn published() -> Draft {
        let mut draft = Draft {
            title: "Attention is all you need".to_owned(),
            authors: vec!["Vaswani, Ashish".to_owned(), "Shazeer, Noam".to_owned()],
            abstract_text: "We propose the Transformer.".to_owned(),
            venue: "Advances in Snow".to_owned(),
            doi: "10.1000/attention".to_owned(),
            year: Some(2018),
            kind: PaperKind::Conference,
            urls: vec!["https://github.com/example/t2t".to_owned()],
            ..Draft::default()
        };
        draft.add_field(BibField::Pages, "1–11");
        draft.add_field(BibField::Citations, "100");
        draft.add_field(BibField::Status, "retracted");
        draft
    }

    #[test]
    fn a_preprint_becomes_the_published_paper() {
        let mut index = RecordIndex::default();
        index.push(published());
        let mut record = preprint();
        let found = index.find(&record);
        assert_eq!(found.len(), 1);
        let changes = find_changes(&record, &found);
        assert!(changes.iter().all(|it| it.merit != ChangeMerit::Difference), "{changes:?}");
        apply_changes(&mut record, &changes);
        assert_eq!(record.title, "Attention Is All You Need");
        assert_eq!(record.authors, ["Vaswani, Ashish", "Shazeer, Noam"]);
        assert_eq!((&*record.venue, record.year), ("Advances in Snow", Some(2018)));
        assert_eq!((record.kind, &*record.doi), (PaperKind::Conference, "10.1000/attention"));
        assert_eq!(record.field(BibField::Pages), "1–11");
        assert_eq!(record.field(BibField::Citations), "100");
        assert_eq!(record.field(BibField::Status), "retracted");
        assert_eq!(record.urls, ["https://github.com/example/t2t"]);
        assert_eq!(record.arxiv, "1706.03762");
        assert_eq!(find_changes(&record, &index.find(&record)), []);
    }

    #[test]
    fn a_value_is_never_replaced_by_a_worse_one() {
        let record = published();
        let mut worse = preprint();
        worse.doi = record.doi.clone();
        worse.add_field(BibField::Citations, "7");
        let mut index = RecordIndex::default();
        index.push(worse);
        let changes = find_changes(&record, &index.find(&record));
        let fields: Vec<_> = changes.iter().map(|it| (it.field, it.merit)).collect();
        assert_eq!(
            fields,
            [
                (EnrichedField::Year, ChangeMerit::Difference),
                (EnrichedField::Arxiv, ChangeMerit::Addition)
            ]
        );
    }

    #[test]
    fn a_paper_is_matched_by_identifier_or_by_title_and_author() {
        let mut index = RecordIndex::default();
        index.push(published());
        let other = |title: &str, author: &str, doi: &str| Draft {
            title: title.to_owned(),
            authors: vec![author.to_owned()],
            doi: doi.to_owned(),
            ..Draft::default()
        };
        for (draft, is_found) in [
            (other("Attention is all you need", "N. Shazeer", ""), true),
            (other("Attention is all you need", "Ada Moss", ""), false),
            (other("Attention is all you need", "N. Shazeer", "10.1000/other"), false),
            (other("Attention Mechanisms", "Ada Moss", "10.1000/attention"), true),
            (other("On Snow", "Ada Moss", "10.1000/attention"), false),
            (other("On Snow", "Ada Moss", ""), false),
        ] {
            assert_eq!(!index.find(&draft).is_empty(), is_found, "{draft:?}");
        }
    }

    #[test]
    fn a_preprint_without_a_published_version_gets_no_pages() {
        let mut record = preprint();
        record.venue = String::new();
        let mut other = preprint();
        other.authors = vec!["Vaswani, Ashish".to_owned(), "Shazeer, Noam".to_owned()];
        other.add_field(BibField::Volume, "abs/1706.03762");
        other.abstract_text = "We propose.".to_owned();
        let changes = find_changes(&record, &[&other]);
        let fields: Vec<_> = changes.iter().map(|it| it.field).collect();
        assert_eq!(fields, [EnrichedField::Authors, EnrichedField::Abstract]);
    }
}
