//! Where papers come from: the built-in corpus, files and standard input, sealed into segments.
//!
//! [`open()`] judges a source by its first bytes; [`load_all()`] reads sources through on a thread
//! of the caller's and posts what it finds, under the caller's [`Control`].

mod archive;
mod atomic_file;
mod builtin;
mod cache;
mod contents;
mod control;
mod error;
mod folder;
mod ingest;
mod inode;
mod input;
mod load;
mod load_event;
mod open;
mod outcome;
mod packing;
mod pipe;
mod positional_io;
mod reading;
mod records;
mod regular_file;
mod segmenter;
mod source;
mod spill;
mod stdin;
mod stretches;

pub use atomic_file::{Access, AtomicFile, Special, replaces, write_private};
pub use builtin::builtin;
pub use cache::directory::{Cache, Listed};
pub use cache::room::human;
pub use cache::words::WordsKeeper;
pub use control::Control;
pub use error::SourceError;
pub use ingest::{corpus, load_all, words_keeper};
pub use load_event::Loading;
pub use open::{Fingerprint, Opened, open};
pub use reading::Reading;
pub use source::Source;
pub use stdin::{Patience, StandardInput};

#[cfg(test)]
mod tests;
