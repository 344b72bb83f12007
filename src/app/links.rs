//! The links of the paper under the cursor: opened, shown, or picked from.

use super::overlay::{self, Kind};
use super::{Effect, State};
use crate::domain::{Fact, Link, LinkKind, links as links_of, main_link};

/// The links of the paper under the cursor, the one to open first.
fn current_links(state: &State) -> Vec<Link> {
    let Some((id, paper)) = state.pointed() else { return Vec::new() };
    match &state.view.reading {
        Some(reading) if reading.id == id && !reading.links.is_empty() => reading.links.clone(),
        _ => links_of(&paper, ""),
    }
}

pub(super) fn open_link(state: &mut State, wanted: fn(&Link) -> bool) -> Vec<Effect> {
    if let Some(link) = current_links(state).into_iter().find(wanted) {
        return vec![Effect::Open { url: link.url }];
    }
    state.notices.fail("No PDF is known for this paper; o opens its page.");
    Vec::new()
}

/// Opens the local PDF that the source names, or else the one that the network has.
pub(super) fn open_pdf(state: &mut State) -> Vec<Effect> {
    let is_pdf = |link: &Link| link.kind == LinkKind::Pdf;
    let file = state.current().map(|(_, paper)| paper.fact(Fact::File)).unwrap_or_default();
    if file.is_empty() {
        return open_link(state, is_pdf);
    }
    let file = file.to_owned();
    let otherwise = current_links(state).into_iter().find(is_pdf).map(|it| it.url);
    vec![Effect::OpenFile { file, otherwise }]
}

pub(super) fn show_link(state: &mut State) {
    let Some((_, paper)) = state.pointed() else { return };
    let url = main_link(&paper).url;
    overlay::open(state, Kind::Link { url, why: "Scan it, or copy it with yl.".to_owned() });
}

pub(super) fn links(state: &mut State) {
    let links = current_links(state);
    if !links.is_empty() {
        overlay::open(state, Kind::Links(links));
    }
}
