//! Replies: their JSON, the messages of services in place of papers, and what was not found.

use serde_json::Value;

use crate::domain::Identifier;
use crate::sources::online::error::FetchError;
use crate::sources::online::request::HttpReply;
use crate::text::{sanitise, truncate};

/// Maximum width of a service's own message, in cells.
const MAX_MESSAGE_WIDTH: usize = 160;
/// Maximum number of identifiers in a message.
const MAX_NAMED: usize = 5;
/// The bytes of a body in which a message is looked for.
const HEAD_LEN: usize = 4096;

/// The JSON of a reply.
///
/// # Errors
///
/// Returns an error if it is no JSON, or is an error message of the service.
pub fn json(reply: &HttpReply, service: &'static str) -> Result<Value, FetchError> {
    refuse_page(reply, service)?;
    let parsed: Result<Value, _> = serde_json::from_slice(&reply.body);
    let value = parsed.map_err(|error| {
        let reason = if error.is_eof() { "incomplete JSON" } else { "not JSON" };
        FetchError::Unexpected { service, reason: reason.to_owned() }
    })?;
    match message_of(&value) {
        Some(reason) => Err(FetchError::Refused { service, reason }),
        None => Ok(value),
    }
}

/// Refuses a web page in place of data, as some services send when they are too busy.
///
/// # Errors
///
/// Returns an error if the reply is a web page.
pub fn refuse_page(reply: &HttpReply, service: &'static str) -> Result<(), FetchError> {
    let head = String::from_utf8_lossy(&reply.body[..reply.body.len().min(HEAD_LEN)]);
    let head = head.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        let reason = match element(&head, "title").filter(|it| !it.trim().is_empty()) {
            Some(title) => format!("a web page: {}", tidy_message(title)),
            None => "a web page".to_owned(),
        };
        return Err(FetchError::Unexpected { service, reason });
    }
    Ok(())
}

/// The message in the body of a reply that is an error, for any service.
pub fn error_message(body: &[u8]) -> Option<String> {
    let head = &body[..body.len().min(HEAD_LEN)];
    if let Ok(value) = serde_json::from_slice::<Value>(head) {
        return message_of(&value);
    }
    let text = String::from_utf8_lossy(head);
    let message = if text.contains("/api/errors") {
        element(&text, "summary")
    } else if text.trim_start().starts_with('<') {
        element(&text, "title")
    } else {
        Some(text.lines().next().unwrap_or_default())
    };
    message.map(tidy_message).filter(|it| !it.is_empty())
}

/// The message of a JSON document that is an error.
fn message_of(value: &Value) -> Option<String> {
    let object = value.as_object()?;
    let has_papers = ["results", "data", "hits", "title"].iter().any(|it| object.contains_key(*it));
    if has_papers && !object.get("error").is_some_and(Value::is_string) {
        return None;
    }
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    let is_error = object.get("error").is_some_and(|it| !it.is_null() && *it != Value::Bool(false));
    let is_failure = text("status").is_some_and(|it| it == "failed" || it == "error");
    let only_message = object.len() <= 3 && text("message").is_some();
    if !(is_error || is_failure || only_message) {
        return None;
    }
    let nested = || object.get("message")?.get(0)?.get("message")?.as_str();
    let message = text("message").or_else(|| text("error")).or_else(nested);
    Some(tidy_message(message.unwrap_or("an error without a message")))
}

fn tidy_message(text: &str) -> String {
    let text = sanitise(text);
    truncate(text.trim().trim_end_matches('.'), MAX_MESSAGE_WIDTH).into_owned()
}

/// The text of the first element with this name.
pub fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let open = text.find(&format!("<{name}"))?;
    let start = open + text[open..].find('>')? + 1;
    let end = start + text[start..].find(&format!("</{name}>"))?;
    Some(&text[start..end])
}

/// Names the identifiers that a service does not know; `None` if it knows all.
pub fn not_found(
    service: &str,
    asked: &[String],
    is_known: impl Fn(&str) -> bool,
) -> Option<String> {
    let unknown: Vec<&str> = asked.iter().map(String::as_str).filter(|it| !is_known(it)).collect();
    let named = unknown[..unknown.len().min(MAX_NAMED)].join(", ");
    let more = match unknown.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!unknown.is_empty()).then(|| format!("Not found at {service}: {}{more}", sanitise(&named)))
}

/// The identifiers without their kinds.
pub fn ids(identifiers: &[Identifier]) -> Vec<String> {
    identifiers.iter().map(|it| it.id().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(body: &str) -> HttpReply {
        HttpReply { body: body.into(), headers: Vec::new() }
    }

    #[test]
    fn a_message_is_told_apart_from_papers() {
        for (body, message) in [
            ("{\"error\": \"Unrecognized field\"}", "S: Unrecognized field"),
            ("{\"error\": true, \"message\": \"no such DOI.\"}", "S: no such DOI"),
            ("{\"message\": \"Too Many Requests\", \"code\": 429}", "S: Too Many Requests"),
            ("{\"status\": \"failed\", \"message\": [{\"message\": \"bad rows\"}]}", "S: bad rows"),
            ("<!DOCTYPE html><title>Busy</title>", "S: unexpected reply: a web page: busy"),
            ("{\"data\": [", "S: unexpected reply: incomplete JSON"),
            ("none", "S: unexpected reply: not JSON"),
        ] {
            assert_eq!(json(&reply(body), "S").unwrap_err().to_string(), message, "{body}");
        }
        for body in ["[]", "{\"total\": 0, \"data\": []}", "{\"results\": [], \"error\": null}"] {
            assert!(json(&reply(body), "S").is_ok(), "{body}");
        }
    }

    #[test]
    fn the_message_of_an_error_page_is_its_title() {
        let atom = "<feed><title>Error</title><entry><id>http://arxiv.org/api/errors#x</id>\
                    <summary>start must be an integer</summary></entry></feed>";
        assert_eq!(error_message(atom.as_bytes()).as_deref(), Some("start must be an integer"));
        assert_eq!(error_message(b"Rate exceeded.").as_deref(), Some("Rate exceeded"));
        let page = b"<html><head><title>Busy\x1b[31m</title>";
        assert_eq!(error_message(page).as_deref(), Some("Busy"));
        assert_eq!(error_message(b""), None);
    }

    #[test]
    fn what_is_not_found_is_named_within_limits() {
        let asked: Vec<String> = (0..8).map(|it| it.to_string()).collect();
        let notice = not_found("S", &asked, |it| it == "1");
        assert_eq!(notice.as_deref(), Some("Not found at S: 0, 2, 3, 4, 5 and 2 more"));
        assert_eq!(not_found("S", &asked, |_| true), None);
    }
}
