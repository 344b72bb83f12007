//! References in the styles of journals, as the Citation Style Language describes them.
//!
//! A paper goes to the style as an item of CSL-JSON, so that what is exported and what is set are
//! the same facts.

mod archive;
mod guard;
mod mend;
mod others;
mod resolver;
mod set;
mod style;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use hayagriva::citationberg::json::{Item, Value};
use hayagriva::citationberg::{IndependentStyle, Locale};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest};

use super::csl;
use crate::domain::Paper;
pub(super) use guard::{whole, words};
pub(super) use others::MORE;
use others::with_et_al;
use set::Number;
pub(super) use set::Set;
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

impl Press {
    fn case(&self, style: &Style) -> Option<Arc<Case>> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((name, case)) = &*last
            && name == style
        {
            return Some(Arc::clone(case));
        }
        let rules = mend::mended(style.load().ok()?);
        let case = Arc::new(Case { locales: archive::locales(&rules), rules });
        *last = Some((style.clone(), Arc::clone(&case)));
        Some(case)
    }
}

/// So many references are sorted and told apart as one list, as the style asks for. Beyond that
/// each is set for itself, in the order given, for telling apart takes time that grows faster than
/// the list.
const LONGEST_LIST: usize = 100;

/// The references of a list of papers. Nothing where the style makes none of a paper.
pub(super) fn references(papers: &[Paper<'_>], style: &Style, press: &Press) -> Vec<Set> {
    let Some(case) = press.case(style) else { return Vec::new() };
    let items: Vec<Item> =
        papers.iter().enumerate().filter_map(|(at, it)| csl::cited(it, at)).collect();
    let items = if style.is_apa() { items.into_iter().map(as_part).collect() } else { items };
    let number = if items.len() == 1 { Number::Left } else { Number::Shown };
    let list = |items: &[Item], first: usize| {
        // A style of the reader's own may ask for what its interpreter does not foresee.
        let set = || set_list(items, first, number, &case.rules, &case.locales);
        let sets = catch_unwind(AssertUnwindSafe(set)).unwrap_or_default().into_iter();
        sets.map(|it| resolver::encoded(it, items)).collect::<Vec<_>>()
    };
    if items.len() <= LONGEST_LIST {
        return list(&items, 0);
    }
    items.chunks(1).enumerate().flat_map(|(at, item)| list(item, at)).collect()
}

/// APA sets a paper in proceedings with editors as a part of a book, but only where it is called one.
fn as_part(mut item: Item) -> Item {
    if item.type_().as_deref() == Some("paper-conference") && item.0.contains_key("editor") {
        item.0.insert("type".to_owned(), Value::String("chapter".to_owned()));
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
