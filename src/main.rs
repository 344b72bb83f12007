//! The binary: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    offprint::cli::run()
}
