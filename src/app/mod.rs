//! The pure core: the state of the program and the only function that changes it.
//!
//! [`update()`] takes a [`State`] and an [`Event`] and returns the [`Effect`]s that the shell must
//! perform; it reads no clock, no file and no environment.

mod act;
mod action;
pub mod citing;
mod command;
mod copy;
mod effect;
mod event;
pub mod facets;
mod filter;
mod find;
mod key;
mod keymap;
mod layout;
mod leave;
mod line;
mod links;
mod list;
mod load;
mod notice;
pub mod overlay;
mod prompt;
mod read;
mod reading;
mod select;
mod selection;
mod settings;
mod shelf;
mod state;
mod table;
mod update;

pub use action::Action;
pub use command::completions;
pub use effect::{Effect, Outcome};
pub use event::{Event, LinkShown, Passage};
pub use filter::{Completing, Filter, History};
pub use find::Found;
pub use key::{Code, Key, parse_keys};
pub use keymap::{BindError, Context, Keymap, Lookup, written};
pub use layout::{Areas, Arrangement, Pane, Rules, areas};
pub use line::Line;
pub use list::List;
pub use load::{Load, Phase};
pub use notice::{Level, Notice, Notices};
pub use overlay::Overlay;
pub use reading::{Look, Reading, TextLine};
pub use selection::Selection;
pub use settings::{Purpose, Settings, Theme};
pub use shelf::Shelf;
pub use state::{Frame, Meter, Mode, Pressed, State, Tex, View};
pub use table::{Entry, TABLE, entries, places};
pub use update::update;
