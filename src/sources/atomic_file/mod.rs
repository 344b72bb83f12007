//! Files that are written whole or not at all: to a temporary file beside the target, renamed over
//! it once everything is on the disk.
//!
//! Links are followed, so that the file they lead to is replaced and the links stay. A file that is
//! there keeps its mode and its owner. Where a rename would lose something (further hard links, an
//! owner that only the administrator can set, a folder that takes no new files), the complete
//! content is copied into the file instead. Devices, pipes and open files under `/proc` are written
//! directly or refused, as the caller says; they are never replaced.

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

/// Permissions of a file on Unix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileAccess {
    /// A new file has those that the umask leaves; one that is there keeps its own.
    Default,
    /// The owner alone reads and writes it, whatever it was before.
    Private,
}

/// The treatment of devices, pipes and open files under `/proc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecialFilePolicy {
    Write,
    Refuse,
}

/// A file that is being written. It is removed if it is dropped before it is committed.
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
    /// The temporary file has no name.
    Copy {
        temporary: File,
        target: File,
    },
    Direct(File),
}

impl AtomicFile {
    /// Begins to write a file, and removes temporary files that earlier runs left in its folder.
    ///
    /// # Errors
    ///
    /// When the file cannot be written, or the path names a folder, or something special that is to
    /// be refused. Opening a pipe waits until another program reads from it.
    pub fn create(path: &Path, access: FileAccess, special: SpecialFilePolicy) -> io::Result<Self> {
        Self::new(WriteTarget::resolve(path)?, access, special)
    }

    /// Begins to write a file unless another process is writing the same one.
    ///
    /// # Errors
    ///
    /// As [`Self::create`], with everything special refused.
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

    /// Puts the file in its place, whether or not there is one already.
    ///
    /// # Errors
    ///
    /// When it cannot be written to the end; what was there stays, except where it was written
    /// directly or copied.
    pub fn commit(self) -> io::Result<()> {
        self.into_output()?.commit(|temporary, path| temporary.persist(path))
    }

    /// Puts the file in its place unless one has appeared there meanwhile.
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

/// Writes a private text file at once, and makes its folder for the owner alone where there is none.
///
/// # Errors
///
/// When the folder or the file cannot be written.
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
            // What a device or a pipe has taken is gone; it has nothing to be synchronised.
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

/// Prepares to replace a file, opened for writing and left as it is until then.
fn replacement(path: PathBuf, file: File, access: FileAccess) -> io::Result<OutputFile> {
    // What cannot be made beside the file, or not with its owner, can still be copied into it.
    let beside = || {
        temporary::create_beside(&path, 0o600).and_then(|it| copy_owner_and_mode(it, &file, access))
    };
    if target::is_only_name(&file)?
        && let Ok(temporary) = beside()
    {
        return Ok(OutputFile::Rename { temporary, path });
    }
    if access == FileAccess::Private {
        make_private(&file)?;
    }
    Ok(OutputFile::Copy { temporary: tempfile::tempfile()?, target: file })
}

/// Gives the temporary file the owner and the mode of the other.
#[cfg(unix)]
fn copy_owner_and_mode(
    temporary: NamedTempFile,
    old: &File,
    access: FileAccess,
) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (old, new) = (old.metadata()?, temporary.as_file().metadata()?);
    let differing = |old: u32, new: u32| (old != new).then_some(old);
    let (owner, group) = (differing(old.uid(), new.uid()), differing(old.gid(), new.gid()));
    if owner.or(group).is_some() {
        fchown(temporary.as_file(), owner, group)?;
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

/// Makes a rename outlast a power cut.
#[cfg(unix)]
fn sync_folder(path: &Path) {
    // Some file systems cannot; the file itself is on the disk in any case.
    if let Some(folder) = path.parent().and_then(|it| File::open(it).ok()) {
        let _ = folder.sync_all();
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) {}
