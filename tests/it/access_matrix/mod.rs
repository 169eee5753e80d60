//! Permissions of each role for each call, on own, shared, foreign and restricted records.
//!
//! The table is `table.rs`. It is complete: the suite fails when a call of the OpenAPI document or a route at the root is
//! missing, and when a row has no call.

mod bodies;
mod by_file;
mod fixture;
mod pages;
mod restricted_reads;
mod table;

use std::collections::BTreeSet;

use bodies::Sent;
pub(crate) use bodies::upload;
use fixture::{Case, Fixture};
pub(crate) use fixture::{answer_mandatory, confirm_all, make_ready};
use table::{Row, bounded_marks};

use crate::on_both;
use crate::schemas::document;
use crate::support::{Person, World};

/// The columns of a cell, in order.
const ROLES: [&str; 7] = ["admin", "coordinator", "secretariat", "representative", "observer", "stranger", "nobody"];

/// Returns the calls of the OpenAPI document, and those at the root.
fn described() -> BTreeSet<String> {
    let document = document();
    let mut calls: BTreeSet<String> =
        ["GET /healthz", "GET /readyz", "GET /metrics", "GET /api/openapi.json", "GET /api/docs/"]
            .map(str::to_owned)
            .into();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if item.get(method).is_some() {
                calls.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    calls
}

#[test]
fn every_call_is_in_the_table_once() {
    let rows = table::rows();
    let listed: BTreeSet<String> = rows.iter().map(|row| row.call.to_owned()).collect();
    let described = described();
    let missing: Vec<_> = described.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&described).collect();
    assert!(missing.is_empty() && stale.is_empty(), "not in the table: {missing:#?}\nno such call: {stale:#?}");
    assert_eq!(listed.len(), rows.len(), "a call is listed twice");
}

/// Returns the mark of a status: `2` done, `U` 401, `F` 403, `N` 404, `C` 409; any other is wrong for every cell.
fn mark(status: u16) -> char {
    match status {
        200..=299 => '2',
        401 => 'U',
        403 => 'F',
        404 => 'N',
        409 => 'C',
        _ => '!',
    }
}

/// Returns true if the sentence of a refusal says which role may do what was refused.
fn names_a_role(sentence: &str) -> bool {
    let roles = ["administración", "coordinación", "secretaría", "representa"];
    roles.iter().any(|role| sentence.contains(role))
}

