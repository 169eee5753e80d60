//! Pending work: each reason appears for those whom it concerns, and disappears with the act that settles it.

use serde_json::{Value, json};

use crate::access_matrix::make_ready;
use crate::on_both;
use crate::support::{Answer, Person, World};

/// A commission with one institution, its representative and its secretariat.
struct Fixture<'w> {
    world: &'w World,
    ceti: String,
    minsal: String,
    secretariat: Person<'w>,
    representative: Person<'w>,
    coordinator: Person<'w>,
}

impl<'w> Fixture<'w> {
    fn new(world: &'w World) -> Self {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.member(&ceti, &minsal, "member");
        let (secretariat, representative) = (world.secretariat(&ceti), world.representative(&minsal));
        Self { world, ceti, minsal, secretariat, representative, coordinator: world.coordinator("CL") }
    }

    /// Makes a commitment with one part of the institution; returns the commitment and the path of the part.
    fn commitment(&self, due: &str) -> (Value, String) {
        let body = json!({"commission_ids": [self.ceti], "text": "Elaborar el protocolo", "due": due, "assignments": [{"institution_id": self.minsal}]});
        let made = self.secretariat.post("/commitments", body).expect(201).json;
        let part = format!("/commitments/{}/assignments/{}", text(&made["id"]), text(&made["assignments"][0]["id"]));
        (made, part)
    }

