//! Completes papers from services: asks for what they have, and records what is accepted of it.

use std::sync::Arc;

use super::{popup, request, selection};
use crate::app::effect::Effect;
use crate::app::event::EnrichmentEvent;
use crate::app::model::enrichment::{EnrichmentState, PaperProposal, ProposalPlace};
use crate::app::model::library::{AfterChange, PendingRequest};
use crate::app::model::popup::PopupKind;
use crate::app::model::state::{Mode, State};
use crate::domain::{AcceptedValues, PaperId};
use crate::library::{Change, ChangeSet, LibraryCommand, PaperRef};
use crate::text::counted;

/// Maximum number of papers that are completed at once, since each may need several requests.
const MAX_PAPERS: usize = 100;

/// Asks the services for the selected papers, or shows the proposals for them that wait for an
/// answer. Proposals for other papers are dropped.
pub fn start(state: &mut State) -> Vec<Effect> {
    let target = selection::mark_target(state);
    let references = target.paper_refs(&state.library);
    match &state.load.enrichment {
        EnrichmentState::Running { .. } => {
            state.notices.info("Still completing papers; ^C stops");
            return Vec::new();
        }
        EnrichmentState::Proposed(proposals)
            if proposals.iter().any(|it| references.contains(&it.paper)) =>
        {
            popup::open(state, PopupKind::Proposals);
            return Vec::new();
        }
        EnrichmentState::Proposed(_) | EnrichmentState::Idle => {}
    }
    match references.len() {
        0 => state.notices.error("No paper to complete"),
        count if count > MAX_PAPERS => {
            state.notices.error(format!("More than {MAX_PAPERS} papers at once; select fewer"));
        }
        papers => {
            state.load.enrichment = EnrichmentState::Running { papers, step: String::new() };
            return vec![Effect::Enrich { target, references }];
        }
    }
    Vec::new()
}

/// Returns true if the services are asked.
pub fn is_running(state: &State) -> bool {
    matches!(state.load.enrichment, EnrichmentState::Running { .. })
}

/// The services are not asked any more, and nothing came.
pub fn end(state: &mut State) {
    state.load.enrichment = EnrichmentState::Idle;
}

/// Takes note of the progress, and shows the proposals. An event after the end is ignored.
pub fn handle_event(state: &mut State, event: EnrichmentEvent) {
    let EnrichmentState::Running { papers, step } = &mut state.load.enrichment else { return };
    match event {
        EnrichmentEvent::Step(text) => *step = text,
        EnrichmentEvent::Failure(reason) => state.notices.error(reason),
        EnrichmentEvent::Done { proposals, found, is_complete } if proposals.is_empty() => {
            let all = counted(*papers, "paper");
            state.load.enrichment = EnrichmentState::Idle;
            let outcome =
                if is_complete { "Nothing to add" } else { "Stopped, nothing to add yet" };
            state.notices.info(format!("{outcome}: {found} of {all} found"));
        }
        EnrichmentEvent::Done { proposals, is_complete, .. } => {
            let all = counted(proposals.len(), "paper");
            state.load.enrichment = EnrichmentState::Proposed(proposals);
            let outcome = if is_complete { "Changes" } else { "Stopped; changes so far" };
            if !matches!(state.mode, Mode::Panes) {
                // Keys that are being typed must not answer.
                let notice = format!("{outcome} proposed for {all}; :enrich shows them");
                return state.notices.info(notice);
            }
            popup::open(state, PopupKind::Proposals);
            if !is_complete {
                state.notices.info(format!("{outcome} proposed for {all}"));
            }
        }
    }
}

/// Accepts or leaves out changes of a paper.
pub fn toggle(state: &mut State, place: ProposalPlace) {
    if let EnrichmentState::Proposed(proposals) = &mut state.load.enrichment
        && let Some(proposal) = proposals.get_mut(place.paper)
    {
        proposal.toggle(place.change);
    }
}

/// Records the accepted changes as one change set.
pub fn accept(state: &mut State) -> Vec<Effect> {
    let EnrichmentState::Proposed(proposals) = std::mem::take(&mut state.load.enrichment) else {
        return Vec::new();
    };
    let accepted = proposals.iter().filter(|it| it.has_accepted());
    let change_sets: Vec<ChangeSet> = accepted.map(|it| change_set(state, it)).collect();
    if change_sets.is_empty() {
        state.notices.info("No changes accepted");
        return Vec::new();
    }
    let command = LibraryCommand::RecordTogether(change_sets);
    request::send_command(state, command, PendingRequest::Record(AfterChange::KeepCursor))
}

/// Drops the proposals.
pub fn reject(state: &mut State) {
    end(state);
    state.notices.info("No changes accepted");
}

/// Values that were accepted for the paper before stay, unless a new one replaces them.
fn change_set(state: &State, proposal: &PaperProposal) -> ChangeSet {
    let values = accepted_before(state, proposal.paper).with_changes(proposal.accepted_changes());
    ChangeSet { changes: vec![Change::Accept(values)], papers: vec![proposal.paper] }
}

