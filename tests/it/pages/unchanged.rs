//! A form that is opened and sent without a change keeps every value of its record, those that it does not show too.

use serde_json::{Value, json};

use super::checked;
use crate::on_both;
use crate::support::{Browser, Person, World};

/// Returns a record without the times of its changes.
fn stored(person: &Person<'_>, path: &str) -> Value {
    let mut record = person.get(path).expect(200).json;
    for name in ["updated_at", "sequence", "revision"] {
        record.as_object_mut().unwrap().remove(name);
    }
    record
}

/// Sends the form of a record as it is; the record stays as it was.
#[track_caller]
fn stays(world: &World, person: &Person<'_>, record: &str, form: &str) {
    let before = stored(person, record);
    let browser = Browser::of(world, person);
    let page = checked(browser.open(form));
    let answer = browser.submit(&page.form()).expect(303);
    assert!(answer.location().contains("done="), "{}", answer.location());
    assert_eq!(stored(person, record), before, "{form}");
}

/// Creates a record and sends its form as it is.
#[track_caller]
fn entered(world: &World, person: &Person<'_>, list: &str, body: Value) -> String {
    let id = person.post(list, body).expect(201).id();
    let path = format!("{list}/{id}");
    stays(world, person, &path, &format!("{path}/edit"));
    id
}

