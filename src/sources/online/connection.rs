//! Sends requests and keeps replies.

use std::sync::Arc;

use super::error::FetchError;
use super::fetch::{Freshness, ReplySource};
use super::http;
use super::request::{HttpReply, HttpRequest, Lifetime};
use super::settings::{NetworkAccess, OnlineSettings};
use crate::sources::load_control::LoadControl;

/// The connection of a run to all services.
pub struct OnlineConnection {
    settings: Arc<OnlineSettings>,
}

impl OnlineConnection {
    pub fn new(settings: Arc<OnlineSettings>) -> Self {
        Self { settings }
    }
}

impl ReplySource for OnlineConnection {
    fn ask(
        &self,
        request: &HttpRequest,
        _lifetime: Lifetime,
        _freshness: Freshness,
        _control: &LoadControl,
        _on_wait: &mut dyn FnMut(String),
    ) -> Result<HttpReply, FetchError> {
        if self.settings.access == NetworkAccess::Offline {
            return Err(FetchError::Offline { what: request.path.clone() });
        }
        http::send(request, &self.settings)
    }

    fn today(&self) -> String {
        jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date().to_string()
    }
}
