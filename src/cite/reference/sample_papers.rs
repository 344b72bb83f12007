//! Renders sample papers in a user style before the style is accepted.

use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::Item;
use serde_json::{from_value, json};

use super::{formatted::NumberLabel, processor::CslProcessor};

/// Item types that styles treat differently.
const SAMPLE_TYPES: [&str; 8] = [
    "article-journal", "paper-conference", "chapter", "book", "thesis", "report", "webpage",
    "document",
];

/// Renders the sample papers.
///
/// # Errors
///
/// Returns a message if hayagriva panics on the style, or if the style prints nothing for all of
/// them.
pub fn render_samples(rules: IndependentStyle) -> Result<(), String> {
    let processor = CslProcessor::new(rules);
    let references = processor.format_list(&items(), 0, NumberLabel::Shown);
    let references = references.ok_or("the CSL processor fails on it")?;
    if references.is_empty() {
        Err("prints nothing for any sample paper".to_owned())
    } else {
        Ok(())
    }
}

/// Returns an item of each type with all common variables, and one with a title alone.
fn items() -> Vec<Item> {
    let full = |kind: &&str| {
        json!({
            "id": kind,
            "type": kind,
            "title": "A title: of a paper",
            "author": [{"family": "Moss", "given": "Ada B."}, {"literal": "Water Board"}],
            "editor": [{"family": "Ruiz", "given": "Anna", "non-dropping-particle": "de"}],
            "container-title": "Annals of Water",
            "collection-title": "Notes on Water",
            "publisher": "Fenland Press",
            "publisher-place": "Ely",
            "volume": "12",
            "issue": "3",
            "number": "WB-7",
            "edition": "2",
            "page": "101-119",
            "DOI": "10.1000/1",
            "URL": "https://example.org/1",
            "ISBN": "0-00-000000-0",
            "issued": {"date-parts": [[2019, 3, 14]]},
            "accessed": {"date-parts": [[2020, 5, 6]]},
        })
    };
    let minimal = json!({"id": "bare", "type": "article-journal", "title": "Title"});
    let all = SAMPLE_TYPES.iter().map(full).chain([minimal]);
    all.filter_map(|it| from_value(it).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_an_item() {
        assert_eq!(items().len(), SAMPLE_TYPES.len() + 1);
    }
}
