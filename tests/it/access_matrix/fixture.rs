//! A world with two countries, and own, shared, foreign and restricted records of every kind.

mod records;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::support::{Person, World};

/// The relation of a record to the people of the table, who belong to commission A of Chile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Case {
    /// In commission A, and it names the representative's institution.
    Own,
    /// In commission A; it names another institution.
    Shared,
    /// In a commission of Peru.
    Foreign,
    /// In commission A, restricted; it names another institution.
    Restricted,
}

impl Case {
    pub(super) const ALL: [Self; 4] = [Self::Own, Self::Shared, Self::Foreign, Self::Restricted];
}

/// The target of a call: the ids of its path, in order, with their country, commission and institution.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub ids: Vec<String>,
    pub country: &'static str,
    pub commission: String,
    pub institution: String,
}

impl Target {
    /// Returns the path with its placeholders replaced in order.
    pub(super) fn fill(&self, path: &str) -> String {
        let (mut filled, mut rest, mut ids) = (String::new(), path, self.ids.iter());
        while let Some((before, after)) = rest.split_once('{') {
            let (_, after) = after.split_once('}').unwrap();
            filled = filled + before + ids.next().unwrap_or_else(|| panic!("no id for {path}"));
            rest = after;
        }
        filled + rest
    }

    pub(super) fn id(&self) -> &str {
        self.ids.first().unwrap()
    }

    fn with(&self, ids: &[&str]) -> Self {
        Self { ids: ids.iter().map(|id| (*id).to_owned()).collect(), ..self.clone() }
    }
}

pub(super) struct Fixture<'w> {
    pub world: &'w World,
    admin: Person<'w>,
    next: AtomicU32,
    /// Records that no call has changed since they were made.
    unchanged: RefCell<HashMap<(&'static str, Case), Target>>,
    /// Commission A of Chile, and one of Peru.
    pub here: String,
    pub abroad: String,
    /// The representative's institution, another member of A, and a Peruvian one.
    pub own: String,
    pub other: String,
    pub foreign: String,
    roadmap: String,
    roadmap_abroad: String,
}

/// Answers the questions that block the approval of a report.
pub(crate) fn answer_mandatory(who: &Person<'_>, report: &str) {
    let shown = who.get(&format!("/reports/{report}")).expect(200).json;
    let sections = shown["sections"].as_array().unwrap();
    for question in sections.iter().flat_map(|section| section["questions"].as_array().unwrap()) {
        let wrong = question["answer"]["findings"].as_array().unwrap().iter().any(|one| one["severity"] == "error");
        if wrong {
            let choice = question["options"][0]["key"].as_str();
            let answer = choice.map_or_else(|| json!({"text": "Respondido."}), |choice| json!({"choices": [choice]}));
            let key = question["key"].as_str().unwrap();
            who.put(&format!("/reports/{report}/answers/{key}"), answer).expect(200);
        }
    }
}

/// Confirms the answers of a report that its approval waits for.
pub(crate) fn confirm_all(who: &Person<'_>, report: &str) {
    let shown = who.get(&format!("/reports/{report}")).expect(200).json;
    let sections = shown["sections"].as_array().unwrap();
    for question in sections.iter().flat_map(|section| section["questions"].as_array().unwrap()) {
        if question["needs_confirmation"] == true {
            let key = question["key"].as_str().unwrap();
            who.call("POST", &format!("/reports/{report}/answers/{key}/confirmation"), None).expect(200);
        }
    }
}

/// Answers and confirms everything that the approval of a report waits for.
pub(crate) fn make_ready(who: &Person<'_>, report: &str) {
    answer_mandatory(who, report);
    confirm_all(who, report);
}

