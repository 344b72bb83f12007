//! The actions that keys and commands invoke, independent of the bindings.
//!
//! Each group is an enum of its own: the handler of a group matches exhaustively, so the compiler
//! reports every handler that lacks a new action.

pub mod command_line;
pub mod command_names;
pub mod keymap;
pub mod names;
pub mod sort_order;
pub mod synonyms;
pub mod table;

use crate::cite::OutputFormat;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Move(Motion),
    Reader(ReaderAction),
    Unread(UnreadAction),
    Filter(FilterAction),
    Prompt(PromptAction),
    Edit(EditAction),
    Select(SelectAction),
    Mark(MarkAction),
    /// Marks a range of the listed papers read.
    MarkRead(RowRange),
    Annotate(AnnotateAction),
    Change(ChangeAction),
    Basket(BasketAction),
    Search(SearchAction),
    Facet(FacetAction),
    Jump(JumpAction),
    Copy(CopyAction),
    Export(ExportAction),
    Open(OpenAction),
    Show(MenuAction),
    View(ViewAction),
    Load(LoadAction),
    Leave(LeaveAction),
}

/// Moves the cursor of the focused list, or scrolls the focused text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Motion {
    Down,
    Up,
    First,
    Last,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    /// Moves to the first row on the screen.
    ScreenTop,
    ScreenMiddle,
    ScreenBottom,
    /// Scrolls the row under the cursor to the top of the screen.
    CursorTop,
    CursorMiddle,
    CursorBottom,
}

/// Reads the text of the current paper, or of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReaderAction {
    /// Moves a page down; at the end of the text, marks the paper read and opens the next unread
    /// one.
    ReadOn,
    NextPaper,
    PreviousPaper,
    ScrollDown,
    ScrollUp,
    Find,
    /// Moves to the next match, or to the next unread paper if no search is active.
    FindNext,
    FindPrevious,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnreadAction {
    Next,
    Previous,
    OpenTriage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterAction {
    Edit,
    Clear,
    SameAuthor,
    SameCategory,
    /// Shows or hides skipped papers.
    ToggleSkipped,
}

/// Acts on the focused prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PromptAction {
    /// Accepts the text of a prompt, or the row under the cursor of a popup.
    Accept,
    Complete,
    Recall,
}

/// Edits the text of the focused prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditAction {
    /// Deletes the character before the cursor, or leaves an empty prompt.
    EraseChar,
    EraseNextChar,
    EraseWord,
    EraseNextWord,
    /// Deletes the text before the cursor.
    EraseLine,
    /// Deletes the text after the cursor.
    EraseToEnd,
    LineStart,
    LineEnd,
    CharLeft,
    CharRight,
    WordLeft,
    WordRight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SelectAction {
    Toggle,
    Range,
    Again,
    Invert,
    /// Adds every listed paper.
    All,
}

/// Toggles a mark of the selected papers, or of the current one. `AddToBasket` never removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkAction {
    Read,
    Star,
    Skip,
    Later,
    AddToBasket,
}

/// A range of the listed papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowRange {
    /// Rows above the cursor.
    Above,
    /// Rows below the cursor.
    Below,
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnnotateAction {
    Tag,
    Note,
    /// Completes papers from services.
    Enrich,
}

/// Repeats or reverses changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeAction {
    Repeat,
    Undo,
    Redo,
    ShowLog,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BasketAction {
    Open,
    MoveEarlier,
    MoveLater,
    /// Removes a paper from the basket, or a saved search from its menu.
    Remove,
    ShowInList,
}

/// Opens the menu of saved searches, or saves the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SearchAction {
    Open,
    Save,
}

/// Acts on the row under the cursor of the facet pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FacetAction {
    Include,
    Exclude,
    Expand,
    Collapse,
    /// Switches the order of the values between count and name.
    SortValues,
}

/// Goes through the places that jumps, filters and other lists have left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JumpAction {
    Back,
    Forward,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CopyAction {
    Format(OutputFormat),
    /// Copies in the format of the last copy.
    Again,
    /// Opens the menu of formats. For prompts, where `y` is text.
    Menu,
    /// Shows the text of the last copy off the alternate screen.
    ShowLast,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportAction {
    File,
    AllToFile,
    Command,
    AllToCommand,
}

/// Opens the current paper, one of its links, or a list of related papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpenAction {
    Reader,
    Link,
    Pdf,
    Menu,
    QrCode,
    /// Opens the papers that the current one cites, as a list.
    References,
    CitedBy,
    Similar,
}

/// Opens a popup, or folds the sections of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MenuAction {
    /// Opens the help; in a popup, its own keys.
    Help,
    /// Folds or unfolds the section under the cursor.
    FoldSection,
    FoldAll,
    Messages,
    Defects,
    Sort,
    Styles,
    Themes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ViewAction {
    NextPane,
    PreviousPane,
    Facets,
    Layout,
    ReverseOrder,
    ToggleTex,
    ToggleFrameStats,
    CommandLine,
    Redraw,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoadAction {
    /// Reloads the source, or resumes after [`LoadAction::Pause`].
    Reload,
    Pause,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeaveAction {
    /// Goes back one level.
    Back,
    /// Goes back one level; quits at the top level.
    Close,
    /// Closes the topmost of popup, reader, selection and filter.
    Peel,
    /// Leaves a prompt or pauses loading; quits when repeated.
    Interrupt,
    Suspend,
    Quit,
}