fn accepted_before(state: &State, paper: PaperRef) -> Arc<AcceptedValues> {
    match paper {
        PaperRef::Corpus(id) => state.library.marks.accepted(id),
        PaperRef::Library(id) => {
            let basket = &state.library.basket;
            let row = basket.library_ids.iter().position(|it| *it == id);
            row.map(|row| basket.marks.accepted(PaperId(row as u32))).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::event::Event;
    use crate::app::model::enrichment::ProposedChange;
    use crate::app::update::update;
    use crate::domain::{ChangeMerit, Draft, EnrichedField, FieldChange, SegmentBuilder};
    use crate::sources::LoadEvent;

    /// A program with two papers.
    fn with_papers() -> State {
        let mut state = State::new(Arc::default(), 80, 24);
        let mut builder = SegmentBuilder::default();
        for title in ["Snow", "Fog"] {
            builder.push(&Draft { title: title.to_owned(), ..Draft::default() });
        }
        for event in [LoadEvent::Segment(builder.seal()), LoadEvent::Done] {
            let _ = update(&mut state, Event::Load(event));
        }
        state
    }

    fn proposal(number: u32) -> PaperProposal {
        let doi = FieldChange {
            field: EnrichedField::Doi,
            merit: ChangeMerit::Addition,
            old: String::new(),
            new: format!("10.1000/{number}"),
        };
        let year = FieldChange {
            field: EnrichedField::Year,
            merit: ChangeMerit::Difference,
            old: "2020".to_owned(),
            new: "2021".to_owned(),
        };
        PaperProposal {
            paper: PaperRef::Corpus(PaperId(number)),
            heading: format!("Paper {number}"),
            changes: vec![
                ProposedChange { change: doi, is_accepted: true },
                ProposedChange { change: year, is_accepted: false },
            ],
        }
    }

    fn done() -> Event {
        let proposals = vec![proposal(0), proposal(1)];
        Event::Enrichment(EnrichmentEvent::Done { proposals, found: 2, is_complete: true })
    }

    #[test]
    fn what_is_checked_is_recorded_together() {
        let mut state = with_papers();
        let effects = start(&mut state);
        assert!(
            matches!(&effects[..], [Effect::Enrich { references, .. }] if references.len() == 1)
        );
        assert!(start(&mut state).is_empty());
        let _ = update(&mut state, done());
        assert!(matches!(&state.mode, Mode::Popup(it) if it.kind == PopupKind::Proposals));
        toggle(&mut state, ProposalPlace { paper: 1, change: None });
        toggle(&mut state, ProposalPlace { paper: 0, change: Some(1) });
        let effects = accept(&mut state);
        let mut values = AcceptedValues::default();
        values.add(EnrichedField::Doi, "10.1000/0".to_owned());
        values.add(EnrichedField::Year, "2021".to_owned());
        let change_set = ChangeSet {
            changes: vec![Change::Accept(values)],
            papers: vec![PaperRef::Corpus(PaperId(0))],
        };
        match &effects[..] {
            [Effect::Library(command)] => {
                assert_eq!(*command, LibraryCommand::RecordTogether(vec![change_set]));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(state.load.enrichment, EnrichmentState::Idle);
    }

    #[test]
    fn proposals_do_not_take_the_keys_of_a_prompt() {
        let mut state = with_papers();
        let _ = start(&mut state);
        state.mode = Mode::Filter;
        let _ = update(&mut state, done());
        assert!(matches!(state.mode, Mode::Filter));
        state.mode = Mode::Panes;
        assert!(start(&mut state).is_empty());
        assert!(matches!(&state.mode, Mode::Popup(it) if it.kind == PopupKind::Proposals));
        reject(&mut state);
        assert!(accept(&mut state).is_empty());
    }

    #[test]
    fn proposals_for_other_papers_make_way() {
        let mut state = with_papers();
        let _ = start(&mut state);
        let proposals = vec![proposal(1)];
        let done = EnrichmentEvent::Done { proposals, found: 1, is_complete: true };
        let _ = update(&mut state, Event::Enrichment(done));
        state.mode = Mode::Panes;
        let effects = start(&mut state);
        assert!(matches!(&effects[..], [Effect::Enrich { .. }]), "{effects:?}");
        assert!(matches!(state.load.enrichment, EnrichmentState::Running { .. }));
    }

    #[test]
    fn proposals_that_are_not_all_say_so() {
        let mut state = with_papers();
        let _ = start(&mut state);
        let done = EnrichmentEvent::Done { proposals: vec![], found: 0, is_complete: false };
        let _ = update(&mut state, Event::Enrichment(done));
        let notice = state.notices.visible().map(|it| it.text.clone()).unwrap_or_default();
        assert_eq!(notice, "Stopped, nothing to add yet: 0 of 1 paper found");
    }

    #[test]
    fn an_answer_that_comes_too_late_is_ignored() {
        let mut state = with_papers();
        let _ = update(&mut state, done());
        assert_eq!(state.load.enrichment, EnrichmentState::Idle);
        assert!(matches!(state.mode, Mode::Panes));
    }
}