impl<'w> Fixture<'w> {
    pub(super) fn new(world: &'w World) -> Self {
        let admin = world.admin();
        for (code, name, zone) in [("CL", "Chile", "America/Santiago"), ("PE", "Perú", "America/Lima")] {
            let body = json!({"code": code, "name": name, "time_zone": zone, "locale": "es"});
            admin.post("/countries", body).expect(201);
        }
        let institution = |name: &str, country: &str| {
            let body = json!({"name": name, "sector": "government", "country_code": country});
            admin.post("/institutions", body).expect(201).id()
        };
        let (own, other, foreign) =
            (institution("Propia", "CL"), institution("Otra", "CL"), institution("Ajena", "PE"));
        let commission = |name: &str, country: &str, members: &[&String]| {
            let body = json!({"country_code": country, "name": name, "acronym": name, "kind": "committee"});
            let id = admin.post("/commissions", body).expect(201).id();
            for member in members {
                let body = json!({"institution_id": member, "role": "member"});
                admin.post(&format!("/commissions/{id}/memberships"), body).expect(201);
            }
            id
        };
        let here = commission("CETI", "CL", &[&own, &other]);
        let abroad = commission("CPETI", "PE", &[&foreign]);
        let plan = |country: &str| {
            let body = json!({"country_code": country, "kind": "roadmap", "title": "Hoja de ruta"});
            admin.post("/plans", body).expect(201).id()
        };
        let (roadmap, roadmap_abroad) = (plan("CL"), plan("PE"));
        let (next, unchanged) = (AtomicU32::new(1), RefCell::default());
        Self { world, admin, next, unchanged, here, abroad, own, other, foreign, roadmap, roadmap_abroad }
    }

