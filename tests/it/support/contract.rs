//! Compares every answer that a test gets with the OpenAPI document.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

use super::people::Answer;
use crate::schemas::document;

/// Headers that must be described when they are sent.
const DESCRIBED: [&str; 4] = ["etag", "location", "retry-after", "x-articula-warnings"];
/// Headers that must be sent when they are described.
const ALWAYS: [&str; 2] = ["etag", "location"];

/// The compiled schemas of the bodies of all answers, by their place in the document. A component that several of them
/// name is compiled once.
struct Contract {
    bodies: HashMap<String, SchemaIndex>,
    schemas: Mutex<Schemas>,
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let address = "https://articula.example/bodies.json";
    let (places, bodies): (Vec<String>, Vec<&Value>) = bodies_of(document()).into_iter().unzip();
    let whole = json!({"bodies": bodies, "components": document()["components"]});
    let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
    compiler.enable_format_assertions();
    compiler.add_resource(address, whole).unwrap();
    let compiled = places.into_iter().enumerate().map(|(n, place)| {
        let index = compiler.compile(&format!("{address}#/bodies/{n}"), &mut schemas);
        let index = index.unwrap_or_else(|error| panic!("{place}: {error:#}"));
        (place, index)
    });
    let bodies = compiled.collect();
    Contract { bodies, schemas: Mutex::new(schemas) }
});

/// Returns the place of a body in the document.
fn place_of(route: &str, method: &str, status: &str, media: &str) -> String {
    format!("{method} {route}, {status}, {media}")
}

/// Returns true if a JSON body of this media type has a schema that is compared.
fn is_checked(media: &str, content: &Value) -> bool {
    (media.ends_with("json") || media == "*/*") && !content["schema"].is_null()
}

/// Returns the schemas of the bodies of all answers in the document, each with its place.
fn bodies_of(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for (route, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                let contents = response["content"].as_object().into_iter().flatten();
                for (media, content) in contents.filter(|(media, content)| is_checked(media, content)) {
                    found.push((place_of(route, method, status, media), &content["schema"]));
                }
            }
        }
    }
    found
}

/// Returns the paths of the document with their parts; paths with fewer placeholders come first.
static ROUTES: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let paths = document()["paths"].as_object().unwrap().keys();
    let mut routes: Vec<_> = paths.map(|path| (path.as_str(), path.split('/').collect())).collect();
    routes.sort_by_key(|(path, _)| path.matches('{').count());
    routes
});

/// Returns the path of an address in the document, the one with the fewest placeholders.
pub(crate) fn route_of(address: &str) -> Option<&'static str> {
    let sent: Vec<&str> = address.split('?').next().unwrap().split('/').collect();
    let fits = |parts: &[&str]| {
        parts.len() == sent.len() && parts.iter().zip(&sent).rev().all(|(part, sent)| fits_part(part, sent))
    };
    ROUTES.iter().find(|(_, parts)| fits(parts)).map(|(path, _)| *path)
}

fn fits_part(part: &str, sent: &str) -> bool {
    match part.split_once('}') {
        Some((_, rest)) => sent.len() > rest.len() && sent.ends_with(rest),
        None => part == sent,
    }
}

/// Returns all differences between an answer and the document; none for a path that is not in the document.
pub(crate) fn faults(method: &str, address: &str, answer: &Answer) -> Vec<String> {
    let Some(route) = route_of(address) else { return Vec::new() };
    let described = if method == "HEAD" { "get".to_owned() } else { method.to_lowercase() };
    let operation = &document()["paths"][route][&described];
    if operation.is_null() {
        return Vec::new();
    }
    let response = &operation["responses"][answer.status.to_string()];
    let mut faults = Vec::new();
    if response.is_null() {
        faults.push(format!("the status is not described: {}", answer.text));
    } else {
        faults.extend(wrong_headers(response, answer));
        if method != "HEAD" {
            faults.extend(wrong_body(route, &described, response, answer));
        }
    }
    faults.iter().map(|fault| format!("{method} {route}, {}: {fault}", answer.status)).collect()
}

fn wrong_headers(response: &Value, answer: &Answer) -> Vec<String> {
    let described = |name: &str| {
        response["headers"].as_object().is_some_and(|all| all.keys().any(|one| one.eq_ignore_ascii_case(name)))
    };
    let sent = |name: &str| answer.header(name).is_some();
    let undescribed = DESCRIBED.iter().filter(|name| sent(name) && !described(name));
    let missing = ALWAYS.iter().filter(|name| !sent(name) && described(name));
    let undescribed = undescribed.map(|name| format!("the header {name} is not described"));
    undescribed.chain(missing.map(|name| format!("the header {name} is missing"))).collect()
}

fn wrong_body(route: &str, method: &str, response: &Value, answer: &Answer) -> Vec<String> {
    let Some(content) = response["content"].as_object() else {
        return if answer.bytes.is_empty() {
            Vec::new()
        } else {
            vec![format!("a body is not described: {}", answer.text)]
        };
    };
    let sent = answer.header("content-type").unwrap_or_default().split(';').next().unwrap().trim().to_owned();
    let Some(media) = [sent.as_str(), "*/*"].into_iter().find(|media| content.contains_key(*media)) else {
        return vec![format!("the media type {sent:?} is not described: {:?}", content.keys())];
    };
    if !sent.ends_with("json") || !is_checked(media, &content[media]) {
        return Vec::new();
    }
    let place = place_of(route, method, &answer.status.to_string(), media);
    CONTRACT.compare(&place, &answer.json).err().into_iter().collect()
}

impl Contract {
    /// Compares a body with its schema; returns all differences in one text.
    fn compare(&self, place: &str, body: &Value) -> Result<(), String> {
        let schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        schemas.validate(body, self.bodies[place]).map_err(|error| format!("{error:#}"))
    }
}
