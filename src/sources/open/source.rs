//! Opens a source and detects its contents.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::contents::{
    Contents, NO_FILE_REASON, detect_all_contents, detect_contents, may_become_papers,
};
use super::folder::FolderListing;
use crate::formats::UnrecognisedInput;
use crate::sources::disk::inode_and_ctime;
use crate::sources::error::SourceError;
use crate::sources::input::compression::{PackedFormat, UnpackBudget, unpack_layers};
use crate::sources::input::peek::{HEAD_LEN, PeekedInput, RemainingInput};
use crate::sources::input::pipe::{Pipe, WaitResult};
use crate::sources::options::ReadOptions;
use crate::sources::source::{InboxFile, Source};
use crate::sources::zotero::{ZoteroLibrary, is_zotero_database, zotero_database_in};
use crate::text::sanitise;

/// Time that a pipe has to deliver its first bytes.
const PIPE_TIMEOUT: Duration = Duration::from_millis(100);

/// An opened source. Its contents are detected, or it is a pipe that has not shown them yet.
pub struct OpenSource {
    pub input: PeekedInput,
    pub contents: Option<Contents>,
    source: Source,
    name: Arc<str>,
    options: ReadOptions,
    /// Size in bytes, if known.
    size: Option<u64>,
    fingerprint: Option<Fingerprint>,
}

/// Identity of a file, to detect changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
    /// Inode number and ctime.
    inode: (u64, u64),
}

impl Fingerprint {
    fn new(path: &Path, metadata: &Metadata) -> Self {
        let (size, modified) = (metadata.len(), metadata.modified().ok());
        Self { path: path.to_owned(), size, modified, inode: inode_and_ctime(metadata) }
    }

    /// Returns true if the file has changed or no longer exists.
    pub fn is_stale(&self) -> bool {
        !fs::metadata(&self.path).is_ok_and(|it| Self::new(&self.path, &it) == *self)
    }
}

impl fmt::Debug for OpenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Opened").field(&self.source).finish()
    }
}

impl OpenSource {
    /// Returns the name of the source in messages.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Returns the identity of a file or folder; `None` for other sources.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.fingerprint.as_ref()
    }

    /// Returns the options for reading the source.
    pub fn options(&self) -> &ReadOptions {
        &self.options
    }

    /// Returns the size in bytes, if known.
    pub fn total(&self) -> Option<u64> {
        self.size
    }
}

/// Opens a source and detects its contents from its first 64 KiB, or from the bytes that a pipe
/// delivers within a tenth of a second. A silent or compressed pipe is accepted now and validated
/// while loading.
///
/// # Errors
///
/// Returns an error if the source does not exist, cannot be read, or contains no papers.
pub fn open(source: Source, options: &ReadOptions) -> Result<OpenSource, SourceError> {
    match &source {
        Source::Builtin => {
            let input = PeekedInput::new(RemainingInput::Empty);
            Ok(undetected_source(input, source, "the built-in papers".into(), options))
        }
        Source::Stdin => {
            let name: Arc<str> = "standard input".into();
            if io::stdin().is_terminal() {
                return Err(SourceError::Terminal { name });
            }
            let pipe = RemainingInput::Pipe(Pipe::new(io::stdin()));
            with_detected_contents(undetected_source(PeekedInput::new(pipe), source, name, options))
        }
        Source::Online(online) => {
            let name = sanitise(&online.address.title()).into();
            let input = PeekedInput::new(RemainingInput::Empty);
            Ok(undetected_source(input, source, name, options))
        }
        Source::Zotero(address) => {
            let library = ZoteroLibrary::find(address)?;
            let name = sanitise(&address.to_string()).into();
            open_zotero(library, source, &name, options)
        }
        Source::File(path) | Source::Inbox(InboxFile { path, .. }) => {
            open_path(&path.clone(), source, options)
        }
    }
}

/// Creates an open source without contents.
pub fn undetected_source(
    input: PeekedInput,
    source: Source,
    name: Arc<str>,
    options: &ReadOptions,
) -> OpenSource {
    let (contents, total, fingerprint) = (None, None, None);
    OpenSource { input, contents, source, name, options: options.clone(), size: total, fingerprint }
}

/// Opens a library of Zotero. Its items are read when it is loaded.
fn open_zotero(
    library: ZoteroLibrary,
    source: Source,
    name: &Arc<str>,
    options: &ReadOptions,
) -> Result<OpenSource, SourceError> {
    let failed = |cause| SourceError::Open { name: Arc::clone(name), cause };
    let metadata = fs::metadata(&library.database).map_err(failed)?;
    let input = PeekedInput::new(RemainingInput::Empty);
    Ok(OpenSource {
        size: Some(metadata.len()),
        fingerprint: Some(Fingerprint::new(&library.database, &metadata)),
        contents: Some(Contents::Zotero(library)),
        ..undetected_source(input, source, Arc::clone(name), options)
    })
}

