//! Files as entry points: a dataset, a matrix and the undoing of a matrix write what the direct call of the API writes
//! for the same person, and nothing else.
//!
//! Each row names the direct call in `table.rs` with which it is compared. A file from a person who may not import a
//! country's dataset, or the matrix of a commission, is refused as a whole.

use serde_json::{Value, json};

use super::fixture::{Case, Fixture, Target};
use super::{ROLES, names_a_role, table};
use crate::on_both;
use crate::support::{Answer, Person, World};

/// A kind of record in a dataset.
struct InDataset {
    /// The direct call.
    call: &'static str,
    /// The record that the fixture makes, a new one for each attempt.
    on: &'static str,
    /// The section that contains the record, or the record in which it is nested.
    section: &'static str,
    /// Changes the record, or adds what nests in it.
    change: fn(&mut Value, &str, u32),
}

/// The entries of a nested list, which is made where there is none.
fn list<'v>(record: &'v mut Value, name: &str) -> &'v mut Vec<Value> {
    if record[name].is_null() {
        record[name] = json!([]);
    }
    record[name].as_array_mut().unwrap()
}

fn part(record: &mut Value) -> &mut Value {
    &mut record["assignments"][0]
}

fn report(n: u32, status: &str) -> Value {
    json!({"key": format!("u{n}"), "reported_on": "2023-08-31", "status": status, "narrative": format!("Reporte {n}"), "on_behalf": true,
        "evidence": [{"title": "Acta"}]})
}

