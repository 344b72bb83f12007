//! `offprint --check-config`: reports every error of the configuration.

use std::process::ExitCode;

use super::print::print_lines;
use crate::cli::config::config_path;
use crate::cli::config::options::Options;
use crate::cli::report::{EXIT_FAILED, report};
use crate::text::display_path;

/// Reports the errors of the configuration and of the bibliographies that it names. The exit code
/// is 2 if there are any.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let bibliography_errors = options.read_bibliographies();
    let errors: Vec<&String> = options.complaints.iter().chain(&bibliography_errors).collect();
    if !errors.is_empty() {
        for error in errors {
            report(error);
        }
        return Ok(EXIT_FAILED.into());
    }
    let named = options.args.config_args.config.clone();
    let message = match named.or_else(config_path) {
        Some(path) if path.exists() => format!("{}: OK", display_path(&path)),
        Some(path) => format!(
            "{}: no such file, so the defaults apply (`--generate config` prints a template)",
            display_path(&path)
        ),
        None => "no configuration directory, so the defaults apply".to_owned(),
    };
    print_lines(&[message])?;
    Ok(ExitCode::SUCCESS)
}
