//! Refuses forms that another site sends with the cookie of a person who is signed in here (cross-site request forgery).
//!
//! Browsers state where a request comes from: `Sec-Fetch-Site` (Fetch Metadata), and before that `Origin`. The API needs
//! no such check: it accepts no cookie.

use actix_web::HttpRequest;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HOST, ORIGIN};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::state::State;
use crate::error::{Code, Error};

/// Returns true if a path belongs to the API or to the addresses for programs, and not to the pages.
pub fn is_for_programs(path: &str) -> bool {
    let is_root = |root: &str| path == root || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
    ["/api", "/healthz", "/readyz", "/metrics"].into_iter().any(is_root)
}

/// Refuses with 403 a request to a page that changes something and comes from another site.
pub async fn require_own_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let changes = ![Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if changes && !is_for_programs(request.path()) && !is_own(request.request()) {
        return Ok(request.error_response(Error::new(Code::ForeignOrigin)));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn is_own(request: &HttpRequest) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return false };
    let of_public_url = request.app_data::<Data<State>>().and_then(|state| origin_of(&state.config.public_url));
    let host = text(HOST.as_str());
    let of_host = origin.split_once("://").is_some_and(|(_, authority)| host == Some(authority));
    of_public_url.as_deref() == Some(origin) || of_host
}

/// Returns scheme, host and port of an address.
fn origin_of(url: &str) -> Option<String> {
    Some(url::Url::parse(url).ok()?.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn accepted(headers: &[(&'static str, &str)]) -> bool {
        is_own(&headers.iter().fold(TestRequest::post(), |request, one| request.append_header(*one)).to_http_request())
    }

    #[test]
    fn only_forms_of_the_same_site_are_accepted() {
        assert!(accepted(&[("sec-fetch-site", "same-origin")]));
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(!accepted(&[("sec-fetch-site", site), ("origin", "http://a.example"), ("host", "a.example")]));
        }
        assert!(accepted(&[("origin", "http://a.example:8080"), ("host", "a.example:8080")]));
        assert!(!accepted(&[("origin", "http://b.example"), ("host", "a.example")]));
        assert!(!accepted(&[("origin", "null"), ("host", "a.example")]));
        assert!(!accepted(&[("host", "a.example")]));
    }

    #[test]
    fn the_api_is_for_programs_and_pages_are_not() {
        assert!(is_for_programs("/api/v1/me") && is_for_programs("/healthz") && is_for_programs("/api"));
        assert!(!is_for_programs("/apis") && !is_for_programs("/commitments") && !is_for_programs("/"));
    }
}