#[rustfmt::skip]
const IN_DATASET: &[InDataset] = &[
    InDataset { call: "PATCH /api/v1/countries/{code}", on: "country", section: "country",
        change: |record, _, n| record["name"] = format!("País {n}").into() },
    InDataset { call: "PUT /api/v1/countries/{code}/calendar", on: "country", section: "country",
        change: |record, _, n| record["calendar"] = json!([{"date": "2023-09-18", "name": format!("Feriado {n}"), "kind": "holiday"}]) },
    InDataset { call: "PATCH /api/v1/institutions/{id}", on: "institution", section: "institutions",
        change: |record, _, n| record["acronym"] = format!("I{n}").into() },
    InDataset { call: "PATCH /api/v1/commissions/{id}", on: "commission", section: "commissions",
        change: |record, _, n| record["function"] = format!("Función {n}").into() },
    InDataset { call: "PUT /api/v1/commissions/{id}/reminder-policy", on: "in commission", section: "commissions",
        change: |record, _, n| record["reminder_policy"] = json!({"lead_days": [n % 300 + 2]}) },
    InDataset { call: "POST /api/v1/commissions/{id}/operational-states", on: "in commission", section: "commissions",
        change: |record, _, n| list(record, "operational_states").push(json!({"state": "active", "since": "2023", "source": format!("Informe {n}")})) },
    InDataset { call: "POST /api/v1/commissions/{id}/memberships", on: "in commission", section: "commissions",
        change: |record, _, n| {
            let seat = json!({"key": format!("m{n}"), "institution": format!("nueva-{n}"), "role": "guest"});
            list(record, "memberships").push(seat);
        } },
    InDataset { call: "PATCH /api/v1/commissions/{id}/memberships/{membership_id}", on: "in commission", section: "commissions",
        change: |record, _, n| list(record, "memberships")[0]["basis"] = format!("Decreto {n}").into() },
    InDataset { call: "POST /api/v1/commissions/{id}/delegates", on: "in commission", section: "commissions",
        change: |record, institution, n| {
            let delegate = json!({"key": format!("d{n}"), "institution": institution, "capacity": "alternate", "name": format!("Ana {n}")});
            list(record, "delegates").push(delegate);
        } },
    InDataset { call: "PATCH /api/v1/plans/{id}", on: "plan", section: "plans",
        change: |record, _, n| record["title"] = format!("Plan {n}").into() },
    InDataset { call: "POST /api/v1/plans/{id}/items", on: "plan", section: "plans",
        change: |record, _, n| list(record, "items").push(json!({"key": format!("t{n}"), "kind": "action", "title": format!("Acción {n}")})) },
    InDataset { call: "PATCH /api/v1/indicators/{id}", on: "indicator", section: "indicators",
        change: |record, _, n| record["name"] = format!("Indicador {n}").into() },
    InDataset { call: "POST /api/v1/indicators/{id}/values", on: "indicator", section: "indicators",
        change: |record, _, n| list(record, "values").push(json!({"period": "2022", "value": n})) },
    InDataset { call: "PATCH /api/v1/meetings/{id}", on: "meeting", section: "meetings",
        change: |record, _, n| record["place"] = format!("Sala {n}").into() },
    InDataset { call: "PUT /api/v1/meetings/{id}/agenda", on: "meeting", section: "meetings",
        change: |record, _, n| record["agenda"] = json!([{"title": format!("Punto {n}"), "kind": "decision"}]) },
    InDataset { call: "PUT /api/v1/meetings/{id}/attendance", on: "meeting", section: "meetings",
        change: |record, institution, n| record["attendance"] = json!([{"institution": institution, "status": "present", "person": format!("Ana {n}")}]) },
    InDataset { call: "PUT /api/v1/meetings/{id}/minutes", on: "meeting", section: "meetings",
        change: |record, _, n| record["minutes"] = json!({"body": format!("Acta {n}")}) },
    InDataset { call: "POST /api/v1/meetings/{id}/minutes/circulation", on: "minutes", section: "meetings",
        change: |record, _, _| record["minutes"]["status"] = "circulated".into() },
    InDataset { call: "POST /api/v1/meetings/{id}/minutes/approval", on: "circulated minutes", section: "meetings",
        change: |record, _, _| record["minutes"]["status"] = "approved".into() },
    InDataset { call: "POST /api/v1/meetings/{id}/documents", on: "meeting", section: "meetings",
        change: |record, _, n| list(record, "documents").push(json!({"title": format!("Anexo {n}"), "kind": "annex", "url": "https://example.org/a"})) },
    InDataset { call: "PATCH /api/v1/meetings/{id}/documents/{document_id}", on: "meeting document", section: "meetings",
        change: |record, _, n| list(record, "documents")[0]["url"] = format!("https://example.org/{n}").into() },
    InDataset { call: "PATCH /api/v1/agreements/{id}", on: "agreement", section: "agreements",
        change: |record, _, n| record["title"] = format!("Acuerdo {n}").into() },
    InDataset { call: "PATCH /api/v1/commitments/{id}", on: "commitment", section: "commitments",
        change: |record, _, n| record["text"] = format!("Compromiso {n}").into() },
    InDataset { call: "POST /api/v1/commitments/{id}/assignments", on: "commitment", section: "commitments",
        change: |record, _, n| list(record, "assignments").push(json!({"institution": format!("nueva-{n}")})) },
    InDataset { call: "PATCH /api/v1/commitments/{id}/assignments/{aid}", on: "assignment", section: "commitments",
        change: |record, _, n| part(record)["target"] = json!({"quantity": n, "unit": "talleres"}) },
    InDataset { call: "POST /api/v1/commitments/{id}/assignments/{aid}/cancellation", on: "assignment", section: "commitments",
        change: |record, _, _| part(record)["cancelled"] = true.into() },
    InDataset { call: "POST /api/v1/commitments/{id}/assignments/{aid}/reopening", on: "cancelled assignment", section: "commitments",
        change: |record, institution, _| {
            part(record).as_object_mut().unwrap().remove("cancelled");
            list(record, "history").push(json!({"act": "reopened", "institution": institution, "reason": "Sigue"}));
        } },
    InDataset { call: "POST /api/v1/commitments/{id}/assignments/{aid}/updates", on: "assignment", section: "commitments",
        change: |record, _, n| list(part(record), "updates").push(report(n, "completed")) },
    InDataset { call: "POST /api/v1/commitments/{id}/assignments/{aid}/extensions", on: "assignment", section: "commitments",
        change: |record, _, n| list(part(record), "extensions").push(json!({"key": format!("e{n}"), "requested_due": "2024-06", "reason": format!("Motivo {n}")})) },
    InDataset { call: "PUT /api/v1/extensions/{id}/decision", on: "extension", section: "commitments",
        change: |record, _, _| part(record)["extensions"][0]["decision"] = json!({"outcome": "granted"}) },
    InDataset { call: REVIEW, on: "update", section: "commitments",
        change: |record, _, _| part(record)["updates"][0]["review"] = json!({"outcome": "accepted"}) },
    InDataset { call: "PATCH /api/v1/activities/{id}", on: "activity", section: "activities",
        change: |record, _, n| record["title"] = format!("Taller {n}").into() },
    InDataset { call: "PATCH /api/v1/observations/{id}", on: "observation", section: "observations",
        change: |record, _, n| record["text"] = format!("Reto {n}").into() },
    InDataset { call: "POST /api/v1/institutions", on: "none", section: "institutions",
        change: |record, _, n| *record = json!({"key": format!("i{n}"), "name": format!("Institución {n}"), "sector": "workers"}) },
    InDataset { call: "POST /api/v1/commissions", on: "none", section: "commissions",
        change: |record, _, n| *record = json!({"key": format!("c{n}"), "name": format!("Comisión {n}"), "kind": "committee"}) },
    InDataset { call: "POST /api/v1/plans", on: "none", section: "plans",
        change: |record, _, n| *record = json!({"key": format!("p{n}"), "kind": "work_plan", "title": "Plan"}) },
    InDataset { call: "POST /api/v1/meetings", on: "none", section: "meetings",
        change: |record, _, n| *record = json!({"key": format!("s{n}"), "commissions": record["commissions"], "restricted": record["restricted"], "kind": "ordinary", "title": format!("Sesión {n}"), "held": "2023-08-02"}) },
    InDataset { call: "POST /api/v1/agreements", on: "none", section: "agreements",
        change: |record, _, n| *record = json!({"key": format!("a{n}"), "commissions": record["commissions"], "restricted": record["restricted"], "kind": "meeting_agreement", "title": format!("Acuerdo {n}")}) },
    InDataset { call: "POST /api/v1/commitments", on: "none", section: "commitments",
        change: |record, institution, n| *record = json!({"key": format!("k{n}"), "commissions": record["commissions"], "restricted": record["restricted"], "text": format!("Compromiso {n}"), "assignments": [{"institution": institution}]}) },
    InDataset { call: "POST /api/v1/activities", on: "none", section: "activities",
        change: |record, _, n| *record = json!({"key": format!("x{n}"), "commissions": record["commissions"], "restricted": record["restricted"], "kind": "workshop", "title": format!("Taller {n}"), "starts": "2023-06", "status": "validated"}) },
    InDataset { call: "POST /api/v1/observations", on: "none", section: "observations",
        change: |record, _, n| *record = json!({"key": format!("o{n}"), "commissions": record["commissions"], "kind": "challenge", "text": format!("Reto {n}")}) },
];

