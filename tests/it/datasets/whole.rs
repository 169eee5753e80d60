//! A country's record made over the API, with everything that a record can have.

use serde_json::{Value, json};

use crate::support::{Person, World};

/// The created records, by path.
pub(super) struct Whole {
    pub session: String,
    pub commitment: String,
    /// Every record that a `PATCH` changes.
    pub records: Vec<String>,
}

struct Maker<'w> {
    admin: Person<'w>,
    records: Vec<String>,
}

impl Maker<'_> {
    fn make(&mut self, path: &str, body: Value) -> String {
        let id = self.admin.post(path, body).expect(201).id();
        self.records.push(format!("{path}/{id}"));
        id
    }
}

/// A day of September 2023 at noon.
fn on(world: &World, day: u32) {
    world.at(&format!("2023-09-{day:02}T12:00:00Z"));
}

pub(super) fn make(world: &World) -> Whole {
    world.country("CL");
    let mut maker = Maker { admin: world.admin(), records: vec!["/countries/CL".to_owned()] };
    let admin = world.admin();
    admin
        .put(
            "/countries/CL/calendar",
            json!([{"date": "2023-09-18", "name": "Independencia", "kind": "holiday", "territory": "Ñuble"}]),
        )
        .expect(200);
    let mtps = maker.make("/institutions", json!({"name": "Ministerio del Trabajo", "sector": "government", "country_code": "CL", "acronym": "MTPS", "official_name": "Ministerio del Trabajo y Previsión Social", "aliases": ["Trabajo"], "territory": "Nacional", "email": "mesa@example.org"}));
    let minsal = maker.make("/institutions", json!({"name": "Minsal", "sector": "government", "country_code": "CL", "parent_id": mtps, "succeeded_by_id": mtps}));
    let ilo = maker
        .make("/institutions", json!({"name": "OIT", "sector": "international_organization", "partner_type": "ilo"}));
    let parent =
        maker.make("/commissions", json!({"country_code": "CL", "name": "Comisión nacional", "kind": "council"}));
    let ceti = maker.make("/commissions", json!({"country_code": "CL", "name": "Comité", "kind": "committee", "acronym": "CETI", "official_name": "Comité asesor", "aliases": ["Comité TI"], "parent_id": parent, "themes": ["child_labour", "forced_labour"], "territory": "Ñuble", "function": "Coordina", "legal_basis": [{"title": "Decreto", "number": "131", "issued": "1996", "url": "https://example.org/d"}], "declared_member_count": 21, "time_zone": "America/Punta_Arenas", "operational_state": "active", "quorum": {"fraction": "1/2", "strict": true, "second_call": {"fraction": "1/3", "minimum": 2}}, "public": true}));
    maker.make(
        &format!("/commissions/{ceti}/operational-states"),
        json!({"state": "active", "since": "2021", "source": "Informe"}),
    );
    maker.make(&format!("/commissions/{ceti}/memberships"), json!({"institution_id": mtps, "role": "lead", "from": "2020-01-01", "to": "2024-12-31", "when_text": "desde 2020", "basis": "Decreto"}));
    maker.make(
        &format!("/commissions/{ceti}/memberships"),
        json!({"institution_id": minsal, "role": "guest", "has_vote": true}),
    );
    maker.make(&format!("/commissions/{ceti}/delegates"), json!({"institution_id": mtps, "capacity": "principal", "name": "Ana Rojas", "email": "ana@example.org", "position": "Jefa", "from": "2023-01-01"}));
    let plan = maker.make("/plans", json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de ruta", "starts": "2021", "ends": "2025", "commission_ids": [ceti]}));
    let priority = maker.make(&format!("/plans/{plan}/items"), json!({"kind": "priority", "title": "Detección", "label": "Prioridad 1", "status": "in_progress", "comment": "Avanza", "responsible_ids": [mtps]}));
    maker.make(&format!("/plans/{plan}/items"), json!({"kind": "next_step", "title": "Protocolo", "parent_id": priority, "period_from": "2023-05-01", "period_to": "2023-12-31"}));
    let indicator = maker.make("/indicators", json!({"plan_item_id": priority, "name": "Comunas con registro", "unit": "%", "definition": "Comunas con al menos un registro", "source": "Encuesta", "direction": "up", "baseline": {"value": 12.5, "year": 2019}, "targets": [{"year": 2025, "value": 60.25}], "responsible_ids": [mtps], "territory": "Ñuble", "aggregation": "sum", "note": "Nota", "translations": {"en": {"name": "Municipalities"}}}));
    for value in [
        json!({"period": "2022", "value": 21, "preliminary": true}),
        json!({"period": "2022", "value": 20.75, "source": "Revisión", "evidence": [{"title": "Informe", "url": "https://example.org/informe", "dated": "2023-03"}]}),
        json!({"period": "2023-Q1", "territory": "Ñuble", "value": 3}),
        json!({"period": "2023-Q1", "territory": "Ñuble"}),
    ] {
        admin.post(&format!("/indicators/{indicator}/values"), value).expect(201);
    }
    // It was entered in the second quarter: a change in the third one holds from then on.
    world.at("2023-06-30T12:00:00Z");
    let duty = maker.make("/duties", json!({"commission_ids": [ceti, parent], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q1", "to": "2025", "institution_ids": [mtps, minsal], "fields": [{"key": "visits", "label": "Visitas", "kind": "count", "unit": "visitas"}, {"key": "coverage", "label": "Cobertura", "kind": "percent"}], "due_days": 20, "plan_item_id": priority, "restricted": true, "note": "Nota", "translations": {"en": {"title": "Quarterly report"}}}));
    on(world, 1);
    maker.make("/duties", json!({"commission_ids": [ceti], "title": "Informe anual", "every": "year", "from": "2022", "sector": "workers"}));
    let (speaker, report) = (world.representative(&mtps), format!("/duties/{duty}/reports/{mtps}/2023-Q1"));
    speaker.put(&report, json!({"values": {"visits": 0}, "evidence": [{"title": "Lista", "url": "https://example.org/lista", "dated": "2023-04"}]})).expect(201);
    admin
        .post(&format!("{report}/review"), json!({"outcome": "returned", "comment": "Falta la cobertura"}))
        .expect(200);
    on(world, 2);
    speaker.put(&report, json!({"values": {"visits": 4, "coverage": 12.5}, "narrative": "Corregido"})).expect(200);
    admin.post(&format!("{report}/review"), json!({"outcome": "accepted"})).expect(200);
    speaker.put(&format!("/duties/{duty}/reports/{mtps}/2023-Q2"), json!({"nothing_to_report": true})).expect(201);
    waivers(world, &format!("/duties/{duty}/reports/{minsal}"));
    // One institution is no longer asked from the third quarter, another one is from then on.
    let path = format!("/duties/{duty}");
    let days = admin.patch(&path, json!({"institution_ids": [mtps, ilo]})).expect(200).json["institution_days"].clone();
    assert_eq!((&days[1]["from"], &days[2]["to"]), (&json!("2023-07-01"), &json!("2023-06-30")));
    on(world, 1);
    let session = maker.make("/meetings", json!({"commission_ids": [ceti, parent], "kind": "ordinary", "title": "Tercera sesión", "starts_at": "2023-09-01T14:00:00Z", "ends_at": "2023-09-01T16:00:00Z", "time_zone": "America/Santiago", "started_at": "2023-09-01T14:05:00Z", "ended_at": "2023-09-01T15:50:00Z", "call": "second", "ordinal": 3, "modality": "hybrid", "place": "Santiago", "url": "https://example.org/sala", "status": "held"}));
    let path = format!("/meetings/{session}");
    admin
        .put(
            &format!("{path}/agenda"),
            json!([{"title": "Cuenta", "kind": "information", "presenter": "Secretaría", "commission_id": ceti, "outcome": "Se aprobó"}]),
        )
        .expect(200);
    admin.put(&format!("{path}/attendance"), json!([{"institution_id": mtps, "status": "present", "capacity": "principal", "person": "Ana Rojas", "arrived_at": "2023-09-01T14:05:00Z", "left_at": "2023-09-01T15:00:00Z"}, {"institution_id": minsal, "status": "excused"}])).expect(200);
    maker.make(&format!("{path}/documents"), json!({"title": "Acta firmada", "kind": "signed_minutes", "url": "https://example.org/acta", "dated": "2023-09"}));
    let agreement = maker.make("/agreements", json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Protocolo", "meeting_id": session, "number": "6", "text": "Elaborarlo", "adopted": "2023-09-01", "when_text": "en la sesión", "in_force_from": "2023-09-01", "in_force_to": "2024-12-31", "adoption": {"method": "majority", "for": 1, "against": 1, "abstained": 0}, "parties": [{"institution_id": mtps, "side": "Estado"}, {"name": "Otra"}], "themes": ["child_labour"], "scope": "national", "document_url": "https://example.org/a"}));
    let first = maker.make("/commitments", json!({"commission_ids": [ceti], "text": "Primero", "due_rule": {"count": 10, "unit": "business_days", "from": "2023-09-01"}}));
    let commitment = maker.make("/commitments", json!({"commission_ids": [ceti, parent], "text": "Elaborar el protocolo", "agreement_id": agreement, "meeting_id": session, "themes": ["child_labour"], "plan_item_ids": [priority], "due": "2023-09", "due_text": "en septiembre", "completion_rule": {"at_least": 1}, "follow_up_institution_id": mtps, "beneficiary_ids": [ilo], "depends_on_ids": [first], "restricted": true, "assignments": [{"institution_id": mtps, "target": {"quantity": 2.5, "unit": "talleres"}}]}));
    maker.make("/activities", json!({"country_code": "CL", "kind": "training", "title": "Taller", "commission_ids": [ceti], "description": "Jornada", "result": "Hecho", "expected_result": "Más", "result_state": "partial", "starts": "2023-08-22", "ends": "2023-08", "when_text": "en agosto", "territories": ["Ñuble"], "organizer_ids": [mtps], "partner_ids": [ilo], "participants": {"total": 20, "women": 12, "men": 8, "audience": "Equipos"}, "occurrences": null, "scope": "national", "themes": ["child_labour"], "plan_item_ids": [priority], "commitment_ids": [commitment], "evidence": [{"title": "Lista", "url": "https://example.org/l", "kind": "lista", "dated": "2023-08"}], "highlight": true, "source": "Informe", "status": "validated"}));
    maker.make("/activities", json!({"country_code": "CL", "kind": "campaign", "title": "Campaña", "period": {"from": "2023-05-01"}, "restricted": true}));
    maker.make("/observations", json!({"country_code": "CL", "kind": "support_need", "text": "Asistencia", "response": "Pedida", "addressee": "OIT", "modality": "Técnica", "themes": ["child_labour"], "plan_item_ids": [priority], "noted": "2023", "commission_ids": [ceti]}));
    let commitment = format!("/commitments/{commitment}");
    live(world, &format!("/commitments/{first}"), &commitment, (&mtps, &minsal));
    minutes(world, &path, &mtps);
    Whole { session: path, commitment, records: maker.records }
}

/// One withdrawn and given again, one in force.
fn waivers(world: &World, reports: &str) {
    let admin = world.admin();
    let waive = |period: &str, reason: &str| {
        admin.post(&format!("{reports}/{period}/waiver"), json!({"reason": reason})).expect(200);
    };
    waive("2023-Q1", "Estado de emergencia");
    on(world, 3);
    admin.delete(&format!("{reports}/2023-Q1/waiver")).expect(204);
    on(world, 4);
    waive("2023-Q1", "Huelga");
    waive("2023-Q2", "Huelga");
}

/// Circulated on one day, with two comments, approved on another.
fn minutes(world: &World, session: &str, mtps: &str) {
    let admin = world.admin();
    admin.put(&format!("{session}/minutes"), json!({"body": "Se acordó."})).expect(200);
    on(world, 16);
    admin.post(&format!("{session}/minutes/circulation"), json!({})).expect(200);
    let comment = format!("{session}/minutes/comments");
    world.representative(mtps).post(&comment, json!({"text": "Falta la hora"})).expect(201);
    admin.post(&comment, json!({"text": "De acuerdo", "institution_id": mtps, "on_behalf": true})).expect(201);
    on(world, 17);
    admin.post(&format!("{session}/minutes/approval"), json!({})).expect(200);
}

/// Every possible event of a commitment, one per day.
fn live(world: &World, first: &str, commitment: &str, (mtps, minsal): (&str, &str)) {
    let (admin, speaker) = (world.admin(), world.representative(mtps));
    let part = |n: usize| {
        let record = admin.get(commitment).expect(200).json;
        format!("{commitment}/assignments/{}", record["assignments"][n]["id"].as_str().unwrap())
    };
    on(world, 2);
    admin.patch(commitment, json!({"due": "2023-10-15", "correction_reason": "Se transcribió mal"})).expect(200);
    admin.patch(first, json!({"due_rule": null, "due": "2023-12", "correction_reason": "Era una fecha"})).expect(200);
    on(world, 3);
    let request = speaker
        .post(&format!("{}/extensions", part(0)), json!({"requested_due": "2023-11-30", "reason": "Falta tiempo"}))
        .expect(201)
        .id();
    on(world, 4);
    admin.put(&format!("/extensions/{request}/decision"), json!({"outcome": "refused", "comment": "No"})).expect(200);
    let again = speaker
        .post(&format!("{}/extensions", part(0)), json!({"requested_due": "2023-12", "reason": "Falta presupuesto"}))
        .expect(201)
        .id();
    on(world, 5);
    admin.put(&format!("/extensions/{again}/decision"), json!({"outcome": "granted", "due": "2023-12-20"})).expect(200);
    let completed = |narrative: &str| {
        let body = json!({"reported_on": "2023-09-02", "status": "completed", "narrative": narrative, "percent": 100, "quantity": 3, "evidence": [{"title": "Acta", "url": "https://example.org/acta", "dated": "2023-09"}]});
        speaker.post(&format!("{}/updates", part(0)), body).expect(201).id()
    };
    let review = |update: &str, body: Value| admin.put(&format!("/updates/{update}/review"), body).expect(200);
    on(world, 6);
    let update = completed("Hecho");
    on(world, 7);
    review(&update, json!({"outcome": "returned", "comment": "Falta la lista"}));
    on(world, 8);
    let update = completed("Ahora sí");
    admin
        .post(
            &format!("{commitment}/assignments"),
            json!({"institution_id": minsal, "role": "co_responsible", "due": "2023-11"}),
        )
        .expect(201);
    on(world, 9);
    review(&update, json!({"outcome": "accepted", "comment": "Bien"}));
    admin.patch(&part(1), json!({"due": "2023-10", "correction_reason": "Errata"})).expect(200);
    on(world, 10);
    admin.post(&format!("{}/cancellation", part(1)), json!({"reason": "Pasó a otra institución"})).expect(200);
    on(world, 11);
    admin.post(&format!("{}/reopening", part(1)), json!({"reason": "Volvió"})).expect(200);
    admin.post(&format!("{}/cancellation", part(1)), json!({"reason": "Se fue otra vez"})).expect(200);
    on(world, 12);
    admin.post(&format!("{}/reopening", part(0)), json!({"reason": "La lista era de otro taller"})).expect(200);
    let third = speaker
        .post(&format!("{}/extensions", part(0)), json!({"requested_due": "2024-03", "reason": "Otra vez"}))
        .expect(201)
        .id();
    on(world, 13);
    speaker.call("POST", &format!("/extensions/{third}/withdrawal"), None).expect(200);
    speaker
        .post(&format!("{}/extensions", part(0)), json!({"requested_due": "2024-04", "reason": "Una más"}))
        .expect(201);
}
