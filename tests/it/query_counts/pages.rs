//! The number of queries of a page does not depend on what it shows: each page makes as many for one record of each kind
//! as for two hundred.

use serde_json::{Value, json};

use super::MANY;
use crate::on_both;
use crate::support::{Browser, Person, World};

/// Returns a dataset with so many records of each kind, all fields filled. The first commission, session, agreement
/// and commitment have so many records of each kind that belongs to them.
fn dataset(country: &str, many: usize) -> Value {
    let each = |make: &dyn Fn(usize) -> Value| (0..many).map(make).collect::<Vec<_>>();
    let (zone, locale) = if country == "CL" { ("America/Santiago", "es-CL") } else { ("America/Lima", "es-PE") };
    let evidence = json!([{"title": "Acta", "url": "https://example.org/acta"}]);
    let day = |n: usize| chrono::NaiveDate::from_ymd_opt(2022, 9, 1).unwrap() + chrono::Days::new(n as u64);
    let mut commissions = each(
        &|n| json!({"key": format!("c{n}"), "name": format!("Comisión {n}"), "acronym": format!("C{n}"), "kind": "committee", "themes": ["child_labour"], "legal_basis": [{"title": "Decreto"}], "memberships": [{"key": format!("s{n}"), "institution": "i0", "role": "member"}]}),
    );
    commissions[0]["memberships"] =
        each(&|n| json!({"key": format!("seat{n}"), "institution": format!("i{n}"), "role": "member"})).into();
    commissions[0]["operational_states"] = each(&|n| json!({"state": "active", "since": day(n)})).into();
    let mut meetings = each(
        &|n| json!({"key": format!("m{n}"), "commissions": ["c0"], "kind": "ordinary", "title": "Sesión", "held": day(n), "status": "held", "attendance": [{"institution": "i0", "status": "present"}]}),
    );
    meetings[0]["attendance"] =
        each(&|n| json!({"institution": format!("i{n}"), "status": "present", "person": "Ana"})).into();
    meetings[0]["documents"] =
        each(&|n| json!({"title": format!("Anexo {n}"), "kind": "annex", "url": "https://example.org/a"})).into();
    meetings[0]["title"] = "Sesión con todo".into();
    let update = |n: usize, status: &str| json!({"key": format!("u-{status}-{n}"), "reported_on": "2023-08-30", "status": status, "narrative": "Avanza", "evidence": evidence});
    let earlier = |n: usize| {
        let mut one = update(n, "in_progress");
        one["key"] = format!("e-{n}").into();
        one
    };
    let mut commitments = each(
        &|n| json!({"key": format!("k{n}"), "commissions": ["c0"], "meeting": "m0", "agreement": "a0", "text": "Capacitar", "themes": ["child_labour"], "due": "2023-08-15", "assignments": [{"institution": "i0", "updates": [update(n, "completed")]}]}),
    );
    commitments.extend(each(&|n| json!({"key": format!("l{n}"), "commissions": ["c0"], "text": "Capacitar más", "due": "2023-09-15", "assignments": [{"institution": "i0", "extensions": [{"key": format!("e{n}"), "requested_due": "2024-06", "reason": "Falta tiempo", "requested_at": "2023-08-30T12:00:00Z"}]}]})));
    commitments.push(json!({"key": "parts", "commissions": ["c0"], "text": "Con muchas partes", "due": "2023-12", "beneficiaries": ["i0"], "attachments": [{"title": "Nota", "url": "https://example.org/nota"}], "assignments": each(&|n| json!({"institution": format!("i{n}")}))}));
    commitments.push(json!({"key": "reviewed", "commissions": ["c0"], "text": "Con una revisión", "due": "2023-12", "assignments": [{"institution": "i0", "updates": each(&earlier)}]}));
    commitments.push(json!({"key": "reports", "commissions": ["c0"], "text": "Con muchos informes", "due": "2023-12", "assignments": [{"institution": "i0", "updates": each(&|n| update(n, "in_progress"))}]}));
    json!({
        "articula": 1, "country": {"code": country, "name": country, "time_zone": zone, "locale": locale},
        "institutions": each(&|n| json!({"key": format!("i{n}"), "name": format!("Institución {country} {n}"), "sector": "government"})),
        "commissions": commissions, "meetings": meetings, "commitments": commitments,
        "delegates": each(&|n| json!({"key": format!("d{n}"), "commission": "c0", "institution": format!("i{n}"), "capacity": "principal", "name": "Ana", "email": format!("ana{n}@example.org")})),
        "agreements": each(&|n| json!({"key": format!("a{n}"), "commissions": ["c0"], "kind": "meeting_agreement", "title": "Acuerdo", "meeting": "m0", "themes": ["child_labour"], "attachments": [{"title": "Convenio", "url": "https://example.org/convenio"}], "parties": [{"institution": "i0"}, {"name": "Otra"}]})),
    })
}

