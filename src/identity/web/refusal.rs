//! Forms of people who are not known yet, and of their passwords: the page that shows what is wrong.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};

use crate::error::{Code, Error};
use crate::http::{Fields, describe};
use crate::i18n::{Lang, text};
use crate::ui::{FormView, Frame, View, send};

/// Returns true if a person can put the error right in the form.
pub(super) fn is_of_form(error: &Error) -> bool {
    let sentences = [Code::TooManyAttempts, Code::InvalidCredentials, Code::InvalidToken, Code::Unavailable];
    !error.faults.is_empty() || sentences.contains(&error.code)
}

/// Returns a form with the faults of an error, or with its sentence.
pub(super) fn refused_form(error: &Error, fields: Fields, lang: Lang) -> FormView {
    let faults: Vec<_> = error.faults.iter().map(|fault| describe(fault, lang)).collect();
    let key = format!("detail-{}", error.code.as_str().replace('_', "-"));
    let problem = faults.is_empty().then(|| text(lang, &key, &error.args));
    FormView { fields, faults, problem, ..FormView::default() }
}

/// Sends the page of a form that was refused. Wrong input of a person is a 422, also where the API answers 401.
pub(super) fn send_refused(frame: &Frame, view: View, error: &Error) -> HttpResponse {
    let status = if error.code.status() == 401 { 422 } else { error.code.status() };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let mut response = send(frame, &View { status, has_faults: true, ..view });
    let seconds = error.retry_after.and_then(|seconds| header::HeaderValue::from_str(&seconds.to_string()).ok());
    if let Some(seconds) = seconds {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}
