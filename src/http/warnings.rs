//! Warnings about what a body says: personal data in its texts. They go with the answer in a header, whatever the
//! resource, so that no text that people write is left out; nothing is refused.

use std::sync::Arc;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpMessage, HttpRequest};
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::error::escaped;
use crate::i18n::{Lang, text};
use crate::personal_data::{PersonalData, personal_data};

/// A JSON list of `{code, severity, pointer, message}`, in ASCII.
pub const WARNINGS: HeaderName = HeaderName::from_static("x-articula-warnings");

/// A header must stay small: no more warnings than these are told.
const MOST: usize = 10;

/// The places of a body with personal data, and the kind of data. Clones share their findings.
#[derive(Debug, Clone, Default)]
pub struct Findings(Arc<Mutex<Vec<(String, PersonalData)>>>);

impl Findings {
    /// Searches the texts of a body. Each text is read a fixed number of times, and a body is at most 1 MiB.
    pub fn look_through(&self, body: &Value) {
        let mut found = Vec::new();
        walk(body, "", &mut found);
        found.truncate(MOST);
        *self.0.lock() = found;
    }
}

/// Keeps the findings in the body of a request for its answer.
pub fn keep_for_answer(request: &HttpRequest, findings: Findings) {
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

/// The header of the answer to this request; None when nothing was found.
pub fn header_of(request: &HttpRequest, lang: Lang) -> Option<HeaderValue> {
    let found = request.extensions().get::<Findings>()?.0.lock().clone();
    if found.is_empty() {
        return None;
    }
    let told: Vec<Value> = found
        .iter()
        .map(|(pointer, kind)| {
            json!({"code": "personal_data", "severity": "warning", "pointer": pointer, "message": sentence(*kind, lang)})
        })
        .collect();
    HeaderValue::from_str(&ascii(&Value::from(told).to_string())).ok()
}

/// What a person is told to do about personal data in a text.
pub fn sentence(kind: PersonalData, lang: Lang) -> String {
    text(lang, &format!("personal-data-{}", kind.as_str().replace('_', "-")), &[])
}

/// JSON whose letters beyond ASCII are written as `\u00f1`.
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
    fn every_text_is_looked_through_and_told_by_its_place() {
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