/// The records of one country whose pages are opened, and people who open them.
struct Country<'w> {
    commission: String,
    institution: String,
    meeting: String,
    agreement: String,
    parts: (String, String),
    reports: (String, String),
    /// A session that comes, one that is convened, and one whose minutes are circulated.
    sessions: [String; 3],
    draft: String,
    duty: String,
    plan: String,
    indicator: String,
    /// A commitment with many reports of its part, none of which awaits its review.
    reviewed: (String, String),
    people: Vec<(&'static str, Browser<'w>)>,
}

/// Returns the id of the record in a list whose field has a value, and the id of its first part.
fn find(admin: &Person<'_>, list: &str, (field, value): (&str, &str)) -> (String, String) {
    let page = admin.get(list).expect(200);
    let record = page.items().iter().find(|record| record[field] == value);
    let record = record.unwrap_or_else(|| panic!("{list} has no {value}"));
    let part = record["assignments"][0]["id"].as_str().unwrap_or_default();
    (record["id"].as_str().unwrap().to_owned(), part.to_owned())
}

/// Enters a session whose minutes are circulated, with comments on them and commitments that are drafts; returns its id.
fn circulated(admin: &Person<'_>, commission: &str, institutions: &[&Value]) -> String {
    let session = json!({"commission_ids": [commission], "kind": "ordinary", "title": "Con acta circulada", "held": "2023-08-22", "status": "held"});
    let id = admin.post("/meetings", session).expect(201).id();
    admin.put(&format!("/meetings/{id}/minutes"), json!({"body": "Se leyó el acta anterior."})).expect(200);
    for institution in institutions.iter().take(30) {
        let draft = json!({"commission_ids": [commission], "meeting_id": id, "text": "Del acta", "due": "2023-12", "status": "draft", "assignments": [{"institution_id": institution}]});
        admin.post("/commitments", draft).expect(201);
    }
    admin.post(&format!("/meetings/{id}/minutes/circulation"), json!({})).expect(200);
    for institution in institutions.iter().take(30) {
        let comment = json!({"institution_id": institution, "text": "Falta un acuerdo.", "on_behalf": true});
        admin.post(&format!("/meetings/{id}/minutes/comments"), comment).expect(201);
    }
    id
}

/// Enters periodic reports of so many institutions on many months; returns the first one of the duties.
fn duties(admin: &Person<'_>, commission: &str, institutions: &[&Value], many: usize) -> String {
    let from = if many > FEW { "2021-01" } else { "2023-06" };
    let fields = json!([{"key": "visits", "label": "Visitas", "kind": "count"}]);
    let duty = |n: usize| json!({"commission_ids": [commission], "title": format!("Informe {n}"), "every": "month", "from": from, "institution_ids": institutions, "fields": fields});
    let made: Vec<String> = (0..many.min(30)).map(|n| admin.post("/duties", duty(n)).expect(201).id()).collect();
    for (n, institution) in institutions.iter().enumerate() {
        let path = format!("/duties/{}/reports/{}/2023-07", made[0], institution.as_str().unwrap());
        for visits in [0, n] {
            admin.put(
                &path,
                json!({"values": {"visits": visits}, "narrative": format!("Informe {n}"), "on_behalf": true}),
            );
        }
    }
    made[0].clone()
}

