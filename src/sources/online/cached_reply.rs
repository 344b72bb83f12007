//! The file of a kept reply: a line that tells the version, a line of JSON with the request and the
//! headers, and the body.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::request::{HttpReply, HttpRequest};

/// First bytes of a file. Changes with its form.
const MAGIC: &[u8] = b"offprint reply 1\n";
/// Headers that say something about a connection or a user, not about the reply.
const OMITTED_HEADERS: [&str; 3] = ["set-cookie", "connection", "keep-alive"];

/// A kept reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachedReply {
    pub reply: HttpReply,
    /// When the host last said that this is its reply.
    pub arrived: Timestamp,
    /// When the host must be asked again; `None` for never.
    pub expires: Option<Timestamp>,
}

/// The line of JSON. The keys of services are in none of its fields.
#[derive(Debug, Serialize, Deserialize)]
struct ReplyHead {
    url: String,
    json_body: Option<String>,
    /// Milliseconds since 1970.
    arrived: i64,
    expires: Option<i64>,
    headers: Vec<(String, String)>,
    body_len: usize,
    crc: u32,
}

impl CachedReply {
    /// Returns true if the reply is taken without asking. A reply that seems to come from the
    /// future has no known age.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.arrived <= now && self.expires.is_none_or(|it| now < it)
    }

    /// The headers of a request that asks only for what has changed.
    pub fn conditions(&self) -> Vec<(String, String)> {
        let pairs = [("etag", "if-none-match"), ("last-modified", "if-modified-since")];
        let value = |name| self.reply.header(name).map(str::to_owned);
        pairs.into_iter().filter_map(|(from, to)| Some((to.to_owned(), value(from)?))).collect()
    }

    /// The bytes of the file.
    pub fn to_bytes(&self, url: &str, request: &HttpRequest) -> Option<Vec<u8>> {
        let headers = self.reply.headers.iter();
        let headers = headers.filter(|(name, _)| !OMITTED_HEADERS.contains(&name.as_str()));
        let head = ReplyHead {
            url: url.to_owned(),
            json_body: request.json_body.clone(),
            arrived: self.arrived.as_millisecond(),
            expires: self.expires.map(Timestamp::as_millisecond),
            headers: headers.cloned().collect(),
            body_len: self.reply.body.len(),
            crc: crc32fast::hash(&self.reply.body),
        };
        let head = serde_json::to_vec(&head).ok()?;
        Some([MAGIC, &head, b"\n", &self.reply.body].concat())
    }

    /// Parses the bytes of a file. `None` if it is damaged, or if the reply is to another request.
    pub fn parse(mut bytes: Vec<u8>, url: &str, request: &HttpRequest) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let head_len = memchr::memchr(b'\n', rest)?;
        let head: ReplyHead = serde_json::from_slice(&rest[..head_len]).ok()?;
        let body = bytes.split_off(MAGIC.len() + head_len + 1);
        let is_whole = body.len() == head.body_len && crc32fast::hash(&body) == head.crc;
        let is_same = head.url == url && head.json_body == request.json_body;
        if !is_whole || !is_same {
            return None;
        }
        let time = |millis| Timestamp::from_millisecond(millis).ok();
        let expires = match head.expires {
            Some(millis) => Some(time(millis)?),
            None => None,
        };
        let reply = HttpReply { body, headers: head.headers };
        Some(Self { reply, arrived: time(head.arrived)?, expires })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::host::Host;

    fn cached() -> CachedReply {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        CachedReply {
            reply: HttpReply {
                body: b"{}\n\xff".to_vec(),
                headers: vec![header("etag", "\"1\""), header("set-cookie", "id=1")],
            },
            arrived: "2026-11-30T12:00:00Z".parse().unwrap(),
            expires: Some("2026-11-30T13:00:00Z".parse().unwrap()),
        }
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let request = HttpRequest::post(Host::SemanticScholar, "/batch", "{\"ids\":[1]}");
        let bytes = cached().to_bytes("https://a.org/batch", &request).unwrap();
        let read = CachedReply::parse(bytes.clone(), "https://a.org/batch", &request).unwrap();
        assert_eq!(read.reply.body, cached().reply.body);
        assert_eq!(read.reply.headers, [("etag".to_owned(), "\"1\"".to_owned())]);
        assert_eq!((read.arrived, read.expires), (cached().arrived, cached().expires));
        assert_eq!(read.conditions(), [("if-none-match".to_owned(), "\"1\"".to_owned())]);
        let other = HttpRequest::post(Host::SemanticScholar, "/batch", "{\"ids\":[2]}");
        assert_eq!(CachedReply::parse(bytes, "https://a.org/batch", &other), None);
    }

    #[test]
    fn a_damaged_file_is_no_reply() {
        let request = HttpRequest::get(Host::Dblp, "/");
        let bytes = cached().to_bytes("https://a.org/", &request).unwrap();
        for len in 0..bytes.len() {
            assert_eq!(CachedReply::parse(bytes[..len].to_vec(), "https://a.org/", &request), None);
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            if let Some(read) = CachedReply::parse(damaged, "https://a.org/", &request) {
                assert_eq!(read.reply.body, cached().reply.body);
            }
        }
    }

    #[test]
    fn a_reply_is_fresh_until_it_expires() {
        let is_fresh = |now: &str| cached().is_fresh(now.parse().unwrap());
        assert!(is_fresh("2026-11-30T12:59:59Z"));
        assert!(!is_fresh("2026-11-30T13:00:00Z"));
        assert!(!is_fresh("2026-11-30T11:59:59Z"));
        let last = CachedReply { expires: None, ..cached() };
        assert!(last.is_fresh("2099-01-01T00:00:00Z".parse().unwrap()));
    }
}
