//! The keys that matter where the focus is, as the footer shows them.

use crate::app::model::popup::{Kind, Overlay};
use crate::app::{Action, Context, Mode, Purpose, State};
use crate::cite::Form;

/// An action, and what it does here in a word.
type Hint = (Action, &'static str);

const COPY: Hint = (Action::Copy(Form::TitleAndLink), "copy");
const FILTER: Hint = (Action::EditFilter, "filter");
const HELP: Hint = (Action::Help, "help");
const BACK: Hint = (Action::Close, "back");
const TAKE_BACK: Hint = (Action::Undo, "take back");

const LIST: &[Hint] = &[
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
const PICKING: &[Hint] = &[
    (Action::Open, "pick"),
    COPY,
    FILTER,
    HELP,
    (Action::Close, "quit"),
    (Action::OpenLink, "open"),
    (Action::Select, "select"),
    (Action::NextPane, "pane"),
];
const READER: &[Hint] = &[
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
const TRIAGE: &[Hint] = &[
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
const BASKET: &[Hint] = &[
    (Action::Copy(Form::TitleAndLink), "copy all"),
    (Action::MoveLater, "down"),
    (Action::MoveEarlier, "up"),
    (Action::TakeOut, "take out"),
    BACK,
    (Action::ShowInList, "in the list"),
    TAKE_BACK,
    HELP,
];
const FACETS: &[Hint] = &[
    (Action::Toggle, "toggle"),
    (Action::Exclude, "exclude"),
    (Action::Expand, "open"),
    (Action::Collapse, "close"),
    (Action::NextPane, "pane"),
    BACK,
];

const TYPING: &[Hint] = &[
    (Action::Accept, "to the list"),
    (Action::Peel, "drop"),
    (Action::Complete, "complete"),
    (Action::CopyMenu, "copy"),
    (Action::Recall, "earlier"),
];
const PICKING_FILTER: &[Hint] = &[
    (Action::Accept, "pick"),
    (Action::Peel, "drop"),
    (Action::Complete, "complete"),
    (Action::CopyMenu, "copy"),
    (Action::Recall, "earlier"),
];

/// The keys that matter here.
pub fn keys(state: &State) -> Vec<(String, String)> {
    let context = state.context();
    let key = |(action, label): &Hint| {
        let keys = state.settings.keymap.keys_of(context, *action);
        let first = keys.into_iter().next()?;
        let is_copy = matches!(action, Action::Copy(_));
        let shown = if is_copy { first.chars().take(1).collect() } else { first };
        Some((bare(&shown), (*label).to_owned()))
    };
    wanted(state, context).iter().filter_map(key).collect()
}

fn wanted(state: &State, context: Context) -> &'static [Hint] {
    let picks = state.settings.purpose == Purpose::Pick;
    match context {
        Context::List if picks => PICKING,
        Context::List => LIST,
        Context::Detail | Context::Reader => READER,
        Context::Triage => TRIAGE,
        Context::Basket => BASKET,
        Context::Facets => FACETS,
        Context::Filter if picks => PICKING_FILTER,
        Context::Filter => TYPING,
        Context::Overlay => of_overlay(&state.mode),
        Context::Command | Context::Browse => &[],
    }
}

/// A link is read or scanned, a listing is narrowed, and from the rest something is chosen.
fn of_overlay(mode: &Mode) -> &'static [Hint] {
    const NARROW: Hint = (Action::EditFilter, "narrow");
    match mode {
        Mode::Overlay(Overlay { kind: Kind::Link { .. }, .. }) => &[BACK],
        Mode::Overlay(Overlay { kind: Kind::Messages | Kind::Defects, .. }) => &[NARROW, BACK],
        Mode::Overlay(Overlay { kind: Kind::Help, .. }) => {
            &[(Action::Accept, "do it"), NARROW, BACK]
        }
        Mode::Overlay(Overlay { kind: Kind::Log, .. }) => {
            &[(Action::Accept, "take back, or do again"), NARROW, BACK]
        }
        Mode::Overlay(Overlay { kind: Kind::Searches(_), .. }) => {
            &[(Action::Accept, "search"), (Action::TakeOut, "forget"), NARROW, BACK]
        }
        _ => &[(Action::Accept, "choose"), NARROW, BACK],
    }
}

/// A named key without its brackets: `Enter`; with a modifier `^J`.
fn bare(keys: &str) -> String {
    match keys.strip_prefix('<').and_then(|it| it.strip_suffix('>')) {
        Some(name) => match name.strip_prefix("C-") {
            Some(letter) => format!("^{}", letter.to_uppercase()),
            None => name.to_owned(),
        },
        None => keys.to_owned(),
    }
}
