//! The number of queries of a list does not depend on its page: each list makes as many for 1 item as for 200.

mod pages;

use std::collections::BTreeSet;

use articula::clock::new_id;
use articula::db::schema::{
    agenda_proposals, former_names, imports, meeting_replies, minutes, minutes_comments, minutes_versions,
    report_comments, reports,
};
use articula::db::{
    AgendaProposalId, ImportId, InstitutionId, MeetingId, MinutesCommentId, PlanId, ReportCommentId, ReportId,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::on_both;
use crate::schemas::document;
use crate::support::{Person, World};

const MANY: usize = 200;

/// Returns the path of every list in the OpenAPI document.
fn lists() -> BTreeSet<String> {
    let document = document();
    let paths = document["paths"].as_object().unwrap().iter();
    let paged = paths.filter(|(_, item)| {
        let parameters = item["get"]["parameters"].as_array().into_iter().flatten();
        parameters.into_iter().any(|parameter| parameter["name"] == "cursor")
    });
    paged.map(|(path, _)| path.trim_start_matches("/api/v1").to_owned()).collect()
}

fn each(make: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..MANY).map(make).collect()
}

/// Returns a dataset with two hundred records of each kind, all fields filled. One commission, plan, session and
/// commitment has two hundred records of each kind that belongs to it.
fn dataset() -> Value {
    let day = |n: usize| NaiveDate::from_ymd_opt(2022, 1, 1).unwrap() + chrono::Days::new(n as u64);
    let evidence = json!([{"title": "Acta", "url": "https://example.org/acta"}, {"title": "Lista"}]);
    let seat = |n: usize, key: String| json!({"key": key, "institution": format!("i{n}"), "role": "member"});
    let mut commissions = each(
        |n| json!({"key": format!("c{n}"), "name": format!("Comisión {n}"), "kind": "committee", "themes": ["child_labour"], "legal_basis": [{"title": "Decreto"}], "memberships": [seat(0, format!("s{n}"))]}),
    );
    commissions[0]["kind"] = "council".into();
    commissions[0]["memberships"] = each(|n| seat(n, format!("seat{n}"))).into();
    commissions[0]["operational_states"] = each(|n| json!({"state": "active", "since": day(n)})).into();
    let mut plans =
        each(|n| json!({"key": format!("p{n}"), "kind": "work_plan", "title": "Plan", "commissions": ["c0", "c1"]}));
    plans[0]["kind"] = "roadmap".into();
    plans[0]["items"] =
        each(|n| json!({"key": format!("t{n}"), "kind": "action", "title": "Acción", "responsibles": ["i0", "i1"]}))
            .into();
    let mut indicators = each(
        |n| json!({"key": format!("n{n}"), "plan_item": "t0", "name": "Indicador", "unit": "%", "targets": [{"year": 2025, "value": n}], "responsibles": ["i0", "i1"], "values": [{"period": "2022", "value": n}]}),
    );
    indicators[0]["name"] = "Con muchos valores".into();
    indicators[0]["values"] = each(|n| json!({"period": day(n), "value": n, "evidence": evidence})).into();
    let mut meetings = each(
        |n| json!({"key": format!("m{n}"), "commissions": ["c0", "c1"], "kind": "ordinary", "title": "Sesión", "held": day(n), "attendance": [{"institution": "i0", "status": "present"}]}),
    );
    meetings[0]["status"] = "held".into();
    meetings[0]["documents"] =
        each(|n| json!({"title": format!("Anexo {n}"), "kind": "annex", "url": "https://example.org/a"})).into();
    let mut commitments = each(
        |n| json!({"key": format!("k{n}"), "commissions": ["c0", "c1"], "text": "Capacitar", "themes": ["child_labour"], "plan_items": ["t0", "t1"], "beneficiaries": ["i1"], "due": "2023-12", "attachments": [{"title": "Nota", "url": "https://example.org/nota"}], "assignments": [{"institution": "i0"}, {"institution": "i1"}]}),
    );
    commitments[0]["text"] = "Con muchas partes".into();
    commitments[0]["assignments"] = each(|n| json!({"institution": format!("i{n}")})).into();
    commitments[1]["text"] = "Con muchos informes".into();
    commitments[1]["assignments"][0]["updates"] = each(|n| json!({"key": format!("u{n}"), "reported_on": day(n), "status": "in_progress", "narrative": "Avanza", "evidence": evidence})).into();
    commitments[1]["assignments"][0]["extensions"] = each(|n| json!({"key": format!("e{n}"), "requested_due": "2024-06", "reason": "Falta tiempo", "requested_at": "2023-08-30T12:00:00Z", "decision": {"outcome": "refused", "decided_at": "2023-08-30T13:00:00Z"}})).into();
    let mut duties = each(
        |n| json!({"key": format!("y{n}"), "commissions": ["c0", "c1"], "title": "Informe", "every": "month", "from": "2023-01", "institutions": ["i0", "i1"], "fields": [{"key": "visits", "label": "Visitas", "kind": "count"}]}),
    );
    duties[0]["every"] = "quarter".into();
    duties[0]["institutions"] = (0..MANY).map(|n| Value::from(format!("i{n}"))).collect();
    duties[0]["reports"] = each(|n| json!({"institution": format!("i{n}"), "period": "2023-Q1", "values": {"visits": n}, "evidence": evidence, "received_at": "2023-08-01T12:00:00Z", "review": {"outcome": "accepted"}})).into();
    json!({
        "duties": duties,
        "articula": 1, "country": {"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es-CL"},
        "institutions": each(|n| json!({"key": format!("i{n}"), "name": format!("Institución {n}"), "sector": "government", "aliases": ["Otra"]})),
        "commissions": commissions, "plans": plans, "indicators": indicators, "meetings": meetings, "commitments": commitments,
        "delegates": each(|n| json!({"key": format!("d{n}"), "commission": "c0", "institution": format!("i{n}"), "capacity": "principal", "name": "Ana", "email": format!("ana{n}@example.org")})),
        "agreements": each(|n| json!({"key": format!("a{n}"), "commissions": ["c0", "c1"], "kind": "meeting_agreement", "title": "Acuerdo", "meeting": "m1", "themes": ["child_labour"], "attachments": [{"title": "Convenio", "url": "https://example.org/convenio"}], "parties": [{"institution": "i0"}, {"name": "Otra"}]})),
        "activities": each(|n| json!({"key": format!("x{n}"), "kind": "training", "title": "Taller", "status": "submitted", "commissions": ["c0", "c1"], "organizers": ["i0"], "partners": ["i1"], "territories": ["Ica"], "themes": ["child_labour"], "plan_items": ["t0"], "commitments": ["k0"], "evidence": evidence})),
        "observations": each(|n| json!({"key": format!("o{n}"), "kind": "challenge", "text": "Reto", "themes": ["child_labour"], "plan_items": ["t0"], "commissions": ["c0", "c1"]})),
    })
}

