//! Reads sources completely without a screen, and reports defects on standard error.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use crate::cli::config::options::Options;
use crate::cli::report::{EXIT_DEFECTS, report};
use crate::domain::Corpus;
use crate::formats::Format;
use crate::shell::Loader;
use crate::sources::{Cache, LoadControl, LoadEvent, ReadOptions, Source, load_all};

/// Papers and defects of all sources.
#[derive(Debug, Default)]
pub struct ReadOutcome {
    pub corpus: Corpus,
    pub sources: Vec<SourceSummary>,
    /// Number of unreadable records.
    pub defects: usize,
    /// Files without papers.
    pub passed_over: Vec<Arc<str>>,
}

/// Counts of one file, or of one member of an archive.
#[derive(Debug)]
pub struct SourceSummary {
    pub name: Arc<str>,
    pub format: Format,
    pub papers: u32,
    pub defects: u32,
}

impl ReadOutcome {
    /// The exit code for defects with `--strict`.
    pub fn strict_exit_code(&self, strict: bool) -> Option<ExitCode> {
        (strict && self.defects > 0).then(|| EXIT_DEFECTS.into())
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

/// Reads every source to its end.
///
/// # Errors
///
/// Returns an error if a source cannot be opened, or ended early and is incomplete.
pub fn read(
    sources: &[Source],
    reading: &ReadOptions,
    cache: Option<&Cache>,
) -> anyhow::Result<ReadOutcome> {
    let opened = Loader::open(sources, reading)?;
    let mut found = ReadOutcome::default();
    let mut failure = None;
    let mut progress = Progress::new();
    load_all(opened, cache, &LoadControl::default(), &mut |loading| match loading {
        LoadEvent::Segment(segment) => found.corpus.push(segment),
        LoadEvent::Duplicates(overlay) => found.corpus.set_duplicates(overlay),
        LoadEvent::Progress { bytes, total, .. } => progress.show(bytes, total, &found),
        LoadEvent::PartSummary { name, format, papers, defects } => {
            found.sources.push(SourceSummary { name, format, papers, defects });
        }
        LoadEvent::Defect(defect) => {
            found.defects += 1;
            if found.defects <= MAX_REPORTED_DEFECTS {
                progress.hide();
                report(&defect.to_string());
            }
        }
        LoadEvent::SkippedPart { name, .. } => found.passed_over.push(name),
        LoadEvent::Failed(why) => failure = failure.take().or(Some(why)),
        LoadEvent::Notice(what) => {
            progress.hide();
            report(&what);
        }
        LoadEvent::DuplicateRows(_) => {}
        LoadEvent::Done => progress.hide(),
    });
    if found.defects > MAX_REPORTED_DEFECTS {
        report(&format!("{} more unreadable records", found.defects - MAX_REPORTED_DEFECTS));
    }
    report_passed_over(&found.passed_over);
    match failure {
        Some(why) => Err(anyhow::anyhow!(why)),
        None => Ok(found),
    }
}

fn report_passed_over(files: &[Arc<str>]) {
    let named: Vec<&str> = files.iter().take(MAX_NAMED_FILES).map(AsRef::as_ref).collect();
    let more = files.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if !files.is_empty() {
        report(&format!("skipped (no papers): {}{more}", named.join(", ")));
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

    fn show(&mut self, bytes: u64, total: Option<u64>, found: &ReadOutcome) {
        if !self.is_terminal {
            return;
        }
        let part = total.filter(|it| *it > 0).map(|it| format!(" of {} MB", it / 1_000_000));
        let (papers, defects) = (found.corpus.len(), found.defects);
        let megabytes = bytes / 1_000_000;
        let part = part.unwrap_or_default();
        // A failed write to standard error cannot be reported.
        let _ = write!(
            io::stderr(),
            "\r\x1b[Kreading: {megabytes} MB{part}, {papers} papers, {defects} defects"
        );
        self.is_shown = true;
    }

    fn hide(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
