//! The services, one file each: how a question becomes a request, and how a reply leads to the next.

mod web;

use super::protocol::ServiceProtocol;
use super::service::Service;

/// How a service is asked.
pub fn protocol(service: Service) -> &'static dyn ServiceProtocol {
    match service {
        Service::Web => &web::Web,
        _ => &web::Web,
    }
}
