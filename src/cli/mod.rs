//! Command line: arguments, configuration, and the commands without a screen.

mod args;
mod commands;
mod config;
mod report;

use std::ffi::OsString;
use std::io::{self, BufReader, Write};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::FromArgMatches as _;

use crate::app::{ExitResult, RunMode};
use crate::library::SavedSearch;
use crate::shell::clipboard::{self, Environment, HOLD_SUBCOMMAND};
use crate::shell::terminal::display::Display;
use crate::shell::{ExitReason, Loader, RunOptions, run as run_screen};
use crate::sources::{ZoteroAddress, io_reason};
use crate::text::sanitise_lines;
use args::Args;
use args::mode::CliMode;
use args::subcommands::CliCommand;
use commands::{complete, online_filter};
use config::inbox::inbox_search;
use config::input_sources::OutputTarget;
use config::options::Options;
use report::{EXIT_FAILED, EXIT_NOTHING_FOUND, STDOUT_CONTEXT, report};

pub use args::command;
pub use commands::generate::key_table;
pub use config::{Config, default_config};

/// Runs the command line and returns the exit code. A closed pipe on standard output is a success.
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let result = match run_internal(&arguments) {
        Some(result) => result.map(|()| ExitCode::SUCCESS),
        None => parse(arguments).and_then(dispatch),
    };
    match result {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(usage) = error.downcast_ref::<clap::Error>() {
                return print_usage(usage);
            }
            report(&describe_error(&error));
            EXIT_FAILED.into()
        }
    }
}

/// Runs what only this program and the scripts of shell completion ask for; `None` for any other
/// command line.
fn run_internal(arguments: &[OsString]) -> Option<anyhow::Result<()>> {
    let (input, output) = (&mut io::stdin().lock(), &mut io::stdout().lock());
    if arguments.get(1).is_some_and(|it| it == HOLD_SUBCOMMAND) {
        return Some(clipboard::run_holder(input, output).map_err(Into::into));
    }
    let shell = std::env::var(complete::VARIABLE).ok().filter(|it| !it.is_empty())?;
    Some(complete::print_candidates(&shell, arguments.to_vec(), output).map_err(Into::into))
}

/// Parses the command line.
///
/// # Errors
///
/// Returns an error if it is wrong, asks for help, or has an option without effect.
fn parse(arguments: Vec<OsString>) -> anyhow::Result<Args> {
    let mut command = command();
    command.build();
    let arguments = args::inbox_words::join_inbox_words(&command, arguments);
    let arguments = args::option_order::move_options_behind_subcommand(&command, arguments)
        .map_err(anyhow::Error::msg)?;
    let first = arguments.get(1).and_then(|it| it.to_str()).map(str::to_owned);
    refuse_mistyped(first.as_deref())?;
    let matches = command.try_get_matches_from(arguments)?;
    let args = Args::from_arg_matches(&matches)?;
    if args.command.is_none() {
        refuse_mistyped(args.input.files.first().and_then(|it| it.to_str()))?;
        args::mode::refuse_ignored(CliMode::new(&args), &matches).map_err(anyhow::Error::msg)?;
    }
    Ok(args)
}

/// Refuses a word that is neither a subcommand nor a file, and names the nearest subcommand.
///
/// # Errors
///
/// Returns an error if there is a nearest one.
fn refuse_mistyped(word: Option<&str>) -> anyhow::Result<()> {
    match word.and_then(|word| Some((word, args::nearest_subcommand(word)?))) {
        Some((word, nearest)) => {
            bail!("{word}: no such file or directory (did you mean `offprint {nearest}`?)")
        }
        None => Ok(()),
    }
}

/// Prints requested help to standard output, and a usage error to standard error.
fn print_usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let _ = io::stderr().write_all(sanitise_lines(&error.to_string()).as_bytes());
    EXIT_FAILED.into()
}

/// The causes of an error in one line, without repetitions and numbers of the system.
fn describe_error(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let reason = cause.downcast_ref::<io::Error>().map_or_else(|| cause.to_string(), io_reason);
        if text.is_empty() {
            text = reason;
        } else if !text.ends_with(&reason) {
            text = format!("{text}: {reason}");
        }
    }
    text
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
}

