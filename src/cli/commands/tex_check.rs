//! Characters that BibTeX was written with although LaTeX has no command for them.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::text::without_tex;

/// So many characters are named.
const MOST_NAMED: usize = 20;

/// Passes text on, and keeps the characters in it for which LaTeX has no command.
pub struct Watched<'a> {
    output: &'a mut dyn Write,
    left: BTreeSet<char>,
}

impl<'a> Watched<'a> {
    pub fn new(output: &'a mut dyn Write) -> Self {
        Self { output, left: BTreeSet::new() }
    }

    /// Returns the complaint about the characters, if there are any.
    pub fn complaint(&self) -> Option<String> {
        complaint(&self.left)
    }
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.output.write_all(bytes)?;
        // Papers are written as whole pieces of text.
        if !bytes.is_ascii()
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            self.left.extend(without_tex(text));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Returns the complaint about the characters in a text of BibTeX, if there are any.
pub fn complaint_of(text: &str) -> Option<String> {
    complaint(&without_tex(text).collect())
}

fn complaint(left: &BTreeSet<char>) -> Option<String> {
    let named: String = left.iter().take(MOST_NAMED).collect();
    let more = if left.len() > MOST_NAMED { "…" } else { "" };
    let (what, stay) = match left.len() {
        0 => return None,
        1 => ("1 character has".to_owned(), "stays as it is"),
        count => (format!("{count} characters have"), "stay as they are"),
    };
    Some(format!(
        "{what} no TeX and {stay}: {named}{more}; pdfLaTeX may stop there, XeLaTeX and LuaLaTeX do not"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_without_tex_are_named_once() {
        let mut written = Vec::new();
        let mut watched = Watched::new(&mut written);
        watched.write_all("é ≥ щ 山 щ".as_bytes()).unwrap();
        let told = "2 characters have no TeX and stay as they are: щ山; pdfLaTeX may stop there, XeLaTeX and LuaLaTeX do not";
        assert_eq!(watched.complaint().as_deref(), Some(told));
        assert_eq!(written, "é ≥ щ 山 щ".as_bytes());
        assert_eq!(complaint_of("é ≥ x"), None);
    }
}
