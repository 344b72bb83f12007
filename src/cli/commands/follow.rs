//! `offprint follow` and `unfollow`: the list of what is followed.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};

use super::find::marks_of;
use super::print::print_lines;
use super::read::read_with_options;
use super::source_fetch::{FetchExtent, SourceFetch, fetch_source};
use crate::cli::args::subcommands::FollowArgs;
use crate::cli::config::inbox::{follow_file, inbox_directory};
use crate::cli::config::options::Options;
use crate::cli::report::report;
use crate::domain::Mark;
use crate::search::Query;
use crate::sources::{
    AtomicFile, FetchLog, FileAccess, FollowList, FollowedSource, KeepPeriod, Source,
    SpecialFilePolicy, default_name, followed_address, is_source_name, with_line, without_line,
};
use crate::text::{counted, display_path, nearest_word, width};

/// Follows a source, or lists what is followed.
pub fn run(options: &Options, args: &FollowArgs) -> anyhow::Result<ExitCode> {
    options.complaints.iter().for_each(|it| report(it));
    if args.address.is_empty() { list(options) } else { follow(options, args) }
}

/// Reads the file of what is followed. Wrong lines are reported.
///
/// # Errors
///
/// Returns an error if the file exists and cannot be read.
pub fn read_follow_list(options: &Options) -> anyhow::Result<FollowList> {
    let path = follow_file(options.args.config_args.config.as_deref())?;
    let list = FollowList::parse(&read_bytes(&path)?);
    for problem in &list.problems {
        report(&format!("{}: {problem}", display_path(&path)));
    }
    Ok(list)
}

/// The contents of a file; none if it does not exist.
fn read_bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.with_context(|| display_path(path)),
    }
}

/// The sentence for a name that no source has.
pub fn unknown_source(list: &FollowList, name: &str) -> anyhow::Error {
    let names: Vec<&str> = list.sources.iter().map(|it| it.name.as_str()).collect();
    match nearest_word(name, names.iter().copied()) {
        Some(nearest) => anyhow!("{name}: not followed (did you mean `{nearest}`?)"),
        None if names.is_empty() => anyhow!("{name}: not followed (nothing is)"),
        None => anyhow!("{name}: not followed (followed: {})", names.join(", ")),
    }
}

fn follow(options: &Options, args: &FollowArgs) -> anyhow::Result<ExitCode> {
    let address = followed_address(&args.address.join(" ")).map_err(anyhow::Error::msg)?;
    let keep = args.keep.as_deref().map(|text| {
        let wrong = || anyhow!("--keep {text}: no time such as 90d, 12w, 6m or 1y");
        KeepPeriod::parse(text).with_context(wrong)
    });
    let keep = keep.transpose()?;
    if let Some(name) = args.name.as_deref().filter(|it| !is_source_name(it)) {
        bail!("--as {name}: no name: use letters, digits, `.`, `-`, `_` and `+`");
    }
    let filter = args.filter.clone().unwrap_or_default();
    Query::parse(&filter).warnings().iter().for_each(|it| report(&it.message));
    refuse_followed(
        &read_follow_list(options)?,
        args.name.as_deref(),
        &address.to_string(),
        &filter,
    )?;
    let SourceFetch { corpus, failure, notices, .. } =
        fetch_source(&address, &options.read_options, FetchExtent::FirstPage);
    for notice in &notices {
        report(notice);
    }
    if let Some(reason) = failure {
        bail!("{reason}; not followed");
    }
    let directory = inbox_directory()?;
    let _lock = directory.lock_follow_list().with_context(|| display_path(directory.path()))?;
    let path = follow_file(options.args.config_args.config.as_deref())?;
    let bytes = read_bytes(&path)?;
    let list = FollowList::parse(&bytes);
    // Another process may have followed it meanwhile.
    refuse_followed(&list, args.name.as_deref(), &address.to_string(), &filter)?;
    let name = args.name.clone().unwrap_or_else(|| list.free_name(&default_name(&address)));
    let source = FollowedSource { address, name, filter, keep };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| display_path(folder))?;
    }
    replace_file(&path, &with_line(&bytes, &source))?;
    let papers = counted(corpus.paper_count() as usize, "paper");
    let title = source.address.title();
    print_lines(&[format!(
        "Following {title} as {}: {papers} on its first page (`offprint update` fetches them)",
        source.name
    )])?;
    Ok(ExitCode::SUCCESS)
}

