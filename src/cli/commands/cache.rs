//! `offprint cache`: lists and clears the cache of large files.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::args::subcommands::CacheSubcommand;

use crate::cli::report::STDOUT_CONTEXT;
use crate::sources::{Cache, CacheListing, format_bytes};
use crate::text::{counted, sanitise};

pub fn run(command: CacheSubcommand, directory: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let directory = directory.context("no cache directory (set OFFPRINT_CACHE)")?;
    let directory_name = sanitise(&directory.display().to_string()).into_owned();
    let cache = Cache::read_only(directory);
    let text = match command {
        CacheSubcommand::List => {
            let entries = cache.list().with_context(|| format!("cache {directory_name}"))?;
            format_list(&entries, &directory_name)
        }
        CacheSubcommand::Clear => {
            let cleared = cache.clear();
            let (entries, bytes) =
                cleared.with_context(|| format!("cache {directory_name}: some entries remain"))?;
            let entries = counted(entries, "entry");
            format!("{directory_name}: removed {entries}, {}\n", format_bytes(bytes))
        }
    };
    io::stdout().lock().write_all(text.as_bytes()).context(STDOUT_CONTEXT)?;
    Ok(ExitCode::SUCCESS)
}

/// One line per entry, and a line with the total.
fn format_list(entries: &[CacheListing], directory: &str) -> String {
    let lines: String = entries.iter().map(format_entry).collect();
    let bytes = entries.iter().map(|it| it.bytes).sum();
    format!("{lines}{} in {directory}\n", format_bytes(bytes))
}

fn format_entry(entry: &CacheListing) -> String {
    let bytes = format_bytes(entry.bytes);
    match &entry.source {
        Some(source) => {
            let state = if entry.is_fresh { "" } else { ", changed since" };
            let papers = counted(entry.papers, "paper");
            let of = format_bytes(entry.source_bytes);
            format!("{bytes:>8}  {papers}, {of}{state}  {source}\n")
        }
        None => format!("{bytes:>8}  other version or corrupt\n"),
    }
}
