//! The bodies in the OpenAPI document, for tests that try every field of every call.

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// Returns the OpenAPI document. It is made once for all tests.
pub(crate) fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| articula::app::document().unwrap());
    &DOCUMENT
}

/// Follows references to the schema itself.
pub(crate) fn resolve<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    let Some(place) = schema["$ref"].as_str() else { return schema };
    resolve(document, document.pointer(place.trim_start_matches('#')).unwrap_or(&Value::Null))
}

/// Returns the fields of an object, including those of its parts.
pub(crate) fn fields(document: &Value, schema: &Value) -> Map<String, Value> {
    let schema = resolve(document, schema);
    let mut found = schema["properties"].as_object().cloned().unwrap_or_default();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(fields(document, part));
    }
    found
}

/// Returns the JSON body of an operation, if it has one.
pub(crate) fn body_schema(document: &Value, operation: &Value) -> Option<Value> {
    let content = &operation["requestBody"]["content"]["application/json"]["schema"];
    (!content.is_null()).then(|| resolve(document, content).clone())
}

/// Returns true when a field may be of this JSON type.
pub(crate) fn takes(document: &Value, field: &Value, kind: &str) -> bool {
    let field = resolve(document, field);
    let parts = ["oneOf", "anyOf", "allOf"].iter().filter_map(|part| field[part].as_array()).flatten();
    field["type"] == kind
        || field["type"].as_array().is_some_and(|kinds| kinds.contains(&kind.into()))
        || parts.into_iter().any(|part| takes(document, part, kind))
}

/// Returns true when a field names a record: an id, or a list of ids.
pub(crate) fn refers(document: &Value, field: &Value) -> bool {
    let field = resolve(document, field);
    let parts = ["oneOf", "anyOf", "allOf"].iter().filter_map(|part| field[part].as_array()).flatten();
    field["format"] == "uuid"
        || (!field["items"].is_null() && refers(document, &field["items"]))
        || parts.into_iter().any(|part| refers(document, part))
}
