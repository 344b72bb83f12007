//! What is kept of large files, listed and removed.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::args::subcommands::CacheCommand;
use crate::cli::report::OUTPUT;
use crate::sources::{Cache, Listed, human};
use crate::text::sanitise;

pub fn run(what: CacheCommand, directory: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let directory = directory.context("there is no home for a cache; OFFPRINT_CACHE names one")?;
    let shown = sanitise(&directory.display().to_string()).into_owned();
    let cache = Cache::read_only(directory);
    let text = match what {
        CacheCommand::List => {
            let entries = cache.list().with_context(|| format!("cannot read the cache {shown}"))?;
            listed(&entries, &shown)
        }
        CacheCommand::Clear => {
            let cleared = cache.clear();
            let (entries, bytes) =
                cleared.with_context(|| format!("cannot remove all of the cache {shown}"))?;
            format!("removed from {shown}: {entries}, {}\n", human(bytes))
        }
    };
    io::stdout().lock().write_all(text.as_bytes()).context(OUTPUT)?;
    Ok(ExitCode::SUCCESS)
}

/// A line an entry, and one for all.
fn listed(entries: &[Listed], directory: &str) -> String {
    let lines: String = entries.iter().map(line).collect();
    let bytes = entries.iter().map(|it| it.bytes).sum();
    format!("{lines}{} in {directory}\n", human(bytes))
}

fn line(entry: &Listed) -> String {
    let bytes = human(entry.bytes);
    match &entry.source {
        Some(source) => {
            let state = if entry.is_fresh { "" } else { ", has changed since" };
            let (papers, of) = (entry.papers, human(entry.of));
            format!("{bytes:>8}  {papers} papers, {of}{state}  {source}\n")
        }
        None => format!("{bytes:>8}  of another version, or damaged\n"),
    }
}
