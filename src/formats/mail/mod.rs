//! Mails that announce papers: the daily mails of arXiv, alerts of Google Scholar and Semantic
//! Scholar, tables of contents of journals. A single mail, several in an `mbox` file, or the text of
//! a mail of arXiv alone.

mod alert;
mod arxiv;
mod mailbox;
mod message;
mod paper_link;

use std::io::{self, BufRead};

use super::defect::{Defect, DraftSink};
use arxiv::ArxivMail;
use mailbox::Mailbox;
use message::read_message;

/// Header fields of which a mail has several.
const HEADER_FIELDS: [&str; 16] = [
    "bcc", "cc", "content-type", "date", "delivered-to", "from", "list-id", "message-id",
    "mime-version", "received", "reply-to", "return-path", "sender", "subject", "to",
    "x-original-to",
];
/// The number of these that a text without an envelope must have to be a mail.
const MIN_HEADER_FIELDS: usize = 3;

/// Reads every mail. One without papers is passed over.
pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    let mut mailbox = Mailbox::new(input);
    while let Some(mail) = mailbox.next()? {
        let flow = match &mail.bytes {
            None => sink(Err(Defect::new(mail.line, "mail too long"))),
            Some(bytes) => read_mail(bytes, mail.line, sink),
        };
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

fn read_mail(bytes: &[u8], line: u64, sink: &mut DraftSink<'_>) -> std::ops::ControlFlow<()> {
    let text = String::from_utf8_lossy(bytes);
    if arxiv::matches_head(&text) {
        return ArxivMail::new(&text, line, "").read(sink);
    }
    read_message(bytes, line, sink)
}

/// Returns true if a text is a mail, an `mbox` file, or the text of a mail of arXiv.
pub fn matches_head(head: &str) -> bool {
    let text = head.trim_start_matches(['\n', '\r', '\u{feff}']);
    arxiv::matches_head(text) || {
        let is_mbox = mailbox::is_separator(text.as_bytes());
        let header = if is_mbox { text.split_once('\n').map_or("", |(_, it)| it) } else { text };
        let min_fields = if is_mbox { 1 } else { MIN_HEADER_FIELDS };
        count_header_fields(header).is_some_and(|count| count >= min_fields)
    }
}

/// The number of known fields in the header at the start of a text; `None` if something else is
/// between them.
fn count_header_fields(text: &str) -> Option<usize> {
    let mut count = 0;
    for (at, line) in text.lines().enumerate() {
        if line.trim_end().is_empty() {
            break;
        }
        if at > 0 && line.starts_with([' ', '\t']) {
            continue;
        }
        let (name, _) = line.split_once(':')?;
        let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_graphic());
        if !is_name {
            return None;
        }
        count += usize::from(HEADER_FIELDS.contains(&name.to_ascii_lowercase().as_str()));
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_known_by_its_header() {
        for head in [
            "From: a@b\nTo: c@d\nSubject: x\n\nBody",
            "Return-Path: <a@b>\r\nReceived: from x\r\n\tby y\r\nDate: Mon, 1 Jan 2024\r\n\r\n",
            "From a@b Mon Jan  1 00:00:00 2024\nSubject: x\n\nBody",
            "From - Mon Jan  1 00:00:00 2024\nX-Mozilla-Status: 0001\nFrom: a\n\n",
        ] {
            assert!(matches_head(head), "{head}");
        }
        for head in [
            "From: a\nTo: b\nto whom it may concern\nSubject: x\n",
            "Title: a\nDate: b\n\n",
            "From here on we go\nto there: x\n",
            "TY  - JOUR\nTI  - x\n",
            "@article{a,\n title = {From: x}\n}",
            "",
        ] {
            assert!(!matches_head(head), "{head}");
        }
    }
}