/// Enters a plan with so many indicators, the first of which has as many values; returns the plan and this indicator.
fn indicators(admin: &Person<'_>, country: &str, many: usize) -> [String; 2] {
    let plan = json!({"country_code": country, "kind": "roadmap", "title": "Hoja de ruta"});
    let plan = admin.post("/plans", plan).expect(201).id();
    let item = json!({"kind": "priority", "title": "Registros"});
    let item = admin.post(&format!("/plans/{plan}/items"), item).expect(201).id();
    let indicator = |n: usize| json!({"plan_item_id": item, "name": format!("Indicador {n}"), "unit": "%"});
    let made: Vec<String> =
        (0..many.min(30)).map(|n| admin.post("/indicators", indicator(n)).expect(201).id()).collect();
    for n in 0..many.min(60) {
        let value = json!({"period": format!("{}-{:02}", 2018 + n / 12, n % 12 + 1), "value": n});
        admin.post(&format!("/indicators/{}/values", made[0]), value).expect(201);
    }
    [plan, made[0].clone()]
}

impl<'w> Country<'w> {
    fn seed(world: &'w World, code: &'static str, many: usize) -> Self {
        let admin = world.admin();
        admin.post("/imports", dataset(code, many)).expect(200);
        let list = |of: &str| format!("/{of}?country_code={code}&limit=200");
        let institution = find(&admin, &list("institutions"), ("name", &format!("Institución {code} 0"))).0;
        let commission = find(&admin, &list("commissions"), ("acronym", "C0")).0;
        let meeting = find(&admin, &list("meetings"), ("title", "Sesión con todo")).0;
        for n in 0..many.min(30) {
            let grant = json!({"role": "observer", "commission_id": commission});
            let person = json!({"email": format!("persona{n}@{code}.example"), "name": format!("Persona {n}"), "grants": [grant]});
            admin.post("/users", person).expect(201);
        }
        // Sessions that come, convened, each with an item that an institution proposes.
        let representative = world.representative(&institution);
        let mut coming_sessions = Vec::new();
        for n in 0..many.min(30) {
            let coming = json!({"commission_ids": [commission], "kind": "ordinary", "title": format!("Próxima {n}"), "starts_at": format!("2023-10-{:02}T12:00:00Z", n + 1)});
            let coming = admin.post("/meetings", coming).expect(201).id();
            let agenda: Vec<Value> =
                (0..many.min(60)).map(|n| json!({"title": format!("Punto {n}"), "kind": "information"})).collect();
            admin.put(&format!("/meetings/{coming}/agenda"), agenda.into()).expect(200);
            representative
                .post(
                    &format!("/meetings/{coming}/agenda/proposals"),
                    json!({"title": "Protocolo", "reason": "Es nuevo"}),
                )
                .expect(201);
            coming_sessions.push(coming);
        }
        admin.post(&format!("/meetings/{}/convocation", coming_sessions[1]), Value::Null).expect(200);
        let all = admin.get(&list("institutions")).expect(200);
        let all: Vec<&Value> = all.items().iter().map(|one| &one["id"]).collect();
        let circulated = circulated(&admin, &commission, &all);
        let duty = duties(&admin, &commission, &all, many);
        let [plan, indicator] = indicators(&admin, code, many);
        let parts: Vec<Value> = all.iter().map(|id| json!({"institution_id": id})).collect();
        let draft = json!({"commission_ids": [commission], "text": "En borrador", "due": "2023-12", "status": "draft", "assignments": parts});
        let draft = admin.post("/commitments", draft).expect(201).id();
        let parts = find(&admin, &(list("commitments") + "&q=partes"), ("text", "Con muchas partes"));
        let reviewed = find(&admin, &(list("commitments") + "&q=revision"), ("text", "Con una revisión"));
        admin.put(&format!("/meetings/{meeting}/minutes"), json!({"body": "Acta"})).expect(200);
        let people = [
            ("secretariat", world.secretariat(&commission)),
            ("representative", representative),
            ("coordinator", world.coordinator(code)),
            ("observer", world.observer(&commission)),
        ];
        Self {
            agreement: find(&admin, &list("agreements"), ("title", "Acuerdo")).0,
            parts,
            sessions: [coming_sessions.remove(0), coming_sessions.remove(0), circulated],
            draft,
            duty,
            plan,
            indicator,
            reviewed,
            reports: find(&admin, &(list("commitments") + "&q=informes"), ("text", "Con muchos informes")),
            people: people.into_iter().map(|(role, person)| (role, Browser::of(world, &person))).collect(),
            commission,
            institution,
            meeting,
        }
    }

