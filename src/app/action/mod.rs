//! What a user can ask for, whichever key is bound to it.

pub mod command_line;
pub mod keymap;
pub mod sort_order;
pub mod table;
use crate::cite::OutputFormat;
use table::all_actions;
use table::info::ActionInfo;

/// Something to do, whichever key is bound to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    // Moving
    Down,
    Up,
    First,
    Last,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    ScreenTop,
    ScreenMiddle,
    ScreenBottom,
    CursorTop,
    CursorMiddle,
    CursorBottom,
    NextPaper,
    PreviousPaper,
    ScrollDown,
    ScrollUp,
    ReadOn,
    // Going in and out
    Open,
    Back,
    Close,
    Peel,
    Quit,
    Interrupt,
    NextPane,
    PreviousPane,
    // Filtering and finding
    EditFilter,
    ClearFilter,
    Accept,
    Complete,
    Recall,
    Advance,
    Find,
    FindNext,
    FindPrevious,
    SameAuthor,
    SameCategory,
    // Editing a line
    EraseWord,
    EraseLine,
    LineStart,
    LineEnd,
    WordLeft,
    WordRight,
    // Selecting
    Select,
    SelectRange,
    SelectAgain,
    Invert,
    // Marking
    Read,
    ReadAbove,
    ReadBelow,
    ReadAll,
    Star,
    Skip,
    Later,
    Tag,
    Note,
    Repeat,
    Undo,
    Redo,
    Log,
    Skipped,
    // Going through what is unread
    NextUnread,
    PreviousUnread,
    Triage,
    // The basket and the saved searches
    AddToBasket,
    Basket,
    MoveEarlier,
    MoveLater,
    TakeOut,
    ShowInList,
    Searches,
    SaveSearch,
    // Facets
    Toggle,
    Exclude,
    Expand,
    Collapse,
    // Copying and opening
    Copy(OutputFormat),
    CopyAgain,
    CopyMenu,
    ShowCopy,
    Style,
    Export,
    ExportAll,
    Pipe,
    PipeAll,
    OpenLink,
    OpenPdf,
    Links,
    ShowLink,
    // The view
    Sort,
    Reverse,
    Layout,
    RawTex,
    Reload,
    Stop,
    Help,
    Messages,
    Defects,
    Meter,
    CommandLine,
    Redraw,
    Suspend,
}

impl Action {
    /// The row of the table that describes the action.
    pub fn info(self) -> Option<&'static ActionInfo> {
        all_actions().find(|entry| entry.action == self)
    }

    /// The action of that name, or of the only name that begins so.
    pub fn from_name(name: &str) -> Option<Self> {
        let exact = all_actions().find(|entry| entry.name == name);
        let mut beginning = all_actions().filter(|entry| entry.name.starts_with(name));
        let only = || beginning.next().filter(|_| beginning.next().is_none());
        exact.or_else(only).map(|entry| entry.action)
    }
}
