//! The rows of the table, group by group.

use super::info::{ActionInfo, entry};
use crate::app::action::Action;
use crate::app::input::context::KeyContext::{
    Basket, Browse, Command, Detail, Facets, Filter, List, Overlay, Reader, Triage,
};

pub const MOVE_ACTIONS: &[ActionInfo] = &[
    entry(
        Action::Down,
        "down",
        "move down",
        &[
            (Browse, &["j", "<Down>"]),
            (Overlay, &["j", "<Down>"]),
            (Filter, &["<Down>", "<C-j>", "<C-n>"]),
            (Command, &["<Down>", "<C-n>"]),
        ],
    ),
    entry(
        Action::Up,
        "up",
        "move up",
        &[
            (Browse, &["k", "<Up>"]),
            (Overlay, &["k", "<Up>"]),
            (Filter, &["<Up>", "<C-k>", "<C-p>"]),
            (Command, &["<Up>", "<C-p>"]),
        ],
    ),
    entry(
        Action::First,
        "first",
        "go to the first row, or with a count to that row",
        &[(Browse, &["gg", "<Home>"]), (Overlay, &["gg", "<Home>"])],
    ),
    entry(
        Action::Last,
        "last",
        "go to the last row, or with a count to that row",
        &[(Browse, &["G", "<End>"]), (Overlay, &["G", "<End>"])],
    ),
    entry(
        Action::HalfDown,
        "half-down",
        "half a page down",
        &[(Browse, &["<C-d>"]), (Overlay, &["<C-d>"])],
    ),
    entry(
        Action::HalfUp,
        "half-up",
        "half a page up",
        &[(Browse, &["<C-u>"]), (Overlay, &["<C-u>"])],
    ),
    entry(
        Action::PageDown,
        "page-down",
        "a page down",
        &[
            (Browse, &["<C-f>", "<PgDn>"]),
            (Triage, &["<Space>"]),
            (Overlay, &["<C-f>", "<PgDn>", "<Space>"]),
            (Filter, &["<PgDn>"]),
        ],
    ),
    entry(
        Action::PageUp,
        "page-up",
        "a page up",
        &[
            (Browse, &["<C-b>", "<PgUp>"]),
            (Overlay, &["<C-b>", "<PgUp>", "b"]),
            (Reader, &["b"]),
            (Triage, &["b"]),
            (Filter, &["<PgUp>"]),
        ],
    ),
    entry(Action::ScreenTop, "screen-top", "go to the top of the screen", &[(List, &["H"])]),
    entry(
        Action::ScreenMiddle,
        "screen-middle",
        "go to the middle of the screen",
        &[(List, &["M"])],
    ),
    entry(
        Action::ScreenBottom,
        "screen-bottom",
        "go to the bottom of the screen",
        &[(List, &["L"])],
    ),
    entry(
        Action::CursorMiddle,
        "cursor-middle",
        "scroll the row to the middle",
        &[(List, &["zz"])],
    ),
    entry(Action::CursorTop, "cursor-top", "scroll the row to the top", &[(List, &["zt"])]),
    entry(
        Action::CursorBottom,
        "cursor-bottom",
        "scroll the row to the bottom",
        &[(List, &["zb"])],
    ),
    entry(Action::NextPane, "next-pane", "go to the next pane", &[(Browse, &["<Tab>"])]),
    entry(
        Action::PreviousPane,
        "previous-pane",
        "go to the pane before",
        &[(Browse, &["<S-Tab>"])],
    ),
];

