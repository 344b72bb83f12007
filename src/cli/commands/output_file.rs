//! Output files named on the command line, written atomically.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::sources::{AtomicFile, FileAccess, SpecialFilePolicy, would_replace};

/// Returns an error if the file exists, unless `force` is set.
pub fn refuse_to_replace(path: &Path, force: bool) -> anyhow::Result<()> {
    if !force && would_replace(path) {
        bail!("{}: already exists (use `--force`)", path.display());
    }
    Ok(())
}

/// Writes a file and renames it into place, unless the closure returns `None`. Returns the count of
/// the closure.
pub fn write_file(
    path: &Path,
    force: bool,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<Option<usize>>,
) -> anyhow::Result<Option<usize>> {
    let context = || path.display().to_string();
    let file = AtomicFile::create(path, FileAccess::Default, SpecialFilePolicy::Write);
    let mut file = file.with_context(context)?;
    let result = write(&mut file).with_context(context)?;
    if result.is_some() {
        // Without `force`, a file that appeared meanwhile is not replaced either.
        if force { file.commit() } else { file.commit_new() }.with_context(context)?;
    }
    Ok(result)
}