/// A review comes in with the dataset of an admin alone.
const REVIEW: &str = "PUT /api/v1/updates/{id}/review";

/// The marks of the direct call.
fn direct(call: &str, case: Case) -> &'static str {
    let row = table::rows().into_iter().find(|row| row.call == call).unwrap_or_else(|| panic!("no call {call}"));
    Case::ALL.into_iter().zip(row.cells).find(|(other, _)| *other == case).unwrap().1
}

/// Returns `2` when the direct call would do it, `F` for a refusal, and `U` for a person who is not signed in.
fn plain(mark: char) -> char {
    if mark == 'N' { 'F' } else { mark }
}

/// Returns the outcome of a file: `2` done, `F` refused or left aside, `U` 401; otherwise `!`. Only what is done may
/// show.
fn outcome(answer: &Answer, changed: bool) -> char {
    let noted = answer.json["notes"].as_array().is_some_and(|notes| !notes.is_empty());
    let codes: Vec<String> = answer.faults().into_iter().map(|(_, code)| code).collect();
    match (answer.status, changed) {
        (200, true) => '2',
        (200, false) if noted => 'F',
        (403 | 404, false) => 'F',
        (422, false) if codes == ["forbidden"] || codes == ["not_found"] => 'F',
        (401, false) => 'U',
        _ => '!',
    }
}

fn exported(fixture: &Fixture<'_>, country: &str) -> Value {
    fixture.world.admin().get(&format!("/export?country_code={country}")).expect(200).json
}

/// Returns what a file may change: the country's export, and an institution, which the export has only when a record
/// names it.
fn state(row: &InDataset, fixture: &Fixture<'_>, target: &Target) -> Value {
    let path = format!("/institutions/{}", target.ids.first().map_or("", String::as_str));
    let institution = (row.on == "institution").then(|| fixture.world.admin().get(&path).expect(200).json);
    json!({"export": exported(fixture, target.country), "institution": institution})
}

