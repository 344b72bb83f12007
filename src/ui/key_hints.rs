//! Key hints of the footer for the current context.

use crate::app::model::popup::{Popup, PopupKind};
use crate::app::{
    Action, BasketAction, ChangeAction, CopyAction, FacetAction, FilterAction, KeyContext,
    LeaveAction, MarkAction, MenuAction, Mode, Motion, OpenAction, PromptAction, ReaderAction,
    RunMode, SelectAction, State, UnreadAction, ViewAction, key_label,
};
use crate::cite::OutputFormat;

/// An action with a short label for the context.
type Hint = (Action, &'static str);

const COPY: Hint = (Action::Copy(CopyAction::Format(OutputFormat::TitleAndLink)), "copy");
const FILTER: Hint = (Action::Filter(FilterAction::Edit), "filter");
const HELP: Hint = (Action::Show(MenuAction::Help), "help");
const BACK: Hint = (Action::Leave(LeaveAction::Close), "back");
const UNDO: Hint = (Action::Change(ChangeAction::Undo), "undo");
const FOLD: Hint = (Action::Show(MenuAction::FoldSection), "fold");
const FOLD_ALL: Hint = (Action::Show(MenuAction::FoldAll), "fold all");
const CLOSE: Hint = (Action::Leave(LeaveAction::Close), "close");

const LIST_HINTS: &[Hint] = &[
    (Action::Open(OpenAction::Reader), "read"),
    COPY,
    FILTER,
    HELP,
    (Action::Leave(LeaveAction::Close), "quit"),
    (Action::Open(OpenAction::Link), "open"),
    (Action::Select(SelectAction::Toggle), "select"),
    (Action::View(ViewAction::NextPane), "pane"),
    (Action::Mark(MarkAction::Star), "star"),
    (Action::Unread(UnreadAction::Next), "next unread"),
    (Action::Unread(UnreadAction::OpenTriage), "triage"),
];
const PICK_LIST_HINTS: &[Hint] = &[
    (Action::Open(OpenAction::Reader), "pick"),
    COPY,
    FILTER,
    HELP,
    (Action::Leave(LeaveAction::Close), "quit"),
    (Action::Open(OpenAction::Link), "open"),
    (Action::Select(SelectAction::Toggle), "select"),
    (Action::View(ViewAction::NextPane), "pane"),
];
const READER_HINTS: &[Hint] = &[
    (Action::Reader(ReaderAction::ReadOn), "page"),
    COPY,
    BACK,
    (Action::Reader(ReaderAction::NextPaper), "next"),
    (Action::Reader(ReaderAction::PreviousPaper), "previous"),
    (Action::Open(OpenAction::Menu), "links"),
    (Action::Reader(ReaderAction::Find), "find"),
    HELP,
    (Action::Mark(MarkAction::Star), "star"),
];
const TRIAGE_HINTS: &[Hint] = &[
    (Action::Mark(MarkAction::Skip), "skip"),
    (Action::Mark(MarkAction::Later), "later"),
    (Action::Mark(MarkAction::Star), "star"),
    (Action::Leave(LeaveAction::Close), "back"),
    (Action::Mark(MarkAction::AddToBasket), "basket"),
    UNDO,
    (Action::Move(Motion::PageDown), "page"),
    (Action::Mark(MarkAction::Read), "mark read"),
    COPY,
];
const BASKET_HINTS: &[Hint] = &[
    (Action::Copy(CopyAction::Format(OutputFormat::TitleAndLink)), "copy all"),
    (Action::Basket(BasketAction::MoveLater), "down"),
    (Action::Basket(BasketAction::MoveEarlier), "up"),
    (Action::Basket(BasketAction::Remove), "remove"),
    BACK,
    (Action::Basket(BasketAction::ShowInList), "show in list"),
    UNDO,
    HELP,
];
const FACET_HINTS: &[Hint] = &[
    (Action::Facet(FacetAction::Include), "toggle"),
    (Action::Facet(FacetAction::Exclude), "exclude"),
    (Action::Reader(ReaderAction::Find), "find value"),
    BACK,
    (Action::Facet(FacetAction::SortValues), "sort"),
    (Action::Facet(FacetAction::Expand), "expand"),
    (Action::Facet(FacetAction::Collapse), "collapse"),
    (Action::View(ViewAction::NextPane), "pane"),
];

const FILTER_HINTS: &[Hint] = &[
    (Action::Prompt(PromptAction::Accept), "accept"),
    (Action::Leave(LeaveAction::Peel), "cancel"),
    (Action::Prompt(PromptAction::Complete), "complete"),
    (Action::Copy(CopyAction::Menu), "copy"),
    (Action::Prompt(PromptAction::Recall), "recall"),
];
const PICK_FILTER_HINTS: &[Hint] = &[
    (Action::Prompt(PromptAction::Accept), "pick"),
    (Action::Leave(LeaveAction::Peel), "cancel"),
    (Action::Prompt(PromptAction::Complete), "select"),
    (Action::Copy(CopyAction::Menu), "copy"),
    (Action::Prompt(PromptAction::Recall), "recall"),
];

/// The keys and labels for the current context.
pub fn key_hints(state: &State) -> Vec<(String, String)> {
    let context = state.context();
    let next = state.notices.visible().and_then(|it| next_action_hint(state, it.next_action?));
    let key = |(action, label): &Hint| {
        let keys = state.settings.keymap.keys_of(context, *action);
        let first = keys.into_iter().next()?;
        let is_copy = matches!(action, Action::Copy(CopyAction::Format(_)));
        let key_text = if is_copy { first.chars().take(1).collect() } else { first };
        let is_above = !state.load.lists.below.is_empty();
        let label = if is_above && *label == "quit" { "back" } else { label };
        Some((key_label(&key_text), label.to_owned()))
    };
    let hints = hints_of_context(state, context).iter().filter_map(key);
    let others = hints.filter(|hint| next.as_ref() != Some(hint));
    next.clone().into_iter().chain(others).collect()
}

/// The key of the action that follows a notice most likely, with the first word of its summary.
fn next_action_hint(state: &State, action: Action) -> Option<(String, String)> {
    let keys = state.settings.keymap.keys_of(state.context(), action).into_iter().next()?;
    let label = action.info()?.summary.split(' ').next()?;
    Some((key_label(&keys), label.to_owned()))
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

/// Key hints of the open popup, by its kind.
fn hints_of_popup(mode: &Mode) -> &'static [Hint] {
    match mode {
        Mode::Popup(Popup { kind: PopupKind::Link { .. } | PopupKind::MenuHelp, .. }) => &[CLOSE],
        Mode::Popup(Popup { kind: PopupKind::Messages | PopupKind::Defects, .. }) => {
            &[FILTER, CLOSE, HELP]
        }
        Mode::Popup(Popup { kind: PopupKind::Help, .. }) => {
            &[(Action::Prompt(PromptAction::Accept), "run"), FILTER, CLOSE, FOLD, FOLD_ALL, HELP]
        }
        Mode::Popup(Popup { kind: PopupKind::Log, .. }) => {
            &[(Action::Prompt(PromptAction::Accept), "undo/redo"), FILTER, CLOSE, HELP]
        }
        Mode::Popup(Popup { kind: PopupKind::Proposals, .. }) => {
            &[(Action::Prompt(PromptAction::Accept), "check"), FILTER, CLOSE, HELP]
        }
        Mode::Popup(Popup { kind: PopupKind::Searches(_), .. }) => &[
            (Action::Prompt(PromptAction::Accept), "search"),
            (Action::Basket(BasketAction::Remove), "delete"),
            FILTER,
            CLOSE,
            HELP,
        ],
        _ => &[(Action::Prompt(PromptAction::Accept), "choose"), FILTER, CLOSE, HELP],
    }
}
