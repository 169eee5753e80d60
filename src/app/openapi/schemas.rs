//! The schemas as JSON: bodies as the program reads them, answers as it writes them.
//!
//! The derived schemas are completed with what holds for every body: unknown fields are refused, `null` is the same as
//! leaving out, and a `PATCH` takes the fields of the `POST`, none of them required.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

const COMPONENTS: &str = "/components/schemas";

/// Completes every schema of the document.
pub(super) fn complete(document: &mut Value) {
    let Some(Value::Object(mut schemas)) = document.pointer_mut(COMPONENTS).map(Value::take) else { return };
    let derived = schemas.clone();
    schemas.values_mut().for_each(|schema| flatten(schema, &derived));
    let bodies = bodies_of(document);
    for name in reached(&bodies, &schemas) {
        if let Some(schema) = schemas.get_mut(&name) {
            as_read(schema);
        }
    }
    patches(document, &mut schemas);
    parameters(document);
    if let Some(place) = document.pointer_mut(COMPONENTS) {
        *place = Value::Object(schemas);
    }
}

/// Writes every object that is composed of others as a single object, wherever it occurs: the items of a page have no
/// name of their own.
fn flatten(schema: &mut Value, derived: &Map<String, Value>) {
    if let Some(flat) = flattened(schema, derived) {
        *schema = flat;
    }
    match schema {
        Value::Object(fields) => fields.values_mut().for_each(|inner| flatten(inner, derived)),
        Value::Array(items) => items.iter_mut().for_each(|inner| flatten(inner, derived)),
        _ => {}
    }
}

/// Returns an object that is composed of others as a single object with the fields of all.
fn flattened(schema: &Value, schemas: &Map<String, Value>) -> Option<Value> {
    let (mut properties, mut required) = (Map::new(), BTreeSet::new());
    for part in schema.get("allOf")?.as_array()? {
        let part = part.get("$ref").and_then(|name| schemas.get(&name_of(name)?)).unwrap_or(part);
        let inner = flattened(part, schemas);
        let part = inner.as_ref().unwrap_or(part);
        properties.extend(part.get("properties")?.as_object()?.clone());
        required.extend(strings(part.get("required")));
    }
    let mut whole = json!({"type": "object", "properties": properties, "required": required});
    for kept in ["description", "title"] {
        if let (Some(text), Some(whole)) = (schema.get(kept), whole.as_object_mut()) {
            whole.insert(kept.to_owned(), text.clone());
        }
    }
    Some(whole)
}

/// Returns the name at the end of a reference.
fn name_of(reference: &Value) -> Option<String> {
    reference.as_str()?.rsplit('/').next().map(str::to_owned)
}

/// Returns the JSON bodies of all operations.
fn bodies_of(document: &Value) -> Vec<Value> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flat_map(Map::values);
    let operations = paths.filter_map(Value::as_object).flat_map(Map::values);
    operations
        .filter_map(|operation| operation.pointer("/requestBody/content/application~1json/schema"))
        .cloned()
        .collect()
}

/// Returns the names of all schemas that these bodies refer to, directly or indirectly.
fn reached(from: &[Value], schemas: &Map<String, Value>) -> BTreeSet<String> {
    let (mut found, mut open) = (BTreeSet::new(), Vec::new());
    from.iter().for_each(|value| references(value, &mut open));
    while let Some(name) = open.pop() {
        if let Some(schema) = schemas.get(&name).filter(|_| found.insert(name.clone())) {
            references(schema, &mut open);
        }
    }
    found
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(name_of));
            fields.values().for_each(|inner| references(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
        _ => {}
    }
}

/// Completes the schema of a body that the program reads: unknown fields are refused, and `null` is the same as leaving
/// a field out.
fn as_read(schema: &mut Value) {
    let required: BTreeSet<String> = strings(schema.get("required"));
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, field) in properties {
            as_read(field);
            if !required.contains(name) {
                or_null(field);
            }
        }
        if let Some(fields) = schema.as_object_mut() {
            fields.entry("additionalProperties").or_insert(Value::Bool(false));
        }
    }
    for part in ["oneOf", "anyOf"] {
        schema.get_mut(part).and_then(Value::as_array_mut).into_iter().flatten().for_each(as_read);
    }
    if let Some(items) = schema.get_mut("items") {
        as_read(items);
    }
}

