//! The client of a request, as sign-in counts and names it.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::identity::actions::Client;
use crate::identity::model::client_name;

/// Reads the client of a request.
pub(super) fn client_of(request: &HttpRequest) -> Client {
    let address = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Client { address, is_proxy: false, name: client_name(agent) }
}
