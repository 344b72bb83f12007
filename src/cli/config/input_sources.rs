//! Sources of a run: the given files and addresses, standard input, the inbox, or the built-in papers.

use std::ffi::OsStr;
use std::path::PathBuf;

use anyhow::bail;

use super::inbox::{default_sources, inbox_sources};
use crate::cli::args::groups::{InputArgs, ReadArgs};
use crate::cli::report::report;
use crate::formats::UnrecognisedInput;
use crate::shell::online_source;
use crate::sources::{Address, AddressError, PeekTimeout, ReadOptions, Source, StandardInput};

/// Destination of the papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputTarget {
    /// Shown before a stream has delivered papers; messages below the screen are not possible.
    Screen,
    Print,
}

/// The given files, or the default sources without files.
///
/// # Errors
///
/// As [`stdin_or_builtin()`].
pub fn input_sources(
    input: &InputArgs,
    options: &ReadOptions,
    destination: OutputTarget,
) -> anyhow::Result<Vec<Source>> {
    if input.files.is_empty() {
        let sources = stdin_or_builtin(options, destination)?;
        refuse_builtin(&sources, &input.read_args)?;
        return Ok(sources);
    }
    sources_from_files(&input.files)
}

/// The given files, or the inbox or the built-in papers, while standard input has commands.
///
/// # Errors
///
/// Returns an error if an option of reading has no effect on the built-in papers.
pub fn sources_beside_commands(input: &InputArgs) -> anyhow::Result<Vec<Source>> {
    if input.files.is_empty() {
        let sources = default_sources();
        refuse_builtin(&sources, &input.read_args)?;
        return Ok(sources);
    }
    sources_from_files(&input.files)
}

/// The sources with these names: files, and addresses where there is no file. Identifiers of papers
/// that stand one behind the other are one source.
///
/// # Errors
///
/// Returns an error if a name is neither a file nor an address.
pub fn sources_from_files(files: &[PathBuf]) -> anyhow::Result<Vec<Source>> {
    let mut sources: Vec<Source> = Vec::new();
    for file in files {
        if file.as_os_str() == OsStr::new("-") {
            sources.push(Source::Stdin);
            continue;
        }
        let text = file.to_str().filter(|_| !file.exists());
        if let Some(mut inbox) = text.map(inbox_sources).transpose()?.flatten() {
            sources.append(&mut inbox);
            continue;
        }
        if let Some(source) = text.and_then(Source::from_local_address) {
            sources.push(source);
            continue;
        }
        match text.map(Address::parse) {
            None | Some(Err(AddressError::FileName(_))) => {
                sources.push(Source::File(file.clone()));
            }
            Some(Err(error)) => return Err(error.into()),
            Some(Ok(Address::Papers(mut papers))) => {
                let before = sources.last_mut().and_then(|it| match it {
                    Source::Online(online) => Some(&mut online.address),
                    _ => None,
                });
                match before {
                    Some(Address::Papers(earlier)) => earlier.append(&mut papers),
                    _ => sources.push(online_source(Address::Papers(papers))),
                }
            }
            Some(Ok(address)) => sources.push(online_source(address)),
        }
    }
    Ok(sources)
}

/// Standard input if it contains papers, the inbox or the built-in papers if there is none, and no source if it
/// is empty.
///
/// A file that another process has begun to read is the input of a shell loop or a script, and is
/// ignored, and so is the silent input of an SSH session without a terminal. A pipe, a socket or a file without papers is an error, so that other papers are never
/// used in place of piped ones. Input that is not used is not consumed.
///
/// # Errors
///
/// Returns an error if standard input contains anything but papers.
pub fn stdin_or_builtin(
    options: &ReadOptions,
    destination: OutputTarget,
) -> anyhow::Result<Vec<Source>> {
    let timeout = match destination {
        OutputTarget::Screen => PeekTimeout::Short,
        OutputTarget::Print if is_remote_command() => PeekTimeout::FirstByte,
        OutputTarget::Print => PeekTimeout::Unbounded,
    };
    let notify = |message: &str| {
        if destination == OutputTarget::Print {
            report(message);
        }
    };
    let mut on_wait = || {
        notify("waiting for papers on standard input; a FILE or </dev/null avoids this");
    };
    match StandardInput::peek(options, timeout, &mut on_wait) {
        StandardInput::Absent => Ok(default_sources()),
        StandardInput::Shared => {
            notify(
                "using the built-in papers: standard input is a file that is already being read, \
                 as by a loop; `-` reads it, a FILE or </dev/null avoids this notice",
            );
            Ok(vec![Source::Builtin])
        }
        StandardInput::Silent => {
            notify(
                "using the built-in papers: nothing on standard input so far; `-` waits for it, a \
                 FILE or </dev/null avoids this notice",
            );
            Ok(vec![Source::Builtin])
        }
        StandardInput::NoPapers(UnrecognisedInput::Empty) if destination == OutputTarget::Print => {
            notify("standard input: empty; name a FILE, or use </dev/null for the built-in papers");
            Ok(Vec::new())
        }
        // The screen shows that the input is empty.
        StandardInput::Papers | StandardInput::NoPapers(UnrecognisedInput::Empty) => {
            Ok(vec![Source::Stdin])
        }
        StandardInput::NoPapers(reason) => {
            bail!(
                "standard input: {reason}; name a FILE, or use </dev/null for the built-in papers"
            )
        }
    }
}

/// Returns true if the program runs as `ssh HOST offprint …`, without a terminal.
fn is_remote_command() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    is_set("SSH_CONNECTION") && !is_set("SSH_TTY")
}

/// Refuses options of reading that have no effect on the built-in papers.
fn refuse_builtin(sources: &[Source], options: &ReadArgs) -> anyhow::Result<()> {
    if sources != [Source::Builtin] {
        return Ok(());
    }
    let typed = [("--from", options.from.is_some()), ("--map", !options.map.is_empty())];
    match typed.into_iter().find(|(_, is_given)| *is_given) {
        Some((name, _)) => bail!("{name} has no effect on the built-in papers; name a FILE"),
        None => Ok(()),
    }
}
