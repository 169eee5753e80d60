//! Writes a log line for each request: its sender, client address and route, and the status of the answer.
//!
//! The line contains the pattern of the route, never the path with its ids and tokens, and one of the known method
//! names.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};

use super::metrics::method_label;
use super::request_id::RequestId;
use crate::clock::stopwatch;
use crate::db::UserId;
use crate::http::ClientAddress;

/// The person who sent a request, once the program knows it.
struct Sender(UserId);

/// Notes who sent a request, for its line in the log.
pub fn note_sender(request: &HttpRequest, user: UserId) {
    request.extensions_mut().insert(Sender(user));
}

pub(super) async fn log_request<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let (started, method) = (stopwatch(), method_label(request.method()));
    let response = next.call(request).await?;
    let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let request = response.request();
    let request_id = RequestId::of(request);
    let ClientAddress(client) = ClientAddress::of(request);
    let user_id = request.extensions().get::<Sender>().map(|sender| tracing::field::display(sender.0));
    let route = request.match_pattern().unwrap_or_default();
    let status = response.status().as_u16();
    tracing::info!(%request_id, method, route, status, millis, user_id, %client, "answered");
    Ok(response)
}
