//! Every enum of the OpenAPI document has exactly the values that the API accepts and sends.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::access_matrix::{SoundCall, sound_calls};
use crate::on_both;
use crate::schemas::{body_schema, document, resolve};
use crate::support::{Answer, Person, World};

/// Returns the codes of each `text_enum!` of the source, by the name of its type.
fn declared() -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources(&root, &mut |text| {
        for (_, rest) in text.match_indices("text_enum! {").map(|(at, mark)| text.split_at(at + mark.len())) {
            let code: String = rest.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let (head, rest) = code.split_once('{').unwrap();
            let (inside, _) = rest.split_once('}').unwrap();
            let name = head.split_whitespace().last().unwrap().to_owned();
            let texts = inside.split('"').skip(1).step_by(2).map(str::to_owned);
            found.entry(name).or_insert_with(BTreeSet::new).extend(texts);
        }
    });
    found.remove("$name");
    found
}

fn sources(folder: &Path, each: &mut dyn FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, each);
        } else if path.extension().is_some_and(|end| end == "rs") {
            each(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn choices(schema: &Value) -> Option<BTreeSet<String>> {
    let listed = schema["enum"].as_array()?;
    Some(listed.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

#[test]
fn every_enum_lists_the_codes_that_its_type_has() {
    let (document, declared) = (document(), declared());
    let (mut broken, mut compared) = (Vec::new(), 0);
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let Some(codes) = declared.get(name.as_str()) else { continue };
        compared += 1;
        if choices(schema).as_ref() != Some(codes) {
            broken.push(format!("{name}: {:?}, not {codes:?}", choices(schema)));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(compared >= 40, "only {compared} enums are compared");
}

/// Fields with choices that are no `text_enum!`: the codes of problems, and the words of a rule.
const OTHERS: [&str; 2] =
    ["#/components/schemas/Problem/properties/code", "#/components/schemas/CompletionRule/oneOf/0"];

#[test]
fn every_enum_of_the_document_is_of_a_declared_type() {
    let (document, declared) = (document(), declared());
    let known: BTreeSet<&BTreeSet<String>> = declared.values().collect();
    let mut unknown = Vec::new();
    walk(document, "#", &mut |at, value| {
        // One value alone is the tag of a variant.
        let several = choices(value).filter(|codes| codes.len() > 1);
        if let Some(codes) = several.filter(|codes| !known.contains(codes) && !OTHERS.contains(&at)) {
            unknown.push(format!("{at}: {codes:?}"));
        }
    });
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

fn walk(value: &Value, at: &str, each: &mut dyn FnMut(&str, &Value)) {
    each(at, value);
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, inner)| walk(inner, &format!("{at}/{}", name.replace('/', "~1")), each));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(n, inner)| walk(inner, &format!("{at}/{n}"), each)),
        _ => {}
    }
}

/// A field of a body with a list of choices: its pointer, and a function that makes a body with one of them.
struct Choice {
    pointer: String,
    codes: BTreeSet<String>,
}

/// Returns every field with choices of an object, including those in its lists and objects.
fn fields_with_choices(document: &Value, schema: &Value, at: &str, found: &mut Vec<Choice>) {
    let schema = resolve(document, schema);
    if let Some(codes) = choices(schema) {
        found.push(Choice { pointer: at.to_owned(), codes });
    }
    for part in ["oneOf", "anyOf", "allOf"].iter().filter_map(|part| schema[part].as_array()).flatten() {
        fields_with_choices(document, part, at, found);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        fields_with_choices(document, field, &format!("{at}/{name}"), found);
    }
    if !schema["items"].is_null() {
        fields_with_choices(document, &schema["items"], &format!("{at}/0"), found);
    }
}

/// Returns the body with a value at a place; missing lists and objects above the place are added.
fn with(body: &Value, pointer: &str, value: &str) -> Value {
    let mut body = body.clone();
    let mut place = &mut body;
    for part in pointer.split('/').skip(1) {
        if part == "0" {
            if !place.is_array() || place.as_array().unwrap().is_empty() {
                *place = json!([{}]);
            }
            place = &mut place[0];
        } else {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            place = &mut place[part];
        }
    }
    *place = value.into();
    body
}

/// Returns the possible values of a place, as the answer lists them; None when its value was accepted.
fn allowed(answer: &Answer, pointer: &str) -> Option<BTreeSet<String>> {
    let faults = answer.json["errors"].as_array()?;
    let fault = faults.iter().find(|fault| fault["pointer"] == pointer && fault["code"] == "not_a_choice")?;
    let (_, list) = fault["detail"].as_str()?.split_once(": ")?;
    Some(list.trim_end_matches('.').split(", ").filter(|one| !one.starts_with('{')).map(str::to_owned).collect())
}

fn send(person: &Person<'_>, call: &SoundCall, body: &Value) -> Answer {
    // A field that does not exist: nothing is ever written.
    let mut body = body.clone();
    let object = if body.is_array() { &mut body[0] } else { &mut body };
    object["no_such_field"] = json!(1);
    person.call(call.method, &call.path, Some(body.to_string().into_bytes())).expect(422)
}

fn try_bodies(world: &World) -> (Vec<String>, usize) {
    let (document, admin) = (document(), world.admin());
    let (mut broken, mut tried) = (Vec::new(), 0);
    for call in sound_calls(world) {
        let operation = &document["paths"][call.route][call.method.to_lowercase()];
        let (Some(schema), Some(body)) = (body_schema(document, operation), &call.body) else { continue };
        let mut found = Vec::new();
        fields_with_choices(document, &schema, "", &mut found);
        for Choice { pointer, codes } in found.into_iter().filter(|_| call.route != "/api/v1/imports") {
            tried += 1;
            let name = format!("{} {} {pointer}", call.method, call.route);
            let told = allowed(&send(&admin, &call, &with(body, &pointer, "NoSuchCode")), &pointer);
            if told.as_ref() != Some(&codes) {
                broken.push(format!("{name}: takes {told:?}, described {codes:?}"));
            }
            for code in &codes {
                if allowed(&send(&admin, &call, &with(body, &pointer, code)), &pointer).is_some() {
                    broken.push(format!("{name}: {code} is refused"));
                }
            }
        }
    }
    (broken, tried)
}

on_both! {
    fn a_body_takes_exactly_the_choices_that_are_described(world) {
        let (broken, tried) = try_bodies(world);
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        assert!(tried > 60, "only {tried} fields are tried");
    }
}

on_both! {
    fn a_query_takes_exactly_the_choices_that_are_described(world) {
        let (document, admin) = (document(), world.admin());
        let (mut broken, mut tried) = (Vec::new(), 0);
        for call in sound_calls(world).iter().filter(|call| call.method == "GET") {
            let operation = &document["paths"][call.route]["get"];
            for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query") {
                let Some(codes) = choices(resolve(document, &parameter["schema"])) else { continue };
                tried += 1;
                let name = parameter["name"].as_str().unwrap();
                let (path, query) = call.path.split_once('?').unwrap_or((&call.path, ""));
                let others = query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name));
                let others: String = others.map(|pair| format!("&{pair}")).collect();
                let ask = |code: &str| admin.get(&format!("{path}?{name}={code}{others}")).status;
                let named = format!("{} {name}", call.route);
                broken.extend(codes.iter().filter(|code| ask(code) == 400).map(|code| format!("{named}: {code} is refused")));
                let other = codes.iter().next().unwrap().to_uppercase();
                broken.extend(["NoSuchCode", &other].into_iter().filter(|code| ask(code) != 400).map(|code| format!("{named}: {code} is taken")));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        assert!(tried >= 15, "only {tried} parameters are tried");
    }
}
