//! Formats a list of references with one CSL style and its locales.

use std::thread;

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{IndependentStyle, Locale};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest};

use super::et_al::insert_et_al;
use super::formatted::{self, FormattedReference, NumberLabel};
use super::{builtin_styles, doi_urls, style_fixes};

/// What a style sets references with.
#[derive(Debug)]
pub struct Case {
    pub style: IndependentStyle,
    /// The words that it takes from languages: `and`, `eds.`, names of months.
    locales: Vec<Locale>,
}

impl Case {
    pub fn new(rules: IndependentStyle) -> Self {
        let rules = style_fixes::fix_style(rules);
        Self { locales: builtin_styles::locales(&rules), style: rules }
    }

    /// Sets a list whose first reference has so many before it; nothing where the interpreter of
    /// styles fails, since a style may ask for what it does not foresee.
    pub fn format_list(
        &self,
        items: &[Item],
        first: usize,
        number: NumberLabel,
    ) -> Option<Vec<FormattedReference>> {
        let set = || render_list(items, first, number, &self.style, &self.locales);
        // On a thread of its own, so that a panic ends nothing else and shows nothing.
        let sets = thread::scope(|scope| scope.spawn(set).join()).ok()?;
        Some(sets.into_iter().map(|it| doi_urls::encode_doi_urls(it, items)).collect())
    }
}

/// Sets a list whose first reference has so many before it.
fn render_list(
    items: &[Item],
    first: usize,
    number: NumberLabel,
    style: &IndependentStyle,
    locales: &[Locale],
) -> Vec<FormattedReference> {
    let mut driver = BibliographyDriver::new().with_citation_number_offset(first);
    for item in items {
        let cited = vec![CitationItem::with_entry(item)];
        driver.citation(CitationRequest::from_items(cited, style, locales));
    }
    let rendered = driver.finish(BibliographyRequest::new(style, None, locales));
    let sets: Vec<FormattedReference> = match &rendered.bibliography {
        Some(list) => list
            .items
            .iter()
            .map(|it| {
                let first = it.first_field.clone().map(|it| hayagriva::ElemChildren(vec![it]));
                let parts: Vec<_> = first.iter().chain([&it.content]).collect();
                formatted::format_elements(&parts, number)
            })
            .collect(),
        // A style for notes alone.
        None => rendered
            .citations
            .iter()
            .map(|it| formatted::format_elements(&[&it.citation], number))
            .collect(),
    };
    let known = sets.into_iter().filter(|it| !it.text.is_empty());
    known.map(|it| insert_et_al(it, locales)).collect()
}
