//! Preferences stored between runs outside the library: the layout, the theme, the citation style,
//! and the bibliography that papers were exported to last.

use std::fs;
use std::io;
use std::path::Path;

use crate::app::{LayoutMode, Theme};
use crate::cite::Style;
use crate::sources::write_private;

const LAYOUT_FILE: &str = "layout";
const STYLE_FILE: &str = "style";
const BIBLIOGRAPHY_FILE: &str = "bibliography";
const THEME_FILE: &str = "theme";

/// Stores the layout for the next run.
///
/// # Errors
///
/// Returns an error if the state directory cannot be written.
pub fn save_layout(state_dir: &Path, layout_mode: LayoutMode) -> io::Result<()> {
    write_preference(state_dir, LAYOUT_FILE, layout_mode.name())
}

/// Stores the style for the next run. The path of a style file is stored as an absolute path: the
/// same relative path may name another file in another directory.
///
/// # Errors
///
/// Returns an error if the state directory cannot be written.
pub fn save_style(state_dir: &Path, name: &str) -> io::Result<()> {
    let path = Path::new(name);
    if Style::find(name).is_some() || path.is_absolute() {
        return write_preference(state_dir, STYLE_FILE, name);
    }
    write_preference(state_dir, STYLE_FILE, &std::path::absolute(path)?.to_string_lossy())
}

/// Stores the absolute path of the bibliography that papers were exported to last.
///
/// # Errors
///
/// Returns an error if the state directory cannot be written.
pub fn save_bibliography(state_dir: &Path, path: &Path) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    write_preference(state_dir, BIBLIOGRAPHY_FILE, &path.to_string_lossy())
}

/// The path of the stored bibliography, if the file still exists; relative to the working directory
/// if it is in it.
pub fn load_bibliography(state_dir: &Path) -> Option<String> {
    let stored = fs::read_to_string(state_dir.join(BIBLIOGRAPHY_FILE)).ok()?;
    let path = Path::new(stored.trim());
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| path.strip_prefix(here).ok());
    path.is_file().then(|| relative.unwrap_or(path).to_string_lossy().into_owned())
}

/// Stores the theme for the next run.
///
/// # Errors
///
/// Returns an error if the state directory cannot be written.
pub fn save_theme(state_dir: &Path, theme: Theme) -> io::Result<()> {
    write_preference(state_dir, THEME_FILE, theme.name())
}

fn write_preference(state_dir: &Path, file: &str, text: &str) -> io::Result<()> {
    write_private(&state_dir.join(file), text)
}

/// The stored layout, if any.
pub fn load_layout(state_dir: &Path) -> Option<LayoutMode> {
    let name = fs::read_to_string(state_dir.join(LAYOUT_FILE)).ok()?;
    LayoutMode::from_name(name.trim())
}

/// The stored theme, if any.
pub fn load_theme(state_dir: &Path) -> Option<Theme> {
    let name = fs::read_to_string(state_dir.join(THEME_FILE)).ok()?;
    Theme::from_name(name.trim())
}

/// The name of the stored style, if any.
pub fn load_style(state_dir: &Path) -> Option<String> {
    let name = fs::read_to_string(state_dir.join(STYLE_FILE)).ok()?;
    Some(name.trim().to_owned()).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_file_is_remembered_by_its_absolute_path() {
        let directory = tempfile::tempdir().unwrap();
        let remembered_as = |name: &str| {
            save_style(directory.path(), name).unwrap();
            load_style(directory.path()).unwrap()
        };
        assert_eq!(remembered_as("ieee"), "ieee");
        let path = std::path::absolute("mine.csl").unwrap();
        assert_eq!(remembered_as("mine.csl"), path.to_str().unwrap());
        assert_eq!(remembered_as(path.to_str().unwrap()), path.to_str().unwrap());
    }

    #[test]
    fn a_bibliography_is_remembered_as_long_as_it_exists() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("refs.bib");
        save_bibliography(directory.path(), &file).unwrap();
        assert_eq!(load_bibliography(directory.path()), None);
        fs::write(&file, "").unwrap();
        assert_eq!(load_bibliography(directory.path()).as_deref(), file.to_str());
    }

    #[test]
    fn a_theme_is_remembered_by_its_name() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(load_theme(directory.path()), None);
        save_theme(directory.path(), Theme::Light).unwrap();
        assert_eq!(load_theme(directory.path()), Some(Theme::Light));
    }

    #[test]
    fn a_layout_is_remembered_and_nonsense_is_not() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(load_layout(directory.path()), None);
        save_layout(directory.path(), LayoutMode::Stacked).unwrap();
        assert_eq!(load_layout(directory.path()), Some(LayoutMode::Stacked));
        fs::write(directory.path().join(LAYOUT_FILE), "\u{1b}]52").unwrap();
        assert_eq!(load_layout(directory.path()), None);
    }
}
