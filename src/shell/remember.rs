//! What is remembered from run to run beside the library: the layout and the style of references.

use std::fs;
use std::io;
use std::path::Path;

use crate::app::Arrangement;
use crate::sources::write_private;

const LAYOUT: &str = "layout";
const STYLE: &str = "style";

/// Keeps the arrangement for the next run.
///
/// # Errors
///
/// When the state directory cannot be written.
pub fn remember(state_dir: &Path, arrangement: Arrangement) -> io::Result<()> {
    keep(state_dir, LAYOUT, arrangement.name())
}

/// Keeps the name of a style for the next run.
///
/// # Errors
///
/// When the state directory cannot be written.
pub(super) fn remember_style(state_dir: &Path, name: &str) -> io::Result<()> {
    keep(state_dir, STYLE, name)
}

fn keep(state_dir: &Path, file: &str, text: &str) -> io::Result<()> {
    write_private(&state_dir.join(file), text)
}

/// The arrangement of the last run, if there is one.
pub fn remembered(state_dir: &Path) -> Option<Arrangement> {
    let name = fs::read_to_string(state_dir.join(LAYOUT)).ok()?;
    Arrangement::named(name.trim())
}

/// The name of the style of the last run, if there is one.
pub fn remembered_style(state_dir: &Path) -> Option<String> {
    let name = fs::read_to_string(state_dir.join(STYLE)).ok()?;
    Some(name.trim().to_owned()).filter(|it| !it.is_empty())
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
        fs::write(directory.path().join(LAYOUT), "\u{1b}]52").unwrap();
        assert_eq!(remembered(directory.path()), None);
    }
}
