//! Around every request: an id, a line in the log, figures, problems in the caller's language, safe headers.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, ResponseError, web::Data};

use super::access_log::log_request;
use super::language::{language, spoken};
use super::metrics::method_label;
use super::problem::problem_response;
use super::state::State;
use super::warnings::{WARNINGS, header_of};
use crate::clock::{new_id, stopwatch};
use crate::error::{Code, Error};
use crate::i18n::Lang;

/// The id that a request is known by in its answer and in the log.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The middleware of the whole application.
pub async fn harden(
    state: Data<State>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = stopwatch();
    let id = new_id::<uuid::Uuid>(state.now()).to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let lang = language(request.headers());
    let method = method_label(request.method());
    let response = next.call(request).await?;
    let mut response = in_problem_form(response.map_into_boxed_body(), lang, &id);
    warn(&mut response, lang);
    protect(&mut response, &id);
    let took = started.elapsed();
    state.metrics.answered(method, response.status().as_u16(), took);
    log_request(&response, &id, method, took);
    Ok(response)
}

fn in_problem_form(response: ServiceResponse<BoxBody>, lang: Lang, id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = match response.response().error() {
        Some(error) => problem_of(error, lang, id),
        None if response.headers().contains_key(header::CONTENT_TYPE) => return response,
        None => problem_response(&Error::new(code_of(status.as_u16())), lang, id),
    };
    response.into_response(problem)
}

/// What was done is told with what there is to look at in the words that it was done with.
fn warn<B>(response: &mut ServiceResponse<B>, lang: Lang) {
    if !response.status().is_success() {
        return;
    }
    if let Some(warnings) = header_of(response.request(), lang) {
        response.headers_mut().insert(WARNINGS, warnings);
    }
}

fn problem_of(error: &actix_web::Error, lang: Lang, id: &str) -> actix_web::HttpResponse {
    let Some(own) = error.as_error::<Error>() else {
        let status = ResponseError::status_code(error.as_response_error()).as_u16();
        return problem_response(&Error::new(code_of(status)), lang, id);
    };
    if own.code.status() >= 500 {
        tracing::error!(request_id = %id, error = %own, "failed");
    }
    problem_response(own, lang, id)
}

fn code_of(status: u16) -> Code {
    match status {
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        413 => Code::TooLarge,
        415 => Code::UnsupportedMediaType,
        400..=499 => Code::Malformed,
        503 => Code::Unavailable,
        _ => Code::Internal,
    }
}

fn protect<B>(response: &mut ServiceResponse<B>, id: &str) {
    let docs = response.request().path().starts_with("/api/docs");
    let policy = if docs {
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
    } else {
        "default-src 'none'; frame-ancestors 'none'"
    };
    let told_in = spoken(response.request()).filter(|_| !response.status().is_client_error());
    let headers = response.headers_mut();
    if let Some(lang) = told_in {
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.as_str()));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Language"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    if !docs && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}