/// Returns the id of the only record in a list.
fn only(admin: &Person<'_>, list: &str) -> String {
    let page = admin.get(list).expect(200);
    assert_eq!(page.items().len(), 1, "{list}");
    page.items()[0]["id"].as_str().unwrap().to_owned()
}

/// The records whose lists have two hundred items.
struct Lists {
    commission: String,
    plan: String,
    /// A duty with many reports.
    duty: String,
    session: String,
    /// A commitment with many assignments, and an assignment with many reports.
    commitment: String,
    part: String,
    /// An indicator with many values.
    indicator: String,
    /// A report with many comments on an answer.
    report: ReportId,
}

impl Lists {
    fn seed(world: &World) -> Self {
        let admin = world.admin();
        admin.post("/imports", dataset()).expect(200);
        let reported = only(&admin, "/commitments?q=informes");
        let shown = admin.get(&format!("/commitments/{reported}")).expect(200).json;
        let measured = admin.get("/search?q=valores&kind=indicator").expect(200);
        let seeded = Self {
            indicator: measured.items()[0]["id"].as_str().unwrap().to_owned(),
            commission: only(&admin, "/commissions?kind=council"),
            plan: only(&admin, "/plans?kind=roadmap"),
            duty: only(&admin, "/duties?every=quarter"),
            session: only(&admin, "/meetings?status=held"),
            commitment: only(&admin, "/commitments?q=partes"),
            part: format!("/commitments/{reported}/assignments/{}", shown["assignments"][0]["id"].as_str().unwrap()),
            report: new_id(world.clock.now()),
        };
        let coming = json!({"commission_ids": [seeded.commission], "kind": "ordinary", "title": "Próxima", "starts_at": "2023-10-01T12:00:00Z"});
        let coming = admin.post("/meetings", coming).expect(201).id();
        admin.post(&format!("/meetings/{coming}/convocation"), json!({})).expect(200);
        for n in 0..MANY {
            world.observer(&seeded.commission);
            let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap());
            world.row_country(&format!("{}{}", letter(n / 26 + 10), letter(n)));
        }
        seeded.insert_rows(world);
        seeded.insert_minutes(world);
        seeded
    }

    /// Inserts reports and imports of matrices as rows, because creating them one by one takes long.
    fn insert_rows(&self, world: &World) {
        let (now, plan) = (world.clock.now(), self.plan.parse::<PlanId>().unwrap());
        let session = self.session.parse::<MeetingId>().unwrap();
        let listed = world.admin().get("/institutions?country_code=CL&limit=200").expect(200);
        let id = |one: &Value| one["id"].as_str().unwrap().parse::<InstitutionId>().unwrap();
        let institutions: Vec<InstitutionId> = listed.items().iter().map(id).collect();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let insert = |tx: &mut articula::db::Tx<'_>| {
            for n in 0..MANY {
                let (report, import) = (if n == 0 { self.report } else { new_id(now) }, new_id::<ImportId>(now));
                diesel::insert_into(reports::table)
                    .values((
                        (reports::id.eq(report), reports::country_code.eq("CL"), reports::roadmap_id.eq(plan)),
                        (reports::template.eq("alliance87-annual"), reports::status.eq("draft")),
                        (reports::period_from.eq(day("2023-05-01")), reports::period_to.eq(day("2023-12-31"))),
                        (reports::first_report.eq(false), reports::version.eq(1)),
                        (reports::created_at.eq(now), reports::updated_at.eq(now)),
                    ))
                    .execute(tx.conn)?;
                diesel::insert_into(imports::table)
                    .values((
                        (imports::id.eq(import), imports::country_code.eq("CL"), imports::file_name.eq("matriz.csv")),
                        (imports::sha256.eq("0"), imports::created_at.eq(now)),
                        (imports::created.eq(1), imports::changed.eq(0), imports::unchanged.eq(0)),
                    ))
                    .execute(tx.conn)?;
            }
            for n in 0..MANY {
                diesel::insert_into(former_names::table)
                    .values((former_names::origin.eq("delegate"), former_names::name.eq(format!("Ana Soto {n}"))))
                    .execute(tx.conn)?;
            }
            for _ in 0..MANY {
                diesel::insert_into(report_comments::table)
                    .values((
                        report_comments::id.eq(new_id::<ReportCommentId>(now)),
                        (report_comments::report_id.eq(self.report), report_comments::key.eq("highlights")),
                        (report_comments::text.eq("De acuerdo"), report_comments::created_at.eq(now)),
                    ))
                    .execute(tx.conn)?;
            }
            for institution in &institutions {
                diesel::insert_into(meeting_replies::table)
                    .values((
                        (meeting_replies::meeting_id.eq(session), meeting_replies::institution_id.eq(*institution)),
                        (meeting_replies::reply.eq("attends"), meeting_replies::replied_at.eq(now)),
                    ))
                    .execute(tx.conn)?;
                diesel::insert_into(agenda_proposals::table)
                    .values((
                        agenda_proposals::id.eq(new_id::<AgendaProposalId>(now)),
                        (agenda_proposals::meeting_id.eq(session), agenda_proposals::institution_id.eq(*institution)),
                        (agenda_proposals::title.eq("Punto"), agenda_proposals::reason.eq("Es nuevo")),
                        (agenda_proposals::status.eq("pending"), agenda_proposals::proposed_at.eq(now)),
                    ))
                    .execute(tx.conn)?;
            }
            Ok(())
        };
        world.state.db.write(None, now, insert).unwrap();
    }

    /// Inserts approved minutes of the session with comments and versions as rows.
    fn insert_minutes(&self, world: &World) {
        let (now, session) = (world.clock.now(), self.session.parse::<MeetingId>().unwrap());
        let listed = world.admin().get(&format!("/meetings/{}/attendance", self.session)).expect(200).json;
        let institution = listed["items"][0]["institution_id"].as_str().unwrap().parse::<InstitutionId>().unwrap();
        let many = i32::try_from(MANY).unwrap();
        let insert = |tx: &mut articula::db::Tx<'_>| {
            diesel::insert_into(minutes::table)
                .values((
                    (minutes::meeting_id.eq(session), minutes::status.eq("approved"), minutes::body.eq("Texto")),
                    (minutes::updated_at.eq(now), minutes::version.eq(many), minutes::approved_at.eq(now)),
                ))
                .execute(tx.conn)?;
            for version in 1..=many {
                diesel::insert_into(minutes_versions::table)
                    .values((
                        (minutes_versions::meeting_id.eq(session), minutes_versions::version.eq(version)),
                        (minutes_versions::at.eq(now), minutes_versions::content.eq("{}")),
                        (minutes_versions::content_sha256.eq("0"), minutes_versions::frozen_on_upgrade.eq(false)),
                        minutes_versions::rendered.eq(true),
                    ))
                    .execute(tx.conn)?;
                diesel::insert_into(minutes_comments::table)
                    .values((
                        minutes_comments::id.eq(new_id::<MinutesCommentId>(now)),
                        (minutes_comments::meeting_id.eq(session), minutes_comments::institution_id.eq(institution)),
                        (minutes_comments::on_behalf.eq(false), minutes_comments::text.eq("De acuerdo")),
                        minutes_comments::created_at.eq(now),
                    ))
                    .execute(tx.conn)?;
            }
            Ok(())
        };
        world.state.db.write(None, now, insert).unwrap();
    }

    /// Returns the path of a list up to its limit; None for a list that this test does not know.
    fn query(&self, list: &str) -> Option<String> {
        match list {
            "/reminders/deliveries" => Some(format!("{list}?kind=convocation&")),
            "/search" => Some(format!("{list}?q=sesion&kind=meeting&")),
            _ => Some(self.path(list)? + "?"),
        }
    }

    fn path(&self, list: &str) -> Option<String> {
        let (head, tail) = list.split_once("/{id}/").unwrap_or((list, ""));
        let owner = match (head, tail) {
            ("/commissions", "memberships" | "delegates" | "operational-states") => &self.commission,
            ("/plans", "items") => &self.plan,
            ("/duties", "reports") => &self.duty,
            ("/indicators", "values") => &self.indicator,
            ("/meetings", "documents" | "minutes/comments" | "minutes/versions" | "replies" | "agenda/proposals") => {
                &self.session
            }
            ("/commitments", "assignments") => &self.commitment,
            ("/commitments", "history") => {
                return Some(self.part.split("/assignments").next()?.to_owned() + "/history");
            }
            ("/commitments", "assignments/{aid}/updates") => return Some(format!("{}/updates", self.part)),
            ("/commitments", "assignments/{aid}/extensions") => return Some(format!("{}/extensions", self.part)),
            ("/reports", "answers/{key}/comments") => {
                return Some(format!("/reports/{}/answers/highlights/comments", self.report));
            }
            (_, "") => return Some(list.to_owned()),
            _ => return None,
        };
        Some(format!("{head}/{owner}/{tail}"))
    }
}