fn dispatch(mut args: Args) -> anyhow::Result<ExitCode> {
    if let Some(command) = args.command.take() {
        return run_command(command, args);
    }
    let mode = CliMode::new(&args);
    if let Some(kind) = args.generate {
        report_config_problems(&args)?;
        commands::generate::generate(kind, &mut io::stdout().lock()).context(STDOUT_CONTEXT)?;
        return Ok(ExitCode::SUCCESS);
    }
    let options = Options::new(args, &Environment::read())?;
    if mode == CliMode::ClipboardCheck {
        return check_clipboard(&options);
    }
    if mode == CliMode::ConfigCheck {
        return commands::config_check::run(&options);
    }
    let saved = options.args.library.saved.as_deref();
    let saved = saved.map(|name| commands::library::saved_search(&options, name)).transpose()?;
    let typed = options.args.filter.as_ref().or(options.args.query.as_ref());
    let search = saved.or_else(|| typed.map(|it| SavedSearch::from_query(it)));
    match mode {
        CliMode::Print => commands::filter::run(&options, search.as_ref()),
        CliMode::Keys | CliMode::PickByKeys => {
            let search = search.or_else(|| online_filter::initial_search(&options));
            commands::headless::run(options, search)
        }
        CliMode::Plain => {
            let search = search.or_else(|| online_filter::initial_search(&options));
            commands::plain::run(options, search)
        }
        CliMode::Screen
        | CliMode::Pick
        | CliMode::Generate
        | CliMode::ClipboardCheck
        | CliMode::ConfigCheck => {
            let search = search.or_else(|| online_filter::initial_search(&options));
            run_on_screen(options, search)
        }
    }
}

/// Runs a subcommand.
fn run_command(command: CliCommand, mut args: Args) -> anyhow::Result<ExitCode> {
    let environment = Environment::read();
    match command {
        CliCommand::Cite(cite_args) => {
            (args.input.read_args, args.printing) = (cite_args.read_args, cite_args.printing);
            args.config_args.keys = cite_args.keys;
            let options = Options::new(args, &environment)?;
            commands::cite::run(&options, cite_args.papers, &cite_args.files)
        }
        CliCommand::Resolve(resolve_args) => {
            (args.input.read_args, args.printing) = (resolve_args.read_args, resolve_args.printing);
            args.config_args.keys = resolve_args.keys;
            let options = Options::new(args, &environment)?;
            let references = resolve_args.references.as_deref();
            commands::resolve::run(&options, &resolve_args.files, references)
        }
        CliCommand::Basket { selection } => commands::library::print_basket(&Options::new(
            with_selection(args, selection),
            &environment,
        )?),
        CliCommand::Marked { query, selection } => {
            let options = Options::new(with_selection(args, selection), &environment)?;
            commands::library::print_marked(&options, query.as_deref())
        }
        CliCommand::Convert(convert_args) => {
            (args.input, args.printing) = (convert_args.input, convert_args.printing);
            args.config_args.keys = convert_args.keys;
            let options = Options::new(args, &environment)?;
            commands::convert::run(&options, convert_args.output.as_deref(), convert_args.force)
        }
        CliCommand::Fetch(fetch_args) => {
            (args.input.read_args, args.printing) = (fetch_args.read_args, fetch_args.printing);
            (args.config_args.keys, args.limit_args) = (fetch_args.keys, fetch_args.amount);
            let options = Options::new(args, &environment)?;
            commands::fetch::run(&options, &fetch_args.addresses, fetch_args.refresh)
        }
        CliCommand::Stat { input, json } => {
            args.input = input;
            commands::stat::run(&Options::new(args, &environment)?, json)
        }
        CliCommand::Library { command, library } => {
            report_config_problems(&args)?;
            commands::library::run(command, library, &environment)
        }
        CliCommand::Inbox { name } => {
            args.input.files = vec![format!("inbox:{}", name.unwrap_or_default()).into()];
            dispatch(args)
        }
        CliCommand::Follow(follow_args) => {
            commands::follow::run(&Options::new(args, &environment)?, &follow_args)
        }
        CliCommand::Unfollow { name } => {
            commands::follow::unfollow(&Options::new(args, &environment)?, &name)
        }
        CliCommand::Update { names, quiet } => {
            commands::update::run(&Options::new(args, &environment)?, &names, quiet)
        }
        CliCommand::Digest(digest_args) => {
            args.input.read_args = digest_args.read_args.clone();
            args.library.file = digest_args.library.clone();
            commands::digest::run(&Options::new(args, &environment)?, &digest_args)
        }
        CliCommand::Paste => {
            report_config_problems(&args)?;
            paste(&environment)
        }
        CliCommand::Enrich(enrich_args) => {
            args.input.read_args = enrich_args.read_args.clone();
            commands::enrich::run(&Options::new(args, &environment)?, &enrich_args)
        }
        CliCommand::Zotero(zotero_args) if zotero_args.check => {
            report_config_problems(&args)?;
            let collection = zotero_args.collection.unwrap_or_default();
            commands::zotero_check::run(&ZoteroAddress { collection })
        }
        CliCommand::Zotero(zotero_args) => {
            let collection = zotero_args.collection.unwrap_or_default();
            args.input.files = vec![format!("zotero:{collection}").into()];
            (args.query, args.filter) = (zotero_args.query, zotero_args.filter);
            (args.printing, args.limit_args) = (zotero_args.printing, zotero_args.amount);
            dispatch(args)
        }
        CliCommand::Cache { command } => {
            report_config_problems(&args)?;
            commands::cache::run(command, config::options::cache_directory())
        }
    }
}

