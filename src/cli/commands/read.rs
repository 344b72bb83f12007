//! Reading without a screen: to the end, with what could not be read said on standard error.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use crate::cli::config::options::Options;
use crate::cli::report::{DEFECTS, say};
use crate::domain::Corpus;
use crate::formats::Format;
use crate::shell::Loader;
use crate::sources::{Cache, Control, Loading, Reading, Source, load_all};

/// All that sources hold.
#[derive(Debug, Default)]
pub struct Found {
    pub corpus: Corpus,
    pub parts: Vec<Part>,
    /// How many records could not be read.
    pub defects: usize,
    /// Files that hold no papers.
    pub passed_over: Vec<Arc<str>>,
}

/// What one file, or one member of an archive, holds.
#[derive(Debug)]
pub struct Part {
    pub name: Arc<str>,
    pub format: Format,
    pub papers: u32,
    pub defects: u32,
}

impl Found {
    /// The exit code where every record was to be read and some was not.
    pub fn verdict(&self, strict: bool) -> Option<ExitCode> {
        (strict && self.defects > 0).then(|| DEFECTS.into())
    }
}

/// So many defects are told one by one.
const TOLD: usize = 100;
/// So many files that hold no papers are named.
const NAMED: usize = 10;

/// Reads sources as the command line says, with what a cache has of them.
pub fn read_for(options: &Options, sources: &[Source]) -> anyhow::Result<Found> {
    let cache = options.cache.as_ref().map(Cache::to_read);
    read(sources, &options.reading, cache.as_ref())
}

/// Reads every source to its end.
///
/// # Errors
///
/// When a source cannot be opened, or broke off: then what is there is not all.
pub fn read(sources: &[Source], reading: &Reading, cache: Option<&Cache>) -> anyhow::Result<Found> {
    let opened = Loader::open(sources, reading)?;
    let mut found = Found::default();
    let mut failure = None;
    let mut progress = Progress::new();
    load_all(opened, cache, &Control::default(), &mut |loading| match loading {
        Loading::Segment(segment) => found.corpus.push(segment),
        Loading::Linked(overlay) => found.corpus.link(overlay),
        Loading::Progress { bytes, total, .. } => progress.show(bytes, total, &found),
        Loading::Read { name, format, papers, defects } => {
            found.parts.push(Part { name, format, papers, defects });
        }
        Loading::Defect(defect) => {
            found.defects += 1;
            if found.defects <= TOLD {
                progress.hide();
                say(&defect.to_string());
            }
        }
        Loading::PassedOver { name, .. } => found.passed_over.push(name),
        Loading::Failed(why) => failure = failure.take().or(Some(why)),
        Loading::Told(what) => {
            progress.hide();
            say(&what);
        }
        Loading::Repeats(_) => {}
        Loading::Done => progress.hide(),
    });
    if found.defects > TOLD {
        say(&format!("{} more records could not be read", found.defects - TOLD));
    }
    tell_passed_over(&found.passed_over);
    match failure {
        Some(why) => Err(anyhow::anyhow!(why)),
        None => Ok(found),
    }
}

fn tell_passed_over(files: &[Arc<str>]) {
    let named: Vec<&str> = files.iter().take(NAMED).map(AsRef::as_ref).collect();
    let more = files.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if !files.is_empty() {
        say(&format!("passed over, for no papers are in it: {}{more}", named.join(", ")));
    }
}

/// A line on a terminal that says how far reading is.
struct Progress {
    is_terminal: bool,
    is_shown: bool,
}

impl Progress {
    fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), is_shown: false }
    }

    fn show(&mut self, bytes: u64, total: Option<u64>, found: &Found) {
        if !self.is_terminal {
            return;
        }
        let part = total.filter(|it| *it > 0).map(|it| format!(" of {} MB", it / 1_000_000));
        let (papers, defects) = (found.corpus.len(), found.defects);
        let megabytes = bytes / 1_000_000;
        let part = part.unwrap_or_default();
        // Where even that cannot be written, nobody is left to be told.
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