on_both! {
    fn a_form_that_is_sent_unchanged_keeps_everything(world) {
        let (ceti, other) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let who = world.coordinator("CL");
        let (minsal, union) = (world.institution("Ministerio de Salud"), world.institution("Central Unitaria"));
        for commission in [&ceti, &other] {
            world.member(commission, &minsal, "member");
        }
        let texts = json!({"en": {"title": "Title"}});
        let plan = entered(world, &who, "/plans", json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de ruta", "starts": "2022", "ends": "2025-06", "commission_ids": [ceti, other], "note": "Nota", "translations": texts}));
        let items = format!("/plans/{plan}/items");
        let priority = entered(world, &who, &items, json!({"kind": "priority", "title": "Información", "position": 1, "label": "Prioridad 1", "responsible_ids": [minsal], "note": "Nota", "translations": texts}));
        let step = entered(world, &who, &items, json!({"kind": "next_step", "title": "Encuesta", "parent_id": priority, "period_from": "2023-05-01", "period_to": "2023-08-31", "status": "in_progress", "comment": "Va bien.", "responsible_ids": [minsal, union]}));
        entered(world, &who, "/indicators", json!({"plan_item_id": priority, "name": "Comunas", "unit": "%", "definition": "Comunas con registro", "source": "Encuesta", "direction": "down", "baseline": {"value": -1.5, "year": 2019}, "targets": [{"year": 2024, "value": 3}, {"year": 2025, "value": 60.25}], "responsible_ids": [minsal], "territory": "Ñuble", "aggregation": "last", "note": "Nota", "translations": {"en": {"name": "Municipalities"}}}));
        entered(world, &who, "/duties", json!({"commission_ids": [ceti, other], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q1", "to": "2025", "institution_ids": [minsal, union], "due_days": 20, "plan_item_id": step, "restricted": true, "fields": [{"key": "visits", "label": "Visitas", "kind": "count", "unit": "visitas"}, {"key": "coverage", "label": "Cobertura", "kind": "percent"}], "note": "Nota", "translations": {"en": {"title": "Quarterly report", "fields/0/label": "Visits"}}}));
        entered(world, &who, "/duties", json!({"commission_ids": [ceti], "title": "Informe anual", "every": "year", "from": "2023-05", "sector": "workers"}));
        entered(world, &who, "/observations", json!({"country_code": "CL", "kind": "challenge", "text": "Las regiones informan poco.", "response": "Plazos", "addressee": "Regiones", "modality": "Por escrito", "themes": ["child_labour"], "plan_item_ids": [step], "noted": "2023-06", "commission_ids": [ceti], "note": "Nota", "translations": {"en": {"text": "Little is reported."}}}));
        let meeting = entered(world, &who, "/meetings", json!({"commission_ids": [ceti, other], "kind": "ordinary", "title": "Sesión conjunta", "starts_at": "2023-08-22T13:00:00Z", "ends_at": "2023-08-22T15:30:00Z", "time_zone": "America/Punta_Arenas", "started_at": "2023-08-22T13:10:00Z", "ended_at": "2023-08-22T15:20:00Z", "call": "second", "ordinal": 3, "modality": "hybrid", "place": "Sala 1", "url": "https://example.org/sala", "status": "held", "note": "Nota", "translations": texts}));
        entered(world, &who, "/meetings", json!({"commission_ids": [ceti], "kind": "event", "title": "Acto", "held": "2023-06", "status": "held"}));
        let agreement = entered(world, &who, "/agreements", json!({"commission_ids": [ceti, other], "kind": "meeting_agreement", "title": "Acuerdo", "meeting_id": meeting, "number": "6", "text": "Se acuerda.", "adopted": "2023-08-22", "when_text": "en agosto", "status": "in_force", "in_force_from": "2023-08-23", "in_force_to": "2024-12-31", "adoption": {"method": "majority", "for": 1, "against": 0, "abstained": 0}, "parties": [{"name": "Bolivia", "side": "Bolivia"}, {"institution_id": union, "side": "Chile"}], "themes": ["human_trafficking"], "scope": "binational", "document_url": "https://example.org/acuerdo", "note": "Nota", "translations": texts}));
        let first = entered(world, &who, "/commitments", json!({"commission_ids": [ceti], "text": "Otro compromiso", "assignments": [{"institution_id": minsal}]}));
        let commitment = entered(world, &who, "/commitments", json!({"commission_ids": [ceti, other], "text": "Elaborar el protocolo", "agreement_id": agreement, "meeting_id": meeting, "themes": ["human_trafficking", "child_labour"], "plan_item_ids": [step], "due": "2024-Q2", "due_text": "segundo trimestre", "completion_rule": "any", "follow_up_institution_id": union, "beneficiary_ids": [union], "depends_on_ids": [first], "note": "Nota", "translations": {"en": {"text": "Write the protocol"}}, "assignments": [{"institution_id": minsal, "role": "responsible", "due": "2024-05", "target": {"quantity": 3, "unit": "talleres"}}]}));
        let part = who.get(&format!("/commitments/{commitment}")).expect(200).json["assignments"][0]["id"].as_str().unwrap().to_owned();
        stays(world, &who, &format!("/commitments/{commitment}"), &format!("/commitments/{commitment}/assignments/{part}/edit"));
        let file = json!({"title": "Lista", "url": "https://example.org/lista", "kind": "nómina", "dated": "2023-06-20"});
        entered(world, &who, "/activities", json!({"country_code": "CL", "kind": "training", "title": "Curso", "commission_ids": [ceti, other], "description": "Curso de dos días", "result": "Se formaron", "expected_result": "Otro curso", "result_state": "achieved", "starts": "2023-06-14", "ends": "2023-06-16", "when_text": "a mediados de junio", "period": {"from": "2023-06-01", "to": "2023-06-30"}, "territories": ["Región de Ñuble", "Chillán"], "organizer_ids": [minsal], "partner_ids": [union], "participants": {"total": 30, "women": 20, "men": 10, "audience": "Inspectores"}, "occurrences": 2, "scope": "regional", "themes": ["child_labour"], "plan_item_ids": [priority, step], "commitment_ids": [commitment], "evidence": [file], "highlight": true, "restricted": true, "source": "Memoria 2023", "status": "validated", "note": "Nota", "translations": texts}));
    }
}

on_both! {
    fn forms_of_administration_keep_everything_too(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        let minsal = entered(world, &admin, "/institutions", json!({"name": "Ministerio de Salud", "acronym": "Minsal", "official_name": "Ministerio de Salud Pública", "sector": "government", "country_code": "CL", "aliases": ["Salud", "MINSAL Chile"], "territory": "Ñuble", "email": "gabinete@minsal.example", "note": "Nota"}));
        let committee = json!({"country_code": "CL", "name": "Mesa de Ñuble", "kind": "committee", "acronym": "MN", "official_name": "Mesa regional de Ñuble", "aliases": ["Mesa"], "parent_id": ceti, "themes": ["child_labour"], "territory": "Ñuble", "function": "Coordina la región.", "legal_basis": [{"title": "Decreto", "number": "131", "issued": "2015-01", "url": "https://example.org/d131"}], "operational_state": "active", "declared_member_count": 12, "time_zone": "America/Santiago", "quorum": {"fraction": "1/2", "strict": true, "second_call": {"fraction": "1/3", "minimum": 3}}, "public": true, "note": "Nota", "translations": {"en": {"name": "Ñuble table"}}});
        let mesa = entered(world, &admin, "/commissions", committee);
        let base = format!("/commissions/{mesa}");
        let seat = json!({"institution_id": minsal, "role": "member", "has_vote": false, "from": "2022-01-01", "to": "2030-12-31", "when_text": "desde 2022", "basis": "Decreto 131", "note": "Nota"});
        let seat = admin.post(&format!("{base}/memberships"), seat).expect(201).id();
        stays(world, &admin, &format!("{base}/memberships/{seat}"), &format!("{base}/members/{seat}/edit"));
    }
}
