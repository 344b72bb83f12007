//! Runs the program as a dialogue of lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::process::ExitCode;

use anyhow::Context as _;

use crate::app::Event;
use crate::cli::config::inbox::inbox_search;
use crate::cli::config::input_sources::sources_beside_commands;
use crate::cli::config::options::Options;
use crate::cli::report::STDOUT_CONTEXT;
use crate::library::SavedSearch;
use crate::shell::{Headless, LineOutlet, Loader, PlainSession, session_key_of};
use crate::sources::Source;

/// The terminal, for commands while papers are read from standard input.
const TERMINAL: &str = if cfg!(windows) { "CONIN$" } else { "/dev/tty" };
/// Size of the screen that is never drawn; pages of the list depend on it.
const SCREEN_SIZE: (u16, u16) = (80, 24);

pub fn run(options: Options, search: Option<SavedSearch>) -> anyhow::Result<ExitCode> {
    let unread = options.read_bibliographies();
    let sources = sources_beside_commands(&options.args.input)?;
    let search = search.or_else(|| inbox_search(&sources));
    let input: Box<dyn BufRead> = if sources.contains(&Source::Stdin) {
        let terminal = File::open(TERMINAL);
        Box::new(BufReader::new(terminal.with_context(|| format!("commands: {TERMINAL}"))?))
    } else {
        Box::new(io::stdin().lock())
    };
    let library = options.library_file();
    let sources = Loader::open(&sources, &options.read_options)?;
    let session_key = session_key_of(&sources);
    let outlet = LineOutlet::new(options.clipboard, &options.environment);
    let (width, height) = SCREEN_SIZE;
    let mut program = Headless::new(options.settings, options.style, width, height)
        .with_outlet(Box::new(outlet))
        .with_library(library, session_key, options.read_options.key_pattern);
    for complaint in options.complaints.into_iter().chain(unread) {
        program.feed(Event::Error(complaint));
    }
    if let Some(search) = search {
        program.feed(Event::InitialSearch(search));
    }
    program.load(sources, options.cache.as_ref());
    PlainSession::new(program, input, io::stdout().lock()).run().context(STDOUT_CONTEXT)?;
    Ok(ExitCode::SUCCESS)
}
