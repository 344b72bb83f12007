//! The integration tests, in one binary: they test the crate and the built program from outside.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as loudly as the test")]
#![expect(clippy::print_stdout, reason = "tables and figures are printed to be looked at")]

// Corpora, runs of the built program, and pseudo-terminals, for several modules.
mod support;

// Rules for the source: order of modules, sizes, names.
mod architecture;

// The built program without a screen: output, errors and exit codes; and the README.
mod cli;

// Copying with the real tmux, screen and X11.
#[cfg(unix)]
mod clipboard;

// The digest: selection, forms, and mail through a real server.
#[cfg(unix)]
mod digest;

// Reading and writing of formats, and the sample files.
mod formats;

// The checks of the fuzz targets, on mutated samples and made-up text.
mod fuzz;

// The gist of 60 built-in papers, against the choice of a reader.
mod gists;

// The whole program in process: keys in, screen out.
mod journeys;

// Queries for the built-in papers that must rank one paper first.
mod known_items;

// The library under kills, full disks, damage, and locks of other programs.
mod library;

// Papers from services, played by a server on this machine.
mod online;

// The library of Zotero, in databases that the tests make.
mod zotero;

// The built program in a pseudo-terminal.
#[cfg(unix)]
mod terminal;