on_both! {
    fn every_list_asks_the_database_as_often_for_1_item_as_for_200(world) {
        let seeded = Lists::seed(world);
        let member = world.admin().get("/institutions?q=Instituci%C3%B3n%200").expect(200).items()[0]["id"].clone();
        let people = [("admin", world.admin()), ("a member", world.representative(member.as_str().unwrap()))];
        for _ in 1..MANY {
            Person::lasting_session(world, people[0].1.id.unwrap());
        }
        let cost = |person: &Person<'_>, path: &str| {
            let before = world.statements();
            let page = person.get(path).expect(200);
            (page.items().len(), world.statements() - before)
        };
        let mut failures = Vec::new();
        for list in lists() {
            let Some(path) = seeded.query(&list) else {
                failures.push(format!("{list}: this test does not know how to fill it"));
                continue;
            };
            // A member may know neither the report nor former names.
            let knowing = if list.starts_with("/reports/{id}") || list == "/former-names" { &people[..1] } else { &people[..] };
            for (who, person) in knowing {
                let ((one, of_one), (many, of_many)) =
                    (cost(person, &format!("{path}limit=1")), cost(person, &format!("{path}limit=200")));
                if *who == "admin" && (one, many) != (1, MANY) {
                    failures.push(format!("{list}: {one} and {many} items"));
                }
                if of_one != of_many {
                    failures.push(format!("{list}, {who}: {of_one} statements for {one}, {of_many} for {many}"));
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}
