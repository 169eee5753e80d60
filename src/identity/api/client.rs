//! The client of a request, as sign-in counts and names it.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::http::ClientAddress;
use crate::identity::actions::Client;
use crate::identity::model::client_name;

/// Reads the client of a request.
pub(super) fn client_of(request: &HttpRequest) -> Client {
    let address = ClientAddress::of(request);
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Client { address: address.0, is_proxy: address.is_proxy(request), name: client_name(agent) }
}