fn strings(list: Option<&Value>) -> BTreeSet<String> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Allows `null` for a field that may be left out.
fn or_null(field: &mut Value) {
    if takes_null(field) {
        return;
    }
    let nothing = json!({"type": "null"});
    if let Some(kind) = field.get_mut("type").filter(|kind| kind.is_string()) {
        *kind = json!([kind, "null"]);
        if let Some(choices) = field.get_mut("enum").and_then(Value::as_array_mut) {
            choices.push(Value::Null);
        }
    } else if let Some(kinds) = field.get_mut("type").and_then(Value::as_array_mut) {
        kinds.push(json!("null"));
    } else if let Some(parts) = field.get_mut("oneOf").and_then(Value::as_array_mut) {
        parts.insert(0, nothing);
    } else if let Some(reference) = field.get("$ref").cloned() {
        let mut whole = json!({"oneOf": [nothing, {"$ref": reference}]});
        if let (Some(text), Some(whole)) = (field.get("description"), whole.as_object_mut()) {
            whole.insert("description".to_owned(), text.clone());
        }
        *field = whole;
    }
}

fn takes_null(field: &Value) -> bool {
    let kind = field.get("type");
    let listed = kind.and_then(Value::as_array).is_some_and(|kinds| kinds.contains(&json!("null")));
    let parts = field.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    kind == Some(&json!("null")) || listed || parts.into_iter().any(takes_null)
}

/// Makes the schemas of `PATCH` bodies: the same fields as in the `POST`, none of them required.
fn patches(document: &mut Value, schemas: &mut Map<String, Value>) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut);
    for body in paths.filter_map(|item| item.pointer_mut("/patch/requestBody/content/application~1json/schema")) {
        let Some(name) = body.get("$ref").and_then(name_of) else { continue };
        let Some(mut schema) = schemas.get(&name).cloned() else { continue };
        if let Some(fields) = schema.as_object_mut() {
            fields.remove("required");
            fields.insert("description".to_owned(), "The fields to change; null clears.".into());
        }
        let patch = format!("{}Patch", name.trim_end_matches("Input").trim_end_matches("Change"));
        *body = json!({"$ref": format!("#{COMPONENTS}/{patch}")});
        schemas.insert(patch, schema);
    }
}

/// States what all parameters have in common: none is ever null, and `limit` and `country_code` have their bounds.
fn parameters(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut);
    let operations = paths.filter_map(Value::as_object_mut).flat_map(Map::values_mut);
    let lists = operations.filter_map(|operation| operation.get_mut("parameters").and_then(Value::as_array_mut));
    for parameter in lists.flatten() {
        parameter.get_mut("schema").into_iter().for_each(without_null);
        let bounds = match parameter.get("name").and_then(Value::as_str) {
            Some("limit") => json!({"minimum": 1, "maximum": 200}),
            Some("country_code") => json!({"pattern": "^[A-Z]{2}$"}),
            _ => continue,
        };
        if let (Some(Value::Object(schema)), Value::Object(bounds)) = (parameter.get_mut("schema"), bounds) {
            schema.extend(bounds);
        }
    }
}

fn without_null(schema: &mut Value) {
    let null = json!("null");
    let Some(kind) = schema.get_mut("type") else { return };
    let only = kind.as_array().and_then(|kinds| kinds.iter().find(|kind| **kind != null)).cloned();
    if let Some(only) = only {
        *kind = only;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_refuses_unknown_fields_and_takes_null_for_what_may_be_left_out() {
        let mut schema = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "string"},
            "b": {"type": "array", "items": {"type": "object", "properties": {"c": {"type": "boolean"}}}},
            "d": {"$ref": "#/components/schemas/D", "description": "One."},
            "e": {"type": "string", "enum": ["x"]},
        }});
        as_read(&mut schema);
        assert_eq!(schema["additionalProperties"], false);
        let fields = &schema["properties"];
        assert_eq!(fields["a"], json!({"type": "string"}));
        assert_eq!(fields["b"]["type"], json!(["array", "null"]));
        assert_eq!(fields["b"]["items"]["additionalProperties"], false);
        assert_eq!(fields["b"]["items"]["properties"]["c"]["type"], json!(["boolean", "null"]));
        let reference = json!({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/D"}], "description": "One."});
        assert_eq!(fields["d"], reference);
        assert_eq!(fields["e"], json!({"type": ["string", "null"], "enum": ["x", null]}));
    }

    #[test]
    fn an_object_made_of_others_has_the_fields_of_all() {
        let own = json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}});
        let input = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}});
        let whole = json!({"allOf": [{"$ref": "#/components/schemas/Input"}, own], "description": "All."});
        let schemas = Map::from_iter([("Input".to_owned(), input)]);
        let flat = flattened(&whole, &schemas).unwrap();
        assert_eq!(flat["required"], json!(["a", "id"]));
        assert_eq!(flat["properties"].as_object().unwrap().len(), 2);
        assert_eq!(flat["description"], "All.");
    }
}