fn open_path(
    path: &Path,
    source: Source,
    options: &ReadOptions,
) -> Result<OpenSource, SourceError> {
    let name: Arc<str> = sanitise(&path.to_string_lossy()).into();
    let error_name = Arc::clone(&name);
    let failed = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => SourceError::Missing { name: Arc::clone(&error_name) },
        _ => SourceError::Open { name: Arc::clone(&error_name), cause },
    };
    let metadata = fs::metadata(path).map_err(failed)?;
    let whole_library = |database| ZoteroLibrary { database, collection: String::new() };
    if metadata.is_dir() {
        if let Some(database) = zotero_database_in(path) {
            return open_zotero(whole_library(database), source, &name, options);
        }
        let listing = FolderListing::read(path).map_err(failed)?;
        let total = listing.bytes;
        let is_empty = listing.files.is_empty() && listing.unreadable.is_empty();
        let contents =
            if is_empty { Contents::Empty(NO_FILE_REASON) } else { Contents::Folder(listing) };
        return Ok(OpenSource {
            size: Some(total),
            contents: Some(contents),
            fingerprint: Some(Fingerprint::new(path, &metadata)),
            ..undetected_source(PeekedInput::new(RemainingInput::Empty), source, name, options)
        });
    }
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        let pipe = RemainingInput::Pipe(Pipe::new(file));
        return with_detected_contents(undetected_source(
            PeekedInput::new(pipe),
            source,
            name,
            options,
        ));
    }
    let input = PeekedInput::new(RemainingInput::File(BufReader::with_capacity(HEAD_LEN, file)));
    let opened = with_detected_contents(OpenSource {
        size: Some(metadata.len()),
        fingerprint: Some(Fingerprint::new(path, &metadata)),
        ..undetected_source(input, source.clone(), Arc::clone(&name), options)
    });
    let is_binary = |it: &SourceError| {
        matches!(it, SourceError::Unrecognised { reason: UnrecognisedInput::Binary, .. })
    };
    let source = match opened {
        Err(error) if is_binary(&error) && is_zotero_database(path) => {
            return open_zotero(whole_library(path.to_owned()), source, &name, options);
        }
        opened => opened?,
    };
    if source.contents == Some(Contents::Packed) {
        check_unpacked_head(path, &source)?;
    }
    Ok(source)
}

/// Checks the first decompressed bytes of a file, so that one without papers is refused at once.
fn check_unpacked_head(path: &Path, source: &OpenSource) -> Result<(), SourceError> {
    let name = || Arc::clone(&source.name);
    let unread = |cause| SourceError::Read { name: name(), cause };
    let budget = UnpackBudget::default();
    let file = File::open(path).map_err(unread)?;
    let file = Box::new(BufReader::with_capacity(HEAD_LEN, file));
    let (head, _) = unpack_layers(file, &budget).map_err(unread)?;
    if PackedFormat::detect(&head).is_some() {
        return Ok(());
    }
    match source.options.format(&head) {
        Ok(_) | Err(UnrecognisedInput::Empty) => Ok(()),
        Err(reason) => Err(SourceError::Unrecognised { name: name(), reason }),
    }
}

/// Detects the contents; leaves them unknown for a pipe that has not shown enough within
/// [`PIPE_TIMEOUT`].
pub fn with_detected_contents(mut source: OpenSource) -> Result<OpenSource, SourceError> {
    let deadline = Instant::now() + PIPE_TIMEOUT;
    let wait = loop {
        let timeout = deadline.saturating_duration_since(Instant::now());
        match source.input.fill_head(timeout) {
            Ok(WaitResult::Ready) => {}
            Ok(wait) => break wait,
            Err(cause) => return Err(SourceError::Read { name: source.name, cause }),
        }
    };
    let (head, options) = (source.input.head(), &source.options);
    let is_over = wait != WaitResult::Silent;
    match if is_over { detect_all_contents(head, options) } else { detect_contents(head, options) }
    {
        Ok(contents) => source.contents = Some(contents),
        Err(reason) if !is_over && may_become_papers(&reason) => {}
        Err(reason) => {
            return Err(SourceError::Unrecognised { name: source.name, reason });
        }
    }
    Ok(source)
}
