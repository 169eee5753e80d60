//! Headers of requests and answers: `ETag`, `If-Match`, `If-None-Match`, `Location`, `Idempotency-Key`, warnings.

use std::collections::BTreeSet;

use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn, PathItem, Paths};
use utoipa::openapi::{Content, ObjectBuilder, RefOr, Required, Response, ResponseBuilder, Type};

use super::answers::{add_errors, add_header};
use crate::http::WARNINGS;

/// The paths of the own account. Secrets that are made there are shown once: no answer is kept to be repeated.
const OWN_ACCOUNT: &str = "/api/v1/me/";
/// The second factor has no tag: its writes ask for the password or a code.
const SECOND_FACTOR: &str = "/api/v1/me/second-factor";
const ETAG: &str = "The strong tag of this state of the resource, for `If-Match` and `If-None-Match`.";
const LOCATION: &str = "The address of the new resource.";
const UNKNOWN: &str = "The ETag that the caller has; 304 without a body when the resource has not changed since.";
const MATCH: &str = "The ETag that the caller read, strong, or `*`; 412 when the resource has changed since.";
const MATCH_OF_PARENT: &str = "The ETag of the resource that the action is on, strong, or `*`; 412 when it has \
                               changed since it was read.";
const NONE_MATCH: &str = "412 when the resource has this ETag; with `*`, when it exists.";
const KEY: &str = "A repeated request with the same key gets the first answer again (24 hours).";
const FAILED: &[(&str, &str)] = &[("412", "`If-Match` or `If-None-Match` does not hold; nothing was changed")];
const FOUND: &str = "A JSON list of `{code, severity, pointer, message}`: personal data that the texts sent seem to hold \
                     (`personal_data`). Nothing is refused. Left out when nothing is found.";

/// Adds to each operation the headers that it takes and sends.
pub(super) fn add_headers(paths: &mut Paths) {
    let tagged = tagged_paths(paths);
    for (path, item) in &mut paths.paths {
        let own = tagged.contains(path);
        let is_part = item.get.is_none() || is_action(item);
        let of_parent = is_part && parent(path).is_some_and(|parent| tagged.contains(parent));
        add_conditions(item, own, of_parent);
        if !path.starts_with(OWN_ACCOUNT) {
            add_creation(item);
        }
        if sends_warnings(path) {
            add_warnings(item);
        }
    }
}

/// Returns the paths of resources that carry an `ETag`: single resources that can be written, or that have actions.
fn tagged_paths(paths: &Paths) -> BTreeSet<String> {
    let acted_on: BTreeSet<&str> =
        paths.paths.iter().filter(|(_, item)| is_action(item)).filter_map(|(path, _)| parent(path)).collect();
    let written = |path: &str, item: &PathItem| {
        item.put.is_some() || item.patch.is_some() || item.delete.is_some() || acted_on.contains(path)
    };
    let single = |item: &PathItem| item.get.as_ref().is_some_and(|get| !is_list(get));
    let tagged =
        paths.paths.iter().filter(|(path, item)| *path != SECOND_FACTOR && single(item) && written(path, item));
    tagged.map(|(path, _)| path.clone()).collect()
}

fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(parent, _)| parent)
}

/// Returns true if a path is an action on the resource before its last segment: its `POST` makes nothing new, or it has
/// only a `PUT`.
fn is_action(item: &PathItem) -> bool {
    let acts = item.post.as_ref().is_some_and(|post| !creates(post) && !takes_file(post));
    acts || (item.get.is_none() && item.put.is_some())
}

fn is_list(get: &Operation) -> bool {
    let Some(RefOr::T(answer)) = get.responses.responses.get("200") else { return true };
    match answer.content.get("application/json") {
        Some(RefOr::T(Content { schema: Some(RefOr::Ref(one)), .. })) => one.ref_location.contains("Page_"),
        Some(_) => false,
        None => !answer.headers.contains_key("ETag"),
    }
}

/// Returns true if an operation takes a file alone: an import is compared with the records that it names, row by row.
fn takes_file(operation: &Operation) -> bool {
    let Some(RefOr::T(body)) = &operation.request_body else { return false };
    body.content.contains_key("multipart/form-data") && !body.content.contains_key("application/json")
}

fn creates(operation: &Operation) -> bool {
    operation.responses.responses.contains_key("201")
}

