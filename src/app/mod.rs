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

pub use action::Action;
pub use action::command_line::completions;
pub use action::keymap::{BindError, Keymap, Lookup};
pub use action::sort_order::order_name;
pub use action::table::info::{Entry, places};
pub use action::table::{TABLE, entries};
pub use effect::{Effect, Outcome};
pub use event::{Event, LinkShown, Written};
pub use input::context::Context;
pub use input::key::{Code, Key, parse_keys, written};
pub use model::basket::BasketPane;
pub use model::filter::{Completing, Filter, History, Marked, Skipped};
pub use model::find::Found;
pub use model::layout::{Areas, Arrangement, Pane, Rules, areas};
pub use model::library::Shelf;
pub use model::list::{List, Passage};
pub use model::load::{Load, Phase};
pub use model::mark_counts::Tally;
pub use model::notices::{Level, Notice, Notices};
pub use model::paper_text::{Reading, Tex};
pub use model::popup::{Counted, Overlay};
pub use model::selection::Selection;
pub use model::settings::{Beginning, Purpose, Settings, Theme};
pub use model::state::{Mode, Question, State};
pub use model::styled_line::{Look, TextLine};
pub use model::tags::{Tagging, candidates};
pub use model::target::{Of, Subject};
pub use model::text_field::Line;
pub use model::triage::Triage;
pub use model::undo::{Done, Step};
pub use model::unread::progress;
pub use model::view::{Frame, Meter, Pressed, View};
pub use update::update;
