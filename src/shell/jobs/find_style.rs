//! Finds a citation style by the name of a built-in style or the path of a `.csl` file.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use crate::cite::Style;
use crate::sources::io_reason;

/// The built-in style with this name, or the style in this file.
///
/// # Errors
///
/// Returns a sentence with the reason.
pub fn find_style(name: &str) -> Result<Style, String> {
    if let Some(style) = Style::find(name) {
        return Ok(style);
    }
    let path = Path::new(name);
    let is_file = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csl"));
    if !is_file {
        return Err(format!("unknown style {name:?} (see `:style`, or name a .csl file)"));
    }
    let xml = read_style_file(path).map_err(|reason| format!("style {name}: {reason}"))?;
    Style::from_xml(name, &xml)
}

/// Reads a style file. Only regular files are read, up to [`Style::MAX_BYTES`] + 1 bytes, since a
/// device or a pipe may never end.
fn read_style_file(path: &Path) -> Result<String, String> {
    let describe = |error: io::Error| io_reason(&error);
    if !fs::metadata(path).map_err(describe)?.is_file() {
        return Err("not a regular file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(describe)?;
    file.take(Style::MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(describe)?;
    let text = String::from_utf8(bytes).map_err(|_| "not valid UTF-8".to_owned())?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_a_name_or_a_file() {
        assert_eq!(find_style("ieee").unwrap().name(), "ieee");
        assert!(find_style("pink").unwrap_err().contains("unknown style \"pink\""));
        assert!(find_style("/no/such.csl").unwrap_err().starts_with("style /no/such.csl: "));
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("mine.csl");
        fs::write(&path, "<style>").unwrap();
        assert!(find_style(path.to_str().unwrap()).is_err());
    }

    #[test]
    fn a_style_is_read_from_a_file_in_utf_8_and_from_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("mine.csl");
        let named = path.to_str().unwrap();
        fs::create_dir(&path).unwrap();
        assert!(find_style(named).unwrap_err().ends_with("not a regular file"));
        fs::remove_dir(&path).unwrap();
        fs::write(&path, b"<style>\xe9</style>").unwrap();
        assert!(find_style(named).unwrap_err().ends_with("not valid UTF-8"));
        fs::write(&path, " ".repeat(2 * Style::MAX_BYTES)).unwrap();
        assert!(find_style(named).unwrap_err().contains("longer than"));
        fs::write(&path, format!("\u{feff}{}", include_str!("../../cite/reference/acl.csl")))
            .unwrap();
        assert_eq!(find_style(named).unwrap().name(), named);
    }
}