    /// Returns one person of each role, in the order of the table's columns.
    pub(super) fn people(&self) -> Vec<Person<'w>> {
        let world = self.world;
        vec![
            world.admin(),
            world.coordinator("CL"),
            world.secretariat(&self.here),
            world.representative(&self.own),
            world.observer(&self.here),
            world.stranger(),
            world.nobody(),
        ]
    }

    /// Returns two representatives of the same institution with bounded grants: to commission A, and to another one of which
    /// it is a member.
    pub(super) fn bounded(&self) -> Vec<Person<'w>> {
        let elsewhere = self.world.commission("CL", "MITP");
        self.world.member(&elsewhere, &self.own, "member");
        let within = |commission: &str| self.world.representative_in(commission, &self.own);
        vec![within(&self.here), within(&elsewhere)]
    }

    /// Returns a number that no other record of this world has.
    pub(super) fn number(&self) -> u32 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn place(&self, case: Case) -> Target {
        let (country, commission, institution) = match case {
            Case::Own => ("CL", &self.here, &self.own),
            Case::Shared | Case::Restricted => ("CL", &self.here, &self.other),
            Case::Foreign => ("PE", &self.abroad, &self.foreign),
        };
        Target { ids: Vec::new(), country, commission: commission.clone(), institution: institution.clone() }
    }

    pub(super) fn roadmap(&self, country: &str) -> &str {
        if country == "CL" { &self.roadmap } else { &self.roadmap_abroad }
    }

    /// Returns the fields of a report on a period of which the country has no report yet.
    pub(super) fn new_report(&self, country: &str) -> Value {
        let last = chrono::NaiveDate::from_ymd_opt(2023, 5, 1).unwrap();
        let first = last - chrono::Days::new(self.number().into());
        json!({"country_code": country, "template": "alliance87-annual", "period_from": first, "period_to": "2023-12-31", "roadmap_id": self.roadmap(country)})
    }

    #[track_caller]
    fn post(&self, path: &str, body: Value) -> String {
        self.admin.post(path, body).expect(201).id()
    }

    /// Returns a secretariat of the target's commission who is not in the table.
    fn clerk(&self, at: &Target) -> Person<'w> {
        self.world.secretariat(&at.commission)
    }

    /// Enters the target's institution on the attendance list of a session.
    pub(super) fn attend(&self, session: &Target) {
        let list = json!([{"institution_id": session.institution, "status": "present"}]);
        self.admin.put(&format!("/meetings/{}/attendance", session.id()), list).expect(200);
    }

    /// Returns a record of a kind that no call has changed: one that was given back, or a new one.
    pub(super) fn take(&self, kind: &'static str, case: Case) -> Target {
        let given_back = self.unchanged.borrow_mut().remove(&(kind, case));
        given_back.unwrap_or_else(|| self.make(kind, case))
    }

    /// Takes back a record that no call has changed, for the next row.
    pub(super) fn give_back(&self, kind: &'static str, case: Case, target: Target) {
        self.unchanged.borrow_mut().insert((kind, case), target);
    }

    /// Makes a record of a kind. `none` makes no record, for calls without an id.
    pub(super) fn make(&self, kind: &str, case: Case) -> Target {
        let at = self.place(case);
        let (commission, n) = (at.commission.clone(), self.number());
        let restricted = case == Case::Restricted;
        match kind {
            "none" => at,
            "country" => at.with(&[at.country]),
            "form" => at.with(&["alliance87-annual"]),
            "new country" => {
                let letter = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap());
                let code = format!("{}{}", letter(n / 26), letter(n));
                let body = json!({"code": code, "name": "Otro", "time_zone": "UTC", "locale": "es"});
                self.admin.post("/countries", body).expect(201);
                at.with(&[&code])
            }
            "institution" => {
                let country = (case != Case::Shared).then_some(at.country);
                let body = json!({"name": format!("Institución {n}"), "sector": "workers", "country_code": country});
                at.with(&[&self.post("/institutions", body)])
            }
            "commission" => match case {
                Case::Own => at.with(&[&self.here]),
                Case::Foreign => at.with(&[&self.abroad]),
                Case::Shared | Case::Restricted => at.with(&[&self.new_commission(&at, n)]),
            },
            "new commission" => at.with(&[&self.new_commission(&at, n)]),
            "in commission" => at.with(&[&commission]),
            "membership" => {
                let institution = self.make("institution", case).id().to_owned();
                let body = json!({"institution_id": institution, "role": "guest"});
                at.with(&[&commission, &self.post(&format!("/commissions/{commission}/memberships"), body)])
            }
            "delegate" => {
                let body = json!({"institution_id": at.institution, "capacity": "alternate", "name": "Ana", "email": format!("ana{n}@example.org")});
                at.with(&[&commission, &self.post(&format!("/commissions/{commission}/delegates"), body)])
            }
            "state" => {
                let body = json!({"state": "active", "since": "2022"});
                at.with(&[&commission, &self.post(&format!("/commissions/{commission}/operational-states"), body)])
            }
            "meeting" => at.with(&[&self.meeting(&at, restricted, n)]),
            "coming meeting" => {
                let body = json!({"commission_ids": [commission], "kind": "ordinary", "title": format!("Sesión {n}"), "starts_at": "2023-10-02T14:00:00Z", "restricted": restricted});
                at.with(&[&self.post("/meetings", body)])
            }
            "invited institution" => {
                let made = self.make("coming meeting", case);
                self.convene(made.id());
                at.with(&[made.id(), &at.institution])
            }
            "meeting reply" => {
                let [meeting, _] = self.proposal(&at, restricted);
                self.convene(&meeting);
                let path = format!("/meetings/{meeting}/replies/{}", at.institution);
                let representative = self.world.representative(&at.institution);
                representative.put(&path, json!({"reply": "excused"})).expect(200);
                at.with(&[&meeting, &at.institution])
            }
            "agenda proposal" => at.with(&self.proposal(&at, restricted).each_ref().map(String::as_str)),
            "joint meeting" => {
                let other = self.new_commission(&at, n);
                let body = json!({"commission_ids": [commission, other], "kind": "ordinary", "title": format!("Conjunta {n}"), "starts_at": "2023-10-02T14:00:00Z", "restricted": restricted});
                at.with(&[&self.post("/meetings", body), &commission])
            }
            "minutes" => {
                let id = self.meeting(&at, restricted, n);
                self.admin.put(&format!("/meetings/{id}/minutes"), json!({"body": "Acta"})).expect(200);
                at.with(&[&id])
            }
            "circulated minutes" => {
                let made = self.make("minutes", case);
                let answer = self.admin.post(&format!("/meetings/{}/minutes/circulation", made.id()), json!({}));
                assert!(answer.status < 300, "{}", answer.text);
                made
            }
            "minutes comment" => {
                let made = self.make("circulated minutes", case);
                self.attend(&made);
                let body = json!({"text": "De acuerdo", "on_behalf": true, "institution_id": made.institution});
                let comment = self.post(&format!("/meetings/{}/minutes/comments", made.id()), body);
                let session = made.id().to_owned();
                at.with(&[&session, &comment])
            }
            "approved minutes" => {
                let made = self.make("circulated minutes", case);
                self.admin.post(&format!("/meetings/{}/minutes/approval", made.id()), json!({})).expect(200);
                made
            }
            "meeting document" => {
                let id = self.meeting(&at, restricted, n);
                let body =
                    json!({"title": "Acta firmada", "kind": "signed_minutes", "url": "https://example.org/acta"});
                at.with(&[&id, &self.post(&format!("/meetings/{id}/documents"), body)])
            }
            "agreement" => {
                let body = json!({"commission_ids": [commission], "kind": "meeting_agreement", "title": "Acuerdo", "restricted": restricted, "parties": [{"institution_id": at.institution}]});
                at.with(&[&self.post("/agreements", body)])
            }
            "draft commitment" => {
                let body = json!({"commission_ids": [commission], "text": "Capacitar", "status": "draft", "restricted": restricted, "assignments": [{"institution_id": at.institution}]});
                at.with(&[&self.post("/commitments", body)])
            }
            "commitment" | "assignment" => {
                let made = self.commitment(&at, restricted);
                if kind == "commitment" { at.with(&[&made.0]) } else { at.with(&[&made.0, &made.1]) }
            }
            "cancelled assignment" => {
                let (id, aid) = self.commitment(&at, restricted);
                let path = format!("/commitments/{id}/assignments/{aid}/cancellation");
                let answer = self.admin.post(&path, json!({"reason": "Pasa a otra institución"}));
                assert!(answer.status < 300, "{}", answer.text);
                at.with(&[&id, &aid])
            }
            "update" => at.with(&[&self.update(&at, restricted)]),
            "reviewed update" => {
                let id = self.update(&at, restricted);
                let body = json!({"outcome": "returned", "comment": "Falta la lista"});
                self.admin.put(&format!("/updates/{id}/review"), body).expect(200);
                at.with(&[&id])
            }
            "extension" => {
                let (id, aid) = self.commitment(&at, restricted);
                let path = format!("/commitments/{id}/assignments/{aid}/extensions");
                let body = json!({"requested_due": "2024-06", "reason": "Falta presupuesto"});
                at.with(&[&self.clerk(&at).post(&path, body).expect(201).id()])
            }
            "plan" => {
                let body = json!({"country_code": at.country, "kind": "work_plan", "title": "Plan", "commission_ids": [commission]});
                at.with(&[&self.post("/plans", body)])
            }
            "plan item" => {
                let plan = self.make("plan", case).id().to_owned();
                let body = json!({"kind": "action", "title": "Acción"});
                at.with(&[&plan, &self.post(&format!("/plans/{plan}/items"), body)])
            }
            "indicator" => {
                let item = self.make("plan item", case).ids[1].clone();
                let body = json!({"plan_item_id": item, "name": "Distritos con registro", "unit": "%", "responsible_ids": [at.institution]});
                at.with(&[&self.post("/indicators", body)])
            }
            "indicator value" => {
                let indicator = self.make("indicator", case).id().to_owned();
                let body = json!({"period": "2022", "value": 12.5});
                at.with(&[&indicator, &self.post(&format!("/indicators/{indicator}/values"), body)])
            }
            "observation" => {
                let body = json!({"country_code": at.country, "kind": "challenge", "text": "Reto", "commission_ids": [commission]});
                at.with(&[&self.post("/observations", body)])
            }
            "duty" => at.with(&[&self.duty(&at, restricted)]),
            "period of a duty" | "report on a period" | "waived period" => {
                let duty = self.duty(&at, restricted);
                let path = format!("/duties/{duty}/reports/{}/2023-Q2", at.institution);
                if kind == "report on a period" {
                    let body = json!({"nothing_to_report": true, "on_behalf": true});
                    self.clerk(&at).put(&path, body).expect(201);
                } else if kind == "waived period" {
                    self.admin.post(&format!("{path}/waiver"), json!({"reason": "Emergencia"})).expect(200);
                }
                at.with(&[&duty, &at.institution, "2023-Q2"])
            }
            "activity" | "submitted activity" => {
                let status = if kind == "activity" { "draft" } else { "submitted" };
                let body = json!({"country_code": at.country, "kind": "workshop", "title": "Taller", "commission_ids": [commission], "organizer_ids": [at.institution], "starts": "2023-06", "restricted": restricted, "status": status});
                at.with(&[&self.post("/activities", body)])
            }
            "report" => at.with(&[&self.post("/reports", self.new_report(at.country))]),
            "ready report" => {
                let report = self.make("report", case);
                make_ready(&self.admin, report.id());
                report
            }
            "approved report" => {
                let report = self.make("ready report", case);
                self.admin.post(&format!("/reports/{}/approval", report.id()), json!({})).expect(200);
                report
            }
            "answer" => {
                let report = self.make("report", case).id().to_owned();
                if case == Case::Own {
                    let assignee = format!("/reports/{report}/answers/difficulties/assignee");
                    self.admin.put(&assignee, json!({"commission_id": commission})).expect(200);
                }
                at.with(&[&report, "difficulties"])
            }
            "comment on an answer" => {
                let answer = self.make("answer", case);
                let path = format!("/reports/{}/answers/difficulties/comments", answer.id());
                let comment = self.post(&path, json!({"text": "Falta la cifra"}));
                at.with(&[answer.id(), "difficulties", &comment])
            }
            "uncited file" => at.with(&[&self.upload(&self.clerk(&at))]),
            "file" => at.with(&[&self.file(&at, restricted)]),
            "failed delivery" => at.with(&[&self.failed_delivery(&at, n)]),
            "former name" => at.with(&[&self.former_name(&at, n)]),
            "import" => at.with(&[&self.import(&at, n)]),
            "calendar token" => {
                let made = self.clerk(&at).call("POST", "/me/calendar-token", None).expect(201);
                at.with(&[made.json["token"].as_str().unwrap()])
            }
            "session" => at.with(&[&self.world.stranger().session.unwrap().to_string()]),
            "user" => {
                let body = json!({"email": format!("persona{n}@example.org"), "name": "Persona", "password": "una frase larga y propia", "grants": [{"role": "representative", "institution_id": at.institution}]});
                at.with(&[&self.post("/users", body)])
            }
            "grant" | "invited" => {
                let grant =
                    json!({"role": "representative", "institution_id": at.institution, "commission_id": commission});
                let body = json!({"email": format!("persona{n}@example.org"), "name": "Persona", "password": "una frase larga y propia", "grants": [grant]});
                let made = self.admin.post("/users", body).expect(201);
                let (id, grant) = (made.id(), made.json["grants"][0]["id"].as_str().unwrap().to_owned());
                if kind == "grant" { at.with(&[&id, &grant]) } else { at.with(&[&id]) }
            }
            other => panic!("no {other} can be made"),
        }
    }
}
