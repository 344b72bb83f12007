//! Exit codes, and messages on standard error.

use std::io::{self, Write};

use crate::text::sanitise;

/// Nothing matched, or nothing was chosen.
pub const EXIT_NOTHING_FOUND: u8 = 1;
/// What was asked for could not be done.
pub const EXIT_FAILED: u8 = 2;
/// A record could not be read, where that was not to be.
pub const EXIT_DEFECTS: u8 = 3;
/// What was tried when printing fails.
pub const STDOUT_CONTEXT: &str = "cannot write to standard output";

/// Says something on standard error. It may name what strangers have written.
pub fn report(message: &str) {
    // Where even that cannot be written, nobody is left to be told.
    let _ = writeln!(io::stderr(), "offprint: {}", sanitise(message));
}
