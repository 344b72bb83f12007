//! `offprint update`: fetches what is followed.

use std::collections::{BTreeMap, VecDeque};
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context as _, anyhow, bail};
use jiff::civil::Date;

use super::find::select_exact;
use super::follow::{read_follow_list, unknown_source};
use super::marked_news::{LOOKUP_PAUSE, MarkedIdentifiers};
use super::print::print_lines;
use super::source_fetch::{FetchExtent, SourceFetch, fetch_source};
use crate::cli::config::inbox::inbox_directory;
use crate::cli::config::options::Options;
use crate::cli::report::{EXIT_FAILED, EXIT_NOTHING_FOUND, report};
use crate::domain::{Corpus, Mark, PaperId};
use crate::library::{Store, read_snapshot};
use crate::sources::{
    Address, ArrivalCounts, FetchLog, FollowList, FollowedSource, IdentityIndex, InboxUpdate,
    KnownRecords, Listing, MarkedPaper, NEWS, ReadOptions, RecordIdentity, Service, missed_lists,
};
use crate::text::{counted, display_path, sanitise};

/// Maximum number of services that are asked at the same time.
const MAX_THREADS: usize = 8;

/// The outcome of a run.
#[derive(Debug, Default)]
pub struct UpdateOutcome {
    has_news: bool,
    fetched: usize,
    /// The sources that failed, with the reasons.
    pub failures: Vec<String>,
}

impl UpdateOutcome {
    /// Returns true if no source could be fetched.
    pub fn has_failed(&self) -> bool {
        !self.failures.is_empty() && self.failures.len() == self.fetched
    }
}

/// An update of the inbox and what has come of it so far.
#[derive(Debug)]
struct UpdateRun<'a> {
    inbox: InboxUpdate,
    log: &'a mut FetchLog,
    outcome: UpdateOutcome,
    is_quiet: bool,
}

/// Fetches the named sources, or all. The exit code is 1 if nothing is new and 2 if all have failed.
pub fn run(options: &Options, names: &[String], quiet: bool) -> anyhow::Result<ExitCode> {
    options.complaints.iter().for_each(|it| report(it));
    let outcome = update_inbox(options, names, quiet)?;
    Ok(match () {
        () if outcome.has_failed() => EXIT_FAILED.into(),
        () if !outcome.has_news && outcome.failures.is_empty() => EXIT_NOTHING_FOUND.into(),
        () => ExitCode::SUCCESS,
    })
}

/// Fetches the named sources, or all, and reports those that fail.
///
/// # Errors
///
/// Returns an error if nothing is followed, or if papers cannot be saved.
pub fn update_inbox(
    options: &Options,
    names: &[String],
    quiet: bool,
) -> anyhow::Result<UpdateOutcome> {
    let list = read_follow_list(options)?;
    let sources = select_sources(&list, names)?;
    let directory = inbox_directory()?;
    let place = display_path(directory.path());
    let asked_at = now();
    let wait = "waiting for another update";
    let lock = directory.lock_update(&mut || report(wait)).with_context(|| place.clone())?;
    if list.problems.is_empty() {
        // The name of a wrong line is unknown, so its papers would be moved away.
        let followed: Vec<&str> = list.sources.iter().map(|it| it.name.as_str()).collect();
        directory.match_followed(&followed).with_context(|| place.clone())?;
    }
    let mut log = FetchLog::read(&directory);
    log.begin(asked_at, now());
    log.save().with_context(|| place.clone())?;
    let due = |it: &&FollowedSource| log.is_due(&it.name, &it.address.to_string());
    let due: Vec<&FollowedSource> = sources.into_iter().filter(due).collect();
    let (marked, identifiers) = marked_papers(options)?;
    let inbox = InboxUpdate {
        known: KnownRecords::read(&directory).with_context(|| place.clone())?,
        marked,
        directory,
        today: local_day(now()),
    };
    let (is_quiet, outcome) = (quiet, UpdateOutcome::default());
    let run = UpdateRun { inbox, log: &mut log, outcome, is_quiet };
    let mut run = fetch_all(&due, &options.read_options, run)?;
    if names.is_empty() {
        run.look_for_news(identifiers, &options.read_options)?;
    }
    let outcome = run.outcome;
    log.finish();
    log.save().with_context(|| place)?;
    drop(lock);
    Ok(outcome)
}

/// The time in seconds since the start of 1970.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// The day of a time where the user is.
pub fn local_day(seconds: i64) -> Date {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    jiff::tz::TimeZone::system().to_datetime(time).date()
}

