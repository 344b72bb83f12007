//! Asks the services for the records of papers: by identifiers in batches, then by titles for what
//! has none or is a preprint.

use super::load::fetch_drafts::{PageLimit, fetch_drafts};
use super::load_control::LoadControl;
use super::online::{
    Address, FetchError, OnlineSource, Service, ServiceClause, ServiceField, ServiceQuery,
    ServiceTerm,
};
use super::options::ReadOptions;
use crate::domain::{Draft, Identifier, RecordIndex, is_preprint};
use crate::text::{counted, distinct, fold, tex_to_unicode, words};

/// The services that are searched for a title, in this order, until one has the paper.
const SEARCHED_SERVICES: [Service; 3] =
    [Service::Crossref, Service::SemanticScholar, Service::OpenAlex];
/// Maximum number of words of a title in a search.
const MAX_SEARCHED_WORDS: usize = 20;

/// Progress and failures of a lookup while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookupEvent {
    /// The step that begins, such as `Crossref: searching for 3 titles`.
    Step(String),
    /// A service has failed, with the reason. The others are asked all the same.
    Failure(String),
}

/// Asks for records until it has all or is cancelled.
struct Lookup<'a> {
    options: &'a ReadOptions,
    control: &'a LoadControl,
    index: RecordIndex,
    report: &'a mut dyn FnMut(LookupEvent),
}

/// Returns what the services have on the papers; what had come, if it is cancelled.
pub fn look_up_records(
    drafts: &[&Draft],
    options: &ReadOptions,
    control: &LoadControl,
    report: &mut dyn FnMut(LookupEvent),
) -> RecordIndex {
    let mut lookup = Lookup { options, control, index: RecordIndex::default(), report };
    lookup.fetch_by_identifiers(drafts.iter().flat_map(|it| identifiers(it)));
    for service in SEARCHED_SERVICES {
        lookup.search_for_titles(service, drafts);
    }
    // A record that was found by its title may have identifiers that lead to the abstract.
    let mut new = Vec::new();
    for draft in drafts.iter().filter(|it| it.abstract_text.is_empty()) {
        let known = identifiers(draft);
        let found = lookup.index.find(draft).into_iter().flat_map(identifiers);
        let is_new = |id: &Identifier| matches!(id, Identifier::Arxiv(_)) && !known.contains(id);
        new.extend(found.filter(is_new));
    }
    lookup.fetch_by_identifiers(new.into_iter());
    lookup.index
}

fn identifiers(draft: &Draft) -> Vec<Identifier> {
    let arxiv = Some(&draft.arxiv).filter(|it| !it.is_empty()).cloned().map(Identifier::Arxiv);
    let doi = Some(&draft.doi).filter(|it| !it.is_empty()).cloned().map(Identifier::Doi);
    arxiv.into_iter().chain(doi).collect()
}

impl Lookup<'_> {
    /// Fetches the records of identifiers, those of one kind together.
    fn fetch_by_identifiers(&mut self, identifiers: impl Iterator<Item = Identifier>) {
        let (arxiv, others): (Vec<_>, Vec<_>) =
            identifiers.partition(|it| matches!(it, Identifier::Arxiv(_)));
        for ids in [arxiv, others] {
            let unique = distinct(ids);
            if unique.is_empty() {
                continue;
            }
            (self.report)(LookupEvent::Step(format!(
                "fetching {}",
                counted(unique.len(), "identifier")
            )));
            let source = OnlineSource::new(Address::Papers(unique));
            // A failure ends the lookup of these identifiers only.
            let _ = self.fetch(&source, PageLimit::AllPages);
        }
    }

    /// Searches a service for the papers of which no published record has come, until it fails.
    fn search_for_titles(&mut self, service: Service, drafts: &[&Draft]) {
        let needs_search = |draft: &&&Draft| {
            let found = self.index.find(draft);
            found.is_empty() || is_preprint(draft) && found.iter().all(|it| is_preprint(it))
        };
        let sought: Vec<TitleQuery> =
            drafts.iter().filter(needs_search).filter_map(|it| title_query(it)).collect();
        if sought.is_empty() || self.control.is_cancelled() {
            return;
        }
        let (name, count) = (service.title(), counted(sought.len(), "title"));
        (self.report)(LookupEvent::Step(format!("{name}: searching for {count}")));
        for (title, query) in sought {
            let address = Address::Search { service, query: title };
            let source = OnlineSource { query, ..OnlineSource::new(address) };
            if self.fetch(&source, PageLimit::FirstPage).is_err() {
                break;
            }
        }
    }

    /// Adds the records of an address, and reports a failure.
    fn fetch(&mut self, source: &OnlineSource, limit: PageLimit) -> Result<(), FetchError> {
        let index = &mut self.index;
        let fetched =
            fetch_drafts(source, self.options, limit, self.control, &mut |it| index.push(it));
        if let Err(error) = &fetched
            && !self.control.is_cancelled()
        {
            (self.report)(LookupEvent::Failure(error.to_string()));
        }
        fetched
    }
}

/// The title that is searched for, and its words.
type TitleQuery = (String, ServiceQuery);

/// The search for the title of a paper; `None` if it has no word.
fn title_query(draft: &Draft) -> Option<TitleQuery> {
    let title = fold(&tex_to_unicode(&draft.title));
    let term = |word: &str| ServiceClause {
        alternatives: vec![ServiceTerm {
            field: ServiceField::Anywhere,
            text: word.to_owned(),
            is_excluded: false,
        }],
    };
    let clauses: Vec<ServiceClause> = words(&title).take(MAX_SEARCHED_WORDS).map(term).collect();
    (!clauses.is_empty()).then_some((title, ServiceQuery { clauses, years: None }))
}
