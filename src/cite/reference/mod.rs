//! References in the styles of journals, as the Citation Style Language describes them.
//!
//! A paper goes to the style as an item of CSL-JSON, so that what is exported and what is set are
//! the same facts.

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

/// So many references are sorted and told apart as one list, as the style asks for. Beyond that
/// each is set for itself, in the order given, for telling apart takes time that grows faster than
/// the list.
const MAX_SORTED_LIST: usize = 100;

/// The references of a list of papers. Nothing where the style makes none of a paper.
pub fn format_references(
    papers: &[Paper<'_>],
    style: &Style,
    press: &StyleCache,
) -> Vec<FormattedReference> {
    let Some(case) = press.processor(style) else { return Vec::new() };
    let items = papers.iter().enumerate().filter_map(|(at, it)| style_item::style_item(it, at));
    let items = items.map(|it| adapt_item(it, &case.style.info.id));
    let can_be_set =
        |it: &Item| style.is_built_in() || render_cost::is_within_budget(&case.style, it);
    let items: Vec<Item> = items.filter(can_be_set).collect();
    let number = if items.len() == 1 { NumberLabel::Hidden } else { NumberLabel::Shown };
    if items.len() <= MAX_SORTED_LIST
        && let Some(sets) = case.format_list(&items, 0, number)
    {
        return sets;
    }
    // One by one, so that a paper on which the interpreter fails takes no other with it.
    let each = items.chunks(1).enumerate();
    each.flat_map(|(at, item)| case.format_list(item, at, number).unwrap_or_default()).collect()
}

/// The item as the style of that name needs it. APA sets a paper in proceedings with editors as a
/// part of a book, but only where it is called one. MLA prints the number of an article that has no
/// pages in the place of pages, and would print it again. Bibliographies of Chicago's
/// notes leave manuscripts out, but no web pages, which look the same.
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
