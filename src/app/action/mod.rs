//! What a user can ask for, whichever key is bound to it.

pub mod command_line;
pub mod keymap;
pub mod sort_order;
pub mod table;
use crate::cite::Form;
use table::entries;
use table::info::Entry;

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
    Copy(Form),
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
    pub fn entry(self) -> Option<&'static Entry> {
        entries().find(|entry| entry.action == self)
    }

    /// The action of that name, or of the only name that begins so.
    pub fn named(name: &str) -> Option<Self> {
        let exact = entries().find(|entry| entry.name == name);
        let mut beginning = entries().filter(|entry| entry.name.starts_with(name));
        let only = || beginning.next().filter(|_| beginning.next().is_none());
        exact.or_else(only).map(|entry| entry.action)
    }
}
