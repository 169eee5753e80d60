//! The page of an error: what happened, what to do, the number of the request.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use maud::html;

use super::layout::{Frame, View, send};
use super::parts::contact;
use crate::error::{Code, Error};
use crate::http::describe;
use crate::i18n::text;

/// Makes the page of an error.
pub(crate) fn error_page(frame: &Frame, error: &Error, request_id: &str) -> HttpResponse {
    let key = error.code.as_str().replace('_', "-");
    let faults: Vec<String> = error.faults.iter().take(20).map(|fault| describe(fault, frame.lang).detail).collect();
    let body = html! {
        div class="prose" {
            p { (text(frame.lang, &format!("detail-{key}"), &error.args)) }
            @if !faults.is_empty() { ul { @for fault in &faults { li { (fault) } } } }
            @if error.code == Code::NotFound && frame.name.is_some() { p { (frame.t("web-not-found-next")) } }
            p { a href="/" { (frame.t("web-to-start")) } }
            (contact(frame))
            p class="small" { (frame.t_with("web-request-number", &[("id", request_id.into())])) }
        }
    };
    let mut view = View::new(frame.t(&format!("title-{key}")), body);
    view.status = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = send(frame, &view);
    let seconds = error.retry_after.and_then(|seconds| header::HeaderValue::from_str(&seconds.to_string()).ok());
    if let Some(seconds) = seconds {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}