/// Merges the arguments of a subcommand that prints papers of the library.
fn with_selection(mut args: Args, selection: args::subcommands::LibraryPapersArgs) -> Args {
    (args.printing, args.limit_args) = (selection.printing, selection.amount);
    (args.config_args.keys, args.library.file) = (selection.keys, selection.library);
    args
}

/// Reports errors of a configuration given by `--config`, for commands that do not use it
/// otherwise.
///
/// # Errors
///
/// Returns an error if the file cannot be read.
fn report_config_problems(args: &Args) -> anyhow::Result<()> {
    if args.config_args.config.is_some() {
        let (_, complaints) = config::file::read_config(args.config_args.config.clone())?;
        for complaint in &complaints {
            report(complaint);
        }
    }
    Ok(())
}

/// Prints the last copied text, unchanged.
fn paste(environment: &Environment) -> anyhow::Result<ExitCode> {
    let copy = clipboard::read_last_copy(environment).context("nothing to paste")?;
    let mut output = io::stdout().lock();
    output.write_all(copy.as_bytes()).and_then(|()| output.flush()).context(STDOUT_CONTEXT)?;
    Ok(ExitCode::SUCCESS)
}

fn check_clipboard(options: &Options) -> anyhow::Result<ExitCode> {
    let mut input = BufReader::new(io::stdin());
    let mut output = io::stdout();
    let exit_code =
        clipboard::check(&options.clipboard, &options.environment, &mut input, &mut output)
            .context("terminal")?;
    Ok(exit_code.into())
}

/// Runs the program on a terminal.
fn run_on_screen(options: Options, search: Option<SavedSearch>) -> anyhow::Result<ExitCode> {
    let format = config::options::picked_output_format(&options.args.printing)?;
    let (style, run_mode) = (options.style.clone(), options.settings.run_mode);
    let prints_query = options.args.screen_args.picking.print_query;
    let sources = options.input_sources(OutputTarget::Screen)?;
    let search = search.or_else(|| inbox_search(&sources));
    let sources = Loader::open(&sources, &options.read_options)?;
    let library = options.library_file();
    let exit_reason = run_screen(RunOptions {
        sources,
        library,
        cache: options.cache,
        settings: options.settings,
        style: options.style,
        bibliography_files: options.bibliography_files,
        clipboard: options.clipboard,
        environment: options.environment,
        display: options
            .args
            .screen_args
            .picking
            .height
            .map_or(Display::FullScreen, Display::Inline),
        escape_timeout: options.escape_timeout,
        search,
        notices: options.complaints,
    })?;
    match exit_reason {
        ExitReason::Quit(ExitResult::Picked { papers, query }, corpus) => {
            if prints_query {
                commands::print::print_lines(&[query])?;
            }
            commands::print::print_papers(
                &corpus,
                &papers,
                format,
                &style,
                EXIT_NOTHING_FOUND.into(),
            )
        }
        ExitReason::Quit(ExitResult::Quit, _) if run_mode == RunMode::Pick => {
            Ok(EXIT_NOTHING_FOUND.into())
        }
        ExitReason::Quit(ExitResult::Quit, _) => Ok(ExitCode::SUCCESS),
        ExitReason::Signal(code) => Ok(code.into()),
        // A closed terminal has the exit code of SIGHUP (128 + 1).
        ExitReason::TerminalLost => Ok(129.into()),
    }
}
