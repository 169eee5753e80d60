//! Errors as RFC 9457 problems, in the caller's language.

use actix_web::http::header;
use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{Args, Code, Error, Fault};
use crate::i18n::{Lang, find, text};

/// An answer lists so many faults at most.
pub const MOST_FAULTS: usize = 1000;

/// An error as the caller is told (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the error; a URN.
    #[serde(rename = "type")]
    #[schema(examples("urn:articula:error:invalid_body"))]
    pub kind: String,
    /// What kind of error it is, in the caller's language.
    #[schema(examples("Datos no válidos"))]
    pub title: String,
    /// The HTTP status.
    #[schema(examples(422))]
    pub status: u16,
    /// One sentence that says what to do.
    #[schema(examples("Los datos tienen fallas; cada una se indica con su lugar."))]
    pub detail: String,
    /// The code of the error; never translated.
    #[schema(examples("invalid_body"))]
    pub code: &'static str,
    /// Finds the request in the log.
    #[schema(examples("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"))]
    pub request_id: String,
    /// For invalid bodies: every fault.
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
    /// What is wrong, in the caller's language.
    #[schema(examples("Este dato es obligatorio."))]
    pub detail: String,
    /// What stands at that place, for the faults of an imported file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("\"Minsal\""))]
    pub value: Option<String>,
}

/// A fault with its sentence. A rule that an imported record breaks is told in the words of its error.
pub fn describe(fault: &Fault, lang: Lang) -> ProblemFault {
    let name = fault.code.replace('_', "-");
    let args = worded(&fault.args, lang);
    let detail =
        find(lang, &format!("fault-{name}"), &args).unwrap_or_else(|| text(lang, &format!("detail-{name}"), &args));
    let detail = at_its_cell(detail, &args, lang);
    let value = fault.arg("value").map(str::to_owned);
    ProblemFault { pointer: fault.pointer.clone(), code: fault.code, detail, value }
}

/// A fault of a spreadsheet says at which sheet, row and column it stands.
fn at_its_cell(detail: String, args: &Args, lang: Lang) -> String {
    if !args.iter().any(|(name, _)| *name == "column") {
        return detail;
    }
    let mut args = args.clone();
    args.push(("detail", detail));
    text(lang, "fault-at-cell", &args)
}

/// The values of a sentence in the reader's language: what was expected, by the names of JSON's types.
fn worded(args: &Args, lang: Lang) -> Args {
    let type_of = |name: &str| find(lang, &format!("type-{name}"), &[]).unwrap_or_else(|| name.to_owned());
    let word = |name: &str, value: &str| match name {
        "expected" => value.split('/').map(type_of).collect::<Vec<_>>().join(" / "),
        _ => value.to_owned(),
    };
    args.iter().map(|(name, value)| (*name, word(name, value))).collect()
}

/// The answer to an error.
pub fn problem_response(error: &Error, lang: Lang, request_id: &str) -> HttpResponse {
    let key = error.code.as_str().replace('_', "-");
    let problem = Problem {
        kind: format!("urn:articula:error:{}", error.code.as_str()),
        title: text(lang, &format!("title-{key}"), &[]),
        status: error.code.status(),
        detail: text(lang, &format!("detail-{key}"), &error.args),
        code: error.code.as_str(),
        request_id: request_id.to_owned(),
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
