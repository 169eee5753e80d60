//! Adds warnings about personal data in the texts of a body to the answer, as a header. All resources are covered;
//! nothing is refused.

use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::error::escaped;
use crate::http::language::language;
use crate::i18n::{Lang, word};
use crate::personal_data::{PersonalData, personal_data};

/// A JSON list of `{code, severity, pointer, message}`, in ASCII.
pub const WARNINGS: HeaderName = HeaderName::from_static("x-articula-warnings");

/// The maximum number of warnings in an answer: a header must stay small.
const MOST: usize = 10;

/// The places of a body with personal data, and the kind of data. Clones share their findings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Findings(Arc<Mutex<Vec<(String, PersonalData)>>>);

impl Findings {
    /// Searches the texts of a body. Each text is read a fixed number of times, and a body is at most 1 MiB.
    pub(crate) fn search(&self, body: &Value) {
        let mut found = Vec::new();
        walk(body, "", &mut found);
        found.truncate(MOST);
        *self.0.lock() = found;
    }
}

/// Returns the kinds of personal data in the texts of a body, each once, for the page after a form.
pub(crate) fn personal_data_in(body: &Value) -> Vec<PersonalData> {
    let mut found = Vec::new();
    walk(body, "", &mut found);
    PersonalData::ALL.iter().copied().filter(|kind| found.iter().any(|(_, own)| own == kind)).collect()
}

/// Keeps the findings in the body of a request for its answer.
pub(crate) fn keep_for_answer(request: &HttpRequest, findings: Findings) {
    request.extensions_mut().insert(findings);
}

fn walk(value: &Value, at: &str, found: &mut Vec<(String, PersonalData)>) {
    match value {
        Value::String(text) => found.extend(personal_data(text).into_iter().map(|kind| (at.to_owned(), kind))),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| walk(value, &format!("{at}/{}", escaped(name)), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, value)| walk(value, &format!("{at}/{n}"), found));
        }
        _ => {}
    }
}

/// Adds the header to the answer of a request that succeeded, in the language of the caller.
pub(super) async fn add_warnings<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    let request = response.request();
    let warnings = if response.status().is_success() { header_of(request, language(request.headers())) } else { None };
    if let Some(warnings) = warnings {
        response.headers_mut().insert(WARNINGS, warnings);
    }
    Ok(response)
}

/// Returns the header of the answer to this request; None when nothing was found.
fn header_of(request: &HttpRequest, lang: Lang) -> Option<HeaderValue> {
    let found = request.extensions().get::<Findings>()?.0.lock().clone();
    if found.is_empty() {
        return None;
    }
    let warnings: Vec<Value> = found
        .iter()
        .map(|(pointer, kind)| {
            json!({"code": "personal_data", "severity": "warning", "pointer": pointer, "message": sentence(*kind, lang)})
        })
        .collect();
    HeaderValue::from_str(&ascii(&Value::from(warnings).to_string())).ok()
}

/// Returns the advice about personal data of this kind in a text.
pub fn sentence(kind: PersonalData, lang: Lang) -> String {
    word(lang, "personal-data", kind.as_str())
}

/// Returns the JSON with all letters outside ASCII written as `\u00f1`.
fn ascii(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            safe.push(c);
        } else {
            let mut units = [0; 2];
            safe.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_searched_and_found_by_its_place() {
        let mut found = Vec::new();
        walk(&json!({"a": ["x", {"b/c": "12.345.678-5"}], "n": 123456785}), "", &mut found);
        assert_eq!(found, [("/a/1/b~1c".to_owned(), PersonalData::Rut)]);
    }

    #[test]
    fn a_header_is_ascii_and_reads_back() {
        let text = "niñez 🙂".to_owned();
        let safe = ascii(&json!([text]).to_string());
        assert!(safe.is_ascii(), "{safe}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&safe).unwrap(), [text]);
    }
}
