//! Reads the papers of one mail from its parts.

use std::ops::ControlFlow;

use mail_parser::{Message, MessageParser, PartType};

use super::alert;
use super::arxiv::{self, ArxivMail};
use crate::domain::{BibField, Draft};
use crate::formats::defect::{Defect, DraftSink};
use crate::formats::html::text::{HtmlBlock, HtmlLink, html_blocks};
use crate::text::{find_urls, tidy, truncate};

/// Maximum nesting of forwarded mails.
const MAX_FORWARDS: usize = 4;
/// The width of a subject in a message, in terminal cells.
const MAX_SUBJECT_CELLS: usize = 60;

/// Reads a mail. One without papers is passed over with its subject.
pub fn read_message(bytes: &[u8], line: u64, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return sink(Err(Defect::new(line, "not a mail")));
    };
    let mut count = 0;
    let mut counting = |record: Result<Draft, Defect>| {
        count += 1;
        sink(record)
    };
    let flow = read_parts(&message, line, MAX_FORWARDS, &mut counting);
    if count > 0 || flow.is_break() {
        return flow;
    }
    let subject = tidy(message.subject().unwrap_or_default());
    let subject = match truncate(&subject, MAX_SUBJECT_CELLS).trim() {
        "" => "without a subject".to_owned(),
        subject => format!("“{subject}”"),
    };
    sink(Err(Defect::passed_over(line, format!("mail {subject}"))))
}

fn read_parts(
    message: &Message<'_>,
    line: u64,
    forwards: usize,
    sink: &mut DraftSink<'_>,
) -> ControlFlow<()> {
    let day = message.date().map(|it| format!("{:04}-{:02}-{:02}", it.year, it.month, it.day));
    let day = day.unwrap_or_default();
    for part in &message.parts {
        if let PartType::Text(text) = &part.body
            && arxiv::is_listing(text)
        {
            return ArxivMail::new(text, line, &day).read(sink);
        }
    }
    let mut drafts = Vec::new();
    for part in &message.parts {
        match &part.body {
            PartType::Html(html) => drafts.extend(alert::papers(&html_blocks(html))),
            PartType::Message(forwarded) if forwards > 0 => {
                read_parts(forwarded, line, forwards - 1, sink)?;
            }
            PartType::Message(_)
            | PartType::Text(_)
            | PartType::Binary(_)
            | PartType::InlineBinary(_)
            | PartType::Multipart(_) => {}
        }
    }
    if drafts.is_empty() {
        for part in &message.parts {
            if let PartType::Text(text) = &part.body {
                drafts.extend(alert::papers(&text_blocks(text)));
            }
        }
    }
    for mut draft in drafts {
        draft.add_field(BibField::Listed, day.as_str());
        sink(Ok(draft))?;
    }
    ControlFlow::Continue(())
}

/// The lines of a text, with the addresses in them as links.
fn text_blocks(text: &str) -> Vec<HtmlBlock> {
    let block = |line: &str| {
        let line = line.trim().trim_start_matches('>').trim();
        let links = find_urls(line).into_iter();
        let links = links.map(|it| HtmlLink { url: it.url, range: it.range }).collect();
        HtmlBlock { text: line.to_owned(), links }
    };
    text.lines().map(block).filter(|it| !it.text.is_empty()).collect()
}
