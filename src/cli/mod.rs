//! What was typed, what it means, and the modes that need no screen.

mod args;
mod commands;
mod config;
mod report;

use std::ffi::OsString;
use std::io::{self, BufReader, Write};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::FromArgMatches as _;

use crate::app::{Outcome, Purpose};
use crate::library::Saved;
use crate::shell::clipboard::{self, Surroundings};
use crate::shell::{Ended, Loader, Start, run as run_screen};
use crate::text::sanitise_lines;
use args::Args;
use args::mode::Mode;
use args::subcommands::Command;
use config::input_sources::Destination;
use config::options::Options;
use report::{FAILED, NOTHING, OUTPUT, say};

pub use args::command;
pub use commands::generate::key_table;
pub use config::{Config, default_config};

/// Does what the command line says and returns the exit code. A closed pipe is a quiet success.
pub fn run() -> ExitCode {
    match parse(std::env::args_os().collect()).and_then(dispatch) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(usage) = error.downcast_ref::<clap::Error>() {
                return tell_usage(usage);
            }
            say(&format!("{error:#}"));
            FAILED.into()
        }
    }
}

/// Understands the command line.
///
/// # Errors
///
/// When it is wrong, asks for help, or has an option that would have no effect.
fn parse(arguments: Vec<OsString>) -> anyhow::Result<Args> {
    let mut command = command();
    command.build();
    let arguments =
        args::option_order::reordered(&command, arguments).map_err(anyhow::Error::msg)?;
    let matches = command.try_get_matches_from(arguments)?;
    let args = Args::from_arg_matches(&matches)?;
    if args.command.is_none() {
        args::mode::refuse_ignored(Mode::new(&args), &matches).map_err(anyhow::Error::msg)?;
    }
    Ok(args)
}

/// Prints help where it was asked for, and what is wrong with the command line elsewhere.
fn tell_usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let _ = io::stderr().write_all(sanitise_lines(&error.to_string()).as_bytes());
    FAILED.into()
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
}

fn dispatch(mut args: Args) -> anyhow::Result<ExitCode> {
    if let Some(command) = args.command.take() {
        return perform(command, args);
    }
    let mode = Mode::new(&args);
    if let Some(kind) = args.generate {
        tell_configuration(&args)?;
        commands::generate::generate(kind, &mut io::stdout().lock()).context(OUTPUT)?;
        return Ok(ExitCode::SUCCESS);
    }
    let options = Options::new(args, &Surroundings::read())?;
    if mode == Mode::ClipboardCheck {
        return check_clipboard(&options);
    }
    let saved = options.args.shelf.saved.as_deref();
    let saved = saved.map(|name| commands::library::saved(&options, name)).transpose()?;
    let typed = options.args.filter.as_ref().or(options.args.query.as_ref());
    let search = saved.or_else(|| typed.map(|it| Saved::of(it)));
    match mode {
        Mode::Print => commands::filter::matches(&options, search.as_ref()),
        Mode::Keys | Mode::PickByKeys => commands::headless::run(options, search),
        Mode::Screen | Mode::Pick | Mode::Generate | Mode::ClipboardCheck => {
            screen(options, search)
        }
    }
}

/// Does what a subcommand asks for.
fn perform(command: Command, mut args: Args) -> anyhow::Result<ExitCode> {
    let surroundings = Surroundings::read();
    match command {
        Command::Cite(it) => {
            (args.input.reading, args.printing) = (it.reading, it.printing);
            args.setup.keys = it.keys;
            commands::cite::run(&Options::new(args, &surroundings)?, it.papers, &it.files)
        }
        Command::Basket { selection } => {
            commands::library::basket(&Options::new(selected(args, selection), &surroundings)?)
        }
        Command::Marked { query, selection } => {
            let options = Options::new(selected(args, selection), &surroundings)?;
            commands::library::papers(&options, query.as_deref())
        }
        Command::Convert(it) => {
            (args.input, args.printing, args.setup.keys) = (it.input, it.printing, it.keys);
            let options = Options::new(args, &surroundings)?;
            commands::convert::run(&options, it.output.as_deref(), it.force)
        }
        Command::Stat { input, json } => {
            args.input = input;
            commands::stat::run(&Options::new(args, &surroundings)?, json)
        }
        Command::Library { what, library } => {
            tell_configuration(&args)?;
            commands::library::run(what, library, &surroundings)
        }
        Command::Paste => {
            tell_configuration(&args)?;
            paste(&surroundings)
        }
        Command::Cache { what } => {
            tell_configuration(&args)?;
            commands::cache::run(what, config::options::cache_directory())
        }
        Command::HoldClipboard => {
            clipboard::hold(&mut io::stdin().lock(), &mut io::stdout().lock())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The arguments with what was typed behind a subcommand for papers of the library.
fn selected(mut args: Args, selection: args::subcommands::Selection) -> Args {
    (args.printing, args.amount) = (selection.printing, selection.amount);
    (args.setup.keys, args.shelf.file) = (selection.keys, selection.library);
    args
}

/// Says what is wrong with a configuration that was named, where nothing else is taken from it.
///
/// # Errors
///
/// When it cannot be read.
fn tell_configuration(args: &Args) -> anyhow::Result<()> {
    if args.setup.config.is_some() {
        let (_, complaints) = config::options::read_config(args.setup.config.clone())?;
        for it in &complaints {
            say(it);
        }
    }
    Ok(())
}

/// Prints what was copied last, as it was copied.
fn paste(surroundings: &Surroundings) -> anyhow::Result<ExitCode> {
    let copy = clipboard::last_copy(surroundings).context("nothing to paste")?;
    let mut output = io::stdout().lock();
    output.write_all(copy.as_bytes()).and_then(|()| output.flush()).context(OUTPUT)?;
    Ok(ExitCode::SUCCESS)
}

fn check_clipboard(options: &Options) -> anyhow::Result<ExitCode> {
    let mut input = BufReader::new(io::stdin());
    let mut output = io::stdout();
    let verdict =
        clipboard::check(&options.clipboard, &options.surroundings, &mut input, &mut output)
            .context("the terminal cannot be asked")?;
    Ok(verdict.into())
}

/// The program on a terminal.
fn screen(options: Options, search: Option<Saved>) -> anyhow::Result<ExitCode> {
    let form = config::options::picked_form(&options.args.printing)?;
    let (style, purpose) = (options.style.clone(), options.settings.purpose);
    let opened = Loader::open(&options.sources(Destination::Screen)?, &options.reading)?;
    let library = options.library();
    let ended = run_screen(Start {
        opened,
        library,
        cache: options.cache,
        settings: options.settings,
        style: options.style,
        bibliography: options.bibliography,
        clipboard: options.clipboard,
        surroundings: options.surroundings,
        search,
        notices: options.complaints,
    })?;
    match ended {
        Ended::By(Outcome::Picked(papers), corpus) => {
            commands::print::papers(&corpus, &papers, form, &style, NOTHING.into())
        }
        Ended::By(Outcome::Left, _) if purpose == Purpose::Pick => Ok(NOTHING.into()),
        Ended::By(Outcome::Left, _) => Ok(ExitCode::SUCCESS),
        Ended::Signal(code) => Ok(code.into()),
        // A closed terminal is told as the signal that goes with it.
        Ended::Lost => Ok(129.into()),
    }
}
