//! Sends requests and keeps replies: from the cache if it may, else from the host, when its limit
//! allows.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::back_off::{
    MAX_PAUSE, MAX_TRIES, back_off, exhausted_pause, is_limiting, is_temporary, limiting_pause,
};
use super::cached_reply::CachedReply;
use super::clock::{Clock, SystemClock};
use super::credentials::{Credentials, user_agent};
use super::error::{FetchError, PauseText};
use super::expiry::expiry;
use super::fetch::{Freshness, ReplySource};
use super::host::{Connections, Host};
use super::http::{HttpAnswer, HttpCall, HttpClient, HttpExchange};
use super::http_cache::ReplyCache;
use super::pacing::Pacing;
use super::request::{HttpReply, HttpRequest, Lifetime};
use super::settings::{NetworkAccess, OnlineSettings};
use super::url::{authority, is_private, is_well_formed, redirect_target, short_url};
use crate::sources::load_control::LoadControl;

/// Redirects that are followed from one request.
const MAX_REDIRECTS: u32 = 5;
/// A request that is on its way notices after this time that the load is cancelled.
const CANCEL_PERIOD: Duration = Duration::from_millis(20);

/// The connection of a run to all services. Cancelling one of its requests ends all of them.
pub struct OnlineConnection {
    settings: Arc<OnlineSettings>,
    clock: Arc<dyn Clock>,
    client: Arc<dyn HttpExchange>,
    cache: Option<ReplyCache>,
    pacing: Pacing,
}

/// A request with all that is known of it.
struct PendingRequest<'a> {
    request: &'a HttpRequest,
    url: &'a str,
    /// The host whose limit holds.
    paced_as: Host,
    conditions: Vec<(String, String)>,
    control: &'a LoadControl,
}

/// A reply, with the pause that the host asked for.
struct SentReply {
    answer: HttpAnswer,
    pause: Option<Duration>,
    /// True if the reply has the key of the service in it.
    has_key: bool,
}

impl OnlineConnection {
    /// Makes no connection, and reads and writes no file.
    pub fn new(settings: Arc<OnlineSettings>) -> Self {
        Self::with(settings, Arc::new(SystemClock), Arc::new(HttpClient::default()))
    }

    /// The same with another clock and another client.
    pub fn with(
        settings: Arc<OnlineSettings>,
        clock: Arc<dyn Clock>,
        client: Arc<dyn HttpExchange>,
    ) -> Self {
        let directory = settings.directory.as_deref();
        let cache = directory
            .filter(|_| settings.max_bytes > 0)
            .map(|it| ReplyCache::new(it, settings.max_bytes));
        let pacing = Pacing::new(directory.map(|it| it.join("pacing")), Arc::clone(&clock));
        Self { settings, clock, client, cache, pacing }
    }

    fn url(&self, request: &HttpRequest) -> String {
        match request.host {
            Host::Web => request.path.clone(),
            host => format!("{}{}", self.settings.base_url(host), request.path),
        }
    }

    /// The host whose limit holds for a request: also for an address of it that the user typed.
    fn paced_as(&self, host: Host, url: &str) -> Host {
        let is_host = |it: &Host| authority(self.settings.base_url(*it)) == authority(url);
        match host {
            Host::Web => Host::ALL.into_iter().find(is_host).unwrap_or(Host::Web),
            host => host,
        }
    }

    /// Sends a request until there is a reply, or until it has failed [`MAX_TRIES`] times.
    fn send(
        &self,
        pending: &PendingRequest<'_>,
        on_wait: &mut dyn FnMut(String),
    ) -> Result<SentReply, FetchError> {
        let (service, mut tries) = (pending.request.host.title(), 1);
        loop {
            let is_last = tries == MAX_TRIES;
            let is_held = match self.send_once(pending, tries, on_wait) {
                Err(FetchError::Interrupted { .. }) if !is_last => false,
                Ok(sent) if !is_last && is_temporary(sent.answer.status) => sent.pause.is_some(),
                sent => return sent,
            };
            // A host that is limiting requests holds all of them; otherwise only this one waits.
            if !is_held {
                let pause = back_off(tries, self.clock.jitter());
                on_wait(format!("{service} has failed; next try in {}", PauseText(pause)));
                if self.clock.wait(pause, pending.control) {
                    return Err(FetchError::Cancelled);
                }
            }
            tries += 1;
        }
    }

