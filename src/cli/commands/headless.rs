//! Runs the program without a terminal: sends keys and prints the last screen.

use std::process::ExitCode;

use anyhow::anyhow;

use super::print;
use crate::app::{Event, ExitResult, RunMode, parse_keys};
use crate::cli::config::inbox::inbox_search;
use crate::cli::config::input_sources::OutputTarget;
use crate::cli::config::options::{Options, picked_output_format};
use crate::cli::report::{EXIT_DEFECTS, EXIT_FAILED, EXIT_NOTHING_FOUND, report};
use crate::library::SavedSearch;
use crate::shell::{Headless, Loader, session_key_of};
use crate::sources::Cache;

pub fn run(options: Options, search: Option<SavedSearch>) -> anyhow::Result<ExitCode> {
    let keys = options.args.headless.keys.as_deref().unwrap_or_default();
    let keys = parse_keys(keys).map_err(|reason| anyhow!("--keys: {reason}"))?;
    let format = picked_output_format(&options.args.printing)?;
    let style = options.style.clone();
    let run_mode = options.settings.run_mode;
    let (width, height) = options.args.headless.size;
    let unread = options.read_bibliographies();
    let sources = options.input_sources(OutputTarget::Print)?;
    let search = search.or_else(|| inbox_search(&sources));
    let sources = Loader::open(&sources, &options.read_options)?;
    let is_strict = options.args.input.read_args.strict;
    let prints_query = options.args.screen_args.picking.print_query;
    let script = options.args.headless;
    let mut program = Headless::new(options.settings, options.style, width, height);
    for complaint in options.complaints.into_iter().chain(unread) {
        program.feed(Event::Error(complaint));
    }
    // Without `--library`, keys of a script change no library.
    let library = options.args.library.file.library;
    let session_key = library.as_ref().and_then(|_| session_key_of(&sources));
    program = program.with_library(library, session_key, options.read_options.key_pattern);
    if let Some(search) = search {
        program.feed(Event::InitialSearch(search));
    }
    let cache = options.cache.as_ref().map(Cache::as_read_only);
    program.load(sources, cache.as_ref());
    program.press(&keys);
    if script.screen {
        print::print_lines(&[program.screen()])?;
    }
    if script.copied {
        print::print_lines(program.copied())?;
    }
    if let Some(reason) = program.first_loss() {
        report(&format!("not saved in the library: {reason}"));
        return Ok(EXIT_FAILED.into());
    }
    if is_strict && program.state().load.defect_count > 0 {
        return Ok(EXIT_DEFECTS.into());
    }
    match program.outcome() {
        Some(ExitResult::Picked { papers, query }) => {
            if prints_query {
                print::print_lines(&[query])?;
            }
            print::print_papers(
                &program.state().corpus,
                papers,
                format,
                &style,
                EXIT_NOTHING_FOUND.into(),
            )
        }
        _ if run_mode == RunMode::Pick => Ok(EXIT_NOTHING_FOUND.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
