//! A name for each operation, and a description of each id in its path.

use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::{KnownFormat, ObjectBuilder, PathItem, RefOr, Required, SchemaFormat, Type};

/// Names each operation by its method and path, and describes each id in the path.
pub(super) fn name_operations(path: &str, item: &mut PathItem) {
    let words: Vec<String> = path
        .trim_start_matches("/api/v1/")
        .split('/')
        .map(|part| part.replace('{', "by_").replace('}', "").replace(['-', '.'], "_"))
        .collect();
    let methods = [
        ("get", &mut item.get),
        ("post", &mut item.post),
        ("put", &mut item.put),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ];
    for (method, operation) in methods.into_iter().filter_map(|(name, operation)| Some((name, operation.as_mut()?))) {
        operation.operation_id = Some(format!("{method}_{}", words.join("_")));
        describe_places(path, operation);
    }
}

/// Describes an id in the path by the word before it.
fn describe_places(path: &str, operation: &mut Operation) {
    let parts: Vec<&str> = path.split('/').collect();
    let parameters = operation.parameters.get_or_insert_with(Vec::new);
    for (place, owner) in parts.iter().skip(1).zip(&parts) {
        let Some(name) = place.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name) else {
            continue;
        };
        let description = format!(
            "Identifies one of {} by its {}.",
            owner.replace('-', " "),
            if name == "aid" { "id" } else { name }
        );
        let listed = parameters.iter_mut().find_map(|parameter| match parameter {
            RefOr::T(parameter) if parameter.name == name => Some(parameter),
            _ => None,
        });
        if let Some(parameter) = listed {
            parameter.description.get_or_insert(description);
        } else {
            let schema = schema_of(name);
            let place = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True);
            parameters.push(place.description(Some(description)).schema(Some(schema)).build().into());
        }
    }
}

/// Returns the schema of an id, of the code of a country, or of another text.
fn schema_of(name: &str) -> ObjectBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String);
    match name {
        "id" | "aid" => text.format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid))),
        "code" => text.pattern(Some("^[A-Z]{2}$")),
        _ if name.ends_with("_id") => text.format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid))),
        _ => text,
    }
}
