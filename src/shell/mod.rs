//! Shell: the terminal, the threads and the clipboard. Executes the effects that `app` returns.
//!
//! [`run()`] is the event loop on a terminal. [`Headless`] runs the same program without one, for
//! scripts, bug reports and tests.

pub mod clipboard;
mod effects;
mod event_loop;
mod headless;
mod headless_lists;
mod inputs;
mod jobs;
mod list_source;
mod lists;
mod options;
mod persistence;
mod plain;
mod preferences;
mod process_tree;
mod queries;
mod split_command;
pub mod terminal;
mod threads;
mod typeahead;
mod workers;

pub use event_loop::run;
pub use headless::{Headless, Outlet};
pub use jobs::export::{expand_home, read_bibliographies};
pub use jobs::find_style::find_style;
pub use list_source::online_source;
pub use options::{ExitReason, RunOptions};
pub use plain::{LineOutlet, PlainSession};
pub use preferences::{load_layout, load_style, load_theme, save_layout, save_theme};
pub use queries::render_copy;
pub use workers::copy::{CopyResult, CopyWorker};
pub use workers::library::{LibraryWorker, session_key_of};
pub use workers::loader::Loader;
pub use workers::pending_work::ExitPolicy;
