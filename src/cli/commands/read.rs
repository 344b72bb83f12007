//! Reads sources completely without a screen, and reports defects on standard error.

use std::io::{self, IsTerminal, Write};
use std::ops::Range;
use std::process::ExitCode;
use std::sync::Arc;

use crate::cli::config::options::Options;
use crate::cli::report::{EXIT_DEFECTS, EXIT_FAILED, report};
use crate::domain::Corpus;
use crate::shell::Loader;
use crate::sources::{Cache, FetchProgress, LoadControl, LoadEvent, ReadOptions, Source, load_all};
use crate::text::{counted, sanitise};

/// Papers and defects of all sources.
#[derive(Debug, Default)]
pub struct ReadOutcome {
    pub corpus: Corpus,
    pub sources: Vec<SourceSummary>,
    /// Number of unreadable records.
    pub defects: usize,
    /// Files without papers.
    pub passed_over: Vec<Arc<str>>,
    /// Papers to which a filter is to be applied, since their service could not.
    pub unfiltered: Vec<UnfilteredRows>,
    /// The reasons why sources are incomplete.
    pub failures: Vec<String>,
    /// True if a source on the network failed, so that papers are missing.
    pub is_partial: bool,
}

/// The rows of a source on the network, to which a filter is to be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfilteredRows {
    pub source: Arc<str>,
    pub rows: Range<u32>,
    pub filter: Arc<str>,
}

/// Counts of one file, or of one member of an archive.
#[derive(Debug)]
pub struct SourceSummary {
    pub name: Arc<str>,
    /// The name of the format.
    pub format: &'static str,
    pub papers: u32,
    pub defects: u32,
}

impl ReadOutcome {
    /// The exit code for a source on the network that failed, and with `--strict` for defects.
    pub fn strict_exit_code(&self, strict: bool) -> Option<ExitCode> {
        if self.is_partial {
            return Some(EXIT_FAILED.into());
        }
        (strict && self.defects > 0).then(|| EXIT_DEFECTS.into())
    }

    /// Keeps which rows a fetch with a filter brings: those between its first and its last event.
    fn note_fetch(&mut self, progress: &FetchProgress) {
        let end = self.corpus.len();
        let open = self.unfiltered.iter_mut().find(|it| it.rows.end == u32::MAX);
        match open {
            Some(rows) if progress.is_ended => rows.rows.end = end,
            None if !progress.is_ended && !progress.filter.is_empty() => {
                let (source, filter) = (Arc::clone(&progress.name), Arc::clone(&progress.filter));
                self.unfiltered.push(UnfilteredRows { source, rows: end..u32::MAX, filter });
            }
            Some(_) | None => {}
        }
    }
}

/// Maximum number of defects reported one by one.
const MAX_REPORTED_DEFECTS: usize = 100;
/// Maximum number of files without papers that are named.
const MAX_NAMED_FILES: usize = 10;

/// Reads sources with the options of the command line, from the cache where possible.
pub fn read_with_options(options: &Options, sources: &[Source]) -> anyhow::Result<ReadOutcome> {
    let cache = options.cache.as_ref().map(Cache::as_read_only);
    read(sources, &options.read_options, cache.as_ref())
}

/// Reads every source to its end. A source on the network that fails is reported, and the papers
/// that came are kept.
///
/// # Errors
///
/// Returns an error if a source cannot be opened, or ended early and is incomplete.
pub fn read(
    sources: &[Source],
    options: &ReadOptions,
    cache: Option<&Cache>,
) -> anyhow::Result<ReadOutcome> {
    let is_online = sources.iter().any(|it| matches!(it, Source::Online(_)));
    let mut outcome = read_at_most(usize::MAX, sources, options, cache)?;
    let failures = std::mem::take(&mut outcome.failures);
    if is_online && !outcome.corpus.is_empty() {
        for failure in &failures {
            report(failure);
        }
        outcome.is_partial = !failures.is_empty();
        return Ok(outcome);
    }
    match failures.into_iter().next() {
        Some(reason) => Err(anyhow::anyhow!(reason)),
        None => Ok(outcome),
    }
}

