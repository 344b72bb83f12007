//! Splits an `mbox` file into its mails.

use std::io::{self, BufRead, Read as _};

/// Maximum length of a mail, in bytes.
const MAX_MAIL_LEN: usize = 32 << 20;
/// Maximum length of a line that may begin a mail.
const MAX_SEPARATOR_LEN: usize = 500;

/// A mail of a mailbox.
pub struct RawMail {
    /// The number of its first line, from one.
    pub line: u64,
    /// `None` if it is longer than [`MAX_MAIL_LEN`].
    pub bytes: Option<Vec<u8>>,
}

/// The mails of a stream. A stream without separators is a single mail.
pub struct Mailbox<'a> {
    input: &'a mut dyn BufRead,
    /// The number of the last line that was read.
    line: u64,
    is_over: bool,
    /// The lines are those of a mailbox, in which a `>` before "From " belongs to it.
    has_separators: bool,
}

impl<'a> Mailbox<'a> {
    pub fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, line: 0, is_over: false, has_separators: false }
    }

    /// Reads the next mail that is not blank.
    pub fn next(&mut self) -> io::Result<Option<RawMail>> {
        while !self.is_over {
            let mail = self.read_mail()?;
            if mail.bytes.as_ref().is_none_or(|it| !it.trim_ascii().is_empty()) {
                return Ok(Some(mail));
            }
        }
        Ok(None)
    }

    /// Reads to the next separator, which must follow a blank line.
    fn read_mail(&mut self) -> io::Result<RawMail> {
        let (first_line, mut bytes, mut is_too_long) = (self.line + 1, Vec::new(), false);
        let mut is_after_blank = true;
        loop {
            let start = bytes.len();
            // A line without an end is read in parts, so that none is longer than a mail may be.
            let limit = MAX_MAIL_LEN as u64 + 1;
            let len = (&mut *self.input).take(limit).read_until(b'\n', &mut bytes)?;
            if len == 0 {
                self.is_over = true;
                break;
            }
            self.line += 1;
            let line = &bytes[start..];
            if is_after_blank && is_separator(line) {
                self.has_separators = true;
                bytes.truncate(start);
                break;
            }
            is_after_blank = line.trim_ascii().is_empty();
            let quotes = line.iter().take_while(|it| **it == b'>').count();
            if self.has_separators && quotes > 0 && line[quotes..].starts_with(b"From ") {
                bytes.remove(start);
            }
            if bytes.len() > MAX_MAIL_LEN {
                is_too_long = true;
                bytes.clear();
            }
        }
        Ok(RawMail { line: first_line, bytes: (!is_too_long).then_some(bytes) })
    }
}

/// Returns true if a text begins with the line that separates mails: `From`, the sender, and the
/// time at the end of the line.
pub fn is_separator(text: &[u8]) -> bool {
    if !text.starts_with(b"From ") {
        return false;
    }
    let end = text.iter().take(MAX_SEPARATOR_LEN).position(|it| *it == b'\n');
    let line = &text[..end.unwrap_or_else(|| text.len().min(MAX_SEPARATOR_LEN))];
    // A time has colons, and the line digits near its end, unlike a sentence.
    let has_time =
        line.windows(3).any(|it| it[0].is_ascii_digit() && it[1] == b':' && it[2].is_ascii_digit());
    has_time && line.trim_ascii_end().iter().rev().take(14).any(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(text: &str) -> Vec<(u64, String)> {
        let mut input = text.as_bytes();
        let mut mailbox = Mailbox::new(&mut input);
        let mut all = Vec::new();
        while let Some(mail) = mailbox.next().unwrap() {
            all.push((mail.line, String::from_utf8(mail.bytes.unwrap()).unwrap()));
        }
        all
    }

    #[test]
    fn a_mailbox_is_split_at_its_separators_only() {
        let text = "From a@b Mon Jan  1 00:00:00 2024\nSubject: x\n\nFrom here on\n>From there\n\n\
            From c@d Tue Jan  2 00:00:00 2024\nSubject: y\n\nz\n";
        assert_eq!(
            mails(text),
            [
                (2, "Subject: x\n\nFrom here on\nFrom there\n\n".to_owned()),
                (8, "Subject: y\n\nz\n".to_owned())
            ]
        );
        assert_eq!(mails("Subject: x\n\n>From a\n"), [(1, "Subject: x\n\n>From a\n".to_owned())]);
        assert_eq!(mails("\n\n"), []);
    }
}
