//! The pure core: the state of the program and the only function that changes it.
//!
//! [`update()`] takes a [`State`] and an [`Event`] and returns the [`Effect`]s that the shell must
//! perform; it reads no clock, no file and no environment.

mod action;
mod effect;
mod event;
mod input;
pub mod model;
mod update;

pub use action::command_names::{ARGUMENT_COMMANDS, completions, missing_argument};
pub use action::keymap::{BindError, Keymap, Lookup};
pub use action::sort_order::sort_phrase;
pub use action::table::{ActionGroup, ActionInfo, action_groups, all_actions, describe_contexts};
pub use action::{
    Action, AnnotateAction, BasketAction, ChangeAction, CopyAction, EditAction, ExportAction,
    FacetAction, FilterAction, JumpAction, LeaveAction, LoadAction, MarkAction, MenuAction, Motion,
    OpenAction, PromptAction, ReaderAction, RowRange, SearchAction, SelectAction, UnreadAction,
    ViewAction,
};
pub use effect::{Effect, ExitResult};
pub use event::{EnrichmentEvent, Event, InboxNews, NoteResult, UnopenedLink};
pub use input::context::KeyContext;
pub use input::key::{Key, KeyCode, format_keys, key_label, parse_keys};
pub use input::lang_map::LangMap;
pub use input::mouse::{MouseCapture, MouseInput, MouseKind};
pub use model::appearance::{Appearance, Background, ColorDepth, LineArt, Theme};
pub use model::filter::{CompletionCycle, Filter, History, MarkFilter, SkippedVisibility};
pub use model::find::FindState;
pub use model::layout::{Areas, LayoutMode, Pane, Rules, divide_screen};
pub use model::library::LibraryState;
pub use model::list::{HighlightedSnippet, ResultList};
pub use model::load::{LoadPhase, LoadState};
pub use model::mark_counts::MarkCounts;
pub use model::notices::{Level, Notice, Notices, TipsVisibility};
pub use model::paper_text::{PaperText, TexDisplay};
pub use model::popup::{Popup, SearchCount};
pub use model::selection::Selection;
pub use model::settings::{RunMode, Settings, StartAt};
pub use model::state::{Confirmation, Mode, State};
pub use model::styled_line::{StyledLine, TextStyle};
pub use model::tags::TagPrompt;
pub use model::target::{CorpusKind, Target};
pub use model::text_field::TextField;
pub use model::triage::Triage;
pub use model::undo::{UndoEntry, UndoHistory};
pub use model::unread::triage_progress;
pub use model::view::{FrameStats, FrameStatsDisplay, PendingKeys, PromptHistories, View};
pub use model::viewport::Viewport;
pub use update::update;
