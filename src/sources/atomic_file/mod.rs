//! Writes files atomically: to a temporary file next to the target, which is renamed over it once
//! all data are on the disk.
//!
//! Symbolic links are resolved, so that the file they point to is replaced. An existing file keeps
//! its mode and owner. If a rename would lose something (further hard links, an owner that only
//! root can set, a directory without write permission), the complete content is copied into the
//! existing file instead. Devices, pipes and open files under `/proc` are written directly or
//! refused, depending on [`SpecialFilePolicy`]; they are never replaced.

pub mod target;
pub mod temporary;
#[cfg(unix)]
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, BufWriter, IntoInnerError, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use target::WriteTarget;
pub use target::would_replace;
pub use temporary::remove_leftovers;

/// Permissions of a written file on Unix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileAccess {
    /// A new file gets those that the umask allows; an existing file keeps its own.
    Default,
    /// Read and write for the owner only (0600), also for an existing file.
    Private,
}

/// Handling of devices, pipes and open files under `/proc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecialFilePolicy {
    Write,
    Refuse,
}

/// A file that is being written. Dropped without a commit, it is removed.
#[derive(Debug)]
pub struct AtomicFile {
    output: BufWriter<OutputFile>,
}

#[derive(Debug)]
enum OutputFile {
    Rename {
        temporary: NamedTempFile,
        path: PathBuf,
    },
    /// Copies an unnamed temporary file into the target on commit.
    Copy {
        temporary: File,
        target: File,
    },
    Direct(File),
}

impl AtomicFile {
    /// Begins to write a file, and removes leftover temporary files of earlier runs in its
    /// directory.
    ///
    /// Blocks on a named pipe until another program reads from it.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written, or if the path is a directory or a special
    /// file that `special` refuses.
    pub fn create(path: &Path, access: FileAccess, special: SpecialFilePolicy) -> io::Result<Self> {
        Self::new(WriteTarget::resolve(path)?, access, special)
    }

    /// As [`Self::create`], for regular files only. Returns `None` if another process is writing
    /// the same file.
    ///
    /// # Errors
    ///
    /// As [`Self::create`], with special files refused.
    pub fn create_exclusive(path: &Path, access: FileAccess) -> io::Result<Option<Self>> {
        let target = WriteTarget::resolve(path)?;
        if target.path().is_some_and(temporary::is_being_written) {
            return Ok(None);
        }
        Self::new(target, access, SpecialFilePolicy::Refuse).map(Some)
    }

    fn new(
        target: WriteTarget,
        access: FileAccess,
        special: SpecialFilePolicy,
    ) -> io::Result<Self> {
        let destination = match target {
            WriteTarget::New(path) => {
                let temporary = temporary::create_beside(&path, new_file_mode(access))?;
                OutputFile::Rename { temporary, path }
            }
            WriteTarget::File { path, file } => replacement(path, file, access)?,
            WriteTarget::Special { path, kind } => match special {
                SpecialFilePolicy::Write if kind.is_writable() => {
                    OutputFile::Direct(File::options().append(true).open(path)?)
                }
                SpecialFilePolicy::Write | SpecialFilePolicy::Refuse => return Err(kind.refusal()),
            },
        };
        Ok(Self { output: BufWriter::new(destination) })
    }

    /// Puts the file in its place, replacing an existing one.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written completely. The old file is unchanged then,
    /// unless it was written directly or copied into.
    pub fn commit(self) -> io::Result<()> {
        self.into_output()?.commit(|temporary, path| temporary.persist(path))
    }

    /// Puts the file in its place, unless another one has been created there.
    ///
    /// # Errors
    ///
    /// As [`Self::commit`], and [`io::ErrorKind::AlreadyExists`].
    pub fn commit_new(self) -> io::Result<()> {
        match self.into_output()? {
            OutputFile::Copy { .. } => Err(io::ErrorKind::AlreadyExists.into()),
            it => it.commit(|temporary, path| temporary.persist_noclobber(path)),
        }
    }

    fn into_output(self) -> io::Result<OutputFile> {
        self.output.into_inner().map_err(IntoInnerError::into_error)
    }
}

/// Writes a private text file. Creates its directory, accessible by the owner only, if it does not
/// exist.
///
/// # Errors
///
/// Returns an error if the directory or the file cannot be written.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut file = AtomicFile::create(path, FileAccess::Private, SpecialFilePolicy::Refuse)?;
    file.write_all(text.as_bytes())?;
    file.commit()
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.output.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

impl OutputFile {
    fn commit(
        self,
        rename: impl FnOnce(NamedTempFile, &Path) -> Result<File, tempfile::PersistError>,
    ) -> io::Result<()> {
        match self {
            Self::Rename { temporary, path } => {
                temporary.as_file().sync_all()?;
                rename(temporary, &path).map_err(|it| it.error)?;
                sync_folder(&path);
                Ok(())
            }
            Self::Copy { mut temporary, mut target } => {
                temporary.rewind()?;
                let length = io::copy(&mut temporary, &mut target)?;
                target.set_len(length)?;
                target.sync_all()
            }
            // Devices and pipes need no sync.
            Self::Direct(_) => Ok(()),
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Rename { temporary, .. } => temporary.write(bytes),
            Self::Copy { temporary: file, .. } | Self::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn new_file_mode(access: FileAccess) -> u32 {
    match access {
        FileAccess::Default => 0o666,
        FileAccess::Private => 0o600,
    }
}

/// Prepares to replace `file`, which is open for writing and unchanged until the commit.
fn replacement(path: PathBuf, file: File, access: FileAccess) -> io::Result<OutputFile> {
    // Fails if the directory is not writable or the owner cannot be set; copying still works then.
    let create_beside = || {
        temporary::create_beside(&path, 0o600).and_then(|it| copy_owner_and_mode(it, &file, access))
    };
    if target::is_only_name(&file)?
        && let Ok(temporary) = create_beside()
    {
        return Ok(OutputFile::Rename { temporary, path });
    }
    if access == FileAccess::Private {
        make_private(&file)?;
    }
    Ok(OutputFile::Copy { temporary: tempfile::tempfile()?, target: file })
}

/// Copies owner and mode of the old file to the temporary file.
#[cfg(unix)]
fn copy_owner_and_mode(
    temporary: NamedTempFile,
    old: &File,
    access: FileAccess,
) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (old, new) = (old.metadata()?, temporary.as_file().metadata()?);
    let differing = |old: u32, new: u32| (old != new).then_some(old);
    let (new_owner, new_group) = (differing(old.uid(), new.uid()), differing(old.gid(), new.gid()));
    if new_owner.or(new_group).is_some() {
        fchown(temporary.as_file(), new_owner, new_group)?;
    }
    if access == FileAccess::Default {
        temporary.as_file().set_permissions(old.permissions())?;
    }
    Ok(temporary)
}

#[cfg(not(unix))]
fn copy_owner_and_mode(
    temporary: NamedTempFile,
    old: &File,
    _: FileAccess,
) -> io::Result<NamedTempFile> {
    temporary.as_file().set_permissions(old.metadata()?.permissions())?;
    Ok(temporary)
}

#[cfg(unix)]
fn make_private(file: &File) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "fails on Unix")]
fn make_private(_: &File) -> io::Result<()> {
    Ok(())
}

/// Syncs the directory, so that the rename survives a power failure.
#[cfg(unix)]
fn sync_folder(path: &Path) {
    // Some file systems cannot sync a directory; the data are on the disk in any case.
    if let Some(folder) = path.parent().and_then(|it| File::open(it).ok()) {
        let _ = folder.sync_all();
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) {}
