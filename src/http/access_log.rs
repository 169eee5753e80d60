//! The log line of each request: who sent it, from where, to which route, and the answer.
//!
//! The line contains the pattern of the route, never the path with its ids and tokens, and one of the known method
//! names.

use std::time::Duration;

use actix_web::dev::ServiceResponse;
use actix_web::{HttpMessage, HttpRequest};

use super::client_address::ClientAddress;
use crate::db::UserId;

/// The person who sent a request, once the program knows it.
struct Sender(UserId);

/// Notes who sent a request, for its line in the log.
pub fn note_sender(request: &HttpRequest, user: UserId) {
    request.extensions_mut().insert(Sender(user));
}

/// Writes the line of an answered request.
pub fn log_request<B>(response: &ServiceResponse<B>, id: &str, method: &'static str, took: Duration) {
    let request = response.request();
    let ClientAddress(client) = ClientAddress::of(request);
    let user_id = request.extensions().get::<Sender>().map(|sender| tracing::field::display(sender.0));
    let route = request.match_pattern().unwrap_or_default();
    let (status, millis) = (response.status().as_u16(), u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    tracing::info!(request_id = %id, method, route, status, millis, user_id, %client, "answered");
}
