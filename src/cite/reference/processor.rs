//! Formats a list of references with one CSL style and its locales.

use std::thread;

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{IndependentStyle, Locale};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest};

use super::et_al::insert_et_al;
use super::formatted::{self, FormattedReference, NumberLabel};
use super::{builtin_styles, doi_urls, style_fixes};

/// A style, fixed for hayagriva, with its locales.
#[derive(Debug)]
pub struct CslProcessor {
    pub style: IndependentStyle,
    /// Terms such as `and`, `eds.` and the names of months.
    locales: Vec<Locale>,
}

impl CslProcessor {
    pub fn new(rules: IndependentStyle) -> Self {
        let rules = style_fixes::fix_style(rules);
        Self { locales: builtin_styles::locales(&rules), style: rules }
    }

    /// Formats a list of references, numbered from `first + 1`. Returns `None` if hayagriva panics,
    /// which unusual styles can cause.
    pub fn format_list(
        &self,
        items: &[Item],
        first: usize,
        number: NumberLabel,
    ) -> Option<Vec<FormattedReference>> {
        let render = || render_list(items, first, number, &self.style, &self.locales);
        // On its own thread, so that a panic neither ends the caller nor prints a message.
        let references = thread::scope(|scope| scope.spawn(render).join()).ok()?;
        Some(references.into_iter().map(|it| doi_urls::encode_doi_urls(it, items)).collect())
    }
}

/// Formats a list of references, numbered from `first + 1`.
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
    let references: Vec<FormattedReference> = match &rendered.bibliography {
        Some(list) => list
            .items
            .iter()
            .map(|it| {
                let first = it.first_field.clone().map(|it| hayagriva::ElemChildren(vec![it]));
                let parts: Vec<_> = first.iter().chain([&it.content]).collect();
                formatted::format_elements(&parts, number)
            })
            .collect(),
        // A style without a bibliography, only with notes.
        None => rendered
            .citations
            .iter()
            .map(|it| formatted::format_elements(&[&it.citation], number))
            .collect(),
    };
    let non_empty = references.into_iter().filter(|it| !it.text.is_empty());
    non_empty.map(|it| insert_et_al(it, locales)).collect()
}
