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
pub fn read_last_copy(environment: &Environment) -> io::Result<String> {
    match &environment.state_dir {
        Some(directory) => fs::read_to_string(directory.join(LAST_COPY_FILE)),
        None => Err(io::Error::new(io::ErrorKind::NotFound, "no home directory")),
    }
}

pub fn save_last_copy(text: &str, environment: &Environment) -> Result<(), ClipboardError> {
    write_state_file(LAST_COPY_FILE, text, environment).map(drop)
}

/// Writes the text to [`COPIED_FILE`] and returns the path for display.
pub fn save_copied_file(text: &str, environment: &Environment) -> Result<String, ClipboardError> {
    write_state_file(COPIED_FILE, text, environment)
}

/// Path of [`COPIED_FILE`] for display. The file need not exist.
pub fn copied_path(environment: &Environment) -> Option<String> {
    let directory = environment.state_dir.as_ref()?;
    Some(abbreviate_home(&directory.join(COPIED_FILE), environment.home.as_deref()))
}

fn write_state_file(
    name: &str,
    text: &str,
    environment: &Environment,
) -> Result<String, ClipboardError> {
    let directory = environment.state_dir.as_ref().ok_or(ClipboardError::NoStateDirectory)?;
    let path = directory.join(name);
    let path_text = abbreviate_home(&path, environment.home.as_deref());
    match write_private(&path, text) {
        Ok(()) => Ok(path_text),
        Err(source) => Err(ClipboardError::File { path: path_text, source }),
    }
}

/// Replaces the home directory at the start of a path with `~`.
fn abbreviate_home(path: &Path, home: Option<&Path>) -> String {
    let relative = home.and_then(|home| path.strip_prefix(home).ok());
    relative
        .map_or_else(|| path.to_path_buf(), |it| PathBuf::from("~").join(it))
        .display()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment_in(directory: &Path) -> Environment {
        Environment {
            home: Some(directory.to_path_buf()),
            state_dir: Some(directory.join("state/offprint")),
            ..Environment::default()
        }
    }

    #[test]
    fn the_last_copy_is_what_was_kept_last() {
        let directory = tempfile::tempdir().unwrap();
        let environment = environment_in(directory.path());
        assert_eq!(read_last_copy(&environment).unwrap_err().kind(), io::ErrorKind::NotFound);
        save_last_copy("one", &environment).unwrap();
        save_last_copy("two\n", &environment).unwrap();
        assert_eq!(read_last_copy(&environment).unwrap(), "two\n");
    }

    #[test]
    fn a_copied_file_is_named_from_home_and_leaves_nothing_beside_it() {
        let directory = tempfile::tempdir().unwrap();
        let environment = environment_in(directory.path());
        let named = save_copied_file("text", &environment).unwrap();
        assert_eq!(Path::new(&named), Path::new("~/state/offprint/copied.txt"));
        assert_eq!(copied_path(&environment), Some(named));
        assert_eq!(fs::read_dir(environment.state_dir.unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_a_kept_text() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let environment = environment_in(directory.path());
        save_copied_file("text", &environment).unwrap();
        let directory = environment.state_dir.unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&directory.join(COPIED_FILE)), 0o600);
        assert_eq!(mode(&directory), 0o700);
    }

    #[test]
    fn where_nothing_can_be_written_the_failure_names_the_file() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("state"), "in the way").unwrap();
        let message =
            save_copied_file("text", &environment_in(directory.path())).unwrap_err().to_string();
        assert!(message.contains("copied.txt: "), "{message}");
        let nowhere = save_copied_file("text", &Environment::default());
        assert!(matches!(nowhere, Err(ClipboardError::NoStateDirectory)));
    }
}
