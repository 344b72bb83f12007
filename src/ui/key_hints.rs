//! The keys that matter where the focus is, as the footer shows them.

use crate::app::model::popup::{Popup, PopupKind};
use crate::app::{Action, KeyContext, Mode, RunMode, State};
use crate::cite::OutputFormat;

/// An action, and what it does here in a word.
type Hint = (Action, &'static str);

const COPY: Hint = (Action::Copy(OutputFormat::TitleAndLink), "copy");
const FILTER: Hint = (Action::EditFilter, "filter");
const HELP: Hint = (Action::Help, "help");
const BACK: Hint = (Action::Close, "back");
const TAKE_BACK: Hint = (Action::Undo, "take back");

const LIST_HINTS: &[Hint] = &[
    (Action::Open, "read"),
    COPY,
    FILTER,
    HELP,
    (Action::Close, "quit"),
    (Action::OpenLink, "open"),
    (Action::Select, "select"),
    (Action::NextPane, "pane"),
    (Action::Star, "star"),
    (Action::NextUnread, "next unread"),
    (Action::Triage, "triage"),
];
const PICK_LIST_HINTS: &[Hint] = &[
    (Action::Open, "pick"),
    COPY,
    FILTER,
    HELP,
    (Action::Close, "quit"),
    (Action::OpenLink, "open"),
    (Action::Select, "select"),
    (Action::NextPane, "pane"),
];
const READER_HINTS: &[Hint] = &[
    (Action::ReadOn, "page"),
    COPY,
    BACK,
    (Action::NextPaper, "next"),
    (Action::PreviousPaper, "previous"),
    (Action::Links, "links"),
    (Action::Find, "find"),
    HELP,
    (Action::Star, "star"),
];
const TRIAGE_HINTS: &[Hint] = &[
    (Action::Skip, "skip"),
    (Action::Later, "later"),
    (Action::Star, "keep"),
    (Action::AddToBasket, "cite"),
    TAKE_BACK,
    (Action::Close, "leave"),
    (Action::PageDown, "page"),
    (Action::Read, "only read"),
    COPY,
];
const BASKET_HINTS: &[Hint] = &[
    (Action::Copy(OutputFormat::TitleAndLink), "copy all"),
    (Action::MoveLater, "down"),
    (Action::MoveEarlier, "up"),
    (Action::TakeOut, "take out"),
    BACK,
    (Action::ShowInList, "in the list"),
    TAKE_BACK,
    HELP,
];
const FACET_HINTS: &[Hint] = &[
    (Action::Toggle, "toggle"),
    (Action::Exclude, "exclude"),
    (Action::Expand, "open"),
    (Action::Collapse, "close"),
    (Action::NextPane, "pane"),
    BACK,
];

const FILTER_HINTS: &[Hint] = &[
    (Action::Accept, "to the list"),
    (Action::Peel, "drop"),
    (Action::Complete, "complete"),
    (Action::CopyMenu, "copy"),
    (Action::Recall, "earlier"),
];
const PICK_FILTER_HINTS: &[Hint] = &[
    (Action::Accept, "pick"),
    (Action::Peel, "drop"),
    (Action::Complete, "complete"),
    (Action::CopyMenu, "copy"),
    (Action::Recall, "earlier"),
];

/// The keys that matter here.
pub fn key_hints(state: &State) -> Vec<(String, String)> {
    let context = state.context();
    let key = |(action, label): &Hint| {
        let keys = state.settings.keymap.keys_of(context, *action);
        let first = keys.into_iter().next()?;
        let is_copy = matches!(action, Action::Copy(_));
        let shown = if is_copy { first.chars().take(1).collect() } else { first };
        Some((without_brackets(&shown), (*label).to_owned()))
    };
    hints_of_context(state, context).iter().filter_map(key).collect()
}

fn hints_of_context(state: &State, context: KeyContext) -> &'static [Hint] {
    let picks = state.settings.run_mode == RunMode::Pick;
    match context {
        KeyContext::List if picks => PICK_LIST_HINTS,
        KeyContext::List => LIST_HINTS,
        KeyContext::Detail | KeyContext::Reader => READER_HINTS,
        KeyContext::Triage => TRIAGE_HINTS,
        KeyContext::Basket => BASKET_HINTS,
        KeyContext::Facets => FACET_HINTS,
        KeyContext::Filter if picks => PICK_FILTER_HINTS,
        KeyContext::Filter => FILTER_HINTS,
        KeyContext::Overlay => hints_of_popup(&state.mode),
        KeyContext::Command | KeyContext::Browse => &[],
    }
}

/// A link is read or scanned, a listing is narrowed, and from the rest something is chosen.
fn hints_of_popup(mode: &Mode) -> &'static [Hint] {
    const NARROW: Hint = (Action::EditFilter, "narrow");
    match mode {
        Mode::Popup(Popup { kind: PopupKind::Link { .. }, .. }) => &[BACK],
        Mode::Popup(Popup { kind: PopupKind::Messages | PopupKind::Defects, .. }) => {
            &[NARROW, BACK]
        }
        Mode::Popup(Popup { kind: PopupKind::Help, .. }) => {
            &[(Action::Accept, "do it"), NARROW, BACK]
        }
        Mode::Popup(Popup { kind: PopupKind::Log, .. }) => {
            &[(Action::Accept, "take back, or do again"), NARROW, BACK]
        }
        Mode::Popup(Popup { kind: PopupKind::Searches(_), .. }) => {
            &[(Action::Accept, "search"), (Action::TakeOut, "forget"), NARROW, BACK]
        }
        _ => &[(Action::Accept, "choose"), NARROW, BACK],
    }
}

/// A named key without its brackets: `Enter`; with a modifier `^J`.
fn without_brackets(keys: &str) -> String {
    match keys.strip_prefix('<').and_then(|it| it.strip_suffix('>')) {
        Some(name) => match name.strip_prefix("C-") {
            Some(letter) => format!("^{}", letter.to_uppercase()),
            None => name.to_owned(),
        },
        None => keys.to_owned(),
    }
}
