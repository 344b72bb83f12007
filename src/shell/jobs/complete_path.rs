//! Completes the path of a file.

use std::fs;
use std::path::Path;

use super::export::expand_home;
use crate::text::sanitise;

/// Maximum number of files found, for directories with very many.
const MAX_FILES: usize = 500;

/// The files whose paths begin with this text, sorted; directories end with `/`. A hidden file is
/// found only by its dot. A directory that cannot be read has no files.
pub fn complete_path(text: &str) -> Vec<String> {
    if text == "~" {
        return vec!["~/".to_owned()];
    }
    let (folder, begun) = text.split_at(text.rfind('/').map_or(0, |at| at + 1));
    let directory = if folder.is_empty() { Path::new(".").into() } else { expand_home(folder) };
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut paths: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_hidden = name.starts_with('.') && !begun.starts_with('.');
            // A name with control characters could not be typed or shown.
            if !name.starts_with(begun) || is_hidden || sanitise(&name) != name {
                return None;
            }
            let slash = if entry.path().is_dir() { "/" } else { "" };
            Some(format!("{folder}{name}{slash}"))
        })
        .take(MAX_FILES)
        .collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_the_beginning_of_their_path() {
        let directory = tempfile::tempdir().unwrap();
        for name in ["refs.bib", "refs.ris", ".refs", "notes.md"] {
            fs::write(directory.path().join(name), "").unwrap();
        }
        fs::create_dir(directory.path().join("refs")).unwrap();
        let folder = format!("{}/", directory.path().to_str().unwrap());
        let found = |text: &str| {
            let paths = complete_path(&format!("{folder}{text}"));
            paths.iter().map(|it| it[folder.len()..].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("re"), ["refs.bib", "refs.ris", "refs/"]);
        assert_eq!(found("refs.b"), ["refs.bib"]);
        assert_eq!(found("."), [".refs"]);
        assert_eq!(found(""), ["notes.md", "refs.bib", "refs.ris", "refs/"]);
        assert_eq!(found("refs/"), Vec::<String>::new());
        assert_eq!(complete_path("/no/such/folder/a"), Vec::<String>::new());
        assert_eq!(complete_path("~"), ["~/"]);
    }
}