    /// Sends a request once, and those that its redirects lead to.
    fn send_once(
        &self,
        pending: &PendingRequest<'_>,
        tries: u32,
        on_wait: &mut dyn FnMut(String),
    ) -> Result<SentReply, FetchError> {
        let service = pending.request.host.title();
        let (mut url, mut json_body) = (pending.url.to_owned(), pending.request.json_body.clone());
        for _ in 0..=MAX_REDIRECTS {
            let mut permit = self.pacing.admit(
                pending.paced_as,
                self.settings.standing(pending.paced_as),
                pending.control,
                on_wait,
            )?;
            let (answer, has_key) = self.exchange(pending, &url, json_body.clone())?;
            let pause = is_limiting(answer.status).then(|| {
                let (now, jitter) = (self.clock.now(), self.clock.jitter());
                let retry_after = answer.header("retry-after");
                limiting_pause(pending.request.host, retry_after, tries, now, jitter)
            });
            let exhausted = || answer.header("ratelimit").and_then(exhausted_pause);
            if let Some(pause) = pause.or_else(exhausted) {
                permit.hold(pause);
            }
            drop(permit);
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                return Ok(SentReply { answer, pause, has_key });
            }
            let location = answer.header("location").unwrap_or_default();
            let target = redirect_target(&url, location).ok_or_else(|| FetchError::Refused {
                service,
                reason: format!(
                    "{} redirects to an address without encryption, or to none; it is not followed",
                    short_url(&url)
                ),
            })?;
            if matches!(answer.status, 301..=303) {
                json_body = None;
            }
            url = target;
        }
        let reason = format!("{} redirects again and again", short_url(pending.url));
        Err(FetchError::Refused { service, reason })
    }

    /// Sends one request on a thread of its own, which is left behind when the load is cancelled.
    /// Also returns true if the reply has the key in it.
    fn exchange(
        &self,
        pending: &PendingRequest<'_>,
        url: &str,
        json_body: Option<String>,
    ) -> Result<(HttpAnswer, bool), FetchError> {
        let (host, service) = (pending.request.host, pending.request.host.title());
        // A key is for the host that it was given for, not for one that it redirects to.
        let is_own = authority(url) == authority(pending.url);
        let (settings, client) = (Arc::clone(&self.settings), Arc::clone(&self.client));
        let mut headers = pending.conditions.clone();
        headers.push(("user-agent".to_owned(), user_agent(settings.contact.as_deref())));
        if pending.paced_as.rate_limit(self.settings.standing(pending.paced_as)).connections
            == Connections::One
        {
            // An idle connection would be one beside that of another process.
            headers.push(("connection".to_owned(), "close".to_owned()));
        }
        let read_timeout = settings.read_timeout();
        let mut call = HttpCall { service, url: url.to_owned(), headers, json_body, read_timeout };
        let (sender, receiver) = mpsc::channel();
        let job = move || {
            // The command of a key may ask the user, and so may take long.
            let credentials =
                if is_own { Credentials::new(host, &settings) } else { Ok(Credentials::default()) };
            let answer = credentials.and_then(|credentials| {
                call.url = credentials.url(&call.url);
                call.headers.extend(credentials.headers.iter().cloned());
                let answer = client.exchange(&call)?;
                let has_key = credentials.is_repeated_in(&answer.body)
                    || answer
                        .headers
                        .iter()
                        .any(|(_, it)| credentials.is_repeated_in(it.as_bytes()));
                Ok((answer, has_key))
            });
            let _ = sender.send(answer);
        };
        let failed = || FetchError::Connection {
            service,
            reason: "the request could not be started; try again".to_owned(),
        };
        thread::Builder::new().name("http".to_owned()).spawn(job).map_err(|_| failed())?;
        loop {
            match receiver.recv_timeout(CANCEL_PERIOD) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Timeout) if pending.control.is_cancelled() => {
                    self.client.abort();
                    return Err(FetchError::Cancelled);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(failed()),
            }
        }
    }

    /// Asks the host, and keeps what it says.
    fn ask_host(
        &self,
        pending: &PendingRequest<'_>,
        lifetime: Lifetime,
        cached: Option<CachedReply>,
        on_wait: &mut dyn FnMut(String),
    ) -> Result<HttpReply, FetchError> {
        let service = pending.request.host.title();
        let SentReply { answer, pause, has_key } = self.send(pending, on_wait)?;
        let reply = match (answer.status, cached) {
            (200, _) => HttpReply { body: answer.body, headers: answer.headers },
            (304, Some(cached)) => renewed(cached.reply, answer.headers),
            (429, _) => {
                return Err(FetchError::Limited { service, wait: pause.unwrap_or(MAX_PAUSE) });
            }
            (status, _) => {
                let (url, message) = (short_url(pending.url), answer.message());
                return Err(FetchError::Status { service, status, url, message });
            }
        };
        let arrived = self.clock.now();
        let kept = CachedReply { reply, arrived, expires: expiry(lifetime, arrived) };
        if let Some(cache) = self.cache.as_ref().filter(|_| !has_key) {
            cache.put(pending.url, pending.request, &kept);
        }
        Ok(kept.reply)
    }
}

