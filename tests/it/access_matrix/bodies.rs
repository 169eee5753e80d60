//! The smallest valid body of each call of the table.

use serde_json::{Value, json};

use super::fixture::{Case, Fixture, Target};
use crate::support::PASSWORD;

/// A body and, where it is no JSON, its media type.
pub(super) enum Sent {
    Json(Value),
    File(Vec<u8>, &'static str),
}

/// Returns a form with a text file, as a browser uploads it.
pub(crate) fn upload() -> (Vec<u8>, &'static str) {
    let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"nota.txt\"\r\nContent-Type: text/plain\r\n\r\nuna nota\r\n--x--\r\n";
    (body.as_bytes().to_vec(), "multipart/form-data; boundary=x")
}

/// Returns the query that a call needs.
pub(super) fn query(call: &str, at: &Target) -> String {
    let country = at.country;
    match call.split_once("/api/v1").map_or("", |(_, path)| path) {
        "/export" => format!("?country_code={country}"),
        "/compliance" | "/compliance/document" => {
            format!("?country_code={country}&from=2023-01-01&to=2023-12-31")
        }
        "/commissions/{id}/attendance" | "/commissions/{id}/attendance/document" => {
            "?from=2023-01-01&to=2023-12-31".into()
        }
        "/registry" => format!("?country_code={country}&from=2023-01-01&to=2023-12-31"),
        "/overview" => format!("?country_code={country}"),
        "/search" => "?q=acta".into(),
        "/imports/template" => format!("?commission_id={}", at.id()),
        "/imports" if call.starts_with("POST") => "?dry_run=true".into(),
        "/reminders/preview" => "?on=2023-12-01".into(),
        "/templates/{template}/wording" => "?lang=es".into(),
        _ => String::new(),
    }
}

/// Returns the body of a call on this target; None for calls without one.
pub(super) fn body(call: &str, role: &str, fixture: &Fixture<'_>, at: &Target, case: Case) -> Option<Sent> {
    if call == "POST /api/v1/files" {
        let (bytes, kind) = upload();
        return Some(Sent::File(bytes, kind));
    }
    if call == "POST /api/v1/duties/{id}/matrix/import" {
        let rows = format!("Institución;2023-Q2\n{};0\n", at.institution);
        return Some(Sent::File(rows.into_bytes(), "text/csv"));
    }
    json_body(call, role, fixture, at, case == Case::Restricted).map(Sent::Json)
}

fn json_body(call: &str, role: &str, fixture: &Fixture<'_>, at: &Target, restricted: bool) -> Option<Value> {
    let (method, path) = call.split_once(" /api/v1")?;
    let n = fixture.number();
    let commissions = json!([at.commission]);
    Some(match (method, path) {
        ("POST", "/auth/login") => json!({"email": format!("x{n}@example.org"), "password": "otra"}),
        ("POST", "/auth/password-reset") => json!({"email": format!("x{n}@example.org")}),
        ("POST", "/auth/refresh" | "/auth/logout") => json!({"refresh_token": "unknown"}),
        ("POST", "/auth/sign-in-link") => json!({"token": "unknown"}),
        ("POST", "/auth/password-reset/confirm") => json!({"token": "unknown", "password": "una frase larga y propia"}),
        ("PATCH", "/me") => json!({"language": "es"}),
        ("POST" | "DELETE", "/me/second-factor") => json!({"password": PASSWORD}),
        ("POST", "/me/second-factor/confirmation") => json!({"code": "492039"}),
        ("POST", "/me/tokens") => json!({"name": "Exportación", "scopes": ["read"], "expires_on": "2024-06-30"}),
        ("PUT", "/me/notifications") => json!({"events": {"new_commitment": "daily"}}),
        ("POST", "/users") => {
            json!({"email": format!("nueva{n}@example.org"), "name": "Nueva", "grants": [{"role": "observer", "commission_id": at.commission}]})
        }
        ("PATCH", "/users/{id}") => json!({"name": "Otro nombre"}),
        ("POST", "/users/{id}/grants") => json!({"role": "observer", "commission_id": at.commission}),
        ("POST", "/countries") => json!({"code": "QQ", "name": "Otro", "time_zone": "UTC", "locale": "es"}),
        ("PATCH", "/countries/{code}") => json!({"name": "Otro nombre"}),
        ("PUT", "/countries/{code}/calendar") => json!([{"date": "2023-09-18", "name": "Fiestas", "kind": "holiday"}]),
        ("POST", "/countries/{code}/calendar/holidays") => json!({"from_year": 2024, "to_year": 2024}),
        ("POST", "/institutions") => json!({"name": "Nueva", "sector": "workers", "country_code": at.country}),
        ("PATCH", "/institutions/{id}") => json!({"acronym": "N"}),
        ("POST", "/institutions/{id}/handover") => {
            let heir = fixture.make("institution", Case::Shared);
            json!({"to_id": heir.id(), "reason": "Cambio de responsable"})
        }
        ("POST", "/commissions") => {
            json!({"country_code": at.country, "name": format!("Nueva {n}"), "kind": "committee", "acronym": format!("N{n}")})
        }
        ("PATCH", "/commissions/{id}") => json!({"function": "Coordina"}),
        ("POST", "/commissions/{id}/memberships") => {
            let institution = fixture.make("institution", Case::Shared);
            json!({"institution_id": institution.id(), "role": "guest"})
        }
        ("PATCH", "/commissions/{id}/memberships/{membership_id}") => json!({"basis": "Oficio"}),
        ("POST", "/commissions/{id}/delegates") => {
            json!({"institution_id": at.institution, "capacity": "alternate", "name": "Ana", "email": format!("otra{n}@example.org")})
        }
        ("PATCH", "/commissions/{id}/delegates/{delegate_id}") => json!({"position": "Analista"}),
        ("POST", "/commissions/{id}/operational-states") => json!({"state": "active", "since": "2021"}),
        ("PATCH", "/commissions/{id}/operational-states/{state_id}") => json!({"source": "Informe"}),
        ("PUT", "/commissions/{id}/reminder-policy") => json!({"send_hour": 9}),
        ("POST", "/meetings") => {
            json!({"commission_ids": commissions, "kind": "ordinary", "title": "Sesión", "held": "2023-08", "restricted": restricted})
        }
        ("PATCH", "/meetings/{id}") => json!({"place": "Santiago"}),
        ("POST", "/meetings/{id}/cancellation") => json!({"reason": "Falta de quórum"}),
        ("PUT", "/meetings/{id}/agenda") => json!([{"title": "Cuenta", "kind": "information"}]),
        ("PUT", "/meetings/{id}/replies/{institution_id}") => json!({"reply": "attends", "person": "Ana Rojas"}),
        ("POST", "/meetings/{id}/agenda/proposals") => json!({"title": "Protocolo", "reason": "Es nuevo"}),
        ("PUT", "/meetings/{id}/agenda/proposals/{proposal_id}/decision") => json!({"outcome": "accepted"}),
        ("POST", "/meetings/{id}/commissions/{commission_id}/withdrawal") => json!({"reason": "Sesiona aparte"}),
        ("PUT", "/meetings/{id}/attendance") => json!([{"institution_id": at.institution, "status": "present"}]),
        ("PUT", "/meetings/{id}/minutes") => json!({"body": "Acta"}),
        ("POST", "/meetings/{id}/minutes/comments") if role == "representative" => json!({"text": "De acuerdo"}),
        ("POST", "/meetings/{id}/minutes/comments") => {
            fixture.attend(at);
            json!({"text": "De acuerdo", "on_behalf": true, "institution_id": at.institution})
        }
        ("POST", "/meetings/{id}/minutes/rectifications") => json!({"text": "Debe decir abril."}),
        ("POST", "/meetings/{id}/documents") => {
            json!({"title": "Anexo", "kind": "annex", "url": "https://example.org/a"})
        }
        ("PATCH", "/meetings/{id}/documents/{document_id}") => json!({"title": "Anexo 1"}),
        ("POST", "/agreements") => {
            json!({"commission_ids": commissions, "kind": "meeting_agreement", "title": "Acuerdo", "restricted": restricted})
        }
        ("PATCH", "/agreements/{id}") => json!({"number": "7"}),
        ("POST", "/commitments") => {
            json!({"commission_ids": commissions, "text": "Capacitar", "restricted": restricted, "assignments": [{"institution_id": at.institution}]})
        }
        ("PATCH", "/commitments/{id}") => json!({"due_text": "a fin de año"}),
        ("POST", "/commitments/{id}/assignments") => {
            let institution = fixture.make("institution", Case::Shared);
            json!({"institution_id": institution.id()})
        }
        ("PATCH", "/commitments/{id}/assignments/{aid}") => json!({"target": {"quantity": 2, "unit": "talleres"}}),
        (
            "POST",
            "/commitments/{id}/assignments/{aid}/cancellation" | "/commitments/{id}/assignments/{aid}/reopening",
        ) => json!({"reason": "Cambio de responsable"}),
        ("POST", "/commitments/{id}/assignments/{aid}/updates") => {
            json!({"reported_on": "2023-08-30", "status": "in_progress", "narrative": "Avanza", "on_behalf": role != "representative"})
        }
        ("PUT", "/updates/{id}/review") => json!({"outcome": "accepted"}),
        ("POST", "/commitments/{id}/assignments/{aid}/extensions") => {
            json!({"requested_due": "2024-06", "reason": "Falta presupuesto"})
        }
        ("PUT", "/extensions/{id}/decision") => json!({"outcome": "granted"}),
        ("POST", "/plans") => {
            json!({"country_code": at.country, "kind": "work_plan", "title": "Plan", "commission_ids": commissions})
        }
        ("PATCH", "/plans/{id}") => json!({"title": "Plan anual"}),
        ("POST", "/plans/{id}/items") => json!({"kind": "action", "title": "Acción"}),
        ("POST", "/indicators") => json!({"plan_item_id": at.ids[1], "name": "Distritos con registro", "unit": "%"}),
        ("PATCH", "/indicators/{id}") => json!({"unit": "distritos"}),
        ("POST", "/indicators/{id}/values") => json!({"period": "2022", "value": 12.5}),
        ("PATCH", "/plans/{id}/items/{item_id}") => json!({"comment": "En curso"}),
        ("POST", "/observations") => {
            json!({"country_code": at.country, "kind": "lesson", "text": "Lección", "commission_ids": commissions})
        }
        ("PATCH", "/observations/{id}") => json!({"response": "Respuesta"}),
        ("POST", "/duties") => {
            json!({"commission_ids": commissions, "title": "Informe", "every": "quarter", "from": "2023-Q1", "institution_ids": [at.institution], "restricted": restricted})
        }
        ("PATCH", "/duties/{id}") => json!({"due_days": 20}),
        ("PUT", "/duties/{id}/reports/{institution_id}/{period}") => {
            json!({"values": {"visits": 0}, "on_behalf": role != "representative"})
        }
        ("POST", "/duties/{id}/reports/{institution_id}/{period}/review") => json!({"outcome": "accepted"}),
        ("POST", "/duties/{id}/reports/{institution_id}/{period}/waiver") => json!({"reason": "Emergencia"}),
        ("POST", "/activities") => {
            json!({"country_code": at.country, "kind": "workshop", "title": "Taller", "commission_ids": commissions, "organizer_ids": [at.institution], "restricted": restricted})
        }
        ("PATCH", "/activities/{id}") => json!({"result": "Participaron veinte personas"}),
        ("POST", "/meetings/{id}/minutes/circulation" | "/meetings/{id}/minutes/approval") => json!({}),
        ("POST", "/activities/validation") => json!({"ids": [at.id()]}),
        ("POST", "/activities/{id}/return") => json!({"reason": "Faltan participantes"}),
        ("POST", "/reports") => fixture.new_report(at.country),
        ("PATCH", "/reports/{id}") => json!({"period_to": "2023-11-30"}),
        ("POST", "/reports/{id}/versions") => json!({"reason": "Una cifra cambió"}),
        ("PUT", "/reports/{id}/answers/{key}/assignee") => json!({"commission_id": at.commission}),
        ("POST", "/reports/{id}/answers/{key}/comments") => json!({"text": "Falta la cifra"}),
        ("PUT", "/reports/{id}/answers/{key}") => json!({"text": "Escasez de datos"}),
        ("PUT", "/templates/{template}/wording") => json!({"titles": {"s3_overall": "Balance"}}),
        ("POST", "/imports") => {
            let (name, zone) =
                if at.country == "CL" { ("Chile", "America/Santiago") } else { ("Perú", "America/Lima") };
            json!({"articula": 1, "country": {"code": at.country, "name": name, "time_zone": zone, "locale": "es"}})
        }
        _ => return None,
    })
}