/// Returns true if the date of a paper is known and not before this day.
fn is_since(corpus: &Corpus, id: PaperId, day: Option<Date>) -> bool {
    let date = corpus.get(id).and_then(|it| it.date()?.parse::<Date>().ok());
    date.is_some_and(|date| day.is_none_or(|day| date >= day))
}

fn select_sources<'a>(
    list: &'a FollowList,
    names: &[String],
) -> anyhow::Result<Vec<&'a FollowedSource>> {
    if list.sources.is_empty() {
        bail!("nothing is followed (`offprint follow ADDRESS` follows a source)");
    }
    if names.is_empty() {
        return Ok(list.sources.iter().collect());
    }
    let find = |name: &String| list.find(name).ok_or_else(|| unknown_source(list, name));
    names.iter().map(find).collect()
}

/// The papers of the library with a mark, a tag or a note, and the identifiers by which they are
/// asked for. Read and skipped papers have none.
///
/// # Errors
///
/// Returns an error if the library cannot be read: without it, marked papers might be dropped.
fn marked_papers(
    options: &Options,
) -> anyhow::Result<(IdentityIndex<MarkedPaper>, MarkedIdentifiers)> {
    let (mut marked, mut identifiers) = (IdentityIndex::default(), MarkedIdentifiers::default());
    let Some(file) = options.library_file().filter(|it| it.exists()) else {
        return Ok((marked, identifiers));
    };
    let store = Store::copy_in_memory(&file)?;
    let library = read_snapshot(&store, &options.read_options.key_pattern)?;
    for (id, paper) in library.corpus.papers() {
        let marks = library.marks.paper_marks(id);
        let is_mark =
            |it: &Mark| matches!(it, Mark::Starred | Mark::Later | Mark::Noted | Mark::Basket);
        if marks.marks.iter().any(is_mark) || !marks.tags.is_empty() {
            let is_starred = marks.marks.contains(&Mark::Starred);
            marked.insert(RecordIdentity::from(&paper), MarkedPaper::new(&paper, is_starred));
            identifiers.add(&paper, &marks);
        }
    }
    Ok((marked, identifiers))
}

/// The sources in groups, each of one service or host, which are asked one after the other.
fn group_by_service<'a>(sources: &[&'a FollowedSource]) -> VecDeque<Vec<&'a FollowedSource>> {
    let mut groups: BTreeMap<String, Vec<&FollowedSource>> = BTreeMap::new();
    for source in sources {
        groups.entry(service_name(&source.address)).or_default().push(source);
    }
    groups.into_values().collect()
}

/// The service that an address asks, or the host of a page.
fn service_name(address: &Address) -> String {
    let service = match address {
        Address::Listing(listing) => listing.service(),
        Address::Search { service, .. } => *service,
        Address::Related(..) | Address::Papers(_) => Service::SemanticScholar,
        Address::Page(url) => {
            let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
            return rest.split('/').next().unwrap_or_default().to_ascii_lowercase();
        }
    };
    service.title().to_owned()
}

/// Fetches the sources, those of different services at the same time, and adds what comes to the
/// inbox, one source after the other.
fn fetch_all<'a>(
    sources: &[&FollowedSource],
    options: &ReadOptions,
    run: UpdateRun<'a>,
) -> anyhow::Result<UpdateRun<'a>> {
    let groups = Mutex::new(group_by_service(sources));
    let run = Mutex::new(run);
    let threads = MAX_THREADS.min(sources.len());
    thread::scope(|scope| {
        let fetch = || scope.spawn(|| fetch_groups(&groups, options, &run));
        let mut handles = Vec::new();
        for _ in 0..threads {
            handles.push(fetch());
        }
        // A panic has been reported by its thread.
        let panicked = || Err(anyhow!("update broken off"));
        handles.into_iter().try_for_each(|it| it.join().unwrap_or_else(|_| panicked()))
    })?;
    Ok(run.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Fetches group after group until none is left. The next source of a group is asked when the papers
/// of the one before are on the disk, so that a killed update has lost at most one reply of a service.
///
/// # Errors
///
/// Returns an error if papers cannot be saved. The other groups are not begun then.
fn fetch_groups(
    groups: &Mutex<VecDeque<Vec<&FollowedSource>>>,
    options: &ReadOptions,
    run: &Mutex<UpdateRun<'_>>,
) -> anyhow::Result<()> {
    let lock = || groups.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let group = lock().pop_front();
        let Some(group) = group else { return Ok(()) };
        for source in group {
            let since = lock_run(run).last_day(source);
            let fetches = fetch_with_missed(source, since, options);
            let stored = lock_run(run).store(source, since, &fetches);
            if stored.is_err() {
                lock().clear();
                return stored;
            }
        }
    }
}

