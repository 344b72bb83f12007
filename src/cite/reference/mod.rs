//! References in the styles of journals, as the Citation Style Language describes them.
//!
//! A paper goes to the style as an item of CSL-JSON, so that what is exported and what is set are
//! the same facts.

mod archive;
mod guard;
mod limits;
mod mend;
mod others;
mod resolver;
mod sample;
mod set;
mod style;
mod work;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use hayagriva::citationberg::json::{Item, Value};
use hayagriva::citationberg::{IndependentStyle, Locale};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest};

use super::csl;
use crate::domain::Paper;
pub use guard::{whole, words};
pub use others::MORE;
use others::with_et_al;
use set::Number;
pub use set::Set;
pub use style::Style;

/// The style that was used last, since reading it takes longer than setting a reference.
#[derive(Debug, Clone, Default)]
pub struct Press(Arc<Mutex<Option<Used>>>);

type Used = (Style, Arc<Case>);

/// What a style sets references with.
#[derive(Debug)]
struct Case {
    rules: IndependentStyle,
    /// The words that it takes from languages: `and`, `eds.`, names of months.
    locales: Vec<Locale>,
}

impl Case {
    fn new(rules: IndependentStyle) -> Self {
        let rules = mend::mended(rules);
        Self { locales: archive::locales(&rules), rules }
    }

    /// Sets a list whose first reference has so many before it; nothing where the interpreter of
    /// styles fails, since a style may ask for what it does not foresee.
    fn list(&self, items: &[Item], first: usize, number: Number) -> Option<Vec<Set>> {
        let set = || set_list(items, first, number, &self.rules, &self.locales);
        // On a thread of its own, so that a panic ends nothing else and shows nothing.
        let sets = thread::scope(|scope| scope.spawn(set).join()).ok()?;
        Some(sets.into_iter().map(|it| resolver::encoded(it, items)).collect())
    }
}

impl Press {
    fn case(&self, style: &Style) -> Option<Arc<Case>> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((name, case)) = &*last
            && name == style
        {
            return Some(Arc::clone(case));
        }
        let case = Arc::new(Case::new(style.load().ok()?));
        *last = Some((style.clone(), Arc::clone(&case)));
        Some(case)
    }
}

/// So many references are sorted and told apart as one list, as the style asks for. Beyond that
/// each is set for itself, in the order given, for telling apart takes time that grows faster than
/// the list.
const LONGEST_LIST: usize = 100;

/// The references of a list of papers. Nothing where the style makes none of a paper.
pub fn references(papers: &[Paper<'_>], style: &Style, press: &Press) -> Vec<Set> {
    let Some(case) = press.case(style) else { return Vec::new() };
    let items = papers.iter().enumerate().filter_map(|(at, it)| csl::cited(it, at));
    let items = items.map(|it| adapted(it, &case.rules.info.id));
    let can_be_set = |it: &Item| style.is_built_in() || work::is_within_budget(&case.rules, it);
    let items: Vec<Item> = items.filter(can_be_set).collect();
    let number = if items.len() == 1 { Number::Left } else { Number::Shown };
    if items.len() <= LONGEST_LIST
        && let Some(sets) = case.list(&items, 0, number)
    {
        return sets;
    }
    // One by one, so that a paper on which the interpreter fails takes no other with it.
    let each = items.chunks(1).enumerate();
    each.flat_map(|(at, item)| case.list(item, at, number).unwrap_or_default()).collect()
}

/// The item as the style of that name needs it. APA sets a paper in proceedings with editors as a
/// part of a book, but only where it is called one. MLA prints the number of an article that has no
/// pages in the place of pages, and would print it again. Bibliographies of Chicago's
/// notes leave manuscripts out, but no web pages, which look the same.
fn adapted(mut item: Item, style: &str) -> Item {
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

/// Sets a list whose first reference has so many before it.
fn set_list(
    items: &[Item],
    first: usize,
    number: Number,
    style: &IndependentStyle,
    locales: &[Locale],
) -> Vec<Set> {
    let mut driver = BibliographyDriver::new().with_citation_number_offset(first);
    for item in items {
        let cited = vec![CitationItem::with_entry(item)];
        driver.citation(CitationRequest::from_items(cited, style, locales));
    }
    let rendered = driver.finish(BibliographyRequest::new(style, None, locales));
    let sets: Vec<Set> = match &rendered.bibliography {
        Some(list) => list
            .items
            .iter()
            .map(|it| {
                let first = it.first_field.clone().map(|it| hayagriva::ElemChildren(vec![it]));
                let parts: Vec<_> = first.iter().chain([&it.content]).collect();
                set::set(&parts, number)
            })
            .collect(),
        // A style for notes alone.
        None => rendered.citations.iter().map(|it| set::set(&[&it.citation], number)).collect(),
    };
    let known = sets.into_iter().filter(|it| !it.text.is_empty());
    known.map(|it| with_et_al(it, locales)).collect()
}
