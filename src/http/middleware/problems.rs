//! Renders errors as problems (RFC 9457) in the caller's language.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::request_id::RequestId;
use crate::error::{Args, Code, Error, Fault};
use crate::http::language::language;
use crate::i18n::{Lang, find, text};

/// The maximum number of faults in an answer.
pub const MOST_FAULTS: usize = 1000;

/// An error as it is sent (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the error; a URN.
    #[serde(rename = "type")]
    #[schema(examples("urn:articula:error:invalid_body"))]
    pub kind: String,
    /// The kind of the error, in the caller's language.
    #[schema(examples("Datos no válidos"))]
    pub title: String,
    /// The HTTP status.
    #[schema(examples(422))]
    pub status: u16,
    /// A sentence that explains the error and its correction.
    #[schema(examples("Los datos tienen fallas; cada una se indica con su lugar."))]
    pub detail: String,
    /// The code of the error; never translated.
    #[schema(examples("invalid_body"))]
    pub code: &'static str,
    /// Finds the request in the log.
    #[schema(examples("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub request_id: String,
    /// The address of the record that exists already, of the error `report_exists`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("/api/v1/reports/0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub existing: Option<String>,
    /// The faults of an invalid body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemFault>,
}

/// One fault of a body.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemFault {
    /// JSON Pointer into the body.
    #[schema(examples("/title"))]
    pub pointer: String,
    /// The code of the fault; never translated.
    #[schema(examples("required"))]
    pub code: &'static str,
    /// The explanation of the fault, in the caller's language.
    #[schema(examples("Este dato es obligatorio."))]
    pub detail: String,
    /// The value at that place, for faults of an imported file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("\"Minsal\""))]
    pub value: Option<String>,
    /// The numbers of all rows with the same fault, if there are several, for faults of an imported matrix.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, examples(json!([2, 7])))]
    pub rows: Vec<u32>,
}

impl ProblemFault {
    /// Returns the fault of a field, without a value.
    pub fn new(pointer: &str, code: &'static str, detail: String) -> Self {
        Self { pointer: pointer.to_owned(), code, detail, value: None, rows: Vec::new() }
    }
}

/// Returns a fault with its explanation. For a rule that an imported record breaks, this is the text of the rule's error.
pub fn describe(fault: &Fault, lang: Lang) -> ProblemFault {
    let name = fault.code.replace('_', "-");
    let args = translated(&fault.args, lang);
    let detail =
        find(lang, &format!("fault-{name}"), &args).unwrap_or_else(|| text(lang, &format!("detail-{name}"), &args));
    let detail = with_cell(detail, &args, lang);
    let value = fault.arg("value").map(str::to_owned);
    let rows = fault.arg("row_list").into_iter().flat_map(|list| list.split(',')).filter_map(|row| row.parse().ok());
    ProblemFault { pointer: fault.pointer.clone(), code: fault.code, detail, value, rows: rows.collect() }
}

/// Adds sheet, row and column to the explanation of a fault of a spreadsheet.
fn with_cell(detail: String, args: &Args, lang: Lang) -> String {
    if !args.iter().any(|(name, _)| *name == "column") {
        return detail;
    }
    let mut args = args.clone();
    args.push(("detail", detail));
    let in_several = args.iter().any(|(name, _)| *name == "rows");
    let is_unnamed = args.iter().any(|(name, heading)| *name == "heading" && heading.is_empty());
    let key = match (in_several, is_unnamed) {
        (true, _) => "fault-at-cells",
        (false, true) => "fault-at-unnamed-cell",
        (false, false) => "fault-at-cell",
    };
    text(lang, key, &args)
}

/// Returns the arguments of a message with the names of JSON types and of a column's content in the reader's language.
fn translated(args: &Args, lang: Lang) -> Args {
    let type_of = |name: &str| find(lang, &format!("type-{name}"), &[]).unwrap_or_else(|| name.to_owned());
    let content_of = |name: &str| find(lang, &format!("imports-content-{}", name.replace('_', "-")), &[]);
    let word = |name: &str, value: &str| match name {
        "content" => content_of(value).unwrap_or_else(|| value.to_owned()),
        "expected" => value.split('/').map(type_of).collect::<Vec<_>>().join(" / "),
        _ => value.to_owned(),
    };
    args.iter().map(|(name, value)| (*name, word(name, value))).collect()
}

/// Makes the answer to an error.
pub fn problem_response(error: &Error, lang: Lang, request_id: &str) -> HttpResponse {
    let key = error.code.as_str().replace('_', "-");
    let problem = Problem {
        kind: format!("urn:articula:error:{}", error.code.as_str()),
        title: text(lang, &format!("title-{key}"), &[]),
        status: error.code.status(),
        detail: text(lang, &format!("detail-{key}"), &error.args),
        code: error.code.as_str(),
        request_id: request_id.to_owned(),
        existing: error.args.iter().find(|(name, _)| *name == "existing").map(|(_, address)| address.clone()),
        errors: error.faults.iter().take(MOST_FAULTS).map(|fault| describe(fault, lang)).collect(),
    };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CONTENT_TYPE, "application/problem+json"));
    response.insert_header((header::CONTENT_LANGUAGE, lang.as_str()));
    response.insert_header((header::VARY, "Accept-Language"));
    if error.code == Code::NotSignedIn || error.code == Code::InvalidToken {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    if let Some((_, methods)) = error.args.iter().find(|(name, _)| *name == "allow") {
        response.insert_header((header::ALLOW, methods.as_str()));
    }
    if let Some(seconds) = error.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    response.body(serde_json::to_string(&problem).unwrap_or_default())
}

/// Replaces the body of an answer with an error status by a problem, unless the answer has a body of its own.
pub(super) async fn render_errors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return Ok(response);
    }
    let (lang, id) = (language(response.request().headers()), RequestId::of(response.request()));
    let problem = match response.response().error() {
        Some(error) => problem_of(error, lang, &id),
        None if response.headers().contains_key(header::CONTENT_TYPE) => return Ok(response),
        None => problem_response(&Error::new(code_of(status.as_u16())), lang, &id),
    };
    Ok(response.into_response(problem))
}

fn problem_of(error: &actix_web::Error, lang: Lang, id: &str) -> HttpResponse {
    let Some(own) = error.as_error::<Error>() else {
        let status = ResponseError::status_code(error.as_response_error()).as_u16();
        return problem_response(&Error::new(code_of(status)), lang, id);
    };
    if own.code.status() >= 500 {
        tracing::error!(request_id = %id, error = %own, "failed");
    }
    problem_response(own, lang, id)
}

/// Returns the code of an error that has a status alone.
pub fn code_of(status: u16) -> Code {
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