/// Refuses a name that is taken, and a source that is followed with the same filter.
fn refuse_followed(
    list: &FollowList,
    name: Option<&str>,
    address: &str,
    filter: &str,
) -> anyhow::Result<()> {
    if let Some(other) = name.and_then(|it| list.find(it)) {
        bail!("--as {}: the name of {}, which is followed", other.name, other.address);
    }
    let is_same = |it: &&FollowedSource| it.address.to_string() == address && it.filter == filter;
    match list.sources.iter().find(is_same) {
        Some(other) => bail!("{address}: already followed as {}", other.name),
        None => Ok(()),
    }
}

fn replace_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || {
        let mut file = AtomicFile::create(path, FileAccess::Default, SpecialFilePolicy::Refuse)?;
        file.write_all(bytes)?;
        file.commit()
    };
    write().with_context(|| display_path(path))
}

/// Removes a source from the list. Its papers are moved out of the inbox.
pub fn unfollow(options: &Options, name: &str) -> anyhow::Result<ExitCode> {
    options.complaints.iter().for_each(|it| report(it));
    let directory = inbox_directory()?;
    let list = read_follow_list(options)?;
    let source = list.find(name).ok_or_else(|| unknown_source(&list, name))?;
    let _lock = directory.lock_follow_list().with_context(|| display_path(directory.path()))?;
    let path = follow_file(options.args.config_args.config.as_deref())?;
    let bytes = read_bytes(&path)?;
    let bytes = without_line(&bytes, name).ok_or_else(|| unknown_source(&list, name))?;
    replace_file(&path, &bytes)?;
    let moved = directory.unfollow(&source.name).with_context(|| display_path(directory.path()))?;
    let kept = moved.map_or_else(String::new, |it| format!("; its papers: {}", display_path(&it)));
    print_lines(&[format!("No longer following {}{kept}", source.name)])?;
    Ok(ExitCode::SUCCESS)
}

/// Lists what is followed, with the time of the last fetch and the number of unread papers.
fn list(options: &Options) -> anyhow::Result<ExitCode> {
    let list = read_follow_list(options)?;
    if list.sources.is_empty() {
        report("nothing is followed (`offprint follow ADDRESS` follows a source)");
        return Ok(ExitCode::SUCCESS);
    }
    let directory = inbox_directory()?;
    let log = FetchLog::read(&directory);
    let papers = count_papers(options, directory.files(None).into_iter().map(Source::Inbox))?;
    let names = list.sources.iter().map(|it| width(&it.name));
    let name_width = names.max().unwrap_or_default();
    let lines = list.sources.iter().map(|source| {
        let padding = " ".repeat(name_width.saturating_sub(width(&source.name)));
        let (unread, all) = papers.get(&source.name).copied().unwrap_or_default();
        let fetched = match log.last_fetch(&source.name, &source.address.to_string()) {
            None => "not fetched yet".to_owned(),
            Some(at) => format!("{unread} unread of {all}, fetched {}", local_time(at)),
        };
        let line = source.to_string();
        format!("{}{padding}  {fetched}  {line}", source.name)
    });
    print_lines(&lines.collect::<Vec<_>>())?;
    Ok(ExitCode::SUCCESS)
}

/// The number of unread papers and of all papers of each source.
fn count_papers(
    options: &Options,
    sources: impl Iterator<Item = Source>,
) -> anyhow::Result<HashMap<String, (usize, usize)>> {
    let corpus = read_with_options(options, &sources.collect::<Vec<_>>())?.corpus;
    let marks = marks_of(options, &corpus);
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for (id, paper) in corpus.papers() {
        for origin in paper.origins() {
            let (unread, all) = counts.entry(origin.to_owned()).or_default();
            *unread += usize::from(!marks.has(Mark::Read, id));
            *all += 1;
        }
    }
    Ok(counts)
}

/// A time in seconds since the start of 1970, as in `2026-11-30 02:25`.
fn local_time(seconds: i64) -> String {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    let time = jiff::tz::TimeZone::system().to_datetime(time);
    format!("{} {:02}:{:02}", time.date(), time.hour(), time.minute())
}