pub const READER_ACTIONS: &[ActionInfo] = &[
    entry(
        Action::Open,
        "open-reader",
        "read the paper",
        &[(List, &["<Enter>", "l", "<Right>"]), (Detail, &["<Enter>", "l", "<Right>"])],
    ),
    entry(
        Action::Back,
        "back",
        "back one level",
        &[
            (List, &["h", "<Left>"]),
            (Detail, &["h", "<Left>"]),
            (Reader, &["h", "<Left>"]),
            (Triage, &["h", "<Left>"]),
            (Basket, &["h", "<Left>"]),
        ],
    ),
    entry(
        Action::ReadOn,
        "read-on",
        "a page down; at the end mark read and go on to the next unread",
        &[(Reader, &["<Space>"]), (Detail, &["<Space>"])],
    ),
    entry(
        Action::NextPaper,
        "next-paper",
        "read the next paper",
        &[(Reader, &["J"]), (Detail, &["J"]), (Triage, &["J"])],
    ),
    entry(
        Action::PreviousPaper,
        "previous-paper",
        "read the paper before",
        &[(Reader, &["K"]), (Detail, &["K"]), (Triage, &["K"])],
    ),
    entry(Action::ScrollDown, "scroll-down", "scroll the abstract down", &[(List, &["J"])]),
    entry(Action::ScrollUp, "scroll-up", "scroll the abstract up", &[(List, &["K"])]),
    entry(Action::Find, "find", "find in the text", &[(Reader, &["/"]), (Detail, &["/"])]),
    entry(
        Action::FindNext,
        "find-next",
        "go to the next match, or without one the next unread paper",
        &[(Reader, &["n"]), (Detail, &["n"])],
    ),
    entry(
        Action::FindPrevious,
        "find-previous",
        "go to the match before, or without one the unread paper before",
        &[(Reader, &["N"]), (Detail, &["N"])],
    ),
    entry(Action::RawTex, "raw-tex", "show TeX as it is written", &[(Browse, &["T"])]),
];

pub const FILTER_ACTIONS: &[ActionInfo] = &[
    entry(
        Action::EditFilter,
        "filter",
        "filter as you type",
        &[(List, &["/"]), (Facets, &["/"]), (Overlay, &["/"])],
    ),
    entry(
        Action::ClearFilter,
        "clear-filter",
        "clear the filter",
        &[(Browse, &["<C-g>"]), (Filter, &["<C-g>"])],
    ),
    entry(
        Action::Accept,
        "accept",
        "keep what is typed",
        &[(Filter, &["<Enter>"]), (Command, &["<Enter>"]), (Overlay, &["<Enter>", "l", "<Right>"])],
    ),
    entry(
        Action::Complete,
        "complete",
        "complete what is typed; in the filter without prefix, select and move down",
        &[(Filter, &["<Tab>"]), (Command, &["<Tab>"])],
    ),
    entry(Action::Recall, "recall", "bring back an earlier filter", &[(Filter, &["<C-r>"])]),
    entry(
        Action::EraseWord,
        "erase-word",
        "erase the word before",
        &[(Filter, &["<C-w>", "<M-BS>"]), (Command, &["<C-w>"])],
    ),
    entry(
        Action::EraseLine,
        "erase-line",
        "erase to the start of the line",
        &[(Filter, &["<C-u>"]), (Command, &["<C-u>"])],
    ),
    entry(
        Action::LineStart,
        "line-start",
        "go to the start of the line",
        &[(Filter, &["<Home>", "<C-a>"]), (Command, &["<Home>", "<C-a>"])],
    ),
    entry(
        Action::LineEnd,
        "line-end",
        "go to the end of the line",
        &[(Filter, &["<End>", "<C-e>"]), (Command, &["<End>", "<C-e>"])],
    ),
    entry(
        Action::WordLeft,
        "word-left",
        "go a word left",
        &[(Filter, &["<M-b>", "<C-Left>"]), (Command, &["<C-Left>"])],
    ),
    entry(
        Action::WordRight,
        "word-right",
        "go a word right",
        &[(Filter, &["<M-f>", "<C-Right>"]), (Command, &["<C-Right>"])],
    ),
    entry(
        Action::SameAuthor,
        "same-author",
        "show papers of the first author",
        &[(Browse, &["ga"])],
    ),
    entry(
        Action::SameCategory,
        "same-category",
        "show papers of the category",
        &[(Browse, &["gc"])],
    ),
];