    fn report(&self, part: &str, status: &str) -> Answer {
        let body = json!({"reported_on": "2023-08-30", "status": status, "narrative": "Avanza", "evidence": [{"title": "Acta"}]});
        self.representative.post(&format!("{part}/updates"), body).expect(201)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Returns the number of items of a reason, after comparing it with the list of that reason.
#[track_caller]
fn waiting(person: &Person<'_>, reason: &str) -> usize {
    let page = person.get(&format!("/me/pending?reason={reason}&limit=200")).expect(200);
    let counted = page.json["counts"][reason].as_u64().unwrap_or(0);
    assert_eq!(page.items().len() as u64, counted, "{reason}: {}", page.text);
    assert!(page.items().iter().all(|item| item["reason"] == reason), "{}", page.text);
    page.items().len()
}

#[track_caller]
fn only(person: &Person<'_>, reason: &str) -> Value {
    assert_eq!(waiting(person, reason), 1, "{reason}");
    person.get(&format!("/me/pending?reason={reason}")).expect(200).items()[0].clone()
}

#[track_caller]
fn nothing(people: &[&Person<'_>], reason: &str) {
    for person in people {
        assert_eq!(waiting(person, reason), 0, "{reason} of {}", person.email);
    }
}

on_both! {
    fn nothing_waits_for_a_person_without_grants(world) {
        let page = world.stranger().get("/me/pending").expect(200);
        assert_eq!(page.json, json!({"items": [], "next_cursor": null, "counts": {}}));
        world.nobody().get("/me/pending").expect(401);
        world.stranger().get("/me/pending?reason=unknown").expect(400);
    }
}

on_both! {
    fn a_part_waits_for_its_institution_and_its_completion_for_the_review_of_others(world) {
        let f = Fixture::new(world);
        let observer = world.observer(&f.ceti);
        let (made, part) = f.commitment("2023-09-15");
        let due = only(&f.representative, "due_soon");
        assert_eq!((&due["code"], &due["institution_id"], &due["due_to"], &due["overdue_days"]), (&made["code"], &json!(f.minsal), &json!("2023-09-15"), &json!(null)));
        assert_eq!((&due["kind"], &due["id"], &due["commission_ids"]), (&json!("assignment"), &made["assignments"][0]["id"], &json!([f.ceti])));
        assert_eq!(due["link"], format!("{part}/report"));
        nothing(&[&f.secretariat, &f.coordinator, &observer, &world.admin()], "due_soon");
        let update = f.report(&part, "completed").id();
        nothing(&[&f.representative, &observer], "review_pending");
        for person in [&f.secretariat, &f.coordinator, &world.admin()] {
            let review = only(person, "review_pending");
            assert_eq!((&review["id"], &review["actor"]["id"]), (&json!(update), &json!(f.representative.id)));
            assert_eq!(review["link"], format!("/reviews/{update}"));
        }
        nothing(&[&f.representative], "due_soon");
        f.secretariat.put(&format!("/updates/{update}/review"), json!({"outcome": "returned", "comment": "Falta la firma"})).expect(200);
        let returned = only(&f.representative, "report_returned");
        assert_eq!((&returned["actor"]["id"], &returned["id"]), (&json!(f.secretariat.id), &made["assignments"][0]["id"]));
        nothing(&[&f.secretariat, &f.coordinator], "review_pending");
        let update = f.report(&part, "completed").id();
        nothing(&[&f.representative], "report_returned");
        f.secretariat.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        assert_eq!(f.representative.get("/me/pending").expect(200).items(), [] as [Value; 0]);
        assert_eq!(f.secretariat.get("/me/pending").expect(200).items(), [] as [Value; 0]);
    }
}

on_both! {
    fn nobody_is_asked_to_review_an_own_report(world) {
        let f = Fixture::new(world);
        let (_, part) = f.commitment("2024-09-15");
        let body = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Por encargo", "evidence": [{"title": "Acta"}], "on_behalf": true});
        f.secretariat.post(&format!("{part}/updates"), body).expect(201);
        nothing(&[&f.secretariat], "review_pending");
        only(&f.coordinator, "review_pending");
        only(&world.secretariat(&f.ceti), "review_pending");
    }
}

on_both! {
    fn what_is_overdue_waits_for_the_institution_then_for_the_secretariat_and_the_coordinator(world) {
        let f = Fixture::new(world);
        let (made, part) = f.commitment("2023-08-20");
        let overdue = only(&f.representative, "overdue");
        assert_eq!(overdue["overdue_days"], 12);
        let institution = only(&f.secretariat, "institution_overdue");
        assert_eq!((&institution["id"], &institution["commission_ids"], &institution["title"]), (&json!(f.minsal), &json!([f.ceti]), &json!("Minsal")));
        nothing(&[&f.coordinator], "escalated");
        world.at("2023-09-18T12:00:00Z");
        nothing(&[&f.coordinator], "escalated");
        world.at("2023-09-19T12:00:00Z");
        let escalated = only(&f.coordinator, "escalated");
        assert_eq!((&escalated["code"], &escalated["overdue_days"]), (&made["code"], &json!(30)));
        nothing(&[&f.secretariat, &world.coordinator(&world.country("PE")), &world.admin()], "escalated");
        let list = f.secretariat.get(&format!("/commitments?commission_id={}&institution_id={}&overdue=true", f.ceti, f.minsal)).expect(200);
        assert_eq!(list.items().len(), 1);
        f.report(&part, "completed");
        nothing(&[&f.representative], "overdue");
        nothing(&[&f.secretariat], "institution_overdue");
        nothing(&[&f.coordinator], "escalated");
    }
}

on_both! {
    fn a_request_for_more_time_waits_until_it_is_decided_and_the_decision_is_shown_for_a_week(world) {
        let f = Fixture::new(world);
        let (_, part) = f.commitment("2023-12-31");
        let asked = f.representative.post(&format!("{part}/extensions"), json!({"requested_due": "2024-03-31", "reason": "Falta presupuesto"})).expect(201).id();
        for person in [&f.secretariat, &f.coordinator, &world.admin()] {
            let pending = only(person, "extension_pending");
            assert_eq!((&pending["id"], &pending["link"], &pending["actor"]["id"]), (&json!(asked), &json!(format!("/extensions/{asked}")), &json!(f.representative.id)));
        }
        nothing(&[&f.representative, &world.observer(&f.ceti)], "extension_pending");
        f.secretariat.put(&format!("/extensions/{asked}/decision"), json!({"outcome": "granted"})).expect(200);
        nothing(&[&f.secretariat, &f.coordinator], "extension_pending");
        assert_eq!(only(&f.representative, "extension_decided")["due_to"], "2024-03-31");
        world.at("2023-09-08T11:59:00Z");
        only(&f.representative, "extension_decided");
        world.at("2023-09-08T12:01:00Z");
        nothing(&[&f.representative], "extension_decided");
    }
}

on_both! {
    fn a_session_waits_to_be_convened_held_and_minuted(world) {
        let f = Fixture::new(world);
        let observer = world.observer(&f.ceti);
        let body = json!({"commission_ids": [f.ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-09-10T14:00:00Z"});
        let session = f.secretariat.post("/meetings", body).expect(201).id();
        let path = format!("/meetings/{session}");
        assert_eq!(only(&f.secretariat, "session_to_convene")["link"], format!("{path}/convocation"));
        nothing(&[&f.secretariat, &f.representative], "session_upcoming");
        f.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        nothing(&[&f.secretariat], "session_to_convene");
        for person in [&f.secretariat, &f.representative] {
            assert_eq!(only(person, "session_upcoming")["link"], path);
        }
        nothing(&[&observer, &f.coordinator], "session_upcoming");
        world.at("2023-09-11T12:00:00Z");
        nothing(&[&f.secretariat, &f.representative], "session_upcoming");
        assert_eq!(only(&f.secretariat, "minutes_to_circulate")["link"], format!("{path}/minutes"));
        f.secretariat.put(&format!("{path}/minutes"), json!({"body": "Se acordó."})).expect(200);
        f.secretariat.post(&format!("{path}/minutes/circulation"), json!({})).expect(200);
        nothing(&[&f.secretariat], "minutes_to_circulate");
        assert_eq!(only(&f.secretariat, "minutes_to_approve")["link"], format!("{path}/minutes/approval"));
        let comments = only(&f.representative, "minutes_open_for_comments");
        assert_eq!(comments["link"], format!("{path}/minutes/comments"));
        nothing(&[&f.secretariat, &f.coordinator, &observer], "minutes_open_for_comments");
        world.at(&format!("{}T12:00:00Z", text(&comments["due_to"])));
        only(&f.representative, "minutes_open_for_comments");
        world.at("2023-10-31T12:00:00Z");
        nothing(&[&f.representative], "minutes_open_for_comments");
        f.secretariat.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        nothing(&[&f.secretariat], "minutes_to_approve");
    }
}

on_both! {
    fn an_activity_waits_for_validation_and_when_it_is_sent_back_for_its_author(world) {
        let f = Fixture::new(world);
        let body = json!({"country_code": "CL", "kind": "workshop", "title": "Taller", "starts": "2023-08", "commission_ids": [f.ceti], "organizer_ids": [f.minsal], "status": "submitted"});
        let activity = f.representative.post("/activities", body).expect(201).id();
        let path = format!("/activities/{activity}");
        for person in [&f.secretariat, &f.coordinator, &world.admin()] {
            assert_eq!(only(person, "activity_to_validate")["link"], path);
        }
        f.secretariat.post(&format!("{path}/return"), json!({"reason": "Falta la fecha"})).expect(200);
        nothing(&[&f.secretariat], "activity_to_validate");
        only(&f.representative, "activity_returned");
        nothing(&[&f.secretariat, &f.coordinator], "activity_returned");
        f.representative.patch(&path, json!({"status": "submitted"})).expect(200);
        nothing(&[&f.representative], "activity_returned");
        f.secretariat.patch(&path, json!({"status": "validated"})).expect(200);
        nothing(&[&f.secretariat], "activity_to_validate");
    }
}

on_both! {
    fn an_institution_that_nobody_can_reach_waits_for_its_secretariat(world) {
        let f = Fixture::new(world);
        let lonely = world.institution("Sola");
        let body = json!({"commission_ids": [f.ceti], "text": "Capacitar", "due": "2024-06", "assignments": [{"institution_id": lonely}, {"institution_id": f.minsal}]});
        f.secretariat.post("/commitments", body).expect(201);
        let found = only(&f.secretariat, "unreachable_institution");
        assert_eq!((&found["id"], &found["link"]), (&json!(lonely), &json!(format!("/institutions/{lonely}"))));
        nothing(&[&f.coordinator, &f.representative], "unreachable_institution");
        f.secretariat.post(&format!("/commissions/{}/delegates", f.ceti), json!({"institution_id": lonely, "capacity": "principal", "name": "Ana", "email": "ana@example.org"})).expect(201);
        nothing(&[&f.secretariat], "unreachable_institution");
    }
}

on_both! {
    fn questions_of_a_report_wait_for_the_coordinator_of_its_country(world) {
        let f = Fixture::new(world);
        let plan = f.coordinator.post("/plans", json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de ruta"})).expect(201).id();
        f.coordinator.post(&format!("/plans/{plan}/items"), json!({"kind": "priority", "title": "Prioridad"})).expect(201);
        let body = json!({"country_code": "CL", "template": "alliance87-annual", "period_from": "2023-01-01", "period_to": "2023-08-31", "roadmap_id": plan});
        let report = f.coordinator.post("/reports", body).expect(201).id();
        let shown = f.coordinator.get(&format!("/reports/{report}")).expect(200).json;
        let sections = shown["sections"].as_array().unwrap().iter();
        let questions = sections.flat_map(|section| section["questions"].as_array().unwrap());
        let open = questions.filter(|asked| asked["needs_confirmation"] == true).count();
        assert!(open > 1, "mandatory questions, and those that are drafted");
        assert_eq!(waiting(&f.coordinator, "report_question_open"), open);
        let confirmation = format!("/reports/{report}/answers/highlights/confirmation");
        f.coordinator.call("POST", &confirmation, None).expect(200);
        assert_eq!(waiting(&f.coordinator, "report_question_open"), open - 1);
        assert_eq!(waiting(&f.coordinator, "report_finding"), 1, "it is confirmed, and mandatory without an answer");
        nothing(&[&f.secretariat, &world.coordinator(&world.country("PE")), &world.admin()], "report_question_open");
        nothing(&[&f.coordinator], "report_ready");
        make_ready(&f.coordinator, &report);
        let ready = f.coordinator.get("/me/pending?reason=report_ready").expect(200).json;
        assert_eq!(ready["items"][0]["link"], format!("/reports/{report}/approval"));
        assert_eq!((waiting(&f.coordinator, "report_ready"), waiting(&f.coordinator, "report_question_open")), (1, 0));
        let of_commission = f.coordinator.get(&format!("/me/pending?commission_id={}", f.ceti)).expect(200).json;
        assert!(of_commission["counts"]["report_ready"].is_null(), "a report is of no commission: {of_commission}");
        nothing(&[&f.secretariat, &world.admin()], "report_ready");
        f.coordinator.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
        nothing(&[&f.coordinator], "report_ready");
    }
}

on_both! {
    fn filters_hold_for_the_counts_and_restricted_work_is_known_to_those_whom_it_concerns(world) {
        let f = Fixture::new(world);
        let mitp = world.commission("CL", "MITP");
        f.commitment("2023-09-15");
        let admin = world.admin();
        let body = json!({"commission_ids": [mitp], "text": "Reservado", "due": "2023-09-20", "restricted": true, "assignments": [{"institution_id": f.minsal}]});
        admin.post("/commitments", body).expect(201);
        assert_eq!(waiting(&f.representative, "due_soon"), 2);
        let counted = |query: &str| f.representative.get(&format!("/me/pending?{query}")).expect(200).json["counts"]["due_soon"].clone();
        assert_eq!(counted(&format!("commission_id={mitp}")), 1);
        assert_eq!(counted("country_code=CL"), 2);
        assert_eq!(counted("country_code=PE"), json!(null));
        assert_eq!(counted("reason=overdue"), 2, "the reason makes no difference to the counts");
        let bounded = world.representative_in(&f.ceti, &f.minsal);
        assert_eq!(waiting(&bounded, "due_soon"), 1);
    }
}

on_both! {
    fn pages_hold_everything_once_and_cost_the_same(world) {
        let f = Fixture::new(world);
        let day = |n: usize| format!("2023-08-{:02}", 1 + n % 28);
        for n in 0..30 {
            f.commitment(&day(n));
        }
        let whole = f.representative.get("/me/pending?limit=200").expect(200);
        assert_eq!(whole.items().len(), 30);
        let terms: Vec<&str> = whole.items().iter().map(|item| text(&item["due_to"])).collect();
        assert!(terms.is_sorted(), "{terms:?}");
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = f.representative.get(&format!("/me/pending?limit=7{cursor}")).expect(200);
            found.extend(page.items().iter().map(|item| item["id"].clone()));
            let Some(next) = page.json["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        let all: Vec<_> = whole.items().iter().map(|item| item["id"].clone()).collect();
        assert_eq!(found, all);
        for person in [&f.representative, &f.secretariat, &f.coordinator] {
            let cost = |limit: usize| {
                let before = f.world.statements();
                person.get(&format!("/me/pending?limit={limit}")).expect(200);
                f.world.statements() - before
            };
            assert_eq!(cost(1), cost(200));
        }
    }
}