/// Returns the record as it is in a dataset, or the first fields of a new one.
fn present(row: &InDataset, (target, case): (&Target, Case), state: &Value) -> Value {
    let institution = &state["institution"];
    let holds = |record: &&Value| target.ids.iter().any(|id| record.to_string().contains(id.as_str()));
    match row.on {
        "none" => json!({"commissions": [target.commission], "restricted": case == Case::Restricted}),
        "institution" => {
            json!({"key": institution["id"], "name": institution["name"], "sector": institution["sector"], "country_code": institution["country_code"]})
        }
        _ => state["export"][row.section].as_array().unwrap().iter().find(holds).unwrap().clone(),
    }
}

/// The dataset of one changed record, with a new institution where it names one.
fn dataset(row: &InDataset, n: u32, (target, case): (&Target, Case), state: &Value) -> Value {
    let mut country = state["export"]["country"].clone();
    if row.section == "country" {
        (row.change)(&mut country, &target.institution, n);
        return json!({"articula": 1, "country": country});
    }
    let mut record = present(row, (target, case), state);
    (row.change)(&mut record, &target.institution, n);
    let mut document = json!({"articula": 1, "country": country});
    if record.to_string().contains("nueva-") {
        document["institutions"] =
            json!([{"key": format!("nueva-{n}"), "name": format!("Nueva {n}"), "sector": "workers"}]);
    }
    list(&mut document, row.section).push(record);
    document
}

/// A person of the table, with the role and the mark of the direct call.
type Column<'a, 'w> = (&'a Person<'w>, &'static str, char);

/// The columns of a call: first those of the roles that may import at all, then those of the roles that may not.
fn columns<'a, 'w>(
    people: &'a [Person<'w>],
    marks: &str,
    may_import: impl Fn(&str) -> bool,
) -> (Vec<Column<'a, 'w>>, Vec<Column<'a, 'w>>) {
    let all = people.iter().zip(ROLES).zip(marks.chars()).map(|((person, role), mark)| (person, role, mark));
    all.partition(|(_, role, _)| may_import(role))
}

/// Returns true if a refusal says who may: the sentence of a 403, and that of each `forbidden` fault of a 422.
fn says_who_may(answer: &Answer) -> bool {
    let sentence = |value: &Value| names_a_role(value["detail"].as_str().unwrap_or_default());
    let faults = answer.json["errors"].as_array().into_iter().flatten();
    let mut forbidden = faults.filter(|fault| fault["code"] == "forbidden");
    (answer.status != 403 || sentence(&answer.json)) && forbidden.all(sentence)
}

/// Notes a cell that differs from what is expected, and a refusal that does not say who may.
fn compare(broken: &mut Vec<String>, name: &str, (found, expected): (char, char), answer: &Answer) {
    if !says_who_may(answer) {
        broken.push(format!("{name}: the refusal does not say who may: {}", answer.text));
    }
    if found != expected {
        let text: String = answer.text.chars().take(400).collect();
        broken.push(format!("{name}: {found}, not {expected}\n    {text}"));
    }
}

/// Tries one record for all people who may not import the dataset, because it is refused as a whole.
fn refused_datasets(fixture: &Fixture<'_>, row: &InDataset, case: Case, refused: &[Column<'_, '_>]) -> Vec<String> {
    let mut broken = Vec::new();
    let target = fixture.make(row.on, case);
    let before = state(row, fixture, &target);
    let send = |(person, ..): &Column<'_, '_>| {
        person.post("/imports", dataset(row, fixture.number(), (&target, case), &before))
    };
    let answers: Vec<Answer> = refused.iter().map(send).collect();
    let changed = state(row, fixture, &target) != before;
    for ((_, role, _), answer) in refused.iter().zip(&answers) {
        let expected = if *role == "nobody" { 'U' } else { 'F' };
        compare(&mut broken, &format!("{} {case:?} {role}", row.call), (outcome(answer, changed), expected), answer);
    }
    broken
}

