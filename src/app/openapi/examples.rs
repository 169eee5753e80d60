//! An example of the JSON body of each operation, from `examples.json` by method and path.

use serde_json::{Map, Value};

use crate::error::{Error, Result};

const EXAMPLES: &str = include_str!("examples.json");

/// Adds the examples to the document.
pub(super) fn add(document: &mut Value) -> Result<()> {
    let mut examples: Map<String, Value> = serde_json::from_str(EXAMPLES).map_err(Error::internal)?;
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            let name = format!("{} {}", method.to_uppercase(), path.trim_start_matches("/api/v1"));
            let body = operation.pointer_mut("/requestBody/content/application~1json").and_then(Value::as_object_mut);
            if let (Some(body), Some(example)) = (body, examples.remove(&name)) {
                body.insert("example".to_owned(), example);
            }
        }
    }
    match examples.keys().next() {
        None => Ok(()),
        Some(unused) => Err(Error::internal(format!("examples.json: no operation takes the body of {unused}"))),
    }
}
