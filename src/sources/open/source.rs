//! Opening a source: is it there, and does it hold papers?

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::contents::{Contents, NO_FILE, judge, judge_whole, may_become_papers};
use super::folder::Listing;
use crate::formats::NotPapers;
use crate::sources::disk::inode::inode;
use crate::sources::error::SourceError;
use crate::sources::input::compression::{Budget, Packing, unpacked};
use crate::sources::input::peek::{HEAD, Input, Rest};
use crate::sources::input::pipe::{Pipe, Wait};
use crate::sources::options::Reading;
use crate::sources::source::Source;
use crate::text::sanitise;

/// A pipe is given this long to show what it brings.
const PATIENCE: Duration = Duration::from_millis(100);

/// A source that was found to hold papers, or a pipe that has yet to show it.
pub struct Opened {
    pub input: Input,
    pub contents: Option<Contents>,
    source: Source,
    name: Arc<str>,
    reading: Reading,
    /// The size in bytes, where it is known.
    total: Option<u64>,
    fingerprint: Option<Fingerprint>,
}

/// By what a file is known to be the same as before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
    /// Inode and time of its change.
    inode: (u64, u64),
}

impl Fingerprint {
    fn new(path: &Path, metadata: &Metadata) -> Self {
        let (size, modified) = (metadata.len(), metadata.modified().ok());
        Self { path: path.to_owned(), size, modified, inode: inode(metadata) }
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

    /// How it is to be read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The size in bytes, where it is known.
    pub fn total(&self) -> Option<u64> {
        self.total
    }
}

/// Opens a source and judges it by its first 64 kB, or by what a pipe has given in a tenth of a
/// second. A pipe that is still silent is opened in hope, and so is one that is packed.
///
/// # Errors
///
/// When it is not there, cannot be read, or holds no papers.
pub fn open(source: Source, reading: &Reading) -> Result<Opened, SourceError> {
    match &source {
        Source::Builtin => {
            let input = Input::new(Rest::Nothing);
            Ok(opened(input, source, "the built-in papers".into(), reading))
        }
        Source::Stdin => {
            let name: Arc<str> = "standard input".into();
            if io::stdin().is_terminal() {
                return Err(SourceError::Terminal { name });
            }
            let pipe = Rest::Pipe(Pipe::new(io::stdin()));
            judged(opened(Input::new(pipe), source, name, reading))
        }
        Source::File(path) => open_path(&path.clone(), source, reading),
    }
}

/// A source that has yet to be judged.
pub fn opened(input: Input, source: Source, name: Arc<str>, reading: &Reading) -> Opened {
    let (contents, total, fingerprint) = (None, None, None);
    Opened { input, contents, source, name, reading: reading.clone(), total, fingerprint }
}

fn open_path(path: &Path, source: Source, reading: &Reading) -> Result<Opened, SourceError> {
    let name: Arc<str> = sanitise(&path.to_string_lossy()).into();
    let its_name = Arc::clone(&name);
    let failed = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => SourceError::Missing { name: Arc::clone(&its_name) },
        _ => SourceError::Open { name: Arc::clone(&its_name), cause },
    };
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        let listing = Listing::read(path).map_err(failed)?;
        let total = listing.bytes;
        let is_empty = listing.files.is_empty() && listing.unread.is_empty();
        let contents =
            if is_empty { Contents::Nothing(NO_FILE) } else { Contents::Folder(listing) };
        return Ok(Opened {
            total: Some(total),
            contents: Some(contents),
            fingerprint: Some(Fingerprint::new(path, &metadata)),
            ..opened(Input::new(Rest::Nothing), source, name, reading)
        });
    }
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        let pipe = Rest::Pipe(Pipe::new(file));
        return judged(opened(Input::new(pipe), source, name, reading));
    }
    let input = Input::new(Rest::File(BufReader::with_capacity(HEAD, file)));
    let opened = judged(Opened {
        total: Some(metadata.len()),
        fingerprint: Some(Fingerprint::new(path, &metadata)),
        ..opened(input, source, name, reading)
    })?;
    if opened.contents == Some(Contents::Packed) {
        try_unpacking(path, &opened)?;
    }
    Ok(opened)
}

/// Finds out early that a packed file holds no papers.
fn try_unpacking(path: &Path, opened: &Opened) -> Result<(), SourceError> {
    let name = || Arc::clone(&opened.name);
    let unread = |cause| SourceError::Read { name: name(), cause };
    let budget = Budget::default();
    let file = File::open(path).map_err(unread)?;
    let file = Box::new(BufReader::with_capacity(HEAD, file));
    let (head, _) = unpacked(file, &budget).map_err(unread)?;
    if Packing::of(&head).is_some() {
        return Ok(());
    }
    match opened.reading.format(&head) {
        Ok(_) | Err(NotPapers::Empty) => Ok(()),
        Err(why) => Err(SourceError::Recognise { name: name(), why }),
    }
}

pub fn judged(mut opened: Opened) -> Result<Opened, SourceError> {
    let deadline = Instant::now() + PATIENCE;
    let wait = loop {
        let patience = deadline.saturating_duration_since(Instant::now());
        match opened.input.gather(patience) {
            Ok(Wait::Ready) => {}
            Ok(wait) => break wait,
            Err(cause) => return Err(SourceError::Read { name: opened.name, cause }),
        }
    };
    let (head, reading) = (opened.input.head(), &opened.reading);
    let is_over = wait != Wait::Silent;
    match if is_over { judge_whole(head, reading) } else { judge(head, reading) } {
        Ok(contents) => opened.contents = Some(contents),
        Err(why) if !is_over && may_become_papers(&why) => {}
        Err(why) => return Err(SourceError::Recognise { name: opened.name, why }),
    }
    Ok(opened)
}
