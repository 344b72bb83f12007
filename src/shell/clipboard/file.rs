//! Private files in the state directory: the last copy, and a copy that no clipboard took.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::environment::Environment;
use super::error::ClipboardError;
use crate::sources::write_private;

/// File that `offprint paste` prints.
const LAST_COPY_FILE: &str = "last-copy";
/// File for a text that no clipboard took.
const COPIED_FILE: &str = "copied.txt";

/// The text of the last copy, by any route.
///
/// # Errors
/// Returns the error of reading the file; `NotFound` if nothing was ever copied.
pub fn read_last_copy(surroundings: &Environment) -> io::Result<String> {
    match &surroundings.state_dir {
        Some(place) => fs::read_to_string(place.join(LAST_COPY_FILE)),
        None => Err(io::Error::new(io::ErrorKind::NotFound, "no home directory")),
    }
}

pub fn save_last_copy(text: &str, surroundings: &Environment) -> Result<(), ClipboardError> {
    write_state_file(LAST_COPY_FILE, text, surroundings).map(drop)
}

/// Writes the text to [`COPIED_FILE`] and returns the path for display.
pub fn save_copied_file(text: &str, surroundings: &Environment) -> Result<String, ClipboardError> {
    write_state_file(COPIED_FILE, text, surroundings)
}

/// Path of [`COPIED_FILE`] for display. The file need not exist.
pub fn copied_path(surroundings: &Environment) -> Option<String> {
    let place = surroundings.state_dir.as_ref()?;
    Some(abbreviate_home(&place.join(COPIED_FILE), surroundings.home.as_deref()))
}

fn write_state_file(
    name: &str,
    text: &str,
    surroundings: &Environment,
) -> Result<String, ClipboardError> {
    let place = surroundings.state_dir.as_ref().ok_or(ClipboardError::NoStateDirectory)?;
    let path = place.join(name);
    let shown = abbreviate_home(&path, surroundings.home.as_deref());
    match write_private(&path, text) {
        Ok(()) => Ok(shown),
        Err(source) => Err(ClipboardError::File { path: shown, source }),
    }
}

/// Replaces the home directory at the start of a path with `~`.
fn abbreviate_home(path: &Path, home: Option<&Path>) -> String {
    let below = home.and_then(|home| path.strip_prefix(home).ok());
    below.map_or_else(|| path.to_path_buf(), |it| PathBuf::from("~").join(it)).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(place: &Path) -> Environment {
        Environment {
            home: Some(place.to_path_buf()),
            state_dir: Some(place.join("state/offprint")),
            ..Environment::default()
        }
    }

    #[test]
    fn the_last_copy_is_what_was_kept_last() {
        let place = tempfile::tempdir().unwrap();
        let here = at(place.path());
        assert_eq!(read_last_copy(&here).unwrap_err().kind(), io::ErrorKind::NotFound);
        save_last_copy("one", &here).unwrap();
        save_last_copy("two\n", &here).unwrap();
        assert_eq!(read_last_copy(&here).unwrap(), "two\n");
    }

    #[test]
    fn a_copied_file_is_named_from_home_and_leaves_nothing_beside_it() {
        let place = tempfile::tempdir().unwrap();
        let here = at(place.path());
        let named = save_copied_file("text", &here).unwrap();
        assert_eq!(Path::new(&named), Path::new("~/state/offprint/copied.txt"));
        assert_eq!(copied_path(&here), Some(named));
        assert_eq!(fs::read_dir(here.state_dir.unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_a_kept_text() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let here = at(place.path());
        save_copied_file("text", &here).unwrap();
        let directory = here.state_dir.unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&directory.join(COPIED_FILE)), 0o600);
        assert_eq!(mode(&directory), 0o700);
    }

    #[test]
    fn where_nothing_can_be_written_the_failure_names_the_file() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("state"), "in the way").unwrap();
        let told = save_copied_file("text", &at(place.path())).unwrap_err().to_string();
        assert!(told.contains("copied.txt: "), "{told}");
        let nowhere = save_copied_file("text", &Environment::default());
        assert!(matches!(nowhere, Err(ClipboardError::NoStateDirectory)));
    }
}