pub const SELECT_ACTIONS: &[ActionInfo] = &[
    entry(Action::Select, "select", "select and move down", &[(List, &["<Space>"])]),
    entry(Action::SelectRange, "select-range", "select a range of rows", &[(List, &["v", "V"])]),
    entry(
        Action::SelectAgain,
        "select-again",
        "select the last selection again",
        &[(List, &["gv"])],
    ),
    entry(Action::Invert, "invert", "select what is not selected, of the rows shown", &[]),
];

pub const OPEN_ACTIONS: &[ActionInfo] = &[
    entry(Action::OpenLink, "open", "open the link", &[(Browse, &["o", "gx"])]),
    entry(Action::OpenPdf, "open-pdf", "open the PDF", &[(Browse, &["p"])]),
    entry(Action::Links, "links", "pick a link to open", &[(Browse, &["f"])]),
    entry(Action::ShowLink, "show-link", "show the link as a QR code", &[(Browse, &["O"])]),
];

pub const FACET_ACTIONS: &[ActionInfo] = &[
    entry(
        Action::Toggle,
        "toggle",
        "put the value into the filter, or take it out",
        &[(Facets, &["<Enter>", "<Space>"])],
    ),
    entry(Action::Exclude, "exclude", "exclude the value", &[(Facets, &["!"])]),
    entry(Action::Expand, "expand", "open the group", &[(Facets, &["l", "<Right>"])]),
    entry(Action::Collapse, "collapse", "close the group", &[(Facets, &["h", "<Left>"])]),
];

pub const VIEW_ACTIONS: &[ActionInfo] = &[
    entry(Action::Sort, "sort", "choose the order", &[(Browse, &["s"])]),
    entry(Action::Reverse, "reverse", "turn the order round", &[(Browse, &["S"])]),
    entry(
        Action::Layout,
        "layout",
        "next layout: fitted, list only, side by side, stacked",
        &[(Browse, &["="])],
    ),
    entry(Action::Reload, "reload", "read the source again, or resume", &[(Browse, &["R"])]),
    entry(Action::Stop, "stop", "stop loading", &[]),
    entry(Action::Help, "help", "show the keys", &[(Browse, &["?", "<F1>"]), (Filter, &["<F1>"])]),
    entry(Action::Messages, "messages", "list the notices", &[]),
    entry(Action::Defects, "defects", "list the records that could not be read", &[]),
    entry(Action::Meter, "bytes", "show bytes and milliseconds of the last frame", &[]),
    entry(Action::CommandLine, "command", "run an action by its name", &[(Browse, &[":"])]),
    entry(
        Action::Redraw,
        "redraw",
        "draw the screen again",
        &[(Browse, &["<C-l>"]), (Filter, &["<C-l>"]), (Overlay, &["<C-l>"])],
    ),
];

pub const LEAVE_ACTIONS: &[ActionInfo] = &[
    entry(
        Action::Close,
        "close",
        "back one level, and quit at the top",
        &[(Browse, &["q"]), (Overlay, &["q", "h", "<Left>"])],
    ),
    entry(
        Action::Peel,
        "peel",
        "put away what is on top: overlay, reader, selection, filter",
        &[(Browse, &["<Esc>"]), (Filter, &["<Esc>"]), (Command, &["<Esc>"]), (Overlay, &["<Esc>"])],
    ),
    entry(
        Action::Interrupt,
        "interrupt",
        "leave a prompt, stop loading; twice quits",
        &[(Browse, &["<C-c>"]), (Filter, &["<C-c>"]), (Command, &["<C-c>"]), (Overlay, &["<C-c>"])],
    ),
    entry(
        Action::Suspend,
        "suspend",
        "suspend; `fg` comes back",
        &[(Browse, &["<C-z>"]), (Filter, &["<C-z>"]), (Overlay, &["<C-z>"])],
    ),
    entry(Action::Quit, "quit", "quit", &[(Browse, &["Q", "ZZ"]), (Overlay, &["Q"])]),
];
