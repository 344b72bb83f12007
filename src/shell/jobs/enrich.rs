//! Completes papers from services, and finds the changes to propose.

use crate::app::model::enrichment::{PaperProposal, ProposedChange};
use crate::app::{EnrichmentEvent, Target};
use crate::cite::record_heading;
use crate::domain::{ChangeMerit, Corpus, Draft, FieldChange, find_changes};
use crate::library::PaperRef;
use crate::sources::{LoadControl, LookupEvent, ReadOptions, look_up_records};
use crate::text::{capitalise, sanitise};

/// The papers to complete, and the references by which the library knows them.
pub struct EnrichRequest {
    pub corpus: Corpus,
    pub target: Target,
    pub references: Vec<PaperRef>,
    pub options: ReadOptions,
}

/// Asks the services, and posts the progress and at last the changes.
pub fn enrich(
    request: &EnrichRequest,
    control: &LoadControl,
    post: &mut dyn FnMut(EnrichmentEvent),
) {
    let papers: Vec<(PaperRef, Draft)> = request
        .target
        .papers
        .iter()
        .zip(&request.references)
        .filter_map(|(id, reference)| {
            let paper = request.corpus.get(*id)?;
            // An abstract that cannot be read is not there to be compared.
            let abstract_text = request.corpus.abstract_text(*id).unwrap_or_default().into_owned();
            Some((*reference, Draft { abstract_text, ..Draft::from(&paper) }))
        })
        .collect();
    let drafts: Vec<&Draft> = papers.iter().map(|(_, draft)| draft).collect();
    let index = look_up_records(&drafts, &request.options, control, &mut |event| {
        post(match event {
            LookupEvent::Step(text) => EnrichmentEvent::Step(sanitise(&text).into_owned()),
            LookupEvent::Failure(text) => EnrichmentEvent::Failure(capitalise(&sanitise(&text))),
        });
    });
    let (mut proposals, mut found) = (Vec::new(), 0);
    for (paper, draft) in &papers {
        let records = index.find(draft);
        found += usize::from(!records.is_empty());
        let changes = find_changes(draft, &records);
        if changes.is_empty() {
            continue;
        }
        let proposed = |change| ProposedChange { is_accepted: is_certain(&change), change };
        proposals.push(PaperProposal {
            paper: *paper,
            heading: record_heading(draft),
            changes: changes.into_iter().map(proposed).collect(),
        });
    }
    post(EnrichmentEvent::Done { proposals, found, is_complete: !control.is_cancelled() });
}

fn is_certain(change: &FieldChange) -> bool {
    change.merit != ChangeMerit::Difference
}