/// Makes the call of a row as each role, on another record after each call that was done. Returns the marks, and the
/// answers that differ from the expected marks.
fn cell(
    fixture: &Fixture<'_>,
    (people, roles): (&[Person<'_>], &[&str]),
    row: &Row,
    case: Case,
    expected: &str,
) -> (String, String) {
    let (method, path) = row.call.split_once(' ').unwrap();
    let reads = method == "GET";
    let (mut marks, mut unexpected) = (String::new(), String::new());
    let mut untouched = None;
    for ((person, role), wanted) in people.iter().zip(roles).zip(expected.chars()) {
        let target = untouched.take().unwrap_or_else(|| fixture.take(row.on, case));
        let path = target.fill(path) + &bodies::query(row.call, &target);
        let answer = match bodies::body(row.call, role, fixture, &target, case) {
            Some(Sent::Json(body)) => person.call(method, &path, Some(body.to_string().into_bytes())),
            Some(Sent::File(bytes, kind)) => person.with("content-type", kind).call(method, &path, Some(bytes)),
            None => person.call(method, &path, None),
        };
        let mark = mark(answer.status);
        untouched = (reads || mark != '2').then_some(target);
        marks.push(mark);
        if answer.status == 403 && !names_a_role(answer.json["detail"].as_str().unwrap_or_default()) {
            unexpected.push_str(&format!("\n    {role}: the refusal does not say who may: {}", answer.text));
        }
        if mark != wanted {
            let text: String = answer.text.chars().take(300).collect();
            unexpected.push_str(&format!("\n    {role}: {} {text}", answer.status));
        }
    }
    if let Some(target) = untouched {
        fixture.give_back(row.on, case, target);
    }
    (marks, unexpected)
}

/// A call that an admin may make, with a valid path and body.
pub(crate) struct SoundCall {
    pub method: &'static str,
    /// The path with placeholders, as in the OpenAPI document.
    pub route: &'static str,
    /// The path with ids, and with the query that it needs.
    pub path: String,
    pub body: Option<serde_json::Value>,
    /// The ids that the path and the body may name.
    pub ids: Vec<String>,
}

/// Returns every call of the API that takes JSON or no body, each on a separate record.
pub(crate) fn sound_calls(world: &World) -> Vec<SoundCall> {
    let fixture = Fixture::new(world);
    let described = described();
    let rows = table::rows().into_iter().filter(|row| row.call.contains("/api/v1/") && described.contains(row.call));
    rows.filter_map(|row| {
        let (method, route) = row.call.split_once(' ')?;
        // The table tries it on cited files, which cannot be deleted.
        let of_file = row.call == "DELETE /api/v1/files/{id}";
        let permitted = |case: &(Case, &str)| case.1.starts_with('2') || of_file;
        let (case, _) = Case::ALL.into_iter().zip(row.cells).find(permitted)?;
        let target = fixture.make(if of_file { "uncited file" } else { row.on }, case);
        let body = match bodies::body(row.call, "admin", &fixture, &target, case) {
            Some(Sent::Json(body)) => Some(body),
            Some(Sent::File(..)) => return None,
            None => None,
        };
        let mut ids = target.ids.clone();
        ids.extend([target.commission.clone(), target.institution.clone()]);
        Some(SoundCall { method, route, path: target.fill(route) + &bodies::query(row.call, &target), body, ids })
    })
    .collect()
}

/// Runs the rows of some calls and fails with every cell that differs from the table.
fn check(world: &World, wanted: impl Fn(&str) -> bool) {
    let fixture = Fixture::new(world);
    let (people, bounded) = (fixture.people(), fixture.bounded());
    people.iter().chain(&bounded).for_each(|person| world.give_password(person));
    let described = described();
    let mut broken = Vec::new();
    for row in table::rows().into_iter().filter(|row| wanted(row.call) && described.contains(row.call)) {
        for (case, expected) in Case::ALL.into_iter().zip(row.cells).filter(|(_, expected)| *expected != "-") {
            let of_bounded = bounded_marks(row.call, expected);
            let parts: [(&[Person<'_>], &[&str], &str); 2] =
                [(&people, &ROLES, expected), (&bounded, &["representative"; 2], &of_bounded)];
            for (people, roles, expected) in parts {
                let (found, unexpected) = cell(&fixture, (people, roles), &row, case, expected);
                if found != expected || !unexpected.is_empty() {
                    broken.push(format!("{} {case:?}: {found}, not {expected}{unexpected}", row.call));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{} cells differ from the table:\n{}", broken.len(), broken.join("\n"));
}

/// Returns the first noun of the path of a call, which decides the test to which it belongs.
fn noun(call: &str) -> &str {
    call.split_once("/api/v1/").map_or("root", |(_, rest)| rest.split(['/', '.']).next().unwrap_or(rest))
}

const MEETINGS_AND_PLANS: [&str; 3] = ["meetings", "agreements", "plans"];
const COMMITMENTS: [&str; 3] = ["commitments", "updates", "extensions"];
const DIRECTORY: [&str; 3] = ["countries", "institutions", "commissions"];

on_both! {
    fn each_role_on_countries_institutions_and_commissions(world) {
        check(world, |call| DIRECTORY.contains(&noun(call)));
    }
}

on_both! {
    fn each_role_on_meetings_agreements_and_plans(world) {
        check(world, |call| MEETINGS_AND_PLANS.contains(&noun(call)));
    }
}

on_both! {
    fn each_role_on_commitments_updates_and_extensions(world) {
        check(world, |call| COMMITMENTS.contains(&noun(call)));
    }
}

on_both! {
    fn each_role_on_everything_else(world) {
        let elsewhere = [&MEETINGS_AND_PLANS[..], &COMMITMENTS, &DIRECTORY].concat();
        check(world, |call| !elsewhere.contains(&noun(call)));
    }
}

on_both! {
    fn a_list_shows_exactly_what_each_role_may_open(world) {
        let fixture = Fixture::new(world);
        let (people, bounded) = (fixture.people(), fixture.bounded());
        let mut broken = Vec::new();
        let described = described();
        let kinds = ["commission", "meeting", "agreement", "commitment", "update", "extension", "plan", "observation", "indicator", "duty", "activity", "institution"];
        let list_of = |kind: &str| kind.strip_suffix('y').map_or_else(|| format!("{kind}s"), |stem| format!("{stem}ies"));
        for kind in kinds.into_iter().filter(|kind| described.contains(&format!("GET /api/v1/{}/{{id}}", list_of(kind)))) {
            let kinds = list_of(kind);
            let made: Vec<_> = Case::ALL.into_iter().map(|case| fixture.make(kind, case).id().to_owned()).collect();
            let bounded = bounded.iter().zip(["bounded here", "bounded elsewhere"]);
            for (person, role) in people.iter().zip(ROLES).take(6).chain(bounded) {
                let list = person.get(&format!("/{kinds}?limit=200")).expect(200);
                for (id, case) in made.iter().zip(Case::ALL) {
                    let listed = list.items().iter().any(|item| item["id"] == id.as_str());
                    let opened = person.get(&format!("/{kinds}/{id}")).status == 200;
                    if listed != opened {
                        broken.push(format!("{role}, {kind} {case:?}: listed {listed}, opened {opened}"));
                    }
                }
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}
