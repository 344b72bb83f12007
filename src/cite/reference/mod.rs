//! Formats references in CSL (Citation Style Language) styles with hayagriva.
//!
//! Papers are passed as CSL-JSON items, so that references and the CSL-JSON export contain the same
//! data.

pub mod builtin_styles;
pub mod doi_urls;
pub mod et_al;
pub mod formatted;
pub mod processor;
pub mod protect;
pub mod quotes;
pub mod render_cost;
pub mod sample_papers;
pub mod style;
pub mod style_cache;
pub mod style_fixes;
pub mod style_item;
pub mod style_limits;
pub mod title;

use hayagriva::citationberg::json::{Item, Value};

use self::formatted::{FormattedReference, NumberLabel};
use self::style::Style;
use self::style_cache::StyleCache;
use crate::domain::Paper;

/// Maximum number of references that are sorted and disambiguated as one list. Longer lists are
/// formatted one by one in the given order, because disambiguation takes more than linear time.
const MAX_SORTED_LIST: usize = 100;

/// Formats the references of `papers`. Omits papers for which the style prints nothing, or which
/// exceed the rendering budget of a user style.
pub fn format_references(
    papers: &[Paper<'_>],
    style: &Style,
    style_cache: &StyleCache,
) -> Vec<FormattedReference> {
    let Some(processor) = style_cache.processor(style) else { return Vec::new() };
    let items = papers.iter().enumerate().filter_map(|(at, it)| style_item::style_item(it, at));
    let items = items.map(|it| adapt_item(it, &processor.style.info.id));
    let is_renderable =
        |it: &Item| style.is_built_in() || render_cost::is_within_budget(&processor.style, it);
    let items: Vec<Item> = items.filter(is_renderable).collect();
    let number = if items.len() == 1 { NumberLabel::Hidden } else { NumberLabel::Shown };
    if items.len() <= MAX_SORTED_LIST
        && let Some(references) = processor.format_list(&items, 0, number)
    {
        return references;
    }
    // One by one, so that a paper on which hayagriva panics is the only one omitted.
    let single_items = items.chunks(1).enumerate();
    single_items
        .flat_map(|(at, item)| processor.format_list(item, at, number).unwrap_or_default())
        .collect()
}

/// Adapts the item to a style. APA formats papers in edited proceedings as chapters, but only if
/// their type is `chapter`. MLA prints the article number in place of the pages, and would print it
/// twice. Chicago's notes style omits manuscripts from its bibliography, but not web pages, which
/// it formats alike.
fn adapt_item(mut item: Item, style: &str) -> Item {
    let is = |kind: &str| item.type_().as_deref() == Some(kind);
    let (is_paper, is_article) = (is("paper-conference"), is("article-journal"));
    if is("manuscript") && style.contains("/chicago-notes") {
        item.0.insert("type".to_owned(), Value::String("webpage".to_owned()));
    }
    if style.ends_with("/apa") && is_paper && item.0.contains_key("editor") {
        item.0.insert("type".to_owned(), Value::String("chapter".to_owned()));
    }
    if style.ends_with("/modern-language-association") && is_article && item.0.contains_key("page")
    {
        item.0.remove("number");
    }
    item
}