    /// Returns the pages that people read, and the names by which they are compared.
    fn pages(&self, code: &str) -> Vec<(&'static str, String)> {
        let (meeting, parts, reports) = (&self.meeting, &self.parts, &self.reports);
        let [coming, convened, circulated] = &self.sessions;
        vec![
            ("/", "/".to_owned()),
            ("/commitments", "/commitments?limit=200".to_owned()),
            ("/commitments, filtered", format!("/commitments?overdue=true&commission_id={}", self.commission)),
            ("/commitments, with many parts", format!("/commitments/{}", parts.0)),
            ("/commitments, with many reports", format!("/commitments/{}", reports.0)),
            ("/commitments/new", "/commitments/new".to_owned()),
            ("/commitments/edit", format!("/commitments/{}/edit", parts.0)),
            ("report", format!("/commitments/{}/assignments/{}/report", reports.0, reports.1)),
            ("extension", format!("/commitments/{}/assignments/{}/extension", reports.0, reports.1)),
            ("cancellation of a part", format!("/commitments/{}/assignments/{}/cancellation", parts.0, parts.1)),
            ("publication of a commitment", format!("/commitments/{}/publication", self.draft)),
            ("/reviews", "/reviews".to_owned()),
            ("/meetings", "/meetings?limit=200".to_owned()),
            ("/meetings/new", "/meetings/new".to_owned()),
            ("meeting", format!("/meetings/{meeting}")),
            ("meeting/edit", format!("/meetings/{meeting}/edit")),
            ("meeting/agenda", format!("/meetings/{meeting}/agenda")),
            ("meeting/attendance", format!("/meetings/{meeting}/attendance")),
            ("meeting/agreements", format!("/meetings/{meeting}/agreements")),
            ("meeting/publication", format!("/meetings/{meeting}/publication")),
            ("meeting/documents", format!("/meetings/{meeting}/documents")),
            ("meeting/follow-up", format!("/meetings/{meeting}/follow-up")),
            ("meeting/minutes", format!("/meetings/{meeting}/minutes")),
            ("meeting/minutes/circulation", format!("/meetings/{meeting}/minutes/circulation")),
            ("meeting/convocation", format!("/meetings/{coming}/convocation")),
            ("meeting/convocation, convened", format!("/meetings/{convened}/convocation")),
            ("meeting/cancellation", format!("/meetings/{convened}/cancellation")),
            ("meeting/minutes, circulated", format!("/meetings/{circulated}/minutes")),
            ("meeting/minutes/approval", format!("/meetings/{circulated}/minutes/approval")),
            ("meeting/minutes/comments", format!("/meetings/{circulated}/minutes/comments")),
            ("/duties", "/duties?limit=200".to_owned()),
            ("duty", format!("/duties/{}", self.duty)),
            ("duty/edit", format!("/duties/{}/edit", self.duty)),
            ("duty/matrix/import", format!("/duties/{}/matrix/import", self.duty)),
            ("report on a period", format!("/duties/{}/reports/{}/2023-07", self.duty, self.institution)),
            ("missing report", format!("/duties/{}/reports/{}/2023-06", self.duty, self.institution)),
            ("plan with indicators", format!("/plans/{}", self.plan)),
            ("indicator", format!("/indicators/{}", self.indicator)),
            ("indicator/edit", format!("/indicators/{}/edit", self.indicator)),
            ("indicator/values/new", format!("/indicators/{}/values/new", self.indicator)),
            ("/agreements", "/agreements?limit=200".to_owned()),
            ("/agreements/new", "/agreements/new".to_owned()),
            ("agreement", format!("/agreements/{}", self.agreement)),
            ("agreement/edit", format!("/agreements/{}/edit", self.agreement)),
            ("/institutions", format!("/institutions?limit=200&country_code={code}")),
            ("institution", format!("/institutions/{}", self.institution)),
            ("/commissions", format!("/commissions?limit=200&country_code={code}")),
            ("commission", format!("/commissions/{}", self.commission)),
            ("commission/members", format!("/commissions/{}/members", self.commission)),
            ("commission/delegates", format!("/commissions/{}/delegates", self.commission)),
            ("commission/states", format!("/commissions/{}/states", self.commission)),
            ("commission/reminders", format!("/commissions/{}/reminders", self.commission)),
            ("commission/edit", format!("/commissions/{}/edit", self.commission)),
            ("commission/members/new", format!("/commissions/{}/members/new", self.commission)),
            ("commission/delegates/new", format!("/commissions/{}/delegates/new", self.commission)),
            ("institution/edit", format!("/institutions/{}/edit", self.institution)),
            ("institution/handover", format!("/institutions/{}/handover", self.institution)),
            ("/people", "/people?limit=200".to_owned()),
            ("/people/new", "/people/new".to_owned()),
            ("/search", "/search?q=capacitar".to_owned()),
            ("/search, one kind", "/search?q=capacitar&kind=commitment&limit=100".to_owned()),
            ("/calendar", "/calendar?month=2023-08".to_owned()),
            ("/calendar, next month", "/calendar?month=2023-10".to_owned()),
            ("/deliveries", "/deliveries?limit=200".to_owned()),
            ("/audit-log, commitments", format!("/audit-log?limit=200&country_code={code}&kind=commitment")),
            ("/audit-log, agreements", format!("/audit-log?limit=200&country_code={code}&kind=agreement")),
            ("/audit-log, meetings", format!("/audit-log?limit=200&country_code={code}&kind=meeting")),
            ("/countries", "/countries".to_owned()),
            ("/me", "/me".to_owned()),
            ("/me/sessions", "/me/sessions".to_owned()),
            ("/me/notifications", "/me/notifications".to_owned()),
            ("/me/second-factor", "/me/second-factor".to_owned()),
            ("/me/tokens", "/me/tokens".to_owned()),
        ]
    }

