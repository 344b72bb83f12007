//! A digest as a mail: text first and HTML last, in quoted-printable, with headers that tell a mail
//! program that a machine has sent it.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, HeaderName, HeaderValue, InvalidHeaderName,
};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use serde::{Deserialize, Serialize};

use super::forms::html::html_page;
use super::forms::text::{LineBreaks, plain_text};
use super::layout::Digest;
use crate::text::fnv_of_parts;

/// The facts of a mail beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailHeaders {
    pub from: String,
    pub to: Vec<String>,
    pub sent_at: Timestamp,
    /// Without angle brackets.
    pub message_id: String,
    /// The mail of the digest before.
    pub previous_id: Option<String>,
}

/// A complete mail, with the addresses of its envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailMessage {
    pub from: String,
    pub to: Vec<String>,
    pub message_id: String,
    pub sent_at: i64,
    /// The bytes, all of them ASCII.
    pub text: String,
}

/// The reason why a mail cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    #[error("{0}: not an e-mail address")]
    Address(String),
    #[error("no recipient (set `to` in `[mail]` of the configuration, or --to)")]
    NoRecipient,
    #[error("mail: {0}")]
    Build(#[from] lettre::error::Error),
    #[error("mail: {0}")]
    Header(#[from] InvalidHeaderName),
}

/// The name of a mail, the same for a digest of the same name and day after the same mail.
pub fn message_id(name: &str, day: &str, previous_id: Option<&str>) -> String {
    let hash = fnv_of_parts([name, "\n", previous_id.unwrap_or_default()]);
    format!("{day}.{hash:016x}@digest.offprint.invalid")
}

/// Writes a digest as a mail.
///
/// # Errors
///
/// Returns an error if an address is wrong, or if there is no recipient.
pub fn write_message(digest: &Digest, headers: &MailHeaders) -> Result<MailMessage, MessageError> {
    let mailbox =
        |it: &String| it.parse::<Mailbox>().map_err(|_| MessageError::Address(it.clone()));
    let from = mailbox(&headers.from)?;
    let recipients = headers.to.iter().map(mailbox).collect::<Result<Vec<_>, _>>()?;
    if recipients.is_empty() {
        return Err(MessageError::NoRecipient);
    }
    let seconds = headers.sent_at.as_second();
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.try_into().unwrap_or_default());
    let mut builder = Message::builder().from(from.clone()).subject(digest.subject()).date(date);
    for recipient in &recipients {
        builder = builder.to(recipient.clone());
    }
    builder = builder.message_id(Some(format!("<{}>", headers.message_id)));
    if let Some(previous) = &headers.previous_id {
        builder = builder.references(format!("<{previous}>"));
    }
    let list_id = format!("{:016x}.digest.offprint.invalid", fnv_of_parts([digest.name.as_str()]));
    for (name, value) in [
        ("List-Id", format!("Offprint digest <{list_id}>")),
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("Precedence", "list".to_owned()),
    ] {
        let name = HeaderName::new_from_ascii(name.to_owned())?;
        builder = builder.raw_header(HeaderValue::new(name, value));
    }
    let message = builder.multipart(
        MultiPart::alternative()
            .singlepart(part(
                "text/plain; charset=utf-8; format=flowed",
                &plain_text(digest, LineBreaks::Flowed),
            ))
            .singlepart(part("text/html; charset=utf-8", &html_page(digest))),
    )?;
    let address = |it: &Mailbox| it.email.to_string();
    Ok(MailMessage {
        from: address(&from),
        to: recipients.iter().map(address).collect(),
        message_id: headers.message_id.clone(),
        sent_at: seconds,
        text: String::from_utf8_lossy(&message.formatted()).into_owned(),
    })
}

/// A part in quoted-printable, whatever its length: its lines are short and readable.
fn part(content_type: &str, text: &str) -> SinglePart {
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let text = text.replace('\n', "\r\n");
    // Quoted-printable holds any text, so that nothing is refused.
    let body = Body::new_with_encoding(text, encoding).unwrap_or_else(Body::new);
    let content_type = ContentType::parse(content_type).unwrap_or(ContentType::TEXT_PLAIN);
    SinglePart::builder().header(content_type).body(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::layout::tests::hostile_digest;

    fn headers() -> MailHeaders {
        MailHeaders {
            from: "Offprint <a@example.org>".to_owned(),
            to: vec!["Ada Möss <b@example.org>".to_owned()],
            sent_at: Timestamp::from_second(1_796_000_000).unwrap(),
            message_id: message_id("inbox", "2026-11-30", None),
            previous_id: Some("before@digest.offprint.invalid".to_owned()),
        }
    }

    #[test]
    fn a_mail_has_two_parts_and_the_headers_of_a_machine() {
        for title in ["Snow", "A\r\nBcc: x@y.org", "雪と霧", &"é".repeat(5000), "مرحبا <b>"]
        {
            let mail = write_message(&hostile_digest(title), &headers()).unwrap();
            let parsed = mail_parser::MessageParser::default().parse(&mail.text).unwrap();
            assert!(mail.text.is_ascii() && mail.text.split("\r\n").all(|it| it.len() <= 78));
            let (head, _) = mail.text.split_once("\r\n\r\n").unwrap();
            assert!(!head.to_lowercase().contains("\r\nbcc:"), "{head}");
            assert!(head.contains("\r\nAuto-Submitted: auto-generated"), "{head}");
            assert!(head.contains("References: <before@digest.offprint.invalid>"), "{head}");
            assert_eq!(parsed.message_id(), Some(mail.message_id.as_str()));
            assert_eq!(parsed.text_body_count(), 1);
            let shown = hostile_digest(title).papers().next().unwrap().title.clone();
            let text = parsed.body_text(0).unwrap().replace(" \n", " ").replace(" \r\n", " ");
            assert!(text.contains(&shown), "{text}");
            assert!(parsed.body_html(0).unwrap().contains("https://arxiv.org/abs/2611.00001"));
            assert_eq!(mail.to, ["b@example.org"]);
        }
    }

    #[test]
    fn a_wrong_address_is_told() {
        let wrong =
            MailHeaders { to: vec!["b@example.org\r\nBcc: c@d.org".to_owned()], ..headers() };
        assert!(write_message(&hostile_digest("Snow"), &wrong).is_err());
        let none = MailHeaders { to: Vec::new(), ..headers() };
        assert!(write_message(&hostile_digest("Snow"), &none).is_err());
    }

    #[test]
    fn the_name_of_a_mail_follows_from_day_and_search() {
        let id = |name, day, before| message_id(name, day, before);
        assert_eq!(id("inbox", "2026-11-30", None), id("inbox", "2026-11-30", None));
        assert_ne!(id("inbox", "2026-11-30", None), id("thesis", "2026-11-30", None));
        assert_ne!(id("inbox", "2026-11-30", None), id("inbox", "2026-11-30", Some("a")));
    }
}
