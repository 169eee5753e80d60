//! The errors that each operation may return, and their media type.

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, Type};

const PROBLEM: &str = "application/problem+json";
const RETRY_AFTER: &str = "Seconds to wait before the next attempt; left out when the program cannot tell.";

/// Adds the errors that any operation of this kind may return.
pub(super) fn add_common_errors(path: &str, writes: bool, operation: &mut Operation) {
    let mut errors = vec![("400", "A malformed request, header or query parameter"), ("503", "A dependency is down")];
    if needs_sign_in(operation) {
        errors.extend([("401", "Not signed in"), ("403", "Not allowed")]);
    } else if path.starts_with("/api/v1/auth/") {
        errors.extend([("401", "Wrong credentials or token"), ("429", "Too many failures; see Retry-After")]);
    }
    if path.contains('{') || operation.request_body.is_some() {
        errors.push(("404", "Does not exist, or may not be known to the caller"));
    }
    if operation.request_body.is_some() {
        errors.extend([
            ("408", "Not sent in time"),
            ("413", "Larger than allowed"),
            ("415", "Wrong media type"),
            ("422", "Invalid; every fault with its pointer"),
        ]);
    }
    if writes {
        errors.push(("409", "Conflicts with the present state"));
    }
    add_errors(operation, &errors);
}

fn needs_sign_in(operation: &Operation) -> bool {
    operation.security.as_ref().is_none_or(|all| all.iter().any(|one| *one != Default::default()))
}

/// Adds the errors that the operation does not list yet.
pub(super) fn add_errors(operation: &mut Operation, errors: &[(&str, &str)]) {
    for (status, meaning) in errors {
        let problem = Content::new(Some(Ref::from_schema_name("Problem")));
        let response = ResponseBuilder::new().description(*meaning).content(PROBLEM, problem);
        operation.responses.responses.entry((*status).to_owned()).or_insert_with(|| RefOr::T(response.build()));
    }
}

/// States how every error is sent: as a problem (RFC 9457), and with `Retry-After` where that header may be sent.
pub(super) fn complete_errors(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if status.starts_with(['4', '5']) {
            as_problem(response);
        }
        if ["429", "503"].contains(&status.as_str()) {
            add_header(response, "Retry-After", RETRY_AFTER, Type::Integer);
        }
    }
}

fn as_problem(response: &mut Response) {
    if let Some(content) = response.content.shift_remove("application/json") {
        response.content.insert(PROBLEM.to_owned(), content);
    }
}

/// Adds a header to a response.
pub(super) fn add_header(response: &mut Response, name: &str, meaning: &str, kind: Type) {
    let schema = ObjectBuilder::new().schema_type(kind);
    let header = HeaderBuilder::new().schema(Some(schema)).description(Some(meaning)).build();
    response.headers.insert(name.to_owned(), header.into());
}