    /// Enters a report that awaits its review and a request for more time; returns their pages. They are the last of
    /// the queue, which has several pages in the larger country: its page would show them in the smaller one alone.
    fn pages_of_decisions(&self, world: &World) -> Vec<(&'static str, String)> {
        let representative = world.representative(&self.institution);
        let enter = |(id, part): &(String, String), list: &str, body: Value| {
            representative.post(&format!("/commitments/{id}/assignments/{part}/{list}"), body).expect(201).id()
        };
        let report = json!({"reported_on": "2023-08-31", "status": "completed", "narrative": "Listo", "evidence": [{"title": "Acta"}]});
        let request = json!({"requested_due": "2024-06", "reason": "Falta tiempo"});
        vec![
            ("review", format!("/reviews/{}", enter(&self.reviewed, "updates", report))),
            ("decision on an extension", format!("/extensions/{}", enter(&self.parts, "extensions", request))),
        ]
    }
}

/// The number of records of the smaller country: with a single one, a page leaves out the reads for a choice between several.
const FEW: usize = 3;

on_both! {
    fn every_page_asks_the_database_as_often_for_a_few_records_as_for_200(world) {
        let (few, many) = (Country::seed(world, "PE", FEW), Country::seed(world, "CL", MANY));
        let cost = |browser: &Browser<'_>, path: &str| {
            let before = world.statements();
            let page = browser.get(path);
            (page.status, world.statements() - before, page.text.len())
        };
        let mut failures = Vec::new();
        let decisions = || few.pages_of_decisions(world).into_iter().zip(many.pages_of_decisions(world));
        let pages = few.pages("PE").into_iter().zip(many.pages("CL")).chain(std::iter::once_with(decisions).flatten());
        for ((name, of_few), (_, of_many)) in pages {
            let mut is_opened = false;
            for ((role, one), (_, other)) in few.people.iter().zip(&many.people) {
                let (a, b) = (cost(one, &of_few), cost(other, &of_many));
                is_opened |= a.0 == 200;
                if a.0 != b.0 || ![200, 403, 404].contains(&a.0) {
                    failures.push(format!("{name}, {role}: answers {} and {}", a.0, b.0));
                } else if a.1 != b.1 {
                    failures.push(format!("{name}, {role}: {} statements for a few ({} bytes), {} for many ({} bytes)", a.1, a.2, b.1, b.2));
                }
            }
            if !is_opened {
                failures.push(format!("{name}: opens for nobody"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}