fn lock_run<'a, 'b>(run: &'a Mutex<UpdateRun<'b>>) -> MutexGuard<'a, UpdateRun<'b>> {
    run.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Fetches a source and, if its last fetch was long ago, the lists that have what it listed since.
/// Ends at the first failure.
fn fetch_with_missed(
    source: &FollowedSource,
    since: Option<Date>,
    options: &ReadOptions,
) -> Vec<SourceFetch> {
    let missed = since.map(|it| missed_lists(&source.address, it, local_day(now())));
    let mut fetches = Vec::new();
    for address in std::iter::once(source.address.clone()).chain(missed.unwrap_or_default()) {
        fetches.push(fetch_source(&address, options, FetchExtent::All));
        if fetches.last().is_some_and(|it| it.failure.is_some()) {
            break;
        }
    }
    fetches
}

impl UpdateRun<'_> {
    /// The day of the last fetch of a source.
    fn last_day(&self, source: &FollowedSource) -> Option<Date> {
        self.log.last_fetch(&source.name, &source.address.to_string()).map(local_day)
    }

    /// Asks for the marked papers, once a day, and adds their news to the inbox. A failure does not
    /// make the update fail, and is tried again by the next one.
    fn look_for_news(
        &mut self,
        marked: MarkedIdentifiers,
        options: &ReadOptions,
    ) -> anyhow::Result<()> {
        let last = self.log.last_fetch(NEWS, "");
        if marked.is_empty() || last.is_some_and(|it| (0..LOOKUP_PAUSE).contains(&(now() - it))) {
            return Ok(());
        }
        let mut has_failed = false;
        for fetch in marked.fetch(options) {
            if let Some(reason) = &fetch.failure {
                report(&format!("Marked papers: {reason}"));
                has_failed = true;
            }
            let news = self.inbox.add_news(&fetch.corpus).context("News: not saved")?;
            self.outcome.has_news |= !news.is_empty();
            if !self.is_quiet {
                print_lines(&news.iter().map(|it| format!("News: {it}")).collect::<Vec<_>>())?;
            }
        }
        if !has_failed {
            self.log.add_fetch(NEWS, "", now());
            self.log.save().context("News: not saved")?;
        }
        Ok(())
    }

    /// Adds the papers of a source to the inbox, and says what has come.
    fn store(
        &mut self,
        source: &FollowedSource,
        since: Option<Date>,
        fetches: &[SourceFetch],
    ) -> anyhow::Result<()> {
        let not_saved = || format!("{}: not saved", source.name);
        let is_by_month = matches!(source.address, Address::Listing(Listing::NewInCategories(_)));
        let (mut counts, mut papers) = (ArrivalCounts::default(), 0);
        for (number, fetch) in fetches.iter().enumerate() {
            let queries = [fetch.filter.as_str(), source.filter.as_str()];
            let mut wanted = select_exact(&fetch.corpus, &queries);
            if number > 0 && is_by_month {
                // A list of a month also has what the source had listed before it was followed.
                wanted.retain(|id| is_since(&fetch.corpus, *id, since));
            }
            counts.add(self.inbox.add(source, &fetch.corpus, &wanted).with_context(not_saved)?);
            papers += fetch.corpus.paper_count() as usize;
            fetch.notices.iter().for_each(|it| report(it));
        }
        let failure = fetches.iter().find_map(|it| it.failure.as_ref());
        self.outcome.fetched += 1;
        self.outcome.has_news |= !counts.is_empty();
        let title = sanitise(&source.address.title()).into_owned();
        if let Some(reason) = failure {
            let kept = match papers {
                0 => String::new(),
                papers => format!("; {} kept", counted(papers, "paper")),
            };
            let failure = format!("{title}: {reason}{kept}");
            report(&failure);
            self.outcome.failures.push(failure);
        } else {
            self.log.add_fetch(&source.name, &source.address.to_string(), now());
            self.log.save().with_context(not_saved)?;
        }
        if self.is_quiet { Ok(()) } else { print_counts(&title, failure.is_some(), &counts) }
    }
}

/// Prints a line for a source, and one for each news of a marked paper.
fn print_counts(title: &str, has_failed: bool, counts: &ArrivalCounts) -> anyhow::Result<()> {
    let news = counts.news.iter().map(|it| format!("News: {it}"));
    let has_line = !has_failed || !counts.is_empty();
    let line = has_line.then(|| format!("{title}: {}", counts.describe()));
    print_lines(&line.into_iter().chain(news).collect::<Vec<_>>())
}
