//! Asks the services for the records of papers: by identifiers in batches, then by titles for what
//! has none or is a preprint.

use crate::cli::report::report;
use crate::domain::{Draft, Identifier, RecordIndex, is_preprint};
use crate::sources::{
    Address, OnlineSource, PageLimit, ReadOptions, Service, ServiceClause, ServiceField,
    ServiceQuery, ServiceTerm, fetch_drafts,
};
use crate::text::{counted, distinct, fold, tex_to_unicode, words};

/// The services that are searched for a title, in this order, until one has the paper.
const SEARCHED_SERVICES: [Service; 3] =
    [Service::Crossref, Service::SemanticScholar, Service::OpenAlex];
/// Maximum number of words of a title in a search.
const MAX_SEARCHED_WORDS: usize = 20;

/// Adds what the services have on the papers. A service that fails is reported and left out.
pub fn look_up(drafts: &[&Draft], options: &ReadOptions, index: &mut RecordIndex) {
    fetch_by_identifiers(drafts.iter().flat_map(|it| identifiers(it)), options, index);
    let mut failed: Vec<Service> = Vec::new();
    for service in SEARCHED_SERVICES {
        let sought: Vec<&&Draft> = drafts.iter().filter(|it| needs_search(it, index)).collect();
        if !sought.is_empty() {
            let (title, count) = (service.title(), counted(sought.len(), "title"));
            report(&format!("{title}: searching for {count}"));
        }
        for draft in sought {
            if failed.contains(&service) {
                break;
            }
            if let Err(reason) = search(service, draft, options, index) {
                report(&reason);
                failed.push(service);
            }
        }
    }
    // A record that was found by its title may have identifiers that lead to the abstract.
    let mut new = Vec::new();
    for draft in drafts.iter().filter(|it| it.abstract_text.is_empty()) {
        let known = identifiers(draft);
        let found = index.find(draft).into_iter().flat_map(identifiers);
        let is_new = |id: &Identifier| matches!(id, Identifier::Arxiv(_)) && !known.contains(id);
        new.extend(found.filter(is_new));
    }
    fetch_by_identifiers(new.into_iter(), options, index);
}

fn identifiers(draft: &Draft) -> Vec<Identifier> {
    let arxiv = Some(&draft.arxiv).filter(|it| !it.is_empty()).cloned().map(Identifier::Arxiv);
    let doi = Some(&draft.doi).filter(|it| !it.is_empty()).cloned().map(Identifier::Doi);
    arxiv.into_iter().chain(doi).collect()
}

/// Returns true if no published record of the paper has come.
fn needs_search(draft: &Draft, index: &RecordIndex) -> bool {
    let found = index.find(draft);
    found.is_empty() || is_preprint(draft) && found.iter().all(|it| is_preprint(it))
}

/// Fetches the records of identifiers, those of one kind together.
fn fetch_by_identifiers(
    identifiers: impl Iterator<Item = Identifier>,
    options: &ReadOptions,
    index: &mut RecordIndex,
) {
    let (arxiv, others): (Vec<_>, Vec<_>) =
        identifiers.partition(|it| matches!(it, Identifier::Arxiv(_)));
    for ids in [arxiv, others] {
        let texts = distinct(ids.iter().map(|it| it.id().to_owned()));
        let is_first = |id: &Identifier, at: usize| texts.get(at).is_some_and(|it| it == id.id());
        let mut unique = Vec::new();
        for id in ids {
            if is_first(&id, unique.len()) {
                unique.push(id);
            }
        }
        if unique.is_empty() {
            continue;
        }
        let source = OnlineSource::new(Address::Papers(unique));
        let fetched = fetch_drafts(&source, options, PageLimit::AllPages, &mut |it| index.push(it));
        if let Err(error) = fetched {
            report(&error.to_string());
        }
    }
}

/// Searches for a title and the first author.
fn search(
    service: Service,
    draft: &Draft,
    options: &ReadOptions,
    index: &mut RecordIndex,
) -> Result<(), String> {
    let title = fold(&tex_to_unicode(&draft.title));
    let term = |word: &str| ServiceClause {
        alternatives: vec![ServiceTerm {
            field: ServiceField::Anywhere,
            text: word.to_owned(),
            is_excluded: false,
        }],
    };
    let clauses: Vec<ServiceClause> = words(&title).take(MAX_SEARCHED_WORDS).map(term).collect();
    if clauses.is_empty() {
        return Ok(());
    }
    let query = ServiceQuery { clauses, years: None };
    let address = Address::Search { service, query: title };
    let source = OnlineSource { query, ..OnlineSource::new(address) };
    fetch_drafts(&source, options, PageLimit::FirstPage, &mut |it| index.push(it))
        .map_err(|error| error.to_string())
}