fn check_dataset(world: &World, section: impl Fn(&str) -> bool) {
    let fixture = Fixture::new(world);
    let people = fixture.people();
    let mut broken = Vec::new();
    for row in IN_DATASET.iter().filter(|row| section(row.section)) {
        for case in Case::ALL.into_iter().filter(|case| direct(row.call, *case) != "-") {
            let may_import = |role: &str| role == "admin" || (role == "coordinator" && case != Case::Foreign);
            let (importers, refused) = columns(&people, direct(row.call, case), may_import);
            for (person, role, mark) in importers {
                let expected = if row.call == REVIEW && role != "admin" { 'F' } else { plain(mark) };
                let target = fixture.make(row.on, case);
                let before = state(row, &fixture, &target);
                let answer = person.post("/imports", dataset(row, fixture.number(), (&target, case), &before));
                let found = outcome(&answer, state(row, &fixture, &target) != before);
                compare(&mut broken, &format!("{} {case:?} {role}", row.call), (found, expected), &answer);
            }
            broken.extend(refused_datasets(&fixture, row, case, &refused));
        }
    }
    assert!(broken.is_empty(), "{} cells are otherwise:\n{}", broken.len(), broken.join("\n"));
}

/// A kind of record in a matrix.
struct InMatrix {
    /// The direct call.
    call: &'static str,
    /// The record that the fixture makes.
    on: &'static str,
    /// Headings and one row; `CODE` is the commitment's code, `N` a number of its own.
    text: &'static str,
}

#[rustfmt::skip]
const IN_MATRIX: &[InMatrix] = &[
    InMatrix { call: "POST /api/v1/meetings", on: "none",
        text: "Compromiso;Sesión;Fecha de la sesión;Responsable\nCapacitar N;Sesión N;01/08/2023;NAME\n" },
    InMatrix { call: "POST /api/v1/agreements", on: "none",
        text: "Compromiso;Acuerdo;Responsable\nCapacitar N;Acuerdo de las partes N;NAME\n" },
    InMatrix { call: "POST /api/v1/commitments", on: "none", text: "Compromiso;Plazo;Responsable\nCapacitar N;2024;NAME\n" },
    InMatrix { call: "PATCH /api/v1/commitments/{id}", on: "commitment", text: "Código;Compromiso;Plazo\nCODE;Capacitar N;2025\n" },
    InMatrix { call: "POST /api/v1/commitments/{id}/assignments", on: "commitment", text: "Código;Responsable;Plazo\nCODE;Tercera;31/12/2023\n" },
    InMatrix { call: "PATCH /api/v1/commitments/{id}/assignments/{aid}", on: "own term", text: "Código;Responsable;Plazo\nCODE;NAME;2026\n" },
    InMatrix { call: "POST /api/v1/commitments/{id}/assignments/{aid}/updates", on: "assignment",
        text: "Código;Estado;Medio de verificación\nCODE;Cumplido;Oficio N\n" },
    InMatrix { call: "POST /api/v1/commitments/{id}/assignments/{aid}/cancellation", on: "assignment",
        text: "Código;Estado;Observaciones\nCODE;Cancelado;Ya no N\n" },
];

/// Makes what a row of a matrix is about; an assignment with a term of its own takes one more call.
fn matrix_target(row: &InMatrix, fixture: &Fixture<'_>, case: Case) -> Target {
    if row.on != "own term" {
        return fixture.make(row.on, case);
    }
    let made = fixture.make("assignment", case);
    let path = format!("/commitments/{}/assignments/{}", made.ids[0], made.ids[1]);
    let change = json!({"due": "2025-06-30", "correction_reason": "Se transcribió mal"});
    fixture.world.admin().patch(&path, change).expect(200);
    made
}

fn matrix(row: &InMatrix, fixture: &Fixture<'_>, target: &Target) -> String {
    let admin = fixture.world.admin();
    let code = target
        .ids
        .first()
        .map(|id| admin.get(&format!("/commitments/{id}")).expect(200).json["code"].as_str().unwrap().to_owned());
    let name = admin.get(&format!("/institutions/{}", target.institution)).expect(200).json["name"]
        .as_str()
        .unwrap()
        .to_owned();
    let text = row.text.replace("CODE", &code.unwrap_or_default()).replace("NAME", &name);
    text.replace(" N;", &format!(" {};", fixture.number())).replace(" N\n", &format!(" {}\n", fixture.number()))
}

fn send(person: &Person<'_>, commission: &str, text: String) -> Answer {
    let query = format!("/imports?commission_id={commission}&file_name=m.csv");
    person.with("content-type", "text/csv").call("POST", &query, Some(text.into_bytes()))
}

on_both! {
    fn each_role_through_a_dataset_on_who_coordinates(world) {
        check_dataset(world, |section| ["country", "institutions", "commissions", "plans", "indicators"].contains(&section));
    }
}

