//! Where papers come from: the built-in corpus, files and standard input, sealed into segments.
//!
//! [`open()`] judges a source by its first bytes; [`load_all()`] reads sources through on a thread
//! of the caller's and posts what it finds, under the caller's [`Control`].

mod abstracts;
mod atomic_file;
mod builtin;
mod cache;
mod disk;
mod error;
mod input;
mod load;
mod load_event;
mod open;
mod options;
mod source;

pub use atomic_file::{Access, AtomicFile, Special, replaces, write_private};
pub use builtin::builtin;
pub use cache::directory::{Cache, Listed};
pub use cache::index_file::WordsKeeper;
pub use disk::space::human;
pub use error::SourceError;
pub use load::control::Control;
pub use load::{corpus, load_all, words_keeper};
pub use load_event::Loading;
pub use open::source::{Fingerprint, Opened, open};
pub use open::standard_input::{Patience, StandardInput};
pub use options::Reading;
pub use source::Source;

#[cfg(test)]
mod tests;
