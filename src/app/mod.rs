//! The pure core: the state of the program and the only function that changes it.
//!
//! [`update()`] takes a [`State`] and an [`Event`] and returns the [`Effect`]s that the shell must
//! perform; it reads no clock, no file and no environment.

mod action;
mod effect;
mod event;
mod input;
pub mod model;
pub mod update;

pub use action::Action;
pub use action::command_line::completions;
pub use action::keymap::{BindError, Context, Keymap, Lookup, written};
pub use action::table::{Entry, TABLE, entries, places};
pub use effect::{Effect, Outcome};
pub use event::{Event, LinkShown, Passage};
pub use input::key::{Code, Key, parse_keys};
pub use model::find::Found;
pub use model::layout::{Areas, Arrangement, Pane, Rules, areas};
pub use model::mark_counts::Tally;
pub use model::notices::{Level, Notice, Notices};
pub use model::paper_text::{Look, Reading, TextLine};
pub use model::popup_rows::Overlay;
pub use model::selection::Selection;
pub use model::settings::{Beginning, Purpose, Settings, Theme};
pub use model::state::{Frame, Meter, Mode, Pressed, Question, State, Tex, View};
pub use model::tags::{Tagging, candidates};
pub use model::text_field::Line;
pub use model::undo::{Done, Step};
pub use update::basket::BasketPane;
pub use update::filter::{Completing, Filter, History, Marked, Skipped};
pub use update::library::Shelf;
pub use update::list::List;
pub use update::load::{Load, Phase};
pub use update::notes::Written;
pub use update::saved_searches::Counted;
pub use update::selection::{Of, Subject};
pub use update::triage::{Triage, progress};
pub use update::update;