on_both! {
    fn each_role_through_a_dataset_on_what_they_decide_and_do(world) {
        check_dataset(world, |section| ["meetings", "agreements", "activities", "observations"].contains(&section));
    }
}

on_both! {
    fn each_role_through_a_dataset_on_what_was_promised(world) {
        check_dataset(world, |section| section == "commitments");
    }
}

on_both! {
    fn each_role_through_a_matrix_and_its_undoing(world) {
        let fixture = Fixture::new(world);
        let body = json!({"name": "Tercera", "sector": "government"});
        world.admin().post("/institutions", body).expect(201);
        let people = fixture.people();
        let mut broken = Vec::new();
        for row in IN_MATRIX {
            for case in Case::ALL.into_iter().filter(|case| direct(row.call, *case) != "-") {
                let may_import = |role: &str| ["admin", "coordinator", "secretariat"].contains(&role);
                let (importers, refused) = columns(&people, direct(row.call, case), may_import);
                for (person, role, mark) in importers {
                    let target = matrix_target(row, &fixture, case);
                    let before = exported(&fixture, target.country);
                    let answer = send(person, &target.commission, matrix(row, &fixture, &target));
                    let found = outcome(&answer, exported(&fixture, target.country) != before);
                    compare(&mut broken, &format!("{} {case:?} {role}", row.call), (found, plain(mark)), &answer);
                    broken.extend(undone(&fixture, person, (row, role), &answer));
                }
                broken.extend(refused_matrices(&fixture, row, case, &refused));
            }
        }
        assert!(broken.is_empty(), "{} cells are otherwise:\n{}", broken.len(), broken.join("\n"));
    }
}

/// Tries one record for all people who may not import the matrix, because it is refused as a whole.
fn refused_matrices(fixture: &Fixture<'_>, row: &InMatrix, case: Case, refused: &[Column<'_, '_>]) -> Vec<String> {
    let mut broken = Vec::new();
    let target = matrix_target(row, fixture, case);
    let before = exported(fixture, target.country);
    let text = matrix(row, fixture, &target);
    let send = |(person, ..): &Column<'_, '_>| send(person, &target.commission, text.clone());
    let answers: Vec<Answer> = refused.iter().map(send).collect();
    let changed = exported(fixture, target.country) != before;
    for ((_, role, _), answer) in refused.iter().zip(&answers) {
        let expected = if *role == "nobody" { 'U' } else { 'F' };
        compare(&mut broken, &format!("{} {case:?} {role}", row.call), (outcome(answer, changed), expected), answer);
    }
    broken
}

/// Lets the people who may not know an import try to undo it, then the person who brought it in.
fn undone(
    fixture: &Fixture<'_>,
    person: &Person<'_>,
    (row, role): (&InMatrix, &str),
    answer: &Answer,
) -> Option<String> {
    let path = format!("/imports/{}/undo", answer.json["import_id"].as_str()?);
    for other in fixture.people().iter().skip(2) {
        let status = other.post(&path, json!({})).status;
        if status != if other.id.is_some() { 404 } else { 401 } {
            return Some(format!("{} undone by another: {status}", row.call));
        }
    }
    let status = person.post(&path, json!({})).status;
    (status != 200).then(|| format!("{} undone by {role}: {status}", row.call))
}

on_both! {
    fn a_matrix_reaches_no_record_beyond_the_commissions_of_who_sends_it(world) {
        let fixture = Fixture::new(world);
        let other = world.commission("CL", "OTRA");
        let restricted = json!({"commission_ids": [other], "text": "Reservado", "restricted": true, "assignments": [{"institution_id": fixture.own}]});
        let restricted = world.admin().post("/commitments", restricted).expect(201).json["code"].as_str().unwrap().to_owned();
        let abroad = fixture.make("commitment", Case::Foreign);
        let abroad = world.admin().get(&format!("/commitments/{}", abroad.id())).expect(200).json["code"].as_str().unwrap().to_owned();
        let secretariat = world.secretariat(&fixture.here);
        for code in [restricted, abroad, "CETI-2023-999".to_owned()] {
            let text = format!("Código;Estado;Medio de verificación\n{code};Cumplido;Oficio\n");
            let codes: Vec<_> = send(&secretariat, &fixture.here, text).expect(422).faults().into_iter().map(|(_, code)| code).collect();
            assert_eq!(codes, ["unknown_code"], "{code}");
        }
    }
}