/// Reads sources to their ends, or until so many papers have come that need no filter. A failure
/// of a source is kept beside the papers that came before it.
///
/// # Errors
///
/// Returns an error if a source cannot be opened.
pub fn read_at_most(
    max_papers: usize,
    sources: &[Source],
    options: &ReadOptions,
    cache: Option<&Cache>,
) -> anyhow::Result<ReadOutcome> {
    let sources = Loader::open(sources, options)?;
    let mut outcome = ReadOutcome::default();
    let mut progress = Progress::new();
    let control = LoadControl::default();
    load_all(sources, cache, &control, &mut |event| match event {
        LoadEvent::Segment(segment) => {
            outcome.corpus.push(segment);
            let is_filtered = outcome.unfiltered.iter().any(|it| it.rows.end == u32::MAX);
            if !is_filtered && outcome.corpus.paper_count() as usize >= max_papers {
                control.cancel();
            }
        }
        LoadEvent::Duplicates(duplicates) => outcome.corpus.set_duplicates(duplicates),
        LoadEvent::Progress { bytes, total, .. } => progress.show(bytes, total, &outcome),
        LoadEvent::PartSummary { name, format, papers, defects } => {
            outcome.sources.push(SourceSummary { name, format, papers, defects });
        }
        LoadEvent::Defect(defect) => {
            outcome.defects += 1;
            if outcome.defects <= MAX_REPORTED_DEFECTS {
                progress.hide();
                report(&defect.to_string());
            }
        }
        LoadEvent::SkippedPart { name, .. } => outcome.passed_over.push(name),
        LoadEvent::Failed(reason) => outcome.failures.push(reason),
        LoadEvent::Fetch(fetch) => {
            outcome.note_fetch(&fetch);
            progress.show_fetch(&fetch, &outcome);
        }
        LoadEvent::Notice(notice) => {
            progress.hide();
            report(&notice);
        }
        LoadEvent::DuplicateRows(_) => {}
        LoadEvent::Done => progress.hide(),
    });
    if outcome.defects > MAX_REPORTED_DEFECTS {
        report(&format!("{} more unreadable records", outcome.defects - MAX_REPORTED_DEFECTS));
    }
    report_passed_over(&outcome.passed_over);
    Ok(outcome)
}

fn report_passed_over(files: &[Arc<str>]) {
    let named: Vec<&str> = files.iter().take(MAX_NAMED_FILES).map(AsRef::as_ref).collect();
    let extra = files.len() - named.len();
    let extra = if extra > 0 { format!(" and {extra} more") } else { String::new() };
    if !files.is_empty() {
        report(&format!("skipped (no papers): {}{extra}", named.join(", ")));
    }
}

/// Progress line on a terminal.
struct Progress {
    is_terminal: bool,
    is_shown: bool,
}

impl Progress {
    fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), is_shown: false }
    }

    fn show(&mut self, bytes: u64, total: Option<u64>, outcome: &ReadOutcome) {
        if !self.is_terminal {
            return;
        }
        let part = total.filter(|it| *it > 0).map(|it| format!(" of {} MB", it / 1_000_000));
        let papers = counted(outcome.corpus.len(), "paper");
        let defects = counted(outcome.defects, "defect");
        let megabytes = bytes / 1_000_000;
        let part = part.unwrap_or_default();
        // A failed write to standard error cannot be reported.
        let _ = write!(io::stderr(), "\r\x1b[Kreading: {megabytes} MB{part}, {papers}, {defects}");
        self.is_shown = true;
    }

    fn show_fetch(&mut self, fetch: &FetchProgress, outcome: &ReadOutcome) {
        if !self.is_terminal {
            return;
        }
        let (name, papers) = (sanitise(&fetch.name), counted(outcome.corpus.len(), "paper"));
        let total = fetch.total.map_or_else(String::new, |it| format!(" of {it}"));
        let waits = fetch.waits_for.as_deref().map(|it| format!(" · {it}")).unwrap_or_default();
        let _ = write!(io::stderr(), "\r\x1b[K{name} · {papers}{total}{waits}");
        self.is_shown = true;
    }

    fn hide(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
