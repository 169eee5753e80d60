//! Links from the answer of a `POST` that makes a resource to the operations on that resource.

use std::collections::BTreeMap;

use utoipa::openapi::link::{Link, LinkBuilder};
use utoipa::openapi::path::{Operation, PathItem, Paths};
use utoipa::openapi::{Content, RefOr};

/// The path of each kind of single resource, by the name of its schema.
type Places = BTreeMap<String, String>;

/// Adds the links of every operation that answers 201.
pub(super) fn add_links(paths: &mut Paths) {
    let places = places(paths);
    let targets: BTreeMap<String, Vec<(String, String)>> =
        places.values().map(|place| (place.clone(), operations_on(paths, place))).collect();
    for item in paths.paths.values_mut() {
        let Some(post) = &mut item.post else { continue };
        let Some(place) = schema_of(post, "201").and_then(|name| places.get(&name)) else { continue };
        let Some(RefOr::T(created)) = post.responses.responses.get_mut("201") else { continue };
        for (id, path) in targets.get(place).into_iter().flatten() {
            created.links.insert(id.clone(), RefOr::T(link(id, path, place)));
        }
    }
}

fn places(paths: &Paths) -> Places {
    let single = paths.paths.iter().filter(|(path, _)| path.ends_with('}'));
    single.filter_map(|(path, item)| Some((schema_of(item.get.as_ref()?, "200")?, path.clone()))).collect()
}

/// Returns the name of the schema that an operation answers with.
fn schema_of(operation: &Operation, status: &str) -> Option<String> {
    let Some(RefOr::T(answer)) = operation.responses.responses.get(status) else { return None };
    let Some(RefOr::T(Content { schema: Some(RefOr::Ref(schema)), .. })) = answer.content.get("application/json")
    else {
        return None;
    };
    schema.ref_location.rsplit('/').next().map(str::to_owned)
}

/// Returns the operations on a resource and directly below it: the id and the path of each.
fn operations_on(paths: &Paths, place: &str) -> Vec<(String, String)> {
    let near = paths.paths.iter().filter(|(path, _)| {
        path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') && !rest.contains('{'))
    });
    near.flat_map(|(path, item)| ids(item).map(|id| (id, path.clone())).collect::<Vec<_>>()).collect()
}

fn ids(item: &PathItem) -> impl Iterator<Item = String> {
    let all = [&item.get, &item.post, &item.put, &item.patch, &item.delete];
    all.into_iter().flatten().filter_map(|operation| operation.operation_id.clone())
}

/// Makes a link: the new resource gives the last id of its own path, and the request gives the others.
fn link(operation: &str, path: &str, place: &str) -> Link {
    let names: Vec<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
    let own = place.rsplit('{').next().unwrap_or_default().trim_end_matches('}');
    let mut link = LinkBuilder::new().operation_id(operation);
    for name in names {
        let value = match name {
            _ if name != own => format!("$request.path.{name}"),
            "code" => "$response.body#/code".to_owned(),
            _ => "$response.body#/id".to_owned(),
        };
        link = link.parameter(name, value);
    }
    link.build()
}
