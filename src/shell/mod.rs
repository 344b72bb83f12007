//! The terminal, the threads and the clipboard: the only place that acts.
//!
//! [`run()`] is the loop of the program on a terminal; [`Headless`] is the same program without one,
//! for scripts, bug reports and tests.

mod ancestry;
pub mod clipboard;
mod copier;
mod editor;
mod effects;
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
mod styles;
pub mod terminal;
mod threads;
mod work;

pub use copier::{Copied, Copier};
pub use headless::Headless;
pub use librarian::{Librarian, place_of};
pub use loader::Loader;
pub use remember::{remember, remembered};
pub use run::{Ended, Start, run};
pub use styles::style;
pub use work::rendered;
