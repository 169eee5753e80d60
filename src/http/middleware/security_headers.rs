//! Adds the security headers, and the language of an answer that has one.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest};

use crate::http::language::spoken;
use crate::http::origin::is_for_programs;

/// The policy of pages: they load their own stylesheet, script and pictures. Nothing is inline, and scripts make no HTML.
const PAGES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// Tells search engines what they may do with an answer. Pages of the public view set it themselves.
pub const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

pub(super) async fn add_headers<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    let docs = response.request().path().starts_with("/api/docs");
    let policy = if docs {
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
    } else if is_for_programs(response.request().path()) {
        "default-src 'none'; frame-ancestors 'none'"
    } else {
        PAGES
    };
    let is_page = policy == PAGES;
    let is_named = is_opened(response.request());
    let lang = spoken(response.request()).filter(|_| !response.status().is_client_error());
    let headers = response.headers_mut();
    if let Some(lang) = lang {
        // A page of a link is in the language of its owner, whatever the browser prefers.
        if !headers.contains_key(header::CONTENT_LANGUAGE) {
            headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.as_str()));
        }
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Language"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // With `no-referrer`, browsers send `Origin: null` with the forms of pages.
    let referrer = if is_page { "same-origin" } else { "no-referrer" };
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static(referrer));
    if is_page {
        headers.insert(header::CROSS_ORIGIN_OPENER_POLICY, HeaderValue::from_static("same-origin"));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    if is_named {
        name_json(headers);
    }
    if !headers.contains_key(&ROBOTS) {
        headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    }
    if !docs && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// Returns true if a browser may open the answer as a page: it comes from the API, and no script of a page asked for it.
/// The pages of the API description show an answer with a file name as a download.
fn is_opened(request: &HttpRequest) -> bool {
    let is_for_script = request.headers().get("sec-fetch-dest").is_some_and(|kind| kind == "empty");
    request.path().starts_with("/api/v1/") && !is_for_script
}

/// Adds a file name to a JSON answer that has none: a browser saves it and does not show it.
fn name_json(headers: &mut HeaderMap) {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_json = ["application/json", "application/problem+json"].into_iter().any(|json| media_type.starts_with(json));
    if is_json && !headers.contains_key(header::CONTENT_DISPOSITION) {
        let name = HeaderValue::from_static("attachment; filename=\"api.json\"");
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
}
