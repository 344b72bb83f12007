//! Reads the configuration file. A file that cannot be read leaves the defaults, with a message.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Config;
use super::problems::ConfigProblems;
use crate::sources::io_reason;

/// Byte order marks of UTF-16, little-endian and big-endian.
const UTF_16_MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// Reads the configuration and its errors. Without `named`, a missing file is the default, and so
/// is one that cannot be read, with a message.
///
/// # Errors
///
/// Returns an error if the file `named` by `--config` cannot be read.
pub fn read_config(named: Option<PathBuf>) -> anyhow::Result<(Config, Vec<String>)> {
    let is_named = named.is_some();
    let Some(path) = named.or_else(super::config_path) else {
        return Ok((Config::default(), Vec::new()));
    };
    let (config, complaints) = match fs::read(&path) {
        Ok(bytes) => parse_bytes(&bytes),
        Err(error) if is_named => {
            return Err(error).with_context(|| format!("configuration {}", path.display()));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Default::default(),
        Err(error) => with_defaults(&io_reason(&error)),
    };
    let file = file_name(&path);
    let complaints = complaints.into_iter().map(|it| format!("{file}: {it}")).collect();
    Ok((config, complaints))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn with_defaults(reason: &str) -> (Config, Vec<String>) {
    (Config::default(), vec![format!("{reason}; using defaults")])
}

/// Parses the bytes of a file. Lines that are not UTF-8 are reported, and the others apply.
fn parse_bytes(bytes: &[u8]) -> (Config, Vec<String>) {
    if UTF_16_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return with_defaults("encoded in UTF-16, not UTF-8");
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut invalid_lines = Vec::new();
    let lines = bytes.split(|byte| *byte == b'\n').zip(1..).map(|(line, number)| {
        std::str::from_utf8(line).unwrap_or_else(|_| {
            invalid_lines.push(number);
            ""
        })
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut problems = ConfigProblems::new(&text);
    for line in invalid_lines {
        problems.add_to_line(line, "not valid UTF-8");
    }
    let config = Config::parse_readable(&text, &mut problems);
    (config, problems.into_messages())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{LineArt, Theme};

    #[test]
    fn a_line_in_another_encoding_is_reported_and_the_others_apply() {
        let (config, complaints) =
            parse_bytes(b"\xef\xbb\xbftheme = \"dark\"\ncite = \"caf\xe9\"\nrules = \"ascii\"\n");
        assert_eq!(complaints, ["line 2: not valid UTF-8"]);
        assert_eq!(
            (config.screen.theme, config.screen.line_art),
            (Some(Theme::Dark), LineArt::Ascii)
        );
    }

    #[test]
    fn a_file_in_utf_16_leaves_the_defaults() {
        let text: Vec<u8> =
            "\u{feff}theme = \"dark\"\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (config, complaints) = parse_bytes(&text);
        assert_eq!(complaints, ["encoded in UTF-16, not UTF-8; using defaults"]);
        assert_eq!(config.screen.theme, None);
    }

    #[test]
    fn any_bytes_are_read() {
        for byte in 0..=u8::MAX {
            let _ = parse_bytes(&[b'a', byte, b'\n', byte, byte]);
        }
    }

    #[test]
    fn a_folder_in_place_of_a_named_file_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        let error = read_config(Some(directory.path().to_owned())).unwrap_err();
        assert!(error.to_string().starts_with("configuration "), "{error}");
    }
}
