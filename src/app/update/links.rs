//! Links of the current paper: opening, showing, and their menu.

use super::popup;
use crate::app::effect::Effect;
use crate::app::event::UnopenedLink;
use crate::app::model::popup::PopupKind;
use crate::app::model::state::{Confirmation, ConfirmedAction, Mode, State};
use crate::domain::{BibField, Link, LinkKind, links as links_of, main_link, search_url};
use crate::text::tex_to_unicode;

/// The links of the current paper, the preferred one first.
fn current_links(state: &State) -> Vec<Link> {
    let Some((id, paper)) = state.target_paper() else { return Vec::new() };
    match &state.view.paper_text {
        Some(paper_text) if paper_text.id == id && !paper_text.links.is_empty() => {
            paper_text.links.clone()
        }
        _ => links_of(&paper, ""),
    }
}

fn is_pdf(link: &Link) -> bool {
    link.kind == LinkKind::Pdf
}

/// Opens the web page of the paper, or else its PDF. Without either, asks for permission to search
/// for the title.
pub fn open_link(state: &mut State) -> Vec<Effect> {
    let mut own = current_links(state);
    own.retain(|it| it.kind != LinkKind::InAbstract);
    let page = own.iter().find(|it| !is_pdf(it)).or_else(|| own.first());
    if let Some(link) = page {
        return vec![Effect::OpenLink { url: link.url.clone() }];
    }
    let Some((_, paper)) = state.target_paper() else { return Vec::new() };
    let question = format!(
        "No link known. Search huggingface.co for this title? y/n  {}",
        tex_to_unicode(paper.title)
    );
    let consent = ConfirmedAction::Search { url: search_url(&paper) };
    state.mode = Mode::Confirmation(Confirmation { question, action: consent });
    Vec::new()
}

/// Opens the local PDF named by the source, or else the PDF link.
pub fn open_pdf(state: &mut State) -> Vec<Effect> {
    let file = state.current().map(|(_, paper)| paper.field(BibField::File)).unwrap_or_default();
    let file = file.to_owned();
    let links = current_links(state);
    let url = links.iter().find(|it| is_pdf(it)).map(|it| it.url.clone());
    match url {
        otherwise if !file.is_empty() => return vec![Effect::OpenFile { file, otherwise }],
        Some(url) => return vec![Effect::OpenLink { url }],
        None => {}
    }
    let has_page = links.iter().any(|it| it.kind != LinkKind::InAbstract);
    let page = if has_page { "; o opens the page" } else { "" };
    state.notices.error(format!("No PDF link known{page}"));
    Vec::new()
}

pub fn show_link(state: &mut State) {
    let Some((_, paper)) = state.target_paper() else { return };
    match main_link(&paper) {
        Some(Link { url, .. }) => {
            let why = "Scan the code, or copy the link with yl".to_owned();
            popup::open(state, PopupKind::Link { url, why });
        }
        None => state.notices.error("No link known; f offers a search for the title"),
    }
}

/// Opens the menu of links. Includes a search for the title if the paper has no link.
pub fn open_links_menu(state: &mut State) {
    let Some((_, paper)) = state.target_paper() else { return };
    let search = main_link(&paper).is_none().then(|| search_url(&paper));
    let links = current_links(state);
    popup::open(state, PopupKind::Links { links, search });
}

/// Shows a link that was not opened, with the keys that copy it if it is a link of the paper.
pub fn show_unopened(state: &mut State, shown: UnopenedLink) {
    let UnopenedLink { url, reason: why } = shown;
    let is_own = |it: &Link| it.kind != LinkKind::InAbstract && it.url == url;
    let keys = if current_links(state).iter().any(is_own) {
        "; yl copies the link, yp the PDF link"
    } else {
        ""
    };
    let why = why + keys;
    state.notices.info(&why);
    popup::open(state, PopupKind::Link { url, why });
}
