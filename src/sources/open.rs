//! Opening a source: is it there, and does it hold papers?

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use flate2::read::MultiGzDecoder;

use super::input::{HEAD, Input, Rest};
use super::pipe::{Pipe, Wait};
use super::{Source, SourceError};
use crate::formats::{Format, NotPapers, detect};
use crate::text::sanitise;

/// A file of so many bytes keeps its abstracts.
pub(super) const LARGE: u64 = if cfg!(test) { 1 << 20 } else { 64 << 20 };
/// A pipe is given this long to show what it brings.
const PATIENCE: Duration = Duration::from_millis(100);

/// A source that was found to hold papers, or a pipe that has yet to show it.
pub struct Opened {
    pub(super) input: Input,
    pub(super) contents: Option<Contents>,
    source: Source,
    name: Arc<str>,
    fingerprint: Option<Fingerprint>,
}

/// How papers lie in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) packing: Packing,
    pub(super) format: Format,
}

impl Contents {
    /// Whether a file of that size is worth being kept in the cache: its abstracts stay in it.
    pub(super) fn is_kept(self, size: u64) -> bool {
        let is_lines = self == Self { packing: Packing::Plain, format: Format::Jsonl };
        is_lines && size >= LARGE
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
}

/// By what a file is known to be the same as before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
}

impl Fingerprint {
    fn new(path: &Path, metadata: &Metadata) -> Self {
        let (size, modified) = (metadata.len(), metadata.modified().ok());
        Self { path: path.to_owned(), size, modified }
    }

    /// Whether the file is another than it was, or gone.
    pub fn changed(&self) -> bool {
        !fs::metadata(&self.path).is_ok_and(|it| Self::new(&self.path, &it) == *self)
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Opened").field(&self.source).finish()
    }
}

impl Opened {
    /// What the source is called in messages.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Nothing for what is not a file.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.fingerprint.as_ref()
    }

    /// The size in bytes, where it is known.
    pub fn total(&self) -> Option<u64> {
        self.fingerprint.as_ref().map(|it| it.size)
    }
}

/// Opens a source and judges it by its first 64 kB, or by what a pipe has given in a tenth of a
/// second. A pipe that is still silent is opened in hope.
///
/// # Errors
///
/// When it is not there, cannot be read, or holds no papers.
pub fn open(source: Source) -> Result<Opened, SourceError> {
    match &source {
        Source::Builtin => Ok(Opened {
            input: Input::new(Rest::Nothing),
            contents: None,
            name: "the built-in papers".into(),
            source,
            fingerprint: None,
        }),
        Source::Stdin => {
            let name: Arc<str> = "standard input".into();
            if io::stdin().is_terminal() {
                return Err(SourceError::Terminal { name });
            }
            let pipe = Rest::Pipe(Pipe::new(io::stdin()));
            judged(Input::new(pipe), source, name, None)
        }
        Source::File(path) => {
            let name: Arc<str> = sanitise(&path.to_string_lossy()).into();
            let (input, fingerprint) = open_file(path, &name)?;
            judged(input, source, name, fingerprint)
        }
    }
}

fn open_file(path: &Path, name: &Arc<str>) -> Result<(Input, Option<Fingerprint>), SourceError> {
    let name = || Arc::clone(name);
    let failed = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => SourceError::Missing { name: name() },
        _ => SourceError::Open { name: name(), cause },
    };
    if fs::metadata(path).map_err(failed)?.is_dir() {
        return Err(SourceError::Directory { name: name() });
    }
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    Ok(if metadata.is_file() {
        let file = BufReader::with_capacity(HEAD, file);
        (Input::new(Rest::File(file)), Some(Fingerprint::new(path, &metadata)))
    } else {
        (Input::new(Rest::Pipe(Pipe::new(file))), None)
    })
}

pub(super) fn judged(
    mut input: Input,
    source: Source,
    name: Arc<str>,
    fingerprint: Option<Fingerprint>,
) -> Result<Opened, SourceError> {
    let deadline = Instant::now() + PATIENCE;
    let wait = loop {
        let patience = deadline.saturating_duration_since(Instant::now());
        match input.gather(patience) {
            Ok(Wait::Ready) => {}
            Ok(wait) => break wait,
            Err(cause) => return Err(SourceError::Read { name, cause }),
        }
    };
    let contents = match judge(input.head()) {
        Ok(contents) => Some(contents),
        Err(why) if wait == Wait::Silent && may_become_papers(why) => None,
        Err(why) => return Err(SourceError::Recognise { name, why }),
    };
    Ok(Opened { input, contents, source, name, fingerprint })
}

/// Says what lies in a source that begins like this.
pub(super) fn judge(head: &[u8]) -> Result<Contents, NotPapers> {
    if !head.starts_with(b"\x1f\x8b") {
        return Ok(Contents { packing: Packing::Plain, format: detect(head)? });
    }
    let mut unpacked = Vec::new();
    // The head is cut somewhere, so an error at its end means nothing.
    let _ = MultiGzDecoder::new(head).take(HEAD as u64).read_to_end(&mut unpacked);
    Ok(Contents { packing: Packing::Gzip, format: detect(&unpacked)? })
}

/// Whether more bytes may change the verdict.
pub(super) fn may_become_papers(why: NotPapers) -> bool {
    matches!(why, NotPapers::Empty | NotPapers::OtherJson | NotPapers::OtherText)
}
