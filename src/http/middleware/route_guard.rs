//! Refuses requests that the OpenAPI document does not describe: 405 for another method, 400 for another query parameter.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::{OpenApi, RefOr, Required};

use crate::error::{Code, Error, Result};
use crate::http::query;

/// The query parameters of an operation; `true` for a required one.
type Parameters = HashMap<String, bool>;

/// The operations of every path, by method.
type Paths = HashMap<String, BTreeMap<&'static str, Parameters>>;

/// The paths of the OpenAPI document, read for the first request.
pub struct RouteGuard {
    paths: OnceLock<Paths>,
    describe: fn() -> OpenApi,
}

impl RouteGuard {
    pub fn new(describe: fn() -> OpenApi) -> Self {
        Self { paths: OnceLock::new(), describe }
    }

    fn paths(&self) -> &Paths {
        self.paths.get_or_init(|| {
            let described = (self.describe)().paths.paths;
            described.into_iter().map(|(path, item)| (path, operations(&item))).collect()
        })
    }
}

/// Returns the methods of a path, as the value of `Allow`.
fn allowed_methods(operations: &BTreeMap<&'static str, Parameters>) -> String {
    let mut methods: Vec<&str> = operations.keys().copied().collect();
    if operations.contains_key("GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.join(", ")
}

fn operations(item: &PathItem) -> BTreeMap<&'static str, Parameters> {
    let all = [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, parameters(operation.as_ref()?)))).collect()
}

fn parameters(operation: &Operation) -> Parameters {
    let listed = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter),
        _ => None,
    });
    listed.map(|parameter| (parameter.name.clone(), parameter.required == Required::True)).collect()
}

/// Checks method and query of a request. `HEAD` is handled as `GET`; the server leaves the body out.
pub async fn guard_routes(
    guard: Data<RouteGuard>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let Some(operations) = request.match_pattern().and_then(|path| guard.paths().get(&path)) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    match operations.get(request.method().as_str()) {
        Some(parameters) => match check_query(parameters, request.query_string()) {
            Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
            Err(error) => Ok(request.error_response(error)),
        },
        None if request.method() == Method::OPTIONS => {
            let allow = (header::ALLOW, allowed_methods(operations));
            Ok(request.into_response(HttpResponse::NoContent().insert_header(allow).finish()))
        }
        None => {
            let error = Error::new(Code::MethodNotAllowed).arg("allow", allowed_methods(operations));
            Ok(request.error_response(error))
        }
    }
}

fn check_query(parameters: &Parameters, text: &str) -> Result<()> {
    let sent = query::pairs(text);
    for (n, (name, _)) in sent.iter().enumerate() {
        if !parameters.contains_key(name) {
            return Err(Error::bad_query("unknown", name));
        }
        if sent.iter().take(n).any(|(earlier, _)| earlier == name) {
            return Err(Error::bad_query("repeated", name));
        }
    }
    let missing = parameters.iter().find(|(name, required)| **required && !sent.iter().any(|(sent, _)| sent == *name));
    missing.map_or(Ok(()), |(name, _)| Err(Error::bad_query("missing", name)))
}
