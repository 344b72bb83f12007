//! The terminal, the threads and the clipboard: the only place that acts.
//!
//! [`run()`] is the loop of the program on a terminal; [`Headless`] is the same program without one,
//! for scripts, bug reports and tests.

pub mod clipboard;
mod effects;
mod event_loop;
mod headless;
mod jobs;
mod options;
mod preferences;
mod process_tree;
mod queries;
mod split_command;
pub mod terminal;
mod threads;
mod typeahead;
mod workers;

pub use event_loop::run;
pub use headless::Headless;
pub use jobs::export::{bibliography, expanded};
pub use jobs::find_style::style;
pub use options::{Ended, Start};
pub use preferences::{remember, remembered, remembered_style};
pub use queries::rendered;
pub use workers::copy::{Copied, Copier};
pub use workers::library::{Librarian, place_of};
pub use workers::loader::Loader;
pub use workers::pending_work::Duty;
