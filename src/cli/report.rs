//! Exit codes, and messages on standard error.

use std::io::{self, Write};

use crate::text::sanitise;

/// No paper matched or was picked.
pub const EXIT_NOTHING_FOUND: u8 = 1;
/// The command failed.
pub const EXIT_FAILED: u8 = 2;
/// A record was unreadable, with `--strict`.
pub const EXIT_DEFECTS: u8 = 3;
/// Context of errors on standard output.
pub const STDOUT_CONTEXT: &str = "standard output";

/// Prints a message to standard error. It is sanitised, since it may quote input files.
pub fn report(message: &str) {
    // A failed write to standard error cannot be reported.
    let _ = writeln!(io::stderr(), "offprint: {}", sanitise(message));
}
