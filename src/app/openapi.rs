//! The OpenAPI 3.1 document: what the slices say, and what holds for all of them.

use utoipa::OpenApi as _;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Components, Content, ObjectBuilder, OpenApi, PathItem, Ref, RefOr, Required, ResponseBuilder, Schema, Type,
};

use crate::error::Code;
use crate::http::{Problem, ProblemFault, Routes, WARNINGS};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Articula",
        description = "Sessions, agreements, commitments, each institution's progress, registry and report \
                       of inter-institutional commissions. Ids are UUIDv7; instants are UTC; partial dates \
                       carry their precision (2023-06-30, 2023-06, 2023-Q2, 2023-H1, 2023).",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    components(schemas(Problem, ProblemFault)),
    security(("bearer" = []))
)]
struct Frame;

/// The whole document.
pub fn document() -> OpenApi {
    let mut document = Frame::openapi();
    super::routes(&mut Routes::Describe(&mut document));
    let components = document.components.get_or_insert_with(Components::new);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    list_codes(components);
    let mut patches = Vec::new();
    for (path, item) in &mut document.paths.paths {
        name_operations(path, item);
        for operation in [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten() {
            add_errors(operation, &[("409", "Conflicts with the present state")]);
        }
        for operation in [&mut item.get, &mut item.post, &mut item.put, &mut item.delete].into_iter().flatten() {
            complete(operation);
        }
        if let Some(operation) = &mut item.patch {
            complete(operation);
            patches.extend(turn_into_patch(operation));
        }
        preconditions(item);
        warnings(item);
    }
    let components = document.components.get_or_insert_with(Components::new);
    for name in patches {
        if let Some(RefOr::T(schema)) = components.schemas.get(&name).cloned() {
            components.schemas.insert(patch_name(&name), RefOr::T(all_optional(schema)));
        }
    }
    document
}

/// The codes that a problem may have.
fn list_codes(components: &mut Components) {
    if let Some(RefOr::T(Schema::Object(problem))) = components.schemas.get_mut("Problem")
        && let Some(RefOr::T(Schema::Object(code))) = problem.properties.get_mut("code")
    {
        code.enum_values = Some(Code::ALL.iter().map(|code| code.as_str().into()).collect());
    }
}

/// One name for each operation, made of its method and path, and a line for each id in the path.
fn name_operations(path: &str, item: &mut PathItem) {
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

/// What an id in the path is the id of: the word before it.
fn describe_places(path: &str, operation: &mut Operation) {
    let parts: Vec<&str> = path.split('/').collect();
    let parameters = operation.parameters.get_or_insert_with(Vec::new);
    for (place, owner) in parts.iter().skip(1).zip(&parts) {
        let Some(name) = place.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name) else {
            continue;
        };
        let description =
            format!("Which of {}, by its {}.", owner.replace('-', " "), if name == "aid" { "id" } else { name });
        let listed = parameters.iter_mut().find_map(|parameter| match parameter {
            RefOr::T(parameter) if parameter.name == name => Some(parameter),
            _ => None,
        });
        if let Some(parameter) = listed {
            parameter.description.get_or_insert(description);
        } else {
            let schema = ObjectBuilder::new().schema_type(Type::String);
            let place = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True);
            parameters.push(place.description(Some(description)).schema(Some(schema)).build().into());
        }
    }
}

/// The errors that any operation may answer.
fn complete(operation: &mut Operation) {
    let mut errors = vec![("400", "A malformed request or query parameter"), ("503", "A dependency is down")];
    if operation.security.as_ref().is_none_or(|s| s.iter().any(|one| *one != Default::default())) {
        errors.extend([
            ("401", "Not signed in"),
            ("403", "Not allowed"),
            ("404", "Does not exist, or may not be known to you"),
        ]);
    } else {
        errors.extend([("401", "Wrong credentials or token"), ("429", "Too many failures; see Retry-After")]);
    }
    if operation.request_body.is_some() {
        errors.extend([
            ("408", "Not sent in time"),
            ("413", "Larger than allowed"),
            ("415", "Wrong media type"),
            ("422", "Invalid; every fault with its pointer"),
        ]);
    }
    add_errors(operation, &errors);
}

/// Lists errors that are not listed yet.
fn add_errors(operation: &mut Operation, errors: &[(&str, &str)]) {
    for (status, meaning) in errors {
        let problem = Content::new(Some(Ref::from_schema_name("Problem")));
        let response = ResponseBuilder::new().description(*meaning).content("application/problem+json", problem);
        operation.responses.responses.entry((*status).to_owned()).or_insert_with(|| RefOr::T(response.build()));
    }
}

fn preconditions(item: &mut PathItem) {
    // What is never shown has no ETag.
    let deletion = item.delete.as_mut().filter(|_| item.get.is_some());
    for operation in [item.patch.as_mut(), item.put.as_mut(), deletion].into_iter().flatten() {
        add_header(
            operation,
            "If-Match",
            "The ETag that the caller read; 412 when the resource has changed since.",
            "\"9f2c1e0a7b3d4c5e6f708192\"",
        );
        add_errors(operation, &[("412", "Changed since it was read")]);
    }
    if let Some(operation) = &mut item.post
        && operation.request_body.is_some()
        && operation.responses.responses.contains_key("201")
    {
        add_header(
            operation,
            "Idempotency-Key",
            "Repeats give the first answer again (24 hours).",
            "f6a1f0f2-4a0e-4f5b-8a57-6b1f3f0c1d2e",
        );
        if let Some(RefOr::T(created)) = operation.responses.responses.get_mut("201") {
            let header = HeaderBuilder::new().description(Some("Where the new resource is")).build();
            created.headers.insert("Location".into(), header.into());
        }
    }
}

/// What is sent as JSON is looked through for personal data; what is found goes with the answer.
fn warnings(item: &mut PathItem) {
    const MEANING: &str = "A JSON list of `{code, severity, pointer, message}`: personal data that the texts sent seem to \
                           hold (`personal_data`). Nothing is refused. Left out when nothing is found.";
    for operation in [&mut item.post, &mut item.put, &mut item.patch].into_iter().flatten() {
        if operation.request_body.is_none() {
            continue;
        }
        for (_, response) in operation.responses.responses.iter_mut().filter(|(status, _)| status.starts_with('2')) {
            if let RefOr::T(response) = response {
                let header = HeaderBuilder::new().description(Some(MEANING)).build();
                response.headers.insert(WARNINGS.to_string(), header.into());
            }
        }
    }
}

fn add_header(operation: &mut Operation, name: &str, meaning: &str, example: &str) {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(meaning))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .example(Some(example.into()))
        .build();
    operation.parameters.get_or_insert_with(Vec::new).push(parameter.into());
}

fn patch_name(input: &str) -> String {
    format!("{}Patch", input.trim_end_matches("Input"))
}

/// A `PATCH` takes the same fields as the `POST`, none of them required.
fn turn_into_patch(operation: &mut Operation) -> Option<String> {
    let RefOr::T(body) = operation.request_body.as_mut()? else { return None };
    let RefOr::T(content) = body.content.get_mut("application/json")? else { return None };
    let Some(RefOr::Ref(reference)) = &mut content.schema else { return None };
    let name = reference.ref_location.rsplit('/').next()?.to_owned();
    content.schema = Some(Ref::from_schema_name(patch_name(&name)).into());
    Some(name)
}

fn all_optional(mut schema: Schema) -> Schema {
    if let Schema::Object(object) = &mut schema {
        object.required.clear();
        object.description = Some("The fields to change; null clears.".into());
    }
    schema
}
