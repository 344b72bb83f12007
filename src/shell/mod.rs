//! The terminal, the threads and the clipboard: the only place that acts.
//!
//! [`run()`] is the loop of the program on a terminal; [`Headless`] is the same program without one,
//! for scripts, bug reports and tests.

mod ancestry;
mod citing;
pub mod clipboard;
mod copier;
mod duties;
mod editor;
mod effects;
mod export;
mod headless;
mod held;
pub mod input;
mod job;
mod librarian;
mod loader;
pub mod open;
mod remember;
mod run;
pub mod screen;
mod scroll;
pub mod signals;
mod spawn;
mod start;
mod styles;
pub mod terminal;
mod threads;
mod words;
mod work;

pub use copier::{Copied, Copier};
pub use duties::Duty;
pub use export::{bibliography, expanded};
pub use headless::Headless;
pub use librarian::{Librarian, place_of};
pub use loader::Loader;
pub use remember::{remember, remembered, remembered_style};
pub use run::run;
pub use start::{Ended, Start};
pub use styles::style;
pub use work::rendered;
