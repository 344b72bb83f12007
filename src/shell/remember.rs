//! What is remembered from run to run beside the library: the layout.

use std::fs;
use std::io;
use std::path::Path;

use crate::app::Arrangement;

const FILE: &str = "layout";

/// Keeps the arrangement for the next run.
///
/// # Errors
///
/// When the state directory cannot be written.
pub fn remember(state_dir: &Path, arrangement: Arrangement) -> io::Result<()> {
    fs::create_dir_all(state_dir)?;
    let temporary = state_dir.join(format!(".{FILE}.{}", std::process::id()));
    fs::write(&temporary, arrangement.name())?;
    fs::rename(temporary, state_dir.join(FILE))
}

/// The arrangement of the last run, if there is one.
pub fn remembered(state_dir: &Path) -> Option<Arrangement> {
    let name = fs::read_to_string(state_dir.join(FILE)).ok()?;
    Arrangement::named(name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_is_remembered_and_nonsense_is_not() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(remembered(directory.path()), None);
        remember(directory.path(), Arrangement::Stacked).unwrap();
        assert_eq!(remembered(directory.path()), Some(Arrangement::Stacked));
        fs::write(directory.path().join(FILE), "\u{1b}]52").unwrap();
        assert_eq!(remembered(directory.path()), None);
    }
}
