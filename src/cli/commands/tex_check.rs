//! Finds characters in BibTeX output that LaTeX has no command for.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::text::chars_without_tex;

/// Maximum number of characters listed.
const MAX_NAMED_CHARS: usize = 20;

/// Forwards text and collects its characters without a LaTeX command.
pub struct TexCheckWriter<'a> {
    output: &'a mut dyn Write,
    unsupported: BTreeSet<char>,
}

impl<'a> TexCheckWriter<'a> {
    pub fn new(output: &'a mut dyn Write) -> Self {
        Self { output, unsupported: BTreeSet::new() }
    }

    /// A message that lists the characters, if any.
    pub fn describe(&self) -> Option<String> {
        complaint(&self.unsupported)
    }
}

impl Write for TexCheckWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.output.write_all(bytes)?;
        // A multi-byte character is never split: papers are written as whole strings.
        if !bytes.is_ascii()
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            self.unsupported.extend(chars_without_tex(text));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// A message that lists such characters in BibTeX text, if any.
pub fn check_text(text: &str) -> Option<String> {
    complaint(&chars_without_tex(text).collect())
}

fn complaint(chars: &BTreeSet<char>) -> Option<String> {
    let named: String = chars.iter().take(MAX_NAMED_CHARS).collect();
    let more = if chars.len() > MAX_NAMED_CHARS { "…" } else { "" };
    let (subject, verb) = match chars.len() {
        0 => return None,
        1 => ("1 character has".to_owned(), "is written as it is"),
        count => (format!("{count} characters have"), "are written as they are"),
    };
    Some(format!(
        "{subject} no LaTeX command and {verb}: {named}{more}; pdfLaTeX may fail, XeLaTeX and LuaLaTeX do not"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_without_tex_are_named_once() {
        let mut output = Vec::new();
        let mut checked = TexCheckWriter::new(&mut output);
        checked.write_all("é ≥ щ 山 щ".as_bytes()).unwrap();
        let message = "2 characters have no LaTeX command and are written as they are: щ山; pdfLaTeX may fail, XeLaTeX and LuaLaTeX do not";
        assert_eq!(checked.describe().as_deref(), Some(message));
        assert_eq!(output, "é ≥ щ 山 щ".as_bytes());
        assert_eq!(check_text("é ≥ x"), None);
    }
}