/// A kept reply with the headers that came with the news that it has not changed.
fn renewed(mut reply: HttpReply, headers: Vec<(String, String)>) -> HttpReply {
    for (name, value) in headers {
        // A body that did not come has no length and no form.
        if !name.starts_with("content-") {
            reply.headers.retain(|(it, _)| *it != name);
            reply.headers.push((name, value));
        }
    }
    reply
}

impl ReplySource for OnlineConnection {
    fn ask(
        &self,
        request: &HttpRequest,
        lifetime: Lifetime,
        freshness: Freshness,
        control: &LoadControl,
        on_wait: &mut dyn FnMut(String),
    ) -> Result<HttpReply, FetchError> {
        let url = self.url(request);
        let cached = self.cache.as_ref().and_then(|it| it.get(&url, request));
        let is_offline = self.settings.access == NetworkAccess::Offline;
        let is_enough = |it: &CachedReply| {
            is_offline || (freshness == Freshness::FromCache && it.is_fresh(self.clock.now()))
        };
        let cached = match cached {
            Some(cached) if is_enough(&cached) => return Ok(cached.reply),
            cached => cached,
        };
        if is_offline {
            return Err(FetchError::Offline { what: short_url(&url) });
        }
        let service = request.host.title();
        if !is_well_formed(&url) || !is_private(&url) {
            let url = short_url(&url);
            let reason = format!("{url} cannot be asked: an address begins with https://");
            return Err(FetchError::Refused { service, reason });
        }
        let conditions = cached.as_ref().map(CachedReply::conditions).unwrap_or_default();
        let paced_as = self.paced_as(request.host, &url);
        let pending = PendingRequest { request, url: &url, paced_as, conditions, control };
        self.ask_host(&pending, lifetime, cached, on_wait)
    }

    fn forget(&self, request: &HttpRequest) {
        if let Some(cache) = &self.cache {
            cache.remove(&self.url(request), request);
        }
    }

    fn today(&self) -> String {
        jiff::tz::TimeZone::UTC.to_datetime(self.clock.now()).date().to_string()
    }
}
