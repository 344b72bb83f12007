//! The rows of the pane in which services propose changes.

use super::enrichment::{PaperProposal, ProposalPlace};
use super::popup::{PopupRow, RowAction};
use crate::cite::change_lines;
use crate::text::{counted, sanitise};

/// The rows of the pane: the answers, then each paper with its changes.
pub fn proposal_rows(proposals: &[PaperProposal]) -> Vec<PopupRow> {
    let accepted = proposals.iter().filter(|it| it.has_accepted()).count();
    let accept = format!("accept the checked changes of {}", counted(accepted, "paper"));
    let mut rows = vec![
        PopupRow::new("a", accept, RowAction::AcceptProposals),
        PopupRow::new("n", "accept none", RowAction::RejectProposals),
    ];
    for (paper, proposal) in proposals.iter().enumerate() {
        let place = ProposalPlace { paper, change: None };
        let keys = check_box(proposal.has_accepted());
        let heading = sanitise(&proposal.heading).into_owned();
        rows.push(PopupRow::new(keys, heading, RowAction::ToggleProposal(place)));
        for (at, proposed) in proposal.changes.iter().enumerate() {
            let action = RowAction::ToggleProposal(ProposalPlace { paper, change: Some(at) });
            let keys =
                std::iter::once(check_box(proposed.is_accepted)).chain(std::iter::repeat(""));
            for (line, keys) in change_lines(&proposed.change).iter().zip(keys) {
                rows.push(PopupRow::new(keys, format!("  {}", sanitise(line)), action.clone()));
            }
        }
    }
    rows
}

fn check_box(is_checked: bool) -> &'static str {
    if is_checked { "[x]" } else { "[ ]" }
}
