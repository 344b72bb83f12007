//! The rows of the table on marks, on going through what is unread, on the basket and on searches.

use super::info::{ActionInfo, entry};
use crate::app::action::Action;
use crate::app::input::context::KeyContext::{Basket, Browse, Facets, List, Overlay, Triage};

pub const MARK_ACTIONS: &[ActionInfo] = &[
    entry(Action::Read, "read", "mark read, or unread", &[(Browse, &["r"])]),
    entry(Action::Star, "star", "star, or take the star away", &[(Browse, &["*"])]),
    entry(Action::Skip, "skip", "skip: read and out of sight, or bring back", &[(Browse, &["x"])]),
    entry(Action::Later, "later", "put aside for later, or no longer", &[(Browse, &["w"])]),
    entry(Action::Tag, "tag", "edit the tags", &[(Browse, &["t"])]),
    entry(Action::Note, "note", "write a note in the editor", &[(Browse, &["e"])]),
    entry(Action::ReadAll, "read-all", "mark all shown read", &[(Browse, &["A"])]),
    entry(Action::ReadAbove, "read-above", "mark read what stands above the cursor", &[]),
    entry(Action::ReadBelow, "read-below", "mark read what stands below the cursor", &[]),
    entry(Action::Repeat, "repeat", "do again what was done to papers last", &[(Browse, &["."])]),
    entry(Action::Undo, "undo", "take back what was done last", &[(Browse, &["u"])]),
    entry(Action::Redo, "redo", "do again what was taken back", &[(Browse, &["<C-r>"])]),
    entry(Action::Log, "log", "list what was done, to take it back", &[]),
    entry(Action::Skipped, "hidden", "show what was skipped, or hide it again", &[]),
];

pub const TRIAGE_ACTIONS: &[ActionInfo] = &[
    entry(
        Action::NextUnread,
        "next-unread",
        "go to the next unread paper",
        &[(List, &["n"]), (Facets, &["n"]), (Triage, &["n"])],
    ),
    entry(
        Action::PreviousUnread,
        "previous-unread",
        "go to the unread paper before",
        &[(List, &["N"]), (Facets, &["N"]), (Triage, &["N"])],
    ),
    entry(
        Action::Triage,
        "triage",
        "triage: judge the unread papers one by one",
        &[(Browse, &["gt"])],
    ),
];

pub const BASKET_ACTIONS: &[ActionInfo] = &[
    entry(Action::AddToBasket, "add", "put into the basket", &[(Browse, &["a"])]),
    entry(Action::Basket, "basket", "open the basket", &[(Browse, &["B"])]),
    entry(Action::MoveLater, "move-later", "move the paper further back", &[(Basket, &["J"])]),
    entry(Action::MoveEarlier, "move-earlier", "move the paper to the front", &[(Basket, &["K"])]),
    entry(
        Action::TakeOut,
        "take-out",
        "take out of the basket, or forget the search",
        &[(Basket, &["x", "d", "D"]), (Overlay, &["D"])],
    ),
    entry(
        Action::ShowInList,
        "show-in-list",
        "go to the paper in the list",
        &[(Basket, &["<Enter>", "l", "<Right>"])],
    ),
    entry(Action::Searches, "searches", "pick a saved search", &[(Browse, &["F"])]),
    entry(Action::SaveSearch, "save", "keep filter and order under a name", &[]),
];
