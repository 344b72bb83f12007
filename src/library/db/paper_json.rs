//! Serialises the metadata of a paper as JSON, enough to list and cite it without its source.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{BibField, Draft, Paper, PaperKind};

/// Maximum length of a bibliographic field, in bytes; longer ones are dropped. Fields copied from a
/// source may have any length.
const MAX_FIELD_LEN: usize = 8 << 10;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct PaperJson {
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i16>,
    #[serde(skip_serializing_if = "String::is_empty")]
    categories: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    venue: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    arxiv: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    doi: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    urls: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(rename = "facts", skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, String>,
}

/// Serialises the paper, without its abstract.
pub fn to_json(paper: &Paper<'_>) -> String {
    let fields = paper.fields().filter(|(_, value)| value.len() <= MAX_FIELD_LEN);
    let record = PaperJson {
        title: paper.title.to_owned(),
        authors: paper.authors().map(str::to_owned).collect(),
        year: paper.year,
        categories: paper.categories.to_owned(),
        venue: paper.venue.to_owned(),
        arxiv: paper.arxiv.to_owned(),
        doi: paper.doi.to_owned(),
        urls: paper.urls().map(str::to_owned).collect(),
        kind: kind_name(paper.kind),
        fields: fields.map(|(field, value)| (field_name(field), value.to_owned())).collect(),
    };
    // Through a `Value`, which sorts the names: an import, which also goes through one, gives the
    // same text.
    serde_json::to_value(&record).unwrap_or_default().to_string()
}

/// Parses a serialised paper; `None` for invalid JSON. The text may have been imported, so the
/// result must be sanitised.
pub fn from_json(text: &str) -> Option<Draft> {
    let record: PaperJson = serde_json::from_str(text).ok()?;
    let kind = PaperKind::ALL.into_iter().find(|it| kind_name(*it) == record.kind);
    let field = |(field, value)| {
        let field = BibField::ALL.into_iter().find(|it| field_name(*it) == field)?;
        Some((field, value))
    };
    Some(Draft {
        title: record.title,
        authors: record.authors,
        year: record.year,
        categories: record.categories,
        venue: record.venue,
        arxiv: record.arxiv,
        doi: record.doi,
        urls: record.urls,
        kind: kind.unwrap_or_default(),
        fields: record.fields.into_iter().filter_map(field).collect(),
        ..Draft::default()
    })
}

fn kind_name(kind: PaperKind) -> String {
    if kind == PaperKind::Unknown { String::new() } else { format!("{kind:?}").to_lowercase() }
}

/// The name of a field in the library.
pub fn field_name(field: BibField) -> String {
    format!("{field:?}").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{KeyPattern, PaperId};
    use crate::library::db::source_record;

    #[test]
    fn a_paper_comes_back_as_it_was_but_for_its_abstract() {
        let mut draft = Draft {
            title: "Key {M}emories".to_owned(),
            authors: vec!["Lindqvist, Ada".to_owned(), "Bo Karlsson".to_owned()],
            year: Some(2024),
            categories: "q-bio.NC cs.LG".to_owned(),
            venue: "ICLR".to_owned(),
            arxiv: "2401.00001".to_owned(),
            doi: "10.1234/brains.1".to_owned(),
            urls: vec!["https://example.org/a".to_owned()],
            kind: PaperKind::Conference,
            ..Draft::default()
        };
        for field in BibField::ALL {
            let value = match field {
                BibField::Pmid => "17".to_owned(),
                BibField::Pmcid => "PMC17".to_owned(),
                _ => format!("the {field:?}"),
            };
            draft.add_field(field, value);
        }
        let corpus = source_record::build_corpus([draft.clone()], &KeyPattern::default());
        let parsed = from_json(&to_json(&corpus.get(PaperId(0)).unwrap())).unwrap();
        assert_eq!(parsed.fields.len(), BibField::ALL.len());
        for field in BibField::ALL {
            assert_eq!(parsed.field(field), draft.field(field));
        }
        assert_eq!(Draft { fields: Vec::new(), ..parsed }, Draft { fields: Vec::new(), ..draft });
        assert_eq!(from_json("{\"title\":"), None);
    }
}
