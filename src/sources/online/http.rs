//! HTTP. The only file that knows the HTTP crate.

use super::error::FetchError;
use super::host::Host;
use super::request::{HttpReply, HttpRequest};
use super::settings::OnlineSettings;

/// Maximum length of a body, unpacked, in bytes.
const MAX_BODY_LEN: u64 = 64 << 20;

/// Sends a request and reads the whole reply.
///
/// # Errors
///
/// Returns the reason if the host cannot be reached or does not answer with status 200.
pub fn send(request: &HttpRequest, settings: &OnlineSettings) -> Result<HttpReply, FetchError> {
    let service = request.host.title();
    let failed = |error: ureq::Error| FetchError::Connection { service, reason: error.to_string() };
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .user_agent(concat!("offprint/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent();
    let url = match request.host {
        Host::Web => request.path.clone(),
        host => format!("{}{}", settings.base_url(host), request.path),
    };
    let sent = match &request.json_body {
        None => agent.get(&url).call(),
        Some(body) => agent.post(&url).header("content-type", "application/json").send(body),
    };
    let mut response = sent.map_err(failed)?;
    let status = response.status();
    if status != 200 {
        return Err(FetchError::Refused { service, reason: format!("status {status}") });
    }
    let headers = response.headers().iter().filter_map(|(name, value)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    });
    let headers = headers.collect();
    let body = response.body_mut().with_config().limit(MAX_BODY_LEN).read_to_vec();
    Ok(HttpReply { body: body.map_err(failed)?, headers })
}
