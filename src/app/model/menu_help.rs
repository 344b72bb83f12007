//! The rows that explain a popup: its purpose and its keys.

use super::popup::{ADD_AGAIN_KEY, OTHER_PAPERS_KEY, PopupKind, PopupRow};
use super::state::State;
use crate::app::action::{
    Action, BasketAction, FilterAction, LeaveAction, MenuAction, Motion, PromptAction,
};
use crate::app::input::context::KeyContext;
use crate::app::input::key::key_label;

/// The rows that explain a popup of this kind.
pub fn menu_help_rows(state: &State, kind: &PopupKind) -> Vec<PopupRow> {
    let explained =
        |keys: String, text: &str| PopupRow { keys, text: text.to_owned(), ..PopupRow::default() };
    let (choose, labels) = texts_of(kind);
    let mut rows: Vec<PopupRow> =
        labels.into_iter().map(|(keys, text)| explained(keys, text)).collect();
    let keys = |action: Action| {
        let keys = state.settings.keymap.keys_of(KeyContext::Overlay, action);
        let free = keys.iter().map(|it| key_label(it)).filter(|it| !is_letter(kind, it));
        free.collect::<Vec<_>>().join(" ")
    };
    if let Some(text) = choose {
        rows.push(explained(keys(Action::Prompt(PromptAction::Accept)), text));
    }
    if matches!(kind, PopupKind::Searches(_)) {
        rows.push(explained(keys(Action::Basket(BasketAction::Remove)), "delete the saved search"));
    }
    if *kind == PopupKind::Help {
        rows.push(explained(
            keys(Action::Show(MenuAction::FoldSection)),
            "fold or unfold the section",
        ));
        rows.push(explained(
            keys(Action::Show(MenuAction::FoldAll)),
            "fold or unfold all sections",
        ));
    }
    let moving = [Motion::Down, Motion::Up].map(|it| keys(Action::Move(it))).join(" ");
    let paging = [Motion::PageDown, Motion::PageUp].map(|it| keys(Action::Move(it))).join(" ");
    rows.push(explained(moving, "move"));
    rows.push(explained(paging, "a page down or up"));
    rows.push(explained(
        keys(Action::Filter(FilterAction::Edit)),
        "filter the rows; Enter keeps the filter, Esc removes it",
    ));
    rows.push(explained(keys(Action::Leave(LeaveAction::Close)), "close"));
    rows
}

/// Returns true if the key picks a row of the popup.
fn is_letter(kind: &PopupKind, key: &str) -> bool {
    matches!(kind, PopupKind::Formats(_)) && key.len() == 1 && key != "q" && key != "/"
}

/// The meaning of Enter, if it has any, and rows about the labels.
fn texts_of(kind: &PopupKind) -> (Option<&'static str>, Vec<(String, &'static str)>) {
    let row = |keys: &str, text: &'static str| (keys.to_owned(), text);
    match kind {
        PopupKind::Help => (Some("run the action, or fold the section"), Vec::new()),
        PopupKind::Log => (Some("undo or redo the change"), Vec::new()),
        PopupKind::Searches(_) => (Some("open the saved search"), Vec::new()),
        PopupKind::Proposals => (
            Some("check or uncheck the change, or all of the paper"),
            vec![
                row("a", "accept the checked changes; they are kept in the library"),
                row("n", "accept none"),
            ],
        ),
        PopupKind::Styles(_) => (Some("use the style"), Vec::new()),
        PopupKind::Themes => {
            (Some("use the theme"), vec![row("letter", "use the theme with this first letter")])
        }
        PopupKind::Settings => (Some("change the setting"), Vec::new()),
        PopupKind::Sort => (Some("sort"), vec![row("letter", "sort by this order")]),
        PopupKind::Links { .. } => {
            (Some("open the link"), vec![row("1 2 3 …", "open the link with this label")])
        }
        PopupKind::Formats(_) => (
            Some("use the format"),
            vec![
                row("letter", "use the format; the same letter copies it after y"),
                (
                    OTHER_PAPERS_KEY.to_string(),
                    "take all listed papers, or only the current or selected",
                ),
                (ADD_AGAIN_KEY.to_string(), "add to the last bibliography, once there is one"),
            ],
        ),
        PopupKind::FileExists(_) => (Some("choose"), vec![row("letter", "choose")]),
        PopupKind::Link { .. } => {
            (None, vec![row("yl o …", "any key for the paper, such as the copy of its link")])
        }
        PopupKind::MenuHelp | PopupKind::Messages | PopupKind::Defects => (None, Vec::new()),
    }
}
