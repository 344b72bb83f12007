//! What was typed, what it means, and the modes that need no screen.

mod args;
mod cache;
mod cite;
mod config;
mod convert;
mod generate;
mod library;
mod options;
mod output;
mod print;
mod read;
mod script;
mod stat;

#[cfg(not(unix))]
use std::io::IsTerminal;
use std::io::{self, BufReader, Write};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;

use crate::app::{Outcome, Purpose};
use crate::library::Saved;
use crate::shell::clipboard::{self, Surroundings};
use crate::shell::{Ended, Loader, Start, run as run_screen};
use crate::text::{sanitise, sanitise_lines};
use args::{Args, Command};
use options::Options;

pub use args::command;
pub use config::{Config, default_config};
pub use generate::key_table;

/// Nothing matched, or nothing was chosen.
const NOTHING: u8 = 1;
/// What was asked for could not be done.
const FAILED: u8 = 2;
/// A record could not be read, where that was not to be.
const DEFECTS: u8 = 3;
/// What was tried when printing fails.
const OUTPUT: &str = "cannot write to standard output";

/// Does what the command line says and returns the exit code. A closed pipe is a quiet success.
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            if !error.use_stderr() {
                let _ = error.print();
                return ExitCode::SUCCESS;
            }
            let _ = io::stderr().write_all(sanitise_lines(&error.to_string()).as_bytes());
            return FAILED.into();
        }
    };
    match dispatch(args) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("{error:#}"));
            FAILED.into()
        }
    }
}

/// Says something on standard error. It may name what strangers have written.
fn say(message: &str) {
    // Where even that cannot be written, nobody is left to be told.
    let _ = writeln!(io::stderr(), "offprint: {}", sanitise(message));
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
}

fn dispatch(mut args: Args) -> anyhow::Result<ExitCode> {
    match args.command.take() {
        Some(Command::Cite { what, files, printing }) => {
            (args.input.files, args.printing) = (files, printing);
            return cite::run(&Options::new(args, &Surroundings::read())?, &what);
        }
        Some(Command::Basket { printing }) => {
            args.printing = printing;
            return library::basket(&Options::new(args, &Surroundings::read())?);
        }
        Some(Command::Marked { query, printing }) => {
            args.printing = printing;
            return library::papers(&Options::new(args, &Surroundings::read())?, &query);
        }
        Some(Command::Library { what }) => {
            return library::run(what, args.shelf.library.take(), &Surroundings::read());
        }
        Some(Command::Convert { input, to, output, force }) => {
            args.input = input;
            let options = Options::new(args, &Surroundings::read())?;
            return convert::run(&options, &to, output.as_deref(), force);
        }
        Some(Command::Stat { input, json }) => return stat::run(&input, json),
        Some(Command::HoldClipboard) => {
            clipboard::hold(&mut io::stdin().lock(), &mut io::stdout().lock())?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(Command::Paste) => return paste(),
        Some(Command::Cache { what }) => return cache::run(what, options::cache_directory()),
        None => {}
    }
    if let Some(kind) = args.generate {
        generate::generate(kind, &mut io::stdout().lock()).context(OUTPUT)?;
        return Ok(ExitCode::SUCCESS);
    }
    let options = Options::new(args, &Surroundings::read())?;
    if options.args.copying.clipboard_check {
        return check_clipboard(&options);
    }
    let has_form = options.args.printing.form().is_some();
    let prints_all = has_form && options.settings.purpose == Purpose::Browse;
    if options.args.filter.is_some() || prints_all && !options.args.script.is_asked_for() {
        return print::filter(&options);
    }
    let search = match (&options.args.shelf.saved, &options.args.query) {
        (Some(name), _) => Some(library::saved(&options, name)?),
        (None, query) => query.as_deref().map(Saved::of),
    };
    if options.args.script.is_asked_for() {
        script::run(options, search)
    } else {
        screen(options, search)
    }
}

/// Prints what was copied last, as it was copied.
fn paste() -> anyhow::Result<ExitCode> {
    let copy = clipboard::last_copy(&Surroundings::read()).context("nothing to paste")?;
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
    let (form, style) = (options.form(), options.style.clone());
    let purpose = options.settings.purpose;
    let opened = Loader::open(&options.sources, &options.reading)?;
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
        Ended::By(Outcome::Picked(papers), corpus) => print::papers(&corpus, &papers, form, &style),
        Ended::By(Outcome::Left, _) if purpose == Purpose::Pick => Ok(NOTHING.into()),
        Ended::By(Outcome::Left, _) => Ok(ExitCode::SUCCESS),
        Ended::Signal(code) => Ok(code.into()),
        // A closed terminal is told as the signal that goes with it.
        Ended::Lost => Ok(129.into()),
    }
}

/// Whether papers are piped in. A terminal, a closed input and `/dev/null` bring none.
#[cfg(unix)]
fn is_piped_in() -> bool {
    use std::fs::File;
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;
    let Ok(input) = io::stdin().as_fd().try_clone_to_owned() else { return false };
    File::from(input).metadata().is_ok_and(|it| it.file_type().is_fifo() || it.is_file())
}

#[cfg(not(unix))]
fn is_piped_in() -> bool {
    !io::stdin().is_terminal()
}
