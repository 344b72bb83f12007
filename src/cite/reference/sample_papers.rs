//! Renders sample papers in a user style before the style is accepted.

use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::Item;
use serde_json::{Value, from_str, from_value, json};

use super::formatted::NumberLabel;

use super::processor::CslProcessor;

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
    let sample: Value = from_str(include_str!("sample_paper.json")).unwrap_or_default();
    let full = |kind: &&str| {
        let mut item = sample.clone();
        (item["id"], item["type"]) = ((*kind).into(), (*kind).into());
        item
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