fn add_conditions(item: &mut PathItem, own: bool, of_parent: bool) {
    if let Some(get) = &mut item.get {
        let explicit = answer(get, "200").is_some_and(|answer| answer.headers.contains_key("ETag"));
        if own || explicit {
            add_etag(get, "200");
            add_tags(get, "If-None-Match", UNKNOWN, "\"9f2c1e0a7b3d4c5e6f708192\"");
            let unchanged = ResponseBuilder::new().description("Not changed since the caller read it").build();
            get.responses.responses.insert("304".to_owned(), RefOr::T(unchanged));
            if let Some(unchanged) = answer(get, "304") {
                add_header(unchanged, "ETag", ETAG, Type::String);
            }
        }
    }
    if own {
        [&mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten().for_each(|one| condition(one, MATCH));
    }
    if of_parent {
        let acts = item.post.as_mut().filter(|post| !creates(post));
        // The removal of a part that a `PUT` writes, such as a review.
        let removes = item.delete.as_mut().filter(|_| item.put.is_some());
        [item.put.as_mut(), acts, removes].into_iter().flatten().for_each(|one| condition(one, MATCH_OF_PARENT));
    }
    if let Some(post) = item.post.as_mut().filter(|post| post.security.is_none()) {
        add_errors(post, FAILED);
    }
    if let Some(delete) = &mut item.delete {
        add_errors(delete, FAILED);
    }
}

/// Describes a write that `If-Match` and `If-None-Match` may forbid, and whose answer carries the new tag.
fn condition(operation: &mut Operation, meaning: &str) {
    add_tags(operation, "If-Match", meaning, "\"9f2c1e0a7b3d4c5e6f708192\"");
    add_tags(operation, "If-None-Match", NONE_MATCH, "*");
    add_errors(operation, FAILED);
    add_etag(operation, "200");
    add_etag(operation, "201");
}

fn add_etag(operation: &mut Operation, status: &str) {
    if let Some(response) = answer(operation, status) {
        add_header(response, "ETag", ETAG, Type::String);
    }
}

fn answer<'o>(operation: &'o mut Operation, status: &str) -> Option<&'o mut Response> {
    match operation.responses.responses.get_mut(status) {
        Some(RefOr::T(response)) => Some(response),
        _ => None,
    }
}

/// Describes a `POST` that makes a resource from its body: it may be repeated with its key.
fn add_creation(item: &mut PathItem) {
    let Some(post) = item.post.as_mut().filter(|post| post.request_body.is_some() && creates(post)) else { return };
    let key = ("Idempotency-Key", KEY, "f6a1f0f2-4a0e-4f5b-8a57-6b1f3f0c1d2e");
    add_parameter(post, key, ObjectBuilder::new().min_length(Some(1)).max_length(Some(200)));
    if let Some(response) = answer(post, "201") {
        add_header(response, "Location", LOCATION, Type::String);
        add_header(response, "ETag", ETAG, Type::String);
    }
}

/// Returns true if the bodies of a path are searched for personal data: all except passwords and datasets.
fn sends_warnings(path: &str) -> bool {
    !path.starts_with("/api/v1/auth/") && path != "/api/v1/imports"
}

/// Adds the warnings of operations with a JSON body: its texts are searched for personal data, and the answer carries
/// the findings.
fn add_warnings(item: &mut PathItem) {
    for operation in [&mut item.post, &mut item.put, &mut item.patch].into_iter().flatten() {
        let Some(RefOr::T(body)) = &operation.request_body else { continue };
        if !body.content.contains_key("application/json") {
            continue;
        }
        for (_, response) in operation.responses.responses.iter_mut().filter(|(status, _)| status.starts_with('2')) {
            if let RefOr::T(response) = response {
                add_header(response, WARNINGS.as_str(), FOUND, Type::String);
            }
        }
    }
}

/// The pattern for `*`, or for entity tags in double quotes, separated by commas.
const TAGS: &str = r#"^(\*|(W/)?"[!#-+\-.-~]*"( *, *(W/)?"[!#-+\-.-~]*")*)$"#;

fn add_tags(operation: &mut Operation, name: &str, meaning: &str, example: &str) {
    add_parameter(operation, (name, meaning, example), ObjectBuilder::new().pattern(Some(TAGS)));
}

fn add_parameter(operation: &mut Operation, (name, meaning, example): (&str, &str, &str), schema: ObjectBuilder) {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(meaning))
        .schema(Some(schema.schema_type(Type::String)))
        .example(Some(example.into()))
        .build();
    operation.parameters.get_or_insert_with(Vec::new).push(parameter.into());
}
