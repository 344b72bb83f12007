//! `offprint cache`: lists and clears the cache of large files and of the replies of services.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::args::subcommands::CacheSubcommand;

use crate::cli::report::STDOUT_CONTEXT;
use crate::sources::{
    Cache, CacheListing, CachedReplies, OnlineSettings, ReplyCache, format_bytes,
};
use crate::text::{counted, sanitise};

pub fn run(command: CacheSubcommand, directory: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let directory = directory.context("no cache directory (set OFFPRINT_CACHE)")?;
    let directory_name = sanitise(&directory.display().to_string()).into_owned();
    let replies = ReplyCache::new(&OnlineSettings::directory_in(&directory), 0);
    let cache = Cache::read_only(directory);
    let text = match command {
        CacheSubcommand::List => {
            let listed = cache.list().and_then(|entries| Ok((entries, replies.list()?)));
            let (entries, replies) = listed.with_context(|| format!("cache {directory_name}"))?;
            format_list(&entries, &replies, &directory_name)
        }
        CacheSubcommand::Clear => {
            let cleared = cache.clear().and_then(|entries| Ok((entries, replies.clear()?)));
            let ((entries, bytes), (replies, reply_bytes)) =
                cleared.with_context(|| format!("cache {directory_name}: some entries remain"))?;
            let entries = counted(entries, "entry");
            let replies = match replies {
                0 => String::new(),
                replies => format!(" and {}", counted(replies, "reply")),
            };
            let bytes = format_bytes(bytes + reply_bytes);
            format!("{directory_name}: removed {entries}{replies}, {bytes}\n")
        }
    };
    io::stdout().lock().write_all(text.as_bytes()).context(STDOUT_CONTEXT)?;
    Ok(ExitCode::SUCCESS)
}

/// One line per entry and per service, and a line with the total.
fn format_list(entries: &[CacheListing], replies: &[CachedReplies], directory: &str) -> String {
    let entry_lines: String = entries.iter().map(format_entry).collect();
    let reply_lines: String = replies.iter().map(format_replies).collect();
    let bytes = entries.iter().map(|it| it.bytes).chain(replies.iter().map(|it| it.bytes)).sum();
    format!("{entry_lines}{reply_lines}{} in {directory}\n", format_bytes(bytes))
}

fn format_replies(kept: &CachedReplies) -> String {
    let bytes = format_bytes(kept.bytes);
    format!("{bytes:>8}  {}  {}\n", counted(kept.replies, "reply"), kept.service)
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
