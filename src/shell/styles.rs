//! Finding the style of references that was asked for: one that is built in, or a file.

use std::fs;
use std::path::Path;

use crate::cite::Style;

/// The style of that name, or in that file.
///
/// # Errors
///
/// A sentence that says what was tried.
pub fn style(name: &str) -> Result<Style, String> {
    if let Some(style) = Style::named(name) {
        return Ok(style);
    }
    let path = Path::new(name);
    let is_file = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csl"));
    if !is_file {
        return Err(format!(
            "{name:?} is no built-in style and no .csl file; :style lists the built-in ones"
        ));
    }
    let xml = fs::read_to_string(path)
        .map_err(|error| format!("cannot read the style {}: {error}", path.display()))?;
    Style::own(name, &xml)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_a_name_or_a_file() {
        assert_eq!(style("ieee").unwrap().name(), "ieee");
        assert!(style("pink").unwrap_err().contains("\"pink\" is no built-in style"));
        assert!(style("/no/such.csl").unwrap_err().starts_with("cannot read the style"));
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("mine.csl");
        fs::write(&path, "<style>").unwrap();
        assert!(style(path.to_str().unwrap()).is_err());
    }
}
